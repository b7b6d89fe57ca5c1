"""One process's log file, kept below a size."""

from pathlib import Path

MAX_BYTES = 5 * 1024 * 1024


class ServiceLog:
    """Appends output to ``path``; at :data:`MAX_BYTES` the file becomes ``path.1`` and a new one begins."""

    def __init__(self, path: Path, max_bytes: int = MAX_BYTES) -> None:
        self.path = path
        self._max_bytes = max_bytes
        self._file = path.open("ab")
        path.chmod(0o600)

    def write(self, output: bytes) -> None:
        if self._file.tell() + len(output) > self._max_bytes:
            self._file.close()
            self.path.replace(self.path.with_name(self.path.name + ".1"))
            self._file = self.path.open("ab")
            self.path.chmod(0o600)
        self._file.write(output)
        self._file.flush()

    def tail(self, lines: int = 12) -> str:
        """Return the newest lines."""
        text = self.path.read_bytes()[-8_192:].decode(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def close(self) -> None:
        self._file.close()
