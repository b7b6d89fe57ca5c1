"""A company's brand: ``brand/brand.yaml`` of the data folder, its logos beside it.

::

    name: Crumb & Co
    colour: "#0a7d4b"
    logo: logo.svg             # or .png; may be left out
    logo_dark: logo-light.svg  # for dark pages; may be left out
"""

import hashlib
import html
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from api.branding.colours import Accents, BrandColours, brand_colours
from api.branding.errors import BrandFileInvalid
from api.branding.logos import Logo, read_logo
from question_bank.fault_wording import explained, place

FILE = Path("brand") / "brand.yaml"
"""Where the brand is, inside the data folder."""
ADDRESS = "brand"
"""First segment of the logos' addresses."""
MAX_BYTES = 10_000
_FileName = Annotated[str, Field(pattern=r"^[\w][\w. -]{0,99}$")]


class BrandFile(BaseModel):
    """What ``brand.yaml`` says."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00-\x1f]+$")
    ]
    colour: str | None = None
    """The accent, ``#rrggbb``; unset: Aila's own."""
    logo: _FileName | None = None
    """A file beside this one, without folders."""
    logo_dark: _FileName | None = None

    @model_validator(mode="after")
    def _dark_logo_has_a_light_one(self) -> "BrandFile":
        if self.logo_dark is not None and self.logo is None:
            raise ValueError("logo_dark needs a logo beside it, for light pages")
        return self


@dataclass(frozen=True, slots=True)
class Brand:
    """A checked brand; without anything in it, the pages are Aila's own."""

    name: str | None = None
    colours: BrandColours | None = None
    logo: str | None = None
    """Name of the logo among ``files``."""
    logo_dark: str | None = None
    files: dict[str, Logo] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """What the brand adds to the head of every page (HTML)."""
        lines = []
        for name, content in (
            ("aila-company", self.name),
            ("aila-logo", self.logo and f"/{ADDRESS}/{self.logo}"),
            ("aila-logo-dark", self.logo_dark and f"/{ADDRESS}/{self.logo_dark}"),
        ):
            if content:
                lines.append(f'<meta name="{name}" content="{html.escape(content)}" />')
        if self.colours is not None:
            light, dark = _declarations(self.colours.light), _declarations(self.colours.dark)
            lines.append(
                f"<style>html:root{{{light}}}"
                f"@media (prefers-color-scheme: dark){{html:root{{{dark}}}}}</style>"
            )
        return "\n".join(lines)


def _declarations(accents: Accents) -> str:
    values = {
        "--accent": accents.accent,
        "--accent-hover": accents.accent_hover,
        "--accent-soft": accents.accent_soft,
        "--on-accent": accents.on_accent,
    }
    return "".join(f"{name}:{value};" for name, value in values.items())


def brand_of(data_dir: Path) -> Brand:
    """Return the brand of an installation; without a file, none.

    Raises
    ------
    BrandError
        If there is a file and something is wrong with it, its colour or its logos.
    """
    path = data_dir / FILE
    return load_brand(path) if path.exists() else Brand()


def load_brand(path: Path) -> Brand:
    """Return the brand that a file describes, everything in it checked.

    Raises
    ------
    BrandError
        If the file, its colour or one of its logos is not as it should be.
    """
    said = _read(path)
    files: dict[str, Logo] = {}

    def add(name: str | None) -> str | None:
        if name is None:
            return None
        logo = read_logo(path.parent / name)
        served = f"{hashlib.sha256(logo.content).hexdigest()[:16]}{logo.suffix}"
        files[served] = logo
        return served

    return Brand(
        name=said.name,
        colours=brand_colours(said.colour) if said.colour is not None else None,
        logo=add(said.logo),
        logo_dark=add(said.logo_dark),
        files=files,
    )


def _read(path: Path) -> BrandFile:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES)
        said = YAML(typ="safe").load(content)
        if said is None:
            raise BrandFileInvalid(f"{path}: nothing is in the file; it needs at least a name")
        return BrandFile.model_validate(said)
    except OSError as error:
        raise BrandFileInvalid(f"{path} cannot be read: {error.strerror}") from None
    except (YAMLError, UnicodeDecodeError, ValueError) as error:
        if isinstance(error, ValidationError):
            faults = error.errors(include_url=False)
            wrong = "; ".join(f"{place(e['loc'], 'the file')}: {explained(e, BrandFile)}" for e in faults)
        elif isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
            mark = error.problem_mark
            wrong = f"it is not YAML: line {mark.line + 1}, column {mark.column + 1}: {error.problem}"
        else:
            wrong = "it is not YAML"
        raise BrandFileInvalid(f"{path}: {wrong}") from None
