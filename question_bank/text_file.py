"""Reads a text file that people or programs write, and refuses what is none."""

import codecs
import os
import stat
from pathlib import Path

from question_bank.errors import FileFault

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_utf8(path: Path, fault: type[FileFault], max_bytes: int) -> str:
    """Return the text of a UTF-8 file (a byte order mark is left out).

    Standard input (``/dev/stdin``) and what a shell passes as a pipe are read to their end. A named pipe
    might never end, so it is no file here; nor is a device.

    Raises
    ------
    FileFault
        Of the given kind: there is no such file, it is none, it is larger than ``max_bytes``, or no UTF-8.
    """
    try:
        _check_kind(path, fault)
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise fault(f"the file cannot be read: {error.strerror}", path) from error
    except ValueError as error:
        raise fault("the file cannot be read: its name holds a null character", None) from error
    if len(content) > max_bytes:
        raise fault(f"the file is too large: at most {max_bytes // 1024 // 1024} MiB are read", path)
    if content.startswith(_UTF_16):
        raise fault("the file is UTF-16 text; save it as UTF-8", path, 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise fault("the file is not UTF-8 text; save it as UTF-8", path, line) from error


def _check_kind(path: Path, fault: type[FileFault]) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise fault("this is a folder; name the files in it", path)
    if stat.S_ISFIFO(mode) and os.path.exists(os.path.realpath(path)):  # noqa: PTH110
        raise fault("this is a named pipe; write to a file first, or give /dev/stdin", path)
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise fault("this is a device or a socket, not a file", path)
