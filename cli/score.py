"""``aila score``: scores transcripts, without any server."""

from pathlib import Path
from typing import Annotated

import typer

from records.settings import RecordsSettings
from scoring.errors import ScoringError
from scoring.library import RubricLibrary
from scoring.loading import load_transcript_file
from scoring.result import Scores
from scoring.scorer import Scorer

FILE_FAULT = 2


def score(
    files: Annotated[list[Path], typer.Argument(help="Transcripts in the format aila.transcript/1.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one aila.scores/1 object a line, in the order of the files.")
    ] = False,
    rubric: Annotated[str, typer.Option(help="The rubric to score with: ID, or ID@VERSION.")] = "behavioural",
    data: Annotated[Path | None, typer.Option(help="Data folder with rubrics of your own.")] = None,
) -> None:
    """Score transcripts; exit status 2 if a file could not be read (the others are scored)."""
    try:
        scorer = _scorer(rubric, data)
    except ScoringError as error:
        typer.echo(f"aila score: {error}", err=True)
        raise typer.Exit(FILE_FAULT) from None
    faults = 0
    for path in files:
        try:
            result = scorer.score(load_transcript_file(path))
        except ScoringError as error:
            faults += 1
            typer.echo(f"aila score: {error}", err=True)
            continue
        # JSON is UTF-8 whatever the terminal's encoding: the same input gives the same bytes.
        typer.echo(result.model_dump_json(by_alias=True).encode() if as_json else _readable(path, result))
    if faults:
        raise typer.Exit(FILE_FAULT)


def _scorer(rubric: str, data: Path | None) -> Scorer:
    rubric_id, _, version = rubric.partition("@")
    folder = data or RecordsSettings().data
    own = folder / "rubrics"
    return Scorer(RubricLibrary(own if own.is_dir() else None).load(rubric_id, version or None))


def _readable(path: Path, scores: Scores) -> str:
    rubric = scores.rubric
    lines = [f"{path}: session {scores.session_id}, rubric {rubric.id} {rubric.version}, uncalibrated"]
    for criterion in scores.criteria:
        if criterion.score is None or criterion.interval is None:
            lines.append(f"  {criterion.id:<20} not scored: {criterion.reason}")
            continue
        low, high = criterion.interval
        lines.append(f"  {criterion.id:<20} {criterion.score:.2f} of 3 (between {low:.2f} and {high:.2f})")
        lines.extend(
            f'      {indicator.id}: {indicator.value}: "{evidence.quote}"'
            for indicator in criterion.indicators
            for evidence in indicator.evidence
        )
    return "\n".join(lines)
