"""Every state and viseme of every persona looks as it was last agreed to look."""

import os
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from playwright.sync_api import Browser

from bench._served_client import served_client

STORED = Path(__file__).parent.parent / "data" / "avatar-sheet.png"
COLUMNS = 8
SIZE = 96
"""Pixels: small enough that another browser's edges make no difference, large enough for an eyelid."""
MAX_DIFFERENCE = 2.5
"""Mean difference of a portrait, of 255; a blink alone is more than 3."""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def portraits(browser: Browser) -> dict[str, np.ndarray]:
    """Name → picture of each portrait on the sheet, in grey."""
    found: dict[str, np.ndarray] = {}
    with served_client() as url:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{url}/avatar-sheet")
        figures = page.locator("figure [role=img]")
        figures.first.wait_for()
        page.add_style_tag(content=f".avatar-sheet figure > div {{ width: {SIZE}px; border-radius: 0 }}")
        for figure in figures.all():
            name = figure.get_attribute("aria-label") or ""
            found[name] = _grey(figure.screenshot())
        page.close()
    return found


def test_the_sheet_shows_each_persona_in_every_state_and_viseme(portraits: dict[str, np.ndarray]) -> None:
    for persona in ("Aila", "Noah"):
        names = {name.removeprefix(f"{persona}, ") for name in portraits if name.startswith(persona)}
        assert len(names) == 23
        assert {"listening", "thinking", "nodding", "encouraging", "viseme aa", "viseme sil"} <= names


def test_portraits_look_as_agreed(portraits: dict[str, np.ndarray]) -> None:
    if os.environ.get("STORE_AVATAR_SHEET"):
        STORED.write_bytes(_png(_sheet(portraits)))
    stored = _portraits(_grey_of(STORED.read_bytes()), portraits)
    changed = {name: _difference(stored[name], portraits[name]) for name in portraits}
    assert {name: round(d, 2) for name, d in changed.items() if d > MAX_DIFFERENCE} == {}


def test_the_comparison_notices_a_closed_eye_and_another_mouth(portraits: dict[str, np.ndarray]) -> None:
    for persona in ("Aila", "Noah"):
        idle, blink = portraits[f"{persona}, idle"], portraits[f"{persona}, blink"]
        assert _difference(idle, blink) > MAX_DIFFERENCE
        closed, opened = portraits[f"{persona}, viseme sil"], portraits[f"{persona}, viseme aa"]
        assert _difference(closed, opened) > MAX_DIFFERENCE


def _difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return the mean difference of the face's part that differs most (a sixth of its width and height)."""
    apart = np.abs(one.astype(float) - other.astype(float))
    side = SIZE // 6
    blocks = apart[: SIZE // side * side, : SIZE // side * side].reshape(6, side, 6, side)
    return float(blocks.mean(axis=(1, 3)).max())


def _sheet(portraits: dict[str, np.ndarray]) -> np.ndarray:
    """Return all portraits in one picture, row by row in the order of their names."""
    tiles = [portraits[name] for name in sorted(portraits)]
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % COLUMNS)
    rows = [np.hstack(tiles[i : i + COLUMNS]) for i in range(0, len(tiles), COLUMNS)]
    return np.vstack(rows)


def _portraits(sheet: np.ndarray, names: Iterable[str]) -> dict[str, np.ndarray]:
    tiles = {}
    for number, name in enumerate(sorted(names)):
        row, column = divmod(number, COLUMNS)
        tiles[name] = sheet[row * SIZE : (row + 1) * SIZE, column * SIZE : (column + 1) * SIZE]
    return tiles


def _grey(png: bytes) -> np.ndarray:
    return _decode(png).reformat(width=SIZE, height=SIZE, format="gray").to_ndarray()


def _grey_of(png: bytes) -> np.ndarray:
    return _decode(png).reformat(format="gray").to_ndarray()


def _decode(png: bytes) -> av.VideoFrame:
    [frame] = av.CodecContext.create("png", "r").decode(av.Packet(png))
    return frame


def _png(grey: np.ndarray) -> bytes:
    encoder = av.CodecContext.create("png", "w")
    encoder.height, encoder.width = grey.shape
    encoder.pix_fmt, encoder.time_base = "gray", Fraction(1)
    packets = encoder.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(grey), format="gray"))
    return b"".join(bytes(packet) for packet in [*packets, *encoder.encode(None)])
