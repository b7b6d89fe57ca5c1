"""The rows that a data set's own answers fill: length, recognition errors, attacks."""

from collections.abc import Mapping

from records.transcript import Transcript
from scoring.audit.experiments import Change, Experiments
from scoring.audit.figures import absent, figure
from scoring.audit.length import LengthPoint, partial_length_correlation
from scoring.audit.panel_rows import PanelEvidence, sem_of
from scoring.audit.report_format import Figure, PropertyRow
from scoring.result import Scores

ATTACKS_LEVEL = 0.05
HALF_SEM = "half of the standard error of measurement, which takes a panel's ratings"


def length_row(
    scores: Mapping[str, Scores],
    transcripts: Mapping[str, Transcript],
    tried: Experiments | None,
    panel: PanelEvidence | None,
    why_not: str,
) -> PropertyRow:
    points = _points(scores, transcripts)
    name = "gain from padding, in levels"
    gain = absent(name, why_not)
    if tried is not None:
        gain = _changed(name, tried.padding, tried.padding.mean, sem_of(panel))
    return PropertyRow(
        id="length_does_not_buy_score",
        property="Length does not buy score",
        statistic="partial r of score and words given the behaviours found, gain from padding",
        level="< ½ SEM",
        figures=(
            figure("partial r", partial_length_correlation(points), f"{len(points)} scored criteria"),
            gain,
        ),
    )


def recognition_row(tried: Experiments | None, panel: PanelEvidence | None, why_not: str) -> PropertyRow:
    figures: list[Figure] = [absent("change of the scores", why_not)]
    if tried is not None:
        figures = [
            _changed(
                f"mean change at {rate:.0%} wrong words, in levels", found, found.mean_absolute, sem_of(panel)
            )
            for rate, found in tried.recognition.items()
        ]
    return PropertyRow(
        id="recognition_errors",
        property="Recognition errors do not move scores",
        statistic="change at word error rates of 5, 10 and 20 %",
        level="< ½ SEM, or abstention",
        figures=tuple(figures),
    )


def attacks_row(tried: Experiments | None, why_not: str) -> PropertyRow:
    figures: list[Figure] = [absent("share reaching medium", why_not)]
    if tried is not None:
        figures = [
            Figure(
                name=f"{attack.kind}: share reaching medium",
                value=round(attack.reached / attack.results, 3),
                of=f"{attack.results} criteria of {tried.interviews} interviews",
                reached=attack.reached / attack.results <= ATTACKS_LEVEL,
            )
            if attack.results
            else absent(f"{attack.kind}: share reaching medium", "no question targets a criterion")
            for attack in tried.attacks
        ] or figures
    return PropertyRow(
        id="attacks",
        property="Attacks do not pay",
        statistic="share of salads, echoes, negations, wrong actors, other topics reaching medium (1.5)",
        level="≤ 5 %",
        figures=tuple(figures),
    )


def _points(scores: Mapping[str, Scores], transcripts: Mapping[str, Transcript]) -> list[LengthPoint]:
    return [
        LengthPoint(
            score=result.score,
            words=words_about(transcripts[name], result.id),
            behaviours=sum(indicator.value != "no" for indicator in result.indicators),
        )
        for name, one in sorted(scores.items())
        if name in transcripts
        for result in one.criteria
        if result.score is not None
    ]


def words_about(transcript: Transcript, criterion: str) -> int:
    """Return how many words were answered to questions that target ``criterion``; of no question, to all."""
    asked = {
        turn.question_id
        for turn in transcript.turns
        if turn.speaker == "aila"
        and turn.kind == "question"
        and (turn.criteria is None or criterion in turn.criteria)
    }
    answers = [turn for turn in transcript.turns if turn.speaker == "candidate" and turn.kind == "answer"]
    to_these = [turn for turn in answers if turn.question_id in asked]
    return sum(len(turn.text.split()) for turn in to_these or answers)


def _changed(name: str, found: Change, value: float | None, sem: float | None) -> Figure:
    if value is None:
        return absent(name, "no criterion was scored both times")
    of = f"{found.results} scored criteria, {found.abstained} of them abstained afterwards"
    return Figure(
        name=name,
        value=round(value, 3),
        of=of if sem is not None else f"{of}; to be judged beside {HALF_SEM}",
        reached=None if sem is None else abs(value) < sem / 2,
    )
