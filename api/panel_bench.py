"""The panel on an installation: rounds are made, sheets written and taken in.

The command line works with it; it serves no request by itself.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from question_bank.library import BankLibrary
from records import panel_ratings, panel_rounds, positions, sessions
from records.database import Database
from records.errors import NotFound
from records.event_log import EventLog
from records.installation import Installation
from records.panel_ratings import NewRating, Stored
from records.panel_tables import PanelRater, PanelRound
from records.projection import project
from records.tables import InterviewSession, Invitation
from records.transcript import Transcript
from scoring.errors import ScoringError, SheetError
from scoring.library import RubricLibrary
from scoring.panel.assignment import assign
from scoring.panel.rating_tasks import Block, blocks
from scoring.panel.sheet_reading import RatedSheet, check_sheet, read_sheet, shown
from scoring.panel.sheet_writing import SheetIdentity, write_csv, write_xlsx
from scoring.rubric import Rubric

SheetFormat = Literal["xlsx", "csv"]
WRITERS = {"xlsx": write_xlsx, "csv": write_csv}
MAX_NAME = 64


class PanelError(ScoringError):
    """A round cannot be made, or its data not be used, as asked."""


@dataclass(frozen=True, slots=True)
class Bench:
    """An installation with its database, banks and rubrics."""

    installation: Installation
    database: Database
    banks: BankLibrary
    rubrics: RubricLibrary

    def transcript(self, found: InterviewSession) -> Transcript:
        """Return the transcript of a session as it counts now."""
        bank = self.banks.load(found.bank_id, found.bank_version)
        return project(found.id, bank, EventLog(self.database, found.id).events())

    def rubric_of(self, round_: PanelRound) -> Rubric:
        return self.rubrics.load(round_.rubric_id, round_.rubric_version)


@dataclass(frozen=True, slots=True)
class NewRound:
    """What a round is to be."""

    session_ids: tuple[str, ...]
    raters: tuple[str, ...]
    per_interview: int
    shared: int
    """Interviews that all rate."""
    seed: int
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """What became of one file."""

    file: Path
    round_id: str
    rater: str
    ratings: int
    stored: Stored
    notes_without_rating: tuple[int, ...]
    amended: tuple[str, ...] = ()
    """Codes of interviews that were amended since the round was made; their ratings do not count."""


def scored_sessions(bench: Bench, position_id: str) -> tuple[str, ...]:
    """Return the scored interviews of a position; raises NotFound if there is no such position."""
    with bench.database.reading() as session:
        positions.get(session, position_id)
        pairs = sessions.of_position(session, position_id)
    return tuple(found.id for found, _ in pairs if found.status == "scored")


def answered(bench: Bench, rubric: Rubric, session_ids: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``session_ids`` with something to rate: no scored one in which nothing was answered.

    Raises
    ------
    NotFound
        If there is no such interview.
    """
    with bench.database.reading() as session:
        found = [sessions.get(session, session_id) for session_id in session_ids]
    return tuple(one.id for one in found if one.status != "scored" or _ratable(bench.transcript(one), rubric))


def _ratable(transcript: Transcript, rubric: Rubric) -> bool:
    answers = any(turn.speaker == "candidate" and turn.kind == "answer" for turn in transcript.turns)
    return answers and bool(blocks("", transcript, rubric, ""))


def create_round(bench: Bench, rubric: Rubric, new: NewRound) -> str:
    """Store a round and return its id.

    Raises
    ------
    PanelError
        If raters or interviews cannot be assigned as asked, or an interview is not scored yet.
    NotFound
        If there is no such interview.
    """
    names = _checked_names(new.raters)
    try:
        given = assign(new.session_ids, names, new.per_interview, new.shared, new.seed)
    except ValueError as error:
        raise PanelError(str(error)) from error
    with bench.database.reading() as session:
        found = [sessions.get(session, session_id) for session_id in new.session_ids]
    open_ones = [one.id for one in found if one.status != "scored"]
    if open_ones:
        raise PanelError(f"only scored interviews can be rated; not scored: {', '.join(open_ones)}")
    interviews = [
        panel_rounds.NewInterview(one.id, one.id in given.shared, transcript_hash(bench.transcript(one)))
        for one in found
    ]
    with bench.database.transaction() as session:
        created = panel_rounds.create(
            session,
            (rubric.id, rubric.version),
            interviews,
            given.orders,
            per_interview=new.per_interview,
            seed=new.seed,
            synthetic=new.synthetic,
        )
        return created.id


def transcript_hash(transcript: Transcript) -> str:
    """Return ``sha256:…`` of what raters read: who said what, to which question."""
    said = [[turn.speaker, turn.kind, turn.question_id, turn.text] for turn in transcript.turns]
    return "sha256:" + hashlib.sha256(json.dumps(said).encode()).hexdigest()


def write_sheets(bench: Bench, round_id: str, folder: Path, formats: Sequence[SheetFormat]) -> list[Path]:
    """Write each rater's sheet into ``folder``, which is made if need be, and return the files.

    Raises
    ------
    NotFound
        If there is no such round.
    OSError
        If a file cannot be written.
    """
    with bench.database.reading() as session:
        round_ = panel_rounds.get(session, round_id)
        codes = {one.session_id: one.code for one in panel_rounds.interviews(session, round_id)}
        orders = {
            rater.name: list(panel_rounds.order_of(session, rater.id))
            for rater in panel_rounds.raters(session, round_id)
        }
        found = {session_id: sessions.get(session, session_id) for session_id in codes}
        names = candidate_names(session, found.values())
    rubric = bench.rubric_of(round_)
    contents: dict[str, list[Block]] = {
        session_id: blocks(codes[session_id], bench.transcript(one), rubric, names[session_id])
        for session_id, one in found.items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, (rater, order) in enumerate(orders.items(), start=1):
        identity = SheetIdentity(round_id, rater, f"{rubric.id}@{rubric.version}")
        sheet = [block for session_id in order for block in contents[session_id]]
        for kind in formats:
            file = folder / f"{round_id}-{number:02d}-{_file_part(rater)}.{kind}"
            WRITERS[kind](identity, sheet, file)
            files.append(file)
    return files


def candidate_names(session: Session, found: Iterable[InterviewSession]) -> dict[str, str]:
    """Return session id → the name that raters must not read."""
    return {one.id: session.get_one(Invitation, one.invitation_id).candidate_name for one in found}


def import_sheets(bench: Bench, files: Sequence[Path], *, again: bool = False) -> list[Import]:
    """Take in filled-in sheets: all of them or, if anything is wrong with one, none.

    Raises
    ------
    SheetError
        With every fault of every file.
    """
    faults: list[str] = []
    read: list[tuple[Path, RatedSheet]] = []
    for file in files:
        try:
            read.append((file, read_sheet(file)))
        except SheetError as error:
            faults += error.faults
    done = []
    with bench.database.transaction() as session:
        seen: dict[int, Path] = {}
        for file, sheet in read:
            try:
                rater, codes = _checked(bench, session, file, sheet)
            except SheetError as error:
                faults += error.faults
                continue
            if rater.id in seen:
                faults.append(
                    f"{file}: is a sheet of {rater.name} too, like {seen[rater.id]}; import one of them"
                )
                continue
            seen[rater.id] = file
            if not faults:
                done.append(_stored(session, file, sheet, rater, codes, again))
        if faults:  # raised inside, so that the transaction stores nothing
            raise SheetError(tuple(faults))
    sheets = dict(read)
    return [replace(one, amended=_amended(bench, one.round_id, sheets[one.file])) for one in done]


def _amended(bench: Bench, round_id: str, sheet: RatedSheet) -> tuple[str, ...]:
    """Return the codes of the sheet's interviews that are no longer as they were when the round was made."""
    rated = {rating.interview for rating in sheet.ratings}
    with bench.database.reading() as session:
        found = [
            (one, sessions.get(session, one.session_id))
            for one in panel_rounds.interviews(session, round_id)
            if one.code in rated
        ]
    return tuple(
        one.code
        for one, interview in found
        if transcript_hash(bench.transcript(interview)) != one.transcript_hash
    )


def _checked(
    bench: Bench, session: Session, file: Path, sheet: RatedSheet
) -> tuple[PanelRater, Mapping[str, str]]:
    """Return the rater of a sheet and code → session id, or raise SheetError."""
    identity = sheet.identity
    try:
        round_ = panel_rounds.get(session, identity.round_id.casefold()[:32])
    except NotFound as error:
        raise SheetError((f"{file}: {error}",)) from error
    raters = {rater.name.casefold(): rater for rater in panel_rounds.raters(session, round_.id)}
    rater = raters.get(identity.rater.casefold())
    if rater is None:
        known = ", ".join(one.name for one in raters.values())
        reason = f"{shown(identity.rater)} does not rate in round {round_.id}; the raters are: {known}"
        raise SheetError((f"{file}: column rater: {reason}",))
    expected = f"{round_.rubric_id}@{round_.rubric_version}"
    if identity.rubric.casefold() != expected:
        reason = f"round {round_.id} is rated with {expected}; got {shown(identity.rubric)}"
        raise SheetError((f"{file}: column rubric: {reason}",))
    mine = panel_rounds.order_of(session, rater.id)
    codes = {
        one.code: one.session_id
        for one in panel_rounds.interviews(session, round_.id)
        if one.session_id in mine
    }
    behaviours = {c.id: [b.id for b in c.behaviours] for c in bench.rubric_of(round_).criteria}
    check_sheet(file, sheet, frozenset(codes), behaviours)
    return rater, codes


def _stored(
    session: Session,
    file: Path,
    sheet: RatedSheet,
    rater: PanelRater,
    codes: Mapping[str, str],
    again: bool,
) -> Import:
    ratings = [
        NewRating(codes[r.interview], r.criterion, r.behaviour, r.level, r.note) for r in sheet.ratings
    ]
    stored = panel_ratings.store(session, rater, ratings, file.name, again=again)
    return Import(file, rater.round_id, rater.name, len(ratings), stored, sheet.notes_without_rating)


def _checked_names(raters: Sequence[str]) -> list[str]:
    names = [" ".join(name.split()) for name in raters]
    for name in names:
        if not name or len(name) > MAX_NAME or not name.isprintable():
            raise PanelError(f"a rater's name has 1 to {MAX_NAME} printable characters; got {name!r}")
    folded = [name.casefold() for name in names]
    repeated = sorted({name for name in names if folded.count(name.casefold()) > 1})
    if repeated:
        raise PanelError(f"raters are named once each; repeated: {', '.join(repeated)}")
    return names


def _file_part(rater: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in rater)[:40].strip("-") or "rater"
