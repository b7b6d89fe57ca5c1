"""Logos: PNG as it is, SVG with nothing in it but a drawing.

Browsers run no script of a picture (``<img>``); a logo that is opened by its own address could. So an SVG
that holds more than a drawing is refused, what drawing programs add about themselves is left out, and the
answer that carries it forbids everything else.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from api.branding.errors import LogoRejected

MAX_BYTES = 200_000
MAX_PIXELS = 4_000
"""A PNG's greatest width and height."""
MAX_ELEMENTS = 5_000
MAX_DEPTH = 100
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_DRAWING = frozenset(
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan style "
    "linearGradient radialGradient stop pattern clipPath mask filter feBlend feColorMatrix feComposite "
    "feFlood feGaussianBlur feMerge feMergeNode feOffset".split()
)
_DESCRIBING = frozenset({"metadata"})
"""Left out: words about the drawing."""
_REFERENCE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(|javascript:|\\", re.IGNORECASE)
"""What styles would load or run; a backslash could hide either."""
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"

register_namespace("", _SVG)
register_namespace("xlink", _XLINK)


@dataclass(frozen=True, slots=True)
class Logo:
    """A checked picture, as it is served."""

    content: bytes
    content_type: str
    suffix: str


def read_logo(path: Path) -> Logo:
    """Return the logo in the file, checked.

    Raises
    ------
    LogoRejected
        If it cannot be read, is larger than 200 kB, is neither SVG nor PNG, or is more than a picture.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise LogoRejected(f"the logo {path} cannot be read: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise LogoRejected(f"the logo {path.name} is larger than {MAX_BYTES // 1000} kB: save a smaller one")
    if content.startswith(_PNG_SIGNATURE):
        _check_png(content, path.name)
        return Logo(content, "image/png", ".png")
    return Logo(_drawing_of(content, path.name), "image/svg+xml", ".svg")


def _check_png(content: bytes, name: str) -> None:
    """Check that every chunk is whole, and the size; what is not PNG behind its signature is refused."""
    kinds, at = [], len(_PNG_SIGNATURE)
    while at < len(content):
        head = content[at : at + 8]
        length, kind = struct.unpack(">I4s", head) if len(head) == 8 else (len(content), b"")
        data = content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if len(check) != 4 or zlib.crc32(kind + data) != int.from_bytes(check):
            raise LogoRejected(f"the logo {name} is damaged: save it as PNG again")
        kinds.append(kind)
        at += 12 + length
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        raise LogoRejected(f"the logo {name} is no PNG picture")
    width, height = struct.unpack(">II", content[16:24])
    if not (0 < width <= MAX_PIXELS and 0 < height <= MAX_PIXELS):
        raise LogoRejected(f"the logo {name} is {width} × {height} pixels: at most {MAX_PIXELS} each way")


def _drawing_of(content: bytes, name: str) -> bytes:
    """Return the SVG without what drawing programs add about themselves."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise LogoRejected(
            f"the logo {name} declares a document type or entities: save it as plain SVG"
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise LogoRejected(f"the logo {name} is neither an SVG nor a PNG picture ({error})") from None
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise LogoRejected(f"the logo {name} has more than {MAX_ELEMENTS} elements: simplify it")
    if root.tag != f"{{{_SVG}}}svg":
        raise LogoRejected(f"the logo {name} is neither an SVG nor a PNG picture")
    faults = list(dict.fromkeys(_clean(root, 1)))
    if faults:
        raise LogoRejected(f"the logo {name} is more than a drawing: {', '.join(faults[:5])}")
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _clean(element: Element, depth: int) -> Iterator[str]:
    """Take out what only describes the drawing; yield what a drawing must not have."""
    if depth > MAX_DEPTH:
        yield f"more than {MAX_DEPTH} elements inside each other"
        return
    yield from _clean_attributes(element)
    if element.tag == f"{{{_SVG}}}style" and _REFERENCE.search("".join(element.itertext())):
        yield "a style that loads something"
    for child in list(element):
        namespace, _, tag = child.tag.rpartition("}")
        if namespace == f"{{{_SVG}" and tag in _DESCRIBING:
            element.remove(child)
        elif namespace != f"{{{_SVG}":
            if namespace.startswith("{http://www.w3.org/"):
                yield f"<{tag}>"
            element.remove(child)
        elif tag not in _DRAWING:
            yield f"<{tag}>"
        else:
            yield from _clean(child, depth + 1)


def _clean_attributes(element: Element) -> Iterator[str]:
    for key, value in list(element.attrib.items()):
        namespace, _, attribute = key.rpartition("}")
        if attribute.lower() == "href":
            if not value.startswith("#"):
                yield f"a reference to {value[:40]!r}"
        elif namespace not in ("", f"{{{_XML}"):
            del element.attrib[key]
        elif attribute.lower().startswith("on"):
            yield f"the attribute {attribute}"
        elif _REFERENCE.search(value):
            yield f"a reference in the attribute {attribute}"
