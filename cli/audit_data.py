"""What ``aila audit`` looks at: an installation's records, or files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean

from api.panel_bench import Bench, PanelError
from api.panel_results import panel_data
from api.panel_results import report as panel_report
from cli.errors import CliError
from question_bank.errors import UnknownBank
from question_bank.library import BankLibrary
from records import calibrations, overview, positions, sessions
from records.database import Database
from records.errors import InstallationError
from records.group_data import GroupAnswer, GroupData
from records.installation import Installation
from records.settings import RecordsSettings
from records.tables import InterviewSession, Position
from records.transcript import Transcript
from scoring.audit.data_files import load_groups, load_scores
from scoring.audit.panel_rows import PanelEvidence
from scoring.audit.report import AuditData
from scoring.library import RubricLibrary
from scoring.loading import load_transcript_file
from scoring.panel.calibration import Calibration
from scoring.panel.ratings import panel_means
from scoring.panel.score_agreement import MIN_RATERS
from scoring.ranking import rank
from scoring.result import Scores


def of_installation(data: Path | None, position_id: str | None) -> AuditData:
    """Return the scored interviews in a data folder, of all positions or of one.

    Raises
    ------
    InstallationError
        If the folder cannot be used, or holds no installation.
    NotFound
        If there is no such position.
    """
    folder = data or RecordsSettings().data
    if not (folder / "secrets.json").exists():
        raise InstallationError(f"{folder} holds no installation; name one with --data, or files of scores")
    installation = Installation.open(data)
    database = Database(installation.database_url)
    try:
        database.migrate()
        rubrics = RubricLibrary(installation.rubrics_dir)
        bench = Bench(installation, database, BankLibrary(installation.banks_dir), rubrics)
        return _of_bench(bench, position_id)
    finally:
        database.close()


def _of_bench(bench: Bench, position_id: str | None) -> AuditData:
    with bench.database.reading() as session:
        chosen = [positions.get(session, position_id)] if position_id else positions.list_all(session)
        found = {one.id: [s for s, _ in sessions.of_position(session, one.id)] for one in chosen}
        every = [one for group in found.values() for one in group]
        stored = overview.newest_scores(session, [one.id for one in every])
    scores = {name: Scores.model_validate(content) for name, content in stored.items()}
    overall: dict[str, float] = {}
    for position in chosen:
        overall |= _overall(position, {s.id: scores[s.id] for s in found[position.id] if s.id in scores})
    answers = _group_answers(bench, sorted(scores))
    return AuditData(
        source=f"{bench.installation.data_dir}, {position_id or 'all positions'}",
        scores=scores,
        overall=overall,
        transcripts=_transcripts(bench, [one for one in every if one.id in scores]),
        sex={name: str(answer.sex) for name, answer in answers.items()},
        race_ethnicity={name: str(answer.race_ethnicity) for name, answer in answers.items()},
        panel=_panel(bench),
    )


def of_files(scores: Sequence[Path], transcripts: Sequence[Path], groups: Path | None) -> AuditData:
    """Return what the files hold; an interview's overall score is the mean of its criteria.

    Raises
    ------
    ScoringError
        If a file cannot be used, or names nobody that was scored.
    """
    scored = load_scores(scores)
    if not scored:
        raise CliError("the files hold no scores; expected what `aila score --json` prints")
    said = [load_transcript_file(path)[0] for path in transcripts]
    if said and not any(one.session_id in scored for one in said):
        raise CliError("no transcript is of an interview in the scores; are they of another data set?")
    answers = load_groups(groups) if groups else None
    known = {*(answers.sex if answers else ()), *(answers.race_ethnicity if answers else ())}
    if known and not known & scored.keys():
        raise CliError(f"{groups} names no session of the scores; is it of another data set?")
    return AuditData(
        source=", ".join(str(path) for path in scores),
        scores=scored,
        overall={name: value for name, one in scored.items() if (value := _mean(one)) is not None},
        transcripts={one.session_id: one for one in said if one.session_id in scored},
        sex=answers.sex if answers else {},
        race_ethnicity=answers.race_ethnicity if answers else {},
    )


def _overall(position: Position, scored: Mapping[str, Scores]) -> dict[str, float]:
    ranked = rank(positions.levels_of(position), scored)
    return {one.session_id: one.overall for one in ranked if one.overall is not None}


def _mean(scores: Scores) -> float | None:
    found = [result.score for result in scores.criteria if result.score is not None]
    return fmean(found) if found else None


def _transcripts(bench: Bench, found: Sequence[InterviewSession]) -> dict[str, Transcript]:
    transcripts = {}
    for one in found:
        try:
            transcripts[one.id] = bench.transcript(one)
        except UnknownBank:
            continue  # its bank was taken away; the scores are audited all the same
    return transcripts


def _group_answers(bench: Bench, session_ids: Sequence[str]) -> dict[str, GroupAnswer]:
    store = GroupData(bench.installation)
    try:
        return store.of_sessions(session_ids)
    finally:
        store.close()


def _panel(bench: Bench) -> PanelEvidence | None:
    try:
        data = panel_data(bench, [])
    except PanelError:
        return None  # nobody has been asked to rate
    if data.synthetic or not data.ratings:
        return None
    with bench.database.reading() as session:
        in_force = calibrations.active(session).get((data.rubric.id, data.rubric.version))
    return PanelEvidence(
        report=panel_report(data),
        means=panel_means(data.ratings, MIN_RATERS),
        calibration=Calibration.model_validate(in_force) if in_force else None,
    )
