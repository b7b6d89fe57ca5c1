"""``aila score``: scores transcripts, without any server."""

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from cli.batch_scoring import ScoredFile, WorkerLost, interrupt_held, scored_files
from question_bank.fault_wording import printable
from records.settings import RecordsSettings
from scoring.errors import ScoringError
from scoring.library import RubricLibrary
from scoring.result import Scores
from scoring.rubric import Rubric

FILE_FAULT = 2
INTERRUPTED = 130
"""As shells say it: 128 and the number of the signal."""
OVER_THE_BAR = "\r\x1b[K"
"""A message takes the line of the progress bar, which is drawn anew below."""


def score(
    files: Annotated[list[Path], typer.Argument(help="Transcripts in the format aila.transcript/1.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one aila.scores/1 object a line, in the order of the files.")
    ] = False,
    rubric: Annotated[str, typer.Option(help="The rubric to score with: ID, or ID@VERSION.")] = "behavioural",
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that score at the same time, up to 350 MB each.")
    ] = 1,
    calibration: Annotated[
        Path | None, typer.Option(help="Bring the scores onto a panel's scale (an aila.calibration/1 file).")
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(metavar="CRITERION", help="Print how the score of one criterion comes about instead."),
    ] = None,
    data: Annotated[Path | None, typer.Option(help="Data folder with rubrics of your own.")] = None,
) -> None:
    """Score transcripts; exit status 2 if a file could not be read (the others are scored)."""
    if explain is not None:
        if calibration is not None:
            _say("--explain explains the scorer's own score: leave out --calibration")
            raise typer.Exit(FILE_FAULT)
        _explain(files, explain, rubric, data, as_json)
        return
    try:
        chosen = _rubric(rubric, data)
        scaled = _scale(calibration)
    except ScoringError as error:
        _say(str(error))
        raise typer.Exit(FILE_FAULT) from None
    hidden = len(files) < 2 or not sys.stderr.isatty() or sys.stdout.isatty()
    done, faults = 0, 0
    try:
        with (
            closing(scored_files(chosen, files, workers)) as every,
            typer.progressbar(every, len(files), file=sys.stderr, hidden=hidden) as scored,
        ):
            for found in scored:
                with interrupt_held():  # Ctrl-C leaves whole lines.
                    faults += not _printed(found, scaled, as_json, "" if hidden else OVER_THE_BAR)
                    done += 1
    except WorkerLost:
        _say("a scoring process was ended from outside; what is not printed was not scored")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        left = len(files) - done
        _say(f"stopped; the last {left} of the {len(files)} files were not scored")
        raise typer.Exit(INTERRUPTED) from None
    if faults:
        raise typer.Exit(FILE_FAULT)


def _printed(found: ScoredFile, scaled: Callable[[Scores], Scores], as_json: bool, before: str) -> bool:
    """Print what became of a file; return whether it was scored. ``before`` begins each message."""
    for doubt in found.doubts:
        _say(f"warning: {doubt}", before)
    if found.scores is None:
        _say(found.fault or "", before)
        return False
    try:
        scores = scaled(found.scores)
    except ScoringError as error:
        _say(f"{found.path}: {error}", before)
        return False
    # JSON is UTF-8 whatever the terminal's encoding: the same input gives the same bytes.
    json_bytes = scores.model_dump_json(by_alias=True).encode()
    typer.echo(json_bytes if as_json else _readable(found.path, scores))
    return True


def _explain(files: list[Path], criterion: str, rubric: str, data: Path | None, as_json: bool) -> None:
    from cli.explanation_text import explanation_text  # who only scores does not wait for it
    from scoring.explanation import explain
    from scoring.loading import load_transcript_file
    from scoring.scorer import Scorer

    faults = 0
    try:
        scorer = Scorer(_rubric(rubric, data))
        scorer.rubric.criterion(criterion)
    except ScoringError as error:
        _say(str(error))
        raise typer.Exit(FILE_FAULT) from None
    for path in files:
        try:
            transcript, doubts = load_transcript_file(path, scorer.rubric)
        except ScoringError as error:
            faults += 1
            _say(str(error))
            continue
        for doubt in doubts:
            _say(f"warning: {doubt}")
        found = explain(scorer, transcript, criterion)
        text = found.model_dump_json(by_alias=True) if as_json else explanation_text(found)
        typer.echo(text.encode() if as_json else _for_terminal(text))
    if faults:
        raise typer.Exit(FILE_FAULT)


def _for_terminal(text: str) -> bytes:
    return text.encode(sys.stdout.encoding or "utf-8", "backslashreplace")


def _say(message: str, before: str = "") -> None:
    typer.echo(f"{before}aila score: {message}", err=True)


def _rubric(rubric: str, data: Path | None) -> Rubric:
    rubric_id, _, version = rubric.partition("@")
    folder = data or RecordsSettings().data
    own = folder / "rubrics"
    return RubricLibrary(own if own.is_dir() else None).load(rubric_id, version or None)


def _scale(calibration: Path | None) -> Callable[[Scores], Scores]:
    """Return what brings scores onto the calibration's scale; without one they stay as they are."""
    if calibration is None:
        return lambda scores: scores
    from scoring.panel.apply import calibrated  # who scores without a calibration does not wait for it
    from scoring.panel.calibration import load_calibration

    table = load_calibration(calibration)
    return lambda scores: calibrated(scores, table)


def _readable(path: Path, scores: Scores) -> bytes:
    rubric = scores.rubric
    scale = scores.calibration.id if scores.calibration else "uncalibrated"
    lines = [f"{path}: session {printable(scores.session_id)}, rubric {rubric.id} {rubric.version}, {scale}"]
    for criterion in scores.criteria:
        if criterion.score is None or criterion.interval is None:
            lines.append(f"  {criterion.id:<20} not scored: {criterion.reason}")
            continue
        low, high = criterion.interval
        raw = f", raw {criterion.raw.score:.2f}" if criterion.raw else ""
        lines.append(
            f"  {criterion.id:<20} {criterion.score:.2f} of 3 (between {low:.2f} and {high:.2f}{raw})"
        )
        for indicator in criterion.indicators:
            if indicator.evidence:
                quotes = "; ".join(f'"{printable(evidence.quote)}"' for evidence in indicator.evidence)
                lines.append(f"      {indicator.id}: {indicator.value}: {quotes}")
    return _for_terminal("\n".join(lines))
