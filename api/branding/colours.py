"""The accent colours of a brand: the company's own colour, moved until it can be read.

Contrast is that of WCAG 2.2 (1.4.3): 4.5 at least between text and ground. The colour keeps its hue and is
made darker on light grounds and lighter on dark ones, in OKLCH (Ottosson 2020), where equal steps look equal.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coloraide import Color

from api.branding.errors import ColourInvalid

Scheme = Literal["light", "dark"]
_HEXADECIMAL = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
MIN_CONTRAST = 4.5
SEARCH_MARGIN = 0.05
"""Searched for this much more contrast, so that rounding to 8 bits does not take it below the limit."""
LIGHTNESS_STEP = 0.005
VISIBLE_CHANGE = 0.02
"""A change of lightness (OKLCH, 0 to 1) from which on one is told of it."""
GROUNDS: dict[Scheme, tuple[str, ...]] = {
    "light": ("#f7f4ee", "#fffdf9", "#f0ebe1"),
    "dark": ("#14191b", "#1c2326", "#253034"),
}
"""What the accent stands on: page, surface and second surface of ``web_client/src/design/tokens.css``."""
_SOFT: dict[Scheme, tuple[float, float]] = {"light": (0.93, 0.035), "dark": (0.32, 0.045)}
"""Lightness and greatest chroma (OKLCH) of the accent's own ground."""
_HOVER_STEP = 0.07
_ON_ACCENT: dict[Scheme, str] = {"light": "#ffffff", "dark": "#0b1417"}
"""Further from the accent than any of its grounds, so that it can be read on it and on its hover."""


@dataclass(frozen=True, slots=True)
class Accents:
    """One scheme's accent colours, as hexadecimal sRGB."""

    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    contrast: float
    """The accent's least contrast with what it stands on, at least 4.5."""


@dataclass(frozen=True, slots=True)
class BrandColours:
    """Both schemes, and what was changed for legibility."""

    light: Accents
    dark: Accents
    notes: tuple[str, ...]


def brand_colours(text: str) -> BrandColours:
    """Return the accents for the colour ``text`` (``#rrggbb`` or ``#rgb``, sRGB).

    Raises
    ------
    ColourInvalid
        If it is not one.
    """
    if not _HEXADECIMAL.fullmatch(text):
        raise ColourInvalid(f"{text!r} is not a colour: write it like '#24596a'")
    colour = Color(text).convert("oklch").normalize()
    light, dark = _accents(colour, "light"), _accents(colour, "dark")
    return BrandColours(light, dark, tuple(_notes(text, colour, {"light": light, "dark": dark})))


def _accents(colour: Color, scheme: Scheme) -> Accents:
    away = -1 if scheme == "light" else 1
    soft = _soft(colour, scheme)
    grounds = [Color(ground) for ground in GROUNDS[scheme]] + [soft]
    accent = _readable(colour, grounds, away)
    hover = _moved(accent.convert("oklch"), away * _HOVER_STEP)
    contrast = min(accent.contrast(ground) for ground in grounds)
    return Accents(_hex(accent), _hex(hover), _hex(soft), _ON_ACCENT[scheme], round(contrast, 2))


def _soft(colour: Color, scheme: Scheme) -> Color:
    lightness, most_chroma = _SOFT[scheme]
    chroma = min(colour["chroma"] * 0.4, most_chroma)
    return _srgb(Color("oklch", [lightness, chroma, colour["hue"]]))


def _readable(colour: Color, grounds: Sequence[Color], away: int) -> Color:
    """Return the colour nearest to ``colour`` with contrast to all ``grounds``; black or white has it."""
    steps = 0
    while True:
        shown = _srgb(_shifted(colour, steps * away * LIGHTNESS_STEP))
        if min(shown.contrast(ground) for ground in grounds) >= MIN_CONTRAST + SEARCH_MARGIN:
            return shown
        steps += 1


def _shifted(colour: Color, by: float) -> Color:
    lightness = min(1.0, max(0.0, colour["lightness"] + by))
    return Color("oklch", [lightness, colour["chroma"], colour["hue"]])


def _moved(colour: Color, by: float) -> Color:
    return _srgb(_shifted(colour, by))


def _srgb(colour: Color) -> Color:
    """Return the colour as it is shown: in sRGB, of 8 bits."""
    return Color(colour.convert("srgb").fit(method="oklch-chroma").to_string(hex=True))


def _hex(colour: Color) -> str:
    return str(colour.to_string(hex=True))


def _notes(text: str, colour: Color, found: dict[Scheme, Accents]) -> list[str]:
    notes = []
    for scheme, accents in found.items():
        used = Color(accents.accent).convert("oklch")
        if abs(used["lightness"] - colour["lightness"]) >= VISIBLE_CHANGE:
            had = min(_srgb(colour).contrast(Color(ground)) for ground in GROUNDS[scheme])
            notes.append(
                f"on {scheme} pages {text} would have a contrast of {had:.1f} (at least {MIN_CONTRAST} is "
                f"needed): {accents.accent} is used there, of the same hue"
            )
    return notes
