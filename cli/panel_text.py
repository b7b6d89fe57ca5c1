"""The panel's report in words and as JSON."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from scoring.panel.estimate import Estimate, NotEnough, Statistic, Undefined

if TYPE_CHECKING:  # what they load takes seconds
    from api.panel_results import PanelData, TalkingPoint
    from scoring.panel.report import CriterionReport, PanelReport

SYNTHETIC = (
    "SYNTHETIC RATERS: these ratings were simulated to rehearse a round. "
    "They say nothing about any interview, rater or score, and enter no calibration."
)
TALK_CHARACTERS = 600


def plain(value: Any) -> Any:
    """Return dataclasses as plain values; a statistic that is missing carries its ``message``."""
    if isinstance(value, NotEnough | Undefined):
        return {"missing": value.message} | {f.name: getattr(value, f.name) for f in fields(value)}
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value


def counted(count: int, singular: str) -> str:
    """Return a number with its noun, such as "1 interview"."""
    return f"{count} {singular}{'' if count == 1 else 's'}"


def amended_lines(data: "PanelData") -> Iterator[str]:
    """Yield what was left out of ``data`` and why, if anything was."""
    if data.amended:
        yield f"left out, because amended since they were rated: {', '.join(data.amended)}"


def report_json(data: "PanelData", report: "PanelReport") -> dict[str, Any]:
    """Return the report with what it stands on."""
    rubric = {"id": data.rubric.id, "version": data.rubric.version}
    return {"rubric": rubric, "rounds": data.rounds, "amended": data.amended} | plain(report)


def report_lines(data: "PanelData", report: "PanelReport") -> Iterator[str]:
    """Yield the report as a person reads it."""
    rounds = ", ".join(data.rounds)
    yield (
        f"{data.rubric.id} {data.rubric.version}, {rounds}: {counted(report.interviews, 'interview')}, "
        f"{counted(len(report.raters), 'rater')}, {counted(report.ratings, 'rating')}"
    )
    if report.synthetic:
        yield SYNTHETIC
    yield from amended_lines(data)
    told: set[str] = set()
    yield from _criterion_lines("all criteria", report.overall, told)
    for name, criterion in report.criteria.items():
        yield from _criterion_lines(name, criterion, told)
    yield "\nraters"
    for rater in report.raters:
        levels = ", ".join(f"{level}: {count}" for level, count in rater.levels.items())
        unjudged = f"{rater.cannot_judge} not judged"
        yield f"  {rater.rater}: {counted(rater.interviews, 'interview')}; levels {levels}; {unjudged}"
        yield f"    severity        {_words(rater.severity)}"
        yield f"    drift per ten   {_words(rater.drift)}"
        if rater.remark:
            yield f"    {rater.remark}"
    if report.pairs:
        yield "\npairs (quadratic weighted kappa)"
    for pair in report.pairs:
        same = "" if pair.same is None else f", {pair.same:.0%} the same"
        yield f"  {' - '.join(pair.raters)}: {_words(pair.kappa)} ({pair.common} in common{same})"


def talking_point_lines(point: "TalkingPoint") -> Iterator[str]:
    """Yield one disagreement as the meeting reads it."""
    one = point.disagreement
    levels = ", ".join(f"{rater} {level}" for rater, level in one.levels.items())
    yield f"{point.code} {one.criterion}: {one.spread} apart ({levels})"
    for behaviour, given in one.behaviours.items():
        yield f"  {behaviour}: {', '.join(f'{rater} {level}' for rater, level in given.items())}"
    for rater, note in one.notes.items():
        yield f"  {rater} noted: {printable(note)}"
    cut = point.responses[:TALK_CHARACTERS]
    yield f"  {printable(cut)}{' …' if len(cut) < len(point.responses) else ''}"


def printable(text: str) -> str:
    """Return ``text`` in one line, without what would move a terminal's cursor."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _criterion_lines(name: str, report: "CriterionReport", told: set[str]) -> Iterator[str]:
    """Yield one criterion's lines; a reason is told once, and after that its beginning."""
    block = report.intraclass
    yield f"\n{name}"
    missing: dict[str, list[str]] = {}  # reason → what it is the reason for
    rows: list[tuple[str, Statistic]] = [
        (f"ICC(2,1), {block.interviews} interviews x {block.raters} raters", block.single),
        ("ICC(2,k)", block.mean),
        ("ordinal alpha", report.alpha),
        ("QWK of scores with the panel", report.scores.quadratic_kappa),
        ("r", report.scores.correlation),
        ("standardised mean difference", report.scores.standardised_difference),
        ("panel's standard error of measurement", report.scores.panel_error),
        ("scores' standard error of estimate", report.scores.estimate_error),
    ]
    rows += [(f"alpha of {behaviour}", one) for behaviour, one in report.behaviours.items()]
    for label, statistic in rows:
        if isinstance(statistic, Estimate):
            yield f"  {label:<45} {_words(statistic)}"
        else:
            missing.setdefault(statistic.message, []).append(label)
    for message, labels in missing.items():
        yield f"  {', '.join(labels)}: {message.split(', because')[0] if message in told else message}"
    told.update(missing)


def _words(statistic: Statistic) -> str:
    if not isinstance(statistic, Estimate):
        return statistic.message
    if statistic.low is None or statistic.high is None:
        return f"{statistic.value:.2f}"
    return f"{statistic.value:.2f} ({statistic.low:.2f} to {statistic.high:.2f})"
