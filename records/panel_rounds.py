"""Rounds of ratings: which interviews, which raters, in which order."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from records import sessions
from records.errors import NotFound
from records.panel_tables import PanelAssignment, PanelInterview, PanelRater, PanelRound, PanelSheet


@dataclass(frozen=True, slots=True)
class NewInterview:
    """An interview to be rated."""

    session_id: str
    shared: bool
    transcript_hash: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one rater is."""

    rater: str
    synthetic: bool
    interviews: int
    """Given to the rater, as far as they were not erased."""
    versions: int
    """Of the sheet, as handed in; 0: nothing yet."""


def create(
    session: Session,
    rubric: tuple[str, str],
    interviews: Sequence[NewInterview],
    orders: Mapping[str, Sequence[str]],
    *,
    per_interview: int,
    seed: int,
    synthetic: bool,
) -> PanelRound:
    """Add a round; ``orders`` are the session ids of each rater in their order, ``rubric`` (id, version)."""
    created = PanelRound(
        id=f"r{secrets.token_hex(4)}",
        rubric_id=rubric[0],
        rubric_version=rubric[1],
        per_interview=per_interview,
        seed=seed,
    )
    session.add(created)
    session.flush()
    codes = _codes(len(interviews))
    for interview, code in zip(interviews, codes, strict=True):
        sessions.get(session, interview.session_id)
        session.add(
            PanelInterview(
                round_id=created.id,
                session_id=interview.session_id,
                code=code,
                shared=interview.shared,
                transcript_hash=interview.transcript_hash,
            )
        )
    for name, order in orders.items():
        rater = PanelRater(round_id=created.id, name=name, synthetic=synthetic)
        session.add(rater)
        session.flush()
        session.add_all(
            PanelAssignment(rater_id=rater.id, session_id=session_id, position=position)
            for position, session_id in enumerate(order, start=1)
        )
    session.flush()
    return created


def get(session: Session, round_id: str) -> PanelRound:
    """Raises NotFound if there is no such round."""
    found = session.get(PanelRound, round_id)
    if found is None:
        known = ", ".join(one.id for one in list_all(session)) or "none"
        raise NotFound(f"there is no panel round {round_id!r}; the rounds are: {known}")
    return found


def list_all(session: Session) -> list[PanelRound]:
    """Return all rounds, oldest first."""
    return list(session.scalars(select(PanelRound).order_by(PanelRound.created_at, PanelRound.id)))


def raters(session: Session, round_id: str) -> list[PanelRater]:
    """Return a round's raters by name."""
    return list(
        session.scalars(select(PanelRater).where(PanelRater.round_id == round_id).order_by(PanelRater.name))
    )


def interviews(session: Session, round_id: str) -> list[PanelInterview]:
    """Return a round's interviews by code, without the erased."""
    return list(
        session.scalars(
            select(PanelInterview).where(PanelInterview.round_id == round_id).order_by(PanelInterview.code)
        )
    )


def order_of(session: Session, rater_id: int) -> dict[str, int]:
    """Return session id → place in the rater's order, from 1, without the erased."""
    rows = session.execute(
        select(PanelAssignment.session_id, PanelAssignment.position)
        .where(PanelAssignment.rater_id == rater_id)
        .order_by(PanelAssignment.position)
    )
    return {row.session_id: row.position for row in rows}


def progress(session: Session, round_id: str) -> list[Progress]:
    """Return how far each rater of a round is."""
    given = select(func.count()).where(PanelAssignment.rater_id == PanelRater.id).scalar_subquery()
    versions = select(func.count()).where(PanelSheet.rater_id == PanelRater.id).scalar_subquery()
    rows = session.execute(
        select(PanelRater.name, PanelRater.synthetic, given, versions)
        .where(PanelRater.round_id == round_id)
        .order_by(PanelRater.name)
    )
    return [Progress(*row) for row in rows]


def _codes(count: int) -> list[str]:
    """Return as many different codes; nothing about an interview follows from its own."""
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(f"i{secrets.randbelow(10**5):05d}")
    drawn = list(codes)
    secrets.SystemRandom().shuffle(drawn)
    return drawn
