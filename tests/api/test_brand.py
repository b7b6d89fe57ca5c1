"""A company's brand: a colour that can be read, a logo that is only a picture, both on every page."""

import random
import re
import zlib
from pathlib import Path

import httpx
import pytest
from coloraide import Color
from fastapi import FastAPI
from typer.testing import CliRunner

from api.branding.brand import Brand, brand_of, load_brand
from api.branding.colours import GROUNDS, MIN_CONTRAST, brand_colours
from api.branding.errors import BrandFileInvalid, ColourInvalid, LogoRejected
from api.branding.logos import MAX_BYTES, read_logo
from api.problems import install_problem_handlers
from api.static import WebClient
from cli.main import app as aila

TOKENS = Path(__file__).parents[2] / "web_client" / "src" / "design" / "tokens.css"
DRAWING = '<path d="M0 0h9v9z" fill="#0a7d4b"/>'


def svg(inner: str = DRAWING, attributes: str = "") -> bytes:
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg {space} viewBox="0 0 9 9" {attributes}>{inner}</svg>'.encode()


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def png(width: int = 2, height: int = 1) -> bytes:
    header = chunk(b"IHDR", width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(7))) + chunk(b"IEND", b"")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a brand."""
    home = tmp_path / "brand"
    home.mkdir()
    (home / "brand.yaml").write_text('name: Crumb & Co <3\ncolour: "#ffd500"\nlogo: logo.svg\n')
    (home / "logo.svg").write_bytes(svg())
    return tmp_path


def test_any_colour_can_be_read_wherever_it_is_used():
    drawn = random.Random(20261103)
    colours = [f"#{drawn.randrange(1 << 24):06x}" for _ in range(60)] + [
        "#fff",
        "#000000",
        "#ffff00",
        "#0000ff",
    ]
    for text in colours:
        found = brand_colours(text)
        for scheme, accents in (("light", found.light), ("dark", found.dark)):
            grounds = [*GROUNDS[scheme], accents.accent_soft]
            readings = [(accents.accent, ground) for ground in grounds]
            readings += [(accents.on_accent, accents.accent), (accents.on_accent, accents.accent_hover)]
            readings += [(accents.accent_hover, ground) for ground in grounds]
            for ink, ground in readings:
                assert Color(ink).contrast(ground, method="wcag21") >= MIN_CONTRAST, (
                    text,
                    scheme,
                    ink,
                    ground,
                )


def test_a_colour_that_can_be_read_stays_as_it_is_and_another_is_told_of():
    dark_green = brand_colours("#0b5d38")
    assert dark_green.light.accent == "#0b5d38"
    assert len(dark_green.notes) == 1
    assert "dark pages" in dark_green.notes[0]
    yellow = brand_colours("#ffd500")
    assert yellow.dark.accent == "#ffd500"
    assert "contrast of 1.2" in yellow.notes[0]
    hue = Color(yellow.light.accent).convert("oklch")["hue"]
    assert hue == pytest.approx(Color("#ffd500").convert("oklch")["hue"], abs=5)


@pytest.mark.parametrize("text", ["", "green", "#12345", "#24596a; } body { display: none", "rgb(1 2 3)"])
def test_what_is_no_colour_is_refused(text: str):
    with pytest.raises(ColourInvalid, match="is not a colour"):
        brand_colours(text)


def test_the_grounds_are_those_of_the_design_tokens():
    text = TOKENS.read_text()
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    for scheme, part in (("light", light), ("dark", dark)):
        found = tuple(re.search(rf"--{name}: (#\w+);", part)[1] for name in ("page", "surface", "surface-2"))
        assert found == GROUNDS[scheme]


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
        '<g onclick="alert(1)"/>',
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"/></foreignObject>',
        '<image href="https://example.org/pixel.png"/>',
        '<use xlink:href="https://example.org/a.svg#b"/>',
        '<use href="data:image/svg+xml;base64,AAAA"/>',
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        '<path d="M0 0" fill="url(https://example.org/a)"/>',
        "<style>@import 'https://example.org/a.css';</style>",
        r"<style>path { fill: u\72l(https://example.org/a) }</style>",
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
        "<g>" * 400 + "</g>" * 400,
        "<g/>" * 6000,
    ],
)
def test_a_logo_that_is_more_than_a_drawing_is_refused(tmp_path: Path, inner: str):
    path = tmp_path / "logo.svg"
    path.write_bytes(svg(inner))
    with pytest.raises(LogoRejected):
        read_logo(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg/>",
        b"<html><script>alert(1)</script></html>",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
        png()[:-3],
        png() + b"<script>alert(1)</script>",
        png(width=9_000),
        svg(attributes='onload="alert(1)"'),
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"),
        svg(DRAWING + "<!--" + "x" * MAX_BYTES + "-->"),
        b'<?xml version="1.0" encoding="nonsense"?>' + svg(),
    ],
)
def test_a_file_that_is_no_picture_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "logo.svg"
    path.write_bytes(content)
    with pytest.raises(LogoRejected):
        read_logo(path)


def test_what_a_drawing_program_says_of_itself_is_left_out(tmp_path: Path):
    path = tmp_path / "logo.svg"
    path.write_bytes(
        svg(
            '<metadata>by a program</metadata><i:view xmlns:i="http://program.test/" i:x="1"/>'
            '<use xlink:href="#a"/><g id="a" xmlns:i="http://program.test/" i:label="layer">'
            + DRAWING
            + "</g>"
        )
    )
    logo = read_logo(path).content.decode()
    assert "program" not in logo
    assert 'href="#a"' in logo
    assert "M0 0h9v9z" in logo


def test_a_png_is_taken_as_it_is(tmp_path: Path):
    path = tmp_path / "logo.png"
    path.write_bytes(png())
    logo = read_logo(path)
    assert (logo.content, logo.content_type) == (png(), "image/png")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: A\ncolour: [", "not YAML: line 2, column 10"),
        ("- a", "the file: expected a mapping of fields"),
        ("", "nothing is in the file; it needs at least a name"),
        ("colour: '#123456'", "name: this field is missing"),
        ("name: A\ncolor: '#123456'", "color: unknown field; expected one of name, colour"),
        ("name: A\nlogo: ../secrets.json", "logo"),
        ("name: A\nlogo_dark: b.svg", "needs a logo"),
        ("name: ' '", "name"),
        ("name: A\nlogo: nowhere.svg", "cannot be read"),
    ],
)
def test_a_brand_file_that_is_wrong_says_where(tmp_path: Path, text: str, said: str):
    path = tmp_path / "brand.yaml"
    path.write_text(text)
    with pytest.raises((BrandFileInvalid, LogoRejected), match=re.escape(said)):
        load_brand(path)


def test_without_a_file_the_pages_are_ailas_own(tmp_path: Path):
    assert brand_of(tmp_path) == Brand()
    assert Brand().head == ""


async def test_every_page_carries_the_brand_and_its_logo_is_served_as_a_picture(folder: Path, tmp_path: Path):
    root = tmp_path / "dist"
    root.mkdir()
    (root / "index.html").write_text("<html><head><title>Aila</title></head></html>")
    app = FastAPI()
    install_problem_handlers(app)
    app.router.default = WebClient(root, brand_of(folder))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://aila.test") as http:
        page = (await http.get("/i/abc.def")).text
        logo = await http.get(re.search(r'name="aila-logo" content="([^"]+)"', page)[1])
        others = [
            (await http.get(f"/brand/{name}")).status_code for name in ("", "brand.yaml", "../brand.yaml")
        ]
    assert '<meta name="aila-company" content="Crumb &amp; Co &lt;3" />' in page
    assert "--accent:#ffd500" in page
    assert logo.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in logo.headers["content-security-policy"]
    assert "immutable" in logo.headers["cache-control"]
    assert others == [404, 404, 404]


def test_the_command_says_that_there_is_no_brand(tmp_path: Path):
    shown = CliRunner().invoke(aila, ["brand", "check", "--data", str(tmp_path)])
    assert shown.exit_code == 0 and "there is none; the pages are Aila's own" in shown.output


def test_the_command_shows_the_colours_and_refuses_what_cannot_be_used(folder: Path):
    shown = CliRunner().invoke(aila, ["brand", "check", "--data", str(folder)])
    assert shown.exit_code == 0
    assert "Crumb & Co <3" in shown.output
    assert "#7e6400" in shown.output
    (folder / "brand" / "logo.svg").write_bytes(svg("<script/>"))
    refused = CliRunner().invoke(aila, ["brand", "check", str(folder / "brand" / "brand.yaml")])
    assert refused.exit_code == 2
    assert "more than a drawing: <script>" in refused.stderr
