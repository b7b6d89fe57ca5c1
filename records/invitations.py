"""Invitations: signed links that expire. The token holds the invitation's id and nothing else."""

import secrets
from datetime import timedelta

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from records import retention, sessions
from records.errors import (
    InvitationErased,
    InvitationExpired,
    InvitationForged,
    InvitationRevoked,
    NameRejected,
)
from records.installation import Installation
from records.tables import InterviewSession, Invitation, now

_SALT = "aila.invitation/1"
MAX_NAME = 120
"""Characters of a candidate's name."""


def create(
    session: Session,
    installation: Installation,
    position_id: str,
    candidate_name: str,
    expires_in: timedelta,
    bank_id: str | None = None,
) -> tuple[Invitation, str]:
    """Return a new invitation and its token; ``bank_id`` overrides the position's bank.

    Raises
    ------
    NameRejected
        If the candidate's name is blank or longer than ``MAX_NAME``.
    """
    if not candidate_name.strip() or len(candidate_name) > MAX_NAME:
        raise NameRejected(
            f"a candidate's name has 1 to {MAX_NAME} characters; this one has {len(candidate_name.strip())}"
        )
    invitation = Invitation(
        id=secrets.token_hex(8),
        position_id=position_id,
        candidate_name=candidate_name,
        bank_id=bank_id,
        expires_at=now() + expires_in,
        revoked=False,
    )
    session.add(invitation)
    session.flush()
    return invitation, token_of(installation, invitation)


def token_of(installation: Installation, invitation: Invitation) -> str:
    return _serializer(installation).dumps(invitation.id)


def read_token(session: Session, installation: Installation, token: str) -> Invitation:
    """Return the invitation of a candidate's link.

    An invitation whose interview is over does not expire: it is the candidate's way to their own answers.

    Raises
    ------
    InvitationForged
        If the token was not made by this installation.
    InvitationExpired, InvitationRevoked
        If it is no longer valid.
    InvitationErased
        If the interview that it led to was erased.
    """
    try:
        invitation_id = _serializer(installation).loads(token)
    except BadData as error:
        raise InvitationForged(
            "this link is not complete or was changed; open it again from your invitation"
        ) from error
    invitation = session.get(Invitation, invitation_id) if isinstance(invitation_id, str) else None
    if invitation is None and isinstance(invitation_id, str):
        erasure = retention.erasure_of(session, invitation_id)
        if erasure is not None:
            raise InvitationErased(
                f"everything about this interview was deleted on {erasure.erased_at:%d %B %Y}, "
                f"receipt {erasure.receipt}",
                erasure.receipt,
            )
    if invitation is None:
        raise InvitationForged("this link belongs to no invitation here; ask the sender for a new one")
    if invitation.revoked:
        raise InvitationRevoked("this invitation was withdrawn; ask the sender for a new one")
    if invitation.expires_at < now() and not _is_over(session, invitation):
        raise InvitationExpired(
            f"this invitation expired on {invitation.expires_at:%d %B %Y}; ask the sender for a new one"
        )
    return invitation


def revoke(session: Session, invitation_id: str) -> None:
    invitation = session.get(Invitation, invitation_id)
    if invitation is not None:
        invitation.revoked = True


def without_session(session: Session, position_id: str) -> list[Invitation]:
    """Return a position's invitations that led to no interview so far, newest first."""
    begun = select(InterviewSession.id).where(InterviewSession.invitation_id == Invitation.id)
    return list(
        session.scalars(
            select(Invitation)
            .where(Invitation.position_id == position_id, ~begun.exists())
            .order_by(Invitation.created_at.desc(), Invitation.id)
        )
    )


def _is_over(session: Session, invitation: Invitation) -> bool:
    found = sessions.of_invitation(session, invitation.id)
    return found is not None and found.status not in sessions.OPEN_STATUSES


def _serializer(installation: Installation) -> URLSafeSerializer:
    return URLSafeSerializer(installation.invitation_secret, salt=_SALT)
