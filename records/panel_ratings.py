"""Ratings as handed in: a sheet is stored whole, a corrected one as a new version beside the old."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from records.panel_tables import (
    PanelAssignment,
    PanelInterview,
    PanelRater,
    PanelRating,
    PanelRound,
    PanelSheet,
)


@dataclass(frozen=True, slots=True)
class NewRating:
    """One filled-in row."""

    session_id: str
    criterion: str
    behaviour: str | None
    level: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a sheet did."""

    outcome: Literal["stored", "unchanged", "older"]
    """``older``: it is a version that a newer one has replaced; nothing was changed."""
    version: int
    """The version that holds these ratings."""
    added: int
    changed: int
    removed: int
    """Ratings beside the version before."""


@dataclass(frozen=True, slots=True)
class StoredRating:
    """A rating of the newest version of a rater's sheet."""

    session_id: str
    code: str
    rater: str
    synthetic: bool
    criterion: str
    behaviour: str | None
    level: int | None
    note: str
    position: int
    round_id: str
    transcript_hash: str


def store(
    session: Session,
    rater: PanelRater,
    ratings: Sequence[NewRating],
    file_name: str,
    *,
    again: bool = False,
) -> Stored:
    """Store a sheet as the rater's next version, unless it is known.

    ``again`` stores as the newest also what equals an older version.
    """
    digest = _hash(ratings)
    # Of two imports for one rater at the same time, the second waits for the first.
    session.execute(select(PanelRater.id).where(PanelRater.id == rater.id).with_for_update())
    sheets = list(
        session.scalars(
            select(PanelSheet).where(PanelSheet.rater_id == rater.id).order_by(PanelSheet.version)
        )
    )
    newest = sheets[-1] if sheets else None
    if newest is not None and newest.content_hash == digest:
        return Stored("unchanged", newest.version, 0, 0, 0)
    same = next((sheet for sheet in sheets if sheet.content_hash == digest), None)
    if same is not None and not again:
        return Stored("older", same.version, 0, 0, 0)
    before = _contents(session, newest.id) if newest else {}
    after = {(r.session_id, r.criterion, r.behaviour): (r.level, r.note) for r in ratings}
    version = newest.version + 1 if newest else 1
    sheet = PanelSheet(rater_id=rater.id, version=version, content_hash=digest, file_name=file_name[:200])
    session.add(sheet)
    session.flush()
    session.add_all(
        PanelRating(
            sheet_id=sheet.id,
            session_id=r.session_id,
            criterion=r.criterion,
            behaviour=r.behaviour,
            level=r.level,
            note=r.note,
        )
        for r in ratings
    )
    session.flush()
    return Stored(
        "stored",
        version,
        added=len(after.keys() - before.keys()),
        changed=sum(before[key] != after[key] for key in before.keys() & after.keys()),
        removed=len(before.keys() - after.keys()),
    )


def newest(session: Session, round_ids: Sequence[str]) -> list[StoredRating]:
    """Return the ratings of the newest version of each sheet of the rounds, in the order of rating."""
    version = (
        select(PanelSheet.rater_id, func.max(PanelSheet.version).label("version"))
        .group_by(PanelSheet.rater_id)
        .subquery()
    )
    rows = session.execute(
        select(PanelRating, PanelRater, PanelInterview, PanelAssignment.position)
        .join(PanelSheet, PanelRating.sheet_id == PanelSheet.id)
        .join(
            version,
            (version.c.rater_id == PanelSheet.rater_id) & (version.c.version == PanelSheet.version),
        )
        .join(PanelRater, PanelSheet.rater_id == PanelRater.id)
        .join(PanelRound, PanelRater.round_id == PanelRound.id)
        .join(
            PanelInterview,
            (PanelInterview.round_id == PanelRound.id)
            & (PanelInterview.session_id == PanelRating.session_id),
        )
        .join(
            PanelAssignment,
            (PanelAssignment.rater_id == PanelRater.id)
            & (PanelAssignment.session_id == PanelRating.session_id),
        )
        .where(PanelRound.id.in_(round_ids))
        .order_by(
            PanelRound.created_at, PanelRound.id, PanelRater.name, PanelAssignment.position, PanelRating.id
        )
    )
    return [
        StoredRating(
            session_id=rating.session_id,
            code=interview.code,
            rater=rater.name,
            synthetic=rater.synthetic,
            criterion=rating.criterion,
            behaviour=rating.behaviour,
            level=rating.level,
            note=rating.note,
            position=position,
            round_id=interview.round_id,
            transcript_hash=interview.transcript_hash,
        )
        for rating, rater, interview, position in rows
    ]


def of_session(session: Session, session_id: str) -> list[PanelRating]:
    """Return everything that raters wrote about one interview, in all versions."""
    return list(
        session.scalars(
            select(PanelRating).where(PanelRating.session_id == session_id).order_by(PanelRating.id)
        )
    )


def _contents(session: Session, sheet_id: int) -> dict[tuple[str, str, str | None], tuple[int | None, str]]:
    rows = session.scalars(select(PanelRating).where(PanelRating.sheet_id == sheet_id))
    return {(r.session_id, r.criterion, r.behaviour): (r.level, r.note) for r in rows}


def _hash(ratings: Sequence[NewRating]) -> str:
    rows = sorted(
        [r.session_id, r.criterion, r.behaviour or "", -1 if r.level is None else r.level, r.note]
        for r in ratings
    )
    return "sha256:" + hashlib.sha256(json.dumps(rows).encode()).hexdigest()
