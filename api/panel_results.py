"""What a panel's ratings on an installation say: reports, disagreements, calibrations, rehearsals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.panel_bench import Bench, NewRound, PanelError, candidate_names, create_round, transcript_hash
from records import calibrations, panel_ratings, panel_rounds, scores, sessions
from records.panel_ratings import NewRating, StoredRating
from records.panel_tables import PanelRound
from records.transcript import Transcript
from scoring.panel.apply import half_width
from scoring.panel.calibrating import RawResult, Uncalibrated, calibrate
from scoring.panel.calibration import Calibration
from scoring.panel.disagreements import Disagreement, disagreements
from scoring.panel.rating_tasks import blocks
from scoring.panel.ratings import Rating
from scoring.panel.report import PanelReport, panel_report
from scoring.panel.synthetic import simulate
from scoring.result import RubricReference, Scores
from scoring.rubric import Rubric
from scoring.scorer import SCORER_VERSION, Scorer

Tell = Callable[[str], None]


def _silent(_line: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class PanelData:
    """The newest ratings of some rounds, and the raw results of the same interviews."""

    rubric: Rubric
    rounds: tuple[str, ...]
    ratings: tuple[Rating, ...]
    raw: dict[tuple[str, str], RawResult]
    codes: dict[str, str]
    """Session id → the code in the newest of the rounds."""
    transcripts: dict[str, Transcript]
    names: dict[str, str]
    """Session id → the candidate's name, to be kept out of what is shown."""
    synthetic: bool
    amended: tuple[str, ...]
    """Codes of interviews that were amended since they were rated; their ratings are left out."""


@dataclass(frozen=True, slots=True)
class TalkingPoint:
    """A disagreement, with what the raters read."""

    code: str
    disagreement: Disagreement
    responses: str


def panel_data(bench: Bench, round_ids: Sequence[str], tell: Tell = _silent) -> PanelData:
    """Return the data of the rounds named, or of all rounds of people with the newest round's rubric.

    ``tell`` is called with a line for a person when something takes its time.

    Raises
    ------
    PanelError
        If there is no round, or the rounds are of different rubrics, or mix people and simulated raters.
    NotFound
        If a round is not there.
    """
    rounds, synthetic = _chosen(bench, round_ids)
    with bench.database.reading() as session:
        stored = panel_ratings.newest(session, [one.id for one in rounds])
        found = {r.session_id: sessions.get(session, r.session_id) for r in stored}
        known = {session_id: scores.newest(session, session_id) for session_id in found}
        names = candidate_names(session, found.values())
    rubric = bench.rubric_of(rounds[-1])
    transcripts = {session_id: bench.transcript(one) for session_id, one in found.items()}
    hashes = {session_id: transcript_hash(transcript) for session_id, transcript in transcripts.items()}
    current = [r for r in stored if r.transcript_hash == hashes[r.session_id]]
    amended = {r.code for r in stored if r.transcript_hash != hashes[r.session_id]}
    rated = {r.session_id for r in current}
    return PanelData(
        rubric=rubric,
        rounds=tuple(one.id for one in rounds),
        ratings=_ratings(current),
        raw=_raw(rubric, {one: transcripts[one] for one in sorted(rated)}, known, tell),
        codes={r.session_id: r.code for r in current},
        transcripts=transcripts,
        names=names,
        synthetic=synthetic,
        amended=tuple(sorted(amended)),
    )


def report(data: PanelData) -> PanelReport:
    """Return the report on ``data``."""
    return panel_report(data.ratings, data.raw, data.synthetic)


def talking_points(data: PanelData, limit: int) -> list[TalkingPoint]:
    """Return where raters are furthest apart, with what they read."""
    points = []
    for one in disagreements(data.ratings, limit):
        code = data.codes[one.interview]
        found = blocks(code, data.transcripts[one.interview], data.rubric, data.names[one.interview])
        of_criterion = [block.responses for block in found if block.tasks[0].criterion == one.criterion]
        points.append(TalkingPoint(code, one, "\n".join(of_criterion)))
    return points


def make_calibration(bench: Bench, data: PanelData) -> tuple[Calibration, bool] | Uncalibrated:
    """Make and store a calibration (not in force yet); return it and whether it is new, or why there is none.

    Raises
    ------
    PanelError
        If simulated raters are among the raters.
    """
    if data.synthetic:
        raise PanelError("simulated raters never enter a calibration")
    reference = RubricReference(id=data.rubric.id, version=data.rubric.version)
    made = calibrate(data.ratings, data.raw, reference, SCORER_VERSION, datetime.now(UTC))
    if isinstance(made, Uncalibrated):
        return made
    with bench.database.transaction() as session:
        new = calibrations.store(session, made.model_dump(mode="json", by_alias=True))
        stored = Calibration.model_validate(calibrations.get(session, made.id).payload)
    return stored, new


def rehearse(bench: Bench, rubric: Rubric, new: NewRound, tell: Tell = _silent) -> str:
    """Make a round whose raters are simulated, fill in their sheets, and return its id.

    They are stored as synthetic for ever, enter no calibration, and every report says so.
    """
    if not new.synthetic:
        raise PanelError("only a synthetic round can be simulated")
    round_id = create_round(bench, rubric, new)
    with bench.database.reading() as session:
        raters = {rater.name: rater for rater in panel_rounds.raters(session, round_id)}
        orders = {name: list(panel_rounds.order_of(session, rater.id)) for name, rater in raters.items()}
        found = {session_id: sessions.get(session, session_id) for session_id in new.session_ids}
        known = {session_id: scores.newest(session, session_id) for session_id in found}
    transcripts = {session_id: bench.transcript(one) for session_id, one in found.items()}
    raw = _raw(rubric, transcripts, known, tell)
    centres = {
        (session_id, block.tasks[0].criterion): 1.0
        for session_id, transcript in transcripts.items()
        for block in blocks("", transcript, rubric, "")
    }
    centres |= {key: result.score for key, result in raw.items() if key in centres}
    behaviours = {criterion.id: [b.id for b in criterion.behaviours] for criterion in rubric.criteria}
    written = list(simulate(orders, centres, behaviours, new.seed))
    with bench.database.transaction() as session:
        for name, rater in raters.items():
            ratings = [
                NewRating(r.interview, r.criterion, r.behaviour, r.level, r.note)
                for r in written
                if r.rater == name
            ]
            panel_ratings.store(session, rater, ratings, "simulated")
    return round_id


def _chosen(bench: Bench, round_ids: Sequence[str]) -> tuple[list[PanelRound], bool]:
    with bench.database.reading() as session:
        every = panel_rounds.list_all(session)
        synthetic = {one.id: any(r.synthetic for r in panel_rounds.raters(session, one.id)) for one in every}
        if round_ids:
            chosen = [panel_rounds.get(session, name) for name in dict.fromkeys(round_ids)]
        else:
            of_people = [one for one in every if not synthetic[one.id]]
            newest = of_people[-1:]
            chosen = [one for one in of_people if _rubric(one) == _rubric(newest[0])]
    if not chosen:
        raise PanelError("there is no round that people rate; `aila panel create` makes one")
    chosen.sort(key=lambda one: (one.created_at, one.id))
    if len({_rubric(one) for one in chosen}) > 1:
        raise PanelError("the rounds were rated with different rubrics; name rounds of one of them")
    kinds = {synthetic[one.id] for one in chosen}
    if len(kinds) > 1:
        raise PanelError("rounds of people and of simulated raters are not put together")
    return chosen, kinds.pop()


def _rubric(round_: PanelRound) -> tuple[str, str]:
    return round_.rubric_id, round_.rubric_version


def _ratings(stored: Sequence[StoredRating]) -> tuple[Rating, ...]:
    """Return ratings whose places count on from round to round; of a thing rated twice, the later rating."""
    places: dict[tuple[str, str], int] = {}
    for r in stored:
        key = r.round_id, r.rater
        places[key] = max(places.get(key, 0), r.position)
    before: dict[tuple[str, str], int] = {}
    total: dict[str, int] = {}
    for (round_id, rater), count in places.items():  # in the order of the rounds
        before[round_id, rater] = total.get(rater, 0)
        total[rater] = total.get(rater, 0) + count
    newest: dict[tuple[str, str, str, str | None], Rating] = {}
    for r in stored:
        newest[r.session_id, r.rater, r.criterion, r.behaviour] = Rating(
            interview=r.session_id,
            rater=r.rater,
            criterion=r.criterion,
            behaviour=r.behaviour,
            level=r.level,
            position=before[r.round_id, r.rater] + r.position,
            note=r.note,
        )
    return tuple(newest.values())


def _raw(
    rubric: Rubric, transcripts: dict[str, Transcript], known: dict[str, dict | None], tell: Tell
) -> dict[tuple[str, str], RawResult]:
    """Return the raw results: as stored, if this scorer and rubric made them, else scored again."""
    reference = RubricReference(id=rubric.id, version=rubric.version)
    found: dict[str, Scores] = {}
    for session_id in transcripts:
        payload = known.get(session_id)
        stored = Scores.model_validate(payload) if payload else None
        if stored and stored.scorer_version == SCORER_VERSION and stored.rubric == reference:
            found[session_id] = stored
    outdated = sorted(transcripts.keys() - found.keys())
    if outdated:
        tell(f"{len(outdated)} interviews were scored by another scorer or rubric and are scored again")
        scorer = Scorer(rubric)
        found |= {session_id: scorer.score(transcripts[session_id]) for session_id in outdated}
    return {
        (session_id, one.id): RawResult(one.score, round(half_width(one.score, one.interval), 4))
        for session_id, scores_ in sorted(found.items())
        for one in scores_.criteria
        if one.score is not None and one.interval is not None
    }
