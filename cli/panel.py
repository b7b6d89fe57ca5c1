"""``aila panel``: people rate interviews; how far they agree; scores brought onto their scale."""

from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from api.panel_bench import (
    Bench,
    NewRound,
    PanelError,
    SheetFormat,
    answered,
    create_round,
    import_sheets,
    scored_sessions,
    write_sheets,
)
from cli import panel_reports
from cli.panel_common import DataOption, JsonOption, open_bench, print_json, tell
from cli.panel_text import SYNTHETIC, counted, plain
from records import panel_rounds
from scoring.rubric import Rubric

app = typer.Typer(no_args_is_help=True, help="People rate interviews; scores are calibrated to them.")
SHARED = 10
MAX_SIMULATED = 20
FormatOption = Annotated[list[str] | None, typer.Option("--format", help="xlsx or csv; both if not said.")]
PositionOption = Annotated[str | None, typer.Option(help="All scored interviews of this position.")]
SessionOption = Annotated[list[str] | None, typer.Option("--session", help="This interview.")]
RubricOption = Annotated[str, typer.Option(help="The rubric to rate with: ID, or ID@VERSION.")]
PerInterviewOption = Annotated[int, typer.Option(help="Raters of each interview.")]
SharedOption = Annotated[int | None, typer.Option(help=f"Interviews that all rate; {SHARED} if not said.")]
SeedOption = Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Of who rates what, and when.")]


@app.command()
def create(
    rater: Annotated[list[str], typer.Option(help="A rater's name; say it once for each.")],
    out: Annotated[Path, typer.Option(help="The folder for the raters' sheets.")],
    position: PositionOption = None,
    session: SessionOption = None,
    rubric: RubricOption = "behavioural",
    per_interview: PerInterviewOption = 2,
    shared: SharedOption = None,
    seed: SeedOption = 1,
    formats: FormatOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Make a round of ratings and write a blind sheet for each rater."""
    kinds = _formats(formats)
    with open_bench(data) as bench:
        numbers = (per_interview, shared, seed)
        chosen = _rubric(bench, rubric)
        new = _new_round(bench, chosen, position, session, tuple(rater), numbers, synthetic=False)
        out.mkdir(parents=True, exist_ok=True)  # before the round is stored
        round_id = create_round(bench, chosen, new)
        files = write_sheets(bench, round_id, out, kinds)
    if as_json:
        print_json(
            round=round_id,
            interviews=len(new.session_ids),
            shared=new.shared,
            files=[str(file) for file in files],
        )
        return
    typer.echo(
        f"round {round_id}: {counted(len(new.session_ids), 'interview')}, {new.shared} of them rated by all"
    )
    _list_sheets(files)


@app.command()
def sheets(
    round_id: Annotated[str, typer.Argument(metavar="ROUND")],
    out: Annotated[Path, typer.Option(help="The folder for the raters' sheets.")],
    formats: FormatOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Write a round's empty sheets again; what was erased since is left out."""
    kinds = _formats(formats)
    with open_bench(data) as bench:
        files = write_sheets(bench, round_id, out, kinds)
    if as_json:
        print_json(round=round_id, files=[str(file) for file in files])
    else:
        _list_sheets(files)


@app.command("import")
def import_command(
    files: Annotated[list[Path], typer.Argument(help="Filled-in sheets (.xlsx, .csv).")],
    again: Annotated[
        bool, typer.Option("--again", help="Make an older version of a sheet the newest once more.")
    ] = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Take in filled-in sheets; if anything is wrong in one of them, none is taken in."""
    with open_bench(data) as bench:
        done = import_sheets(bench, files, again=again)
    if as_json:
        print_json(imported=[plain(one) | {"file": str(one.file)} for one in done])
        return
    for one in done:
        stored = one.stored
        said = {
            "stored": f"version {stored.version}: {counted(one.ratings, 'rating')}; {stored.added} added, "
            f"{stored.changed} changed, {stored.removed} removed",
            "unchanged": f"nothing changed: this is version {stored.version} of the sheet",
            "older": f"nothing changed: this is version {stored.version}, which a newer one has replaced "
            "(--again makes it the newest)",
        }[stored.outcome]
        typer.echo(f"{one.file}: {one.rater}, round {one.round_id}, {said}")
        if one.notes_without_rating:
            rows = ", ".join(str(row) for row in one.notes_without_rating)
            typer.echo(f"{one.file}: notes without a rating are not stored: rows {rows}")
        if one.amended:
            codes = ", ".join(one.amended)
            typer.echo(f"{one.file}: stored, but does not count, because amended since the round: {codes}")


@app.command()
def rounds(as_json: JsonOption = False, data: DataOption = None) -> None:
    """List the rounds and how far their raters are."""
    with open_bench(data) as bench, bench.database.reading() as session:
        found = [
            (one, panel_rounds.interviews(session, one.id), panel_rounds.progress(session, one.id))
            for one in panel_rounds.list_all(session)
        ]
    if as_json:
        print_json(
            rounds=[
                {
                    "id": one.id,
                    "rubric": {"id": one.rubric_id, "version": one.rubric_version},
                    "made_at": one.created_at.isoformat(),
                    "interviews": len(interviews),
                    "shared": sum(interview.shared for interview in interviews),
                    "raters": plain(raters),
                }
                for one, interviews, raters in found
            ]
        )
        return
    for one, interviews, raters in found:
        typer.echo(f"{one.id}  {one.rubric_id}@{one.rubric_version}  {counted(len(interviews), 'interview')}")
        for rater in raters:
            mark = ", SYNTHETIC" if rater.synthetic else ""
            state = f"sheet version {rater.versions}" if rater.versions else "nothing handed in"
            typer.echo(f"  {rater.rater}{mark}: {counted(rater.interviews, 'interview')}, {state}")


@app.command("simulate-raters")
def simulate_raters(
    raters: Annotated[int, typer.Option(min=1, max=MAX_SIMULATED)] = 4,
    position: PositionOption = None,
    session: SessionOption = None,
    rubric: RubricOption = "behavioural",
    per_interview: PerInterviewOption = 2,
    shared: SharedOption = None,
    seed: SeedOption = 1,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Rehearse a round with simulated raters; marked so for ever, and never part of a calibration."""
    from api.panel_results import rehearse

    names = tuple(f"synthetic-{number}" for number in range(1, raters + 1))
    with open_bench(data) as bench:
        numbers = (per_interview, shared, seed)
        chosen = _rubric(bench, rubric)
        new = _new_round(bench, chosen, position, session, names, numbers, synthetic=True)
        round_id = rehearse(bench, chosen, new, tell)
    if as_json:
        print_json(round=round_id, synthetic=True, interviews=len(new.session_ids), raters=names)
        return
    typer.echo(
        f"round {round_id}: {counted(len(new.session_ids), 'interview')}, "
        f"{counted(raters, 'simulated rater')}\n{SYNTHETIC}"
    )


def _new_round(
    bench: Bench,
    rubric: Rubric,
    position: str | None,
    chosen: list[str] | None,
    raters: tuple[str, ...],
    numbers: tuple[int, int | None, int],
    *,
    synthetic: bool,
) -> NewRound:
    per_interview, shared, seed = numbers
    if (position is None) == (not chosen):
        raise PanelError("say which interviews: --position ID, or --session ID once for each")
    ids = tuple(chosen or ()) if position is None else scored_sessions(bench, position)
    if not ids:
        raise PanelError(f"the position {position!r} has no scored interviews")
    named, ids = ids, answered(bench, rubric, ids)
    empty = [one for one in named if one not in ids]
    if empty:
        tell(f"left out, because nothing was answered in them: {', '.join(empty)}")
    if not ids:
        raise PanelError("there is no interview to rate")
    common = min(SHARED, len(ids)) if shared is None else shared
    return NewRound(ids, raters, per_interview, common, seed, synthetic)


def _rubric(bench: Bench, wanted: str) -> Rubric:
    rubric_id, _, version = wanted.partition("@")
    return bench.rubrics.load(rubric_id, version or None)


def _formats(asked: list[str] | None) -> list[SheetFormat]:
    known = get_args(SheetFormat)
    for one in asked or ():
        if one not in known:
            raise typer.BadParameter(f"one of {', '.join(known)}; got {one!r}", param_hint="--format")
    return [cast(SheetFormat, one) for one in dict.fromkeys(asked or known)]


def _list_sheets(files: list[Path]) -> None:
    for file in files:
        typer.echo(str(file))
    typer.echo("The sheets hold what candidates said: delete the files when the round is over.")


for command in panel_reports.COMMANDS:
    app.command()(command)
