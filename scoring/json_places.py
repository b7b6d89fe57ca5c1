"""Where in a JSON text a value stands; the standard parser tells only where the text itself is broken."""

import json
from collections.abc import Iterator

_SPACE = " \t\n\r"
_decoder = json.JSONDecoder()


def offset_of(text: str, location: tuple[int | str, ...]) -> int:
    """Return the offset of the deepest part of ``location`` that is in ``text``, which must be valid JSON."""
    offset = _skip(text, 0)
    for part in location:
        found = next((at for name, at, _ in _members(text, offset) if name == part), None)
        if found is None:
            break
        offset = found
    return offset


def repeated_name(text: str) -> tuple[str, int] | None:
    """Return the first name that one object of ``text`` has twice, and its offset; ``text`` is valid JSON."""
    waiting = [_skip(text, 0)]
    while waiting:
        offset = waiting.pop()
        names: set[int | str] = set()
        for name, at, of_name in _members(text, offset):
            if name in names:
                return str(name), of_name
            names.add(name)
            if text[at] in "{[":
                waiting.append(at)
    return None


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _members(text: str, offset: int) -> Iterator[tuple[int | str, int, int]]:
    """Yield name or index, the value's offset and the name's, of an object or array; nothing for others."""
    if text[offset] not in "{[":
        return
    named, position, index = text[offset] == "{", _skip(text, offset + 1), 0
    while text[position] not in "}]":
        name: int | str = index
        of_name = position
        if named:
            name, position = _decoder.raw_decode(text, position)
            position = _skip(text, _skip(text, position) + 1)
        yield name, position, of_name
        _, position = _decoder.raw_decode(text, position)
        position = _skip(text, position)
        if text[position] == ",":
            position = _skip(text, position + 1)
        index += 1


def _skip(text: str, position: int) -> int:
    while text[position] in _SPACE:
        position += 1
    return position
