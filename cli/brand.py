"""``aila brand``: checks a company's name, logo and colour before anybody sees them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.branding.brand import FILE, Brand, load_brand
from api.branding.errors import BrandError
from records.settings import RecordsSettings

app = typer.Typer(no_args_is_help=True, help="The company's name, logo and colour on the pages.")
FILE_FAULT = 2


@app.callback()
def _brand() -> None:
    pass


@app.command("check")
def check(
    file: Annotated[
        Path | None, typer.Argument(help="A brand file; left out: brand/brand.yaml of the data folder.")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="Data folder (AILA_DATA, else .aila).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check a brand, and show which colours its pages get; exit status 2 if it cannot be used."""
    path = file or (data or RecordsSettings().data).expanduser() / FILE
    if file is None and not path.exists():
        said = {"file": str(path), "name": None, "colours": None, "logos": 0}
        typer.echo(json.dumps(said) if as_json else f"{path}: there is none; the pages are Aila's own")
        return
    try:
        brand = load_brand(path)
    except BrandError as error:
        typer.echo(f"aila brand: {error}", err=True)
        raise typer.Exit(FILE_FAULT) from None
    typer.echo(_as_json(path, brand) if as_json else "\n".join(_lines(path, brand)))


def _as_json(path: Path, brand: Brand) -> str:
    colours = asdict(brand.colours) if brand.colours else None
    return json.dumps({"file": str(path), "name": brand.name, "colours": colours, "logos": len(brand.files)})


def _lines(path: Path, brand: Brand) -> list[str]:
    lines = [f"{path}: {brand.name}"]
    if brand.colours is None:
        lines.append("  colour      Aila's own")
    else:
        for scheme, accents in (("light", brand.colours.light), ("dark", brand.colours.dark)):
            lines.append(f"  {scheme:<10}  {accents.accent}, contrast {accents.contrast:.1f} or better")
        lines += [f"  note        {note}" for note in brand.colours.notes]
    for label, name in (("logo", brand.logo), ("dark logo", brand.logo_dark)):
        if name is not None:
            picture = brand.files[name]
            lines.append(f"  {label:<10}  {picture.content_type}, {len(picture.content)} bytes")
    return lines
