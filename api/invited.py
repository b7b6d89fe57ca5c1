"""Who an invitation's link invites, and the interview that it led to: read the same way everywhere."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.context import Context
from api.problems import Conflict, InterviewCompleted
from records import invitations, sessions
from records.tables import InterviewSession, Invitation


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that is valid, with its interview; None before the first join."""

    invitation: Invitation
    interview: InterviewSession | None

    @property
    def is_over(self) -> bool:
        return self.interview is not None and self.interview.status not in sessions.OPEN_STATUSES

    def require_not_over(self) -> None:
        """Raises InterviewCompleted if the interview is over."""
        if self.is_over:
            raise InterviewCompleted("This invitation has been used: the interview was finished.")

    def finished(self) -> InterviewSession:
        """Return the interview that is over; raises Conflict if it is not."""
        if self.interview is None or not self.is_over:
            raise Conflict("This interview is not over yet: join it with `POST /api/candidate/join`.")
        return self.interview


def read_invited(session: Session, context: Context, invite: str) -> Invited:
    """Return what the link ``invite`` leads to.

    Raises
    ------
    InvitationForged, InvitationExpired, InvitationRevoked, InvitationErased
        If it is no invitation of ours, or no longer one.
    """
    invitation = invitations.read_token(session, context.installation, invite)
    return Invited(invitation, sessions.of_invitation(session, invitation.id))


def look_up(context: Context, invite: str) -> Invited:
    """Return the same in a transaction of its own that only reads."""
    with context.database.reading() as session:
        return read_invited(session, context, invite)
