"""``aila panel report`` and what follows from it: disagreements, calibrations, what is in force."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from cli.panel_common import FAULT, DataOption, JsonOption, RoundsArgument, open_bench, print_json, tell
from cli.panel_text import (
    SYNTHETIC,
    amended_lines,
    counted,
    plain,
    report_json,
    report_lines,
    talking_point_lines,
)
from records import calibrations as stored_calibrations
from records.panel_tables import CalibrationRow
from scoring.panel.calibration import Calibration
from scoring.panel.sheet_writing import harmless

NOTHING_MADE = 1


def report(rounds: RoundsArgument = None, as_json: JsonOption = False, data: DataOption = None) -> None:
    """How far raters agree with each other, and the raw scores with them."""
    from api.panel_results import panel_data
    from api.panel_results import report as made

    with open_bench(data) as bench:
        found = panel_data(bench, rounds or [], tell)
        result = made(found)
    if as_json:
        print_json(**report_json(found, result))
    else:
        typer.echo("\n".join(report_lines(found, result)))


def disagreements(
    rounds: RoundsArgument = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 20,
    out: Annotated[Path | None, typer.Option(help="A CSV file to write, with the whole responses.")] = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Where raters are furthest apart, for the calibration meeting."""
    from api.panel_results import panel_data, talking_points

    with open_bench(data) as bench:
        found = panel_data(bench, rounds or [], tell)
        points = talking_points(found, limit)
        if out is not None:
            with out.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(
                    ("interview", "criterion", "apart", "levels", "behaviours", "notes", "responses")
                )
                for point in points:
                    one = point.disagreement
                    cells = (point.code, one.criterion, one.spread, one.levels, one.behaviours, one.notes)
                    writer.writerow([harmless(_cell(cell)) for cell in (*cells, point.responses)])
    if as_json:
        shown = [
            plain(point.disagreement) | {"interview": point.code, "responses": point.responses}
            for point in points
        ]
        print_json(synthetic=found.synthetic, amended=found.amended, disagreements=shown)
        return
    if found.synthetic:
        typer.echo(SYNTHETIC)
    for line in amended_lines(found):
        typer.echo(line)
    for point in points:
        typer.echo("\n".join(talking_point_lines(point)))
    if not found.ratings:
        typer.echo("there are no ratings to compare")
    elif not points:
        typer.echo("no two raters differ on a criterion of an interview")


def calibrate(
    rounds: RoundsArgument = None,
    out: Annotated[Path | None, typer.Option(help="Write it as a file too, for `aila score`.")] = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Make a calibration, not in force yet; exit status 1 and the reasons if there are too few ratings."""
    from api.panel_results import make_calibration, panel_data
    from scoring.panel.calibrating import NEEDS, Uncalibrated

    with open_bench(data) as bench:
        found = panel_data(bench, rounds or [], tell)
        for line in amended_lines(found):
            tell(line)
        made = make_calibration(bench, found)
        if not isinstance(made, Uncalibrated) and out is not None:
            _write(made[0], out)
    if isinstance(made, Uncalibrated):
        if as_json:
            print_json(calibration=None, reason=made.reason, criteria=made.criteria, needs=NEEDS)
        else:
            typer.echo(f"uncalibrated: {made.reason}")
            for name, reason in made.criteria.items():
                typer.echo(f"  {name}: {reason}")
            typer.echo(NEEDS)
        raise typer.Exit(NOTHING_MADE)
    calibration, new = made
    if as_json:
        print_json(calibration=_summary(calibration), new=new)
        return
    typer.echo(f"{calibration.id}{'' if new else ' (made before of the same ratings)'}")
    for line in _details(calibration):
        typer.echo(f"  {line}")
    typer.echo(f"`aila panel activate {calibration.id}` puts it in force")


def calibrations(as_json: JsonOption = False, data: DataOption = None) -> None:
    """List the calibrations, which of them are in force, and when that changed."""
    with open_bench(data) as bench, bench.database.reading() as session:
        rows = stored_calibrations.list_all(session)
        in_force = {payload["id"] for payload in stored_calibrations.active(session).values()}
        switches = stored_calibrations.history(session)
    found = [_read(row) for row in rows]
    if as_json:
        print_json(
            calibrations=[_summary(one) | {"active": one.id in in_force} for one in found],
            history=[
                {
                    "rubric": {"id": switch.rubric_id, "version": switch.rubric_version},
                    "calibration": switch.calibration_id,
                    "at": switch.switched_at.isoformat(),
                }
                for switch in switches
            ],
        )
        return
    for one in found:
        typer.echo(f"{one.id}{'  in force' if one.id in in_force else ''}")
        for line in _details(one):
            typer.echo(f"  {line}")
    if not found:
        typer.echo("no calibration has been made: scores are uncalibrated")
    for switch in switches:
        what = f"{switch.calibration_id} in force" if switch.calibration_id else "none in force"
        typer.echo(f"{switch.switched_at:%Y-%m-%d %H:%M} {switch.rubric_id}@{switch.rubric_version}: {what}")


def activate(
    calibration: Annotated[str, typer.Argument(help="As `aila panel calibrations` lists it.")],
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Put a calibration in force where scores are shown and ranked; stored scores stay raw."""
    with open_bench(data) as bench, bench.database.transaction() as session:
        row = stored_calibrations.activate(session, calibration)
        rubric = {"id": row.rubric_id, "version": row.rubric_version}
    if as_json:
        print_json(active=calibration, rubric=rubric)
    else:
        typer.echo(f"{calibration} is in force for {rubric['id']} {rubric['version']}")


def deactivate(
    rubric: Annotated[str, typer.Argument(help="ID@VERSION: its scores are shown uncalibrated again.")],
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Take a rubric's calibration out of force."""
    rubric_id, _, version = rubric.partition("@")
    if not version:
        typer.echo(f"aila panel: expected ID@VERSION; got {rubric!r}", err=True)
        raise typer.Exit(FAULT)
    with open_bench(data) as bench, bench.database.transaction() as session:
        before = stored_calibrations.deactivate(session, rubric_id, version)
    if as_json:
        print_json(deactivated=before, rubric={"id": rubric_id, "version": version})
    else:
        typer.echo(f"{before} is out of force" if before else f"no calibration of {rubric} was in force")


def export(
    calibration: Annotated[str, typer.Argument(help="As `aila panel calibrations` lists it.")],
    out: Annotated[Path, typer.Option(help="The JSON file to write.")],
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Write a calibration as a file for `aila score --calibration`."""
    with open_bench(data) as bench:
        with bench.database.reading() as session:
            found = _read(stored_calibrations.get(session, calibration))
        _write(found, out)
    if as_json:
        print_json(calibration=found.id, file=str(out))
    else:
        typer.echo(f"{out}: {found.id}")


COMMANDS = (report, disagreements, calibrate, calibrations, activate, deactivate, export)


def _read(row: CalibrationRow) -> Calibration:
    return Calibration.model_validate(row.payload)


def _write(calibration: Calibration, out: Path) -> None:
    out.write_text(calibration.model_dump_json(by_alias=True, indent=1) + "\n", encoding="utf-8")


def _summary(calibration: Calibration) -> dict[str, object]:
    """Return a calibration without its tables."""
    content = calibration.model_dump(mode="json", by_alias=True)
    for table in content["criteria"].values():
        for column in ("score", "low", "high"):
            del table[column]
    return content


def _details(calibration: Calibration) -> list[str]:
    one = calibration
    lines = [
        f"made {one.made_at:%Y-%m-%d} for {one.rubric.id} {one.rubric.version}, scorer {one.scorer_version}, "
        f"of {counted(one.interviews, 'interview')} and {counted(one.raters, 'rater')} "
        f"(alpha {one.panel_alpha:.2f})"
    ]
    for name, table in calibration.criteria.items():
        covered = table.coverage
        lines.append(
            f"{name}: {counted(table.interviews, 'interview')}; {covered.nominal:.0%} intervals held "
            f"{covered.measured:.0%} ({covered.interval[0]:.0%} to {covered.interval[1]:.0%}); "
            f"mean error {table.error_raw:.2f} raw, {table.error_calibrated:.2f} calibrated"
        )
    lines += [f"{name}: left out: {reason}" for name, reason in calibration.left_out.items()]
    return lines


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_cell(one).replace(chr(10), ', ')}" for key, one in value.items())
    return str(value)
