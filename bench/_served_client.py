"""The built web client without any server of Aila's behind it."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DIST = Path(__file__).parent.parent / "web_client" / "dist"


class _Pages(http.server.SimpleHTTPRequestHandler):
    """Every address without a file is the client's one page."""

    def do_GET(self) -> None:
        if not (DIST / self.path.lstrip("/")).is_file():
            self.path = "/index.html"
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        pass


_Pages.extensions_map = {**_Pages.extensions_map, ".mjs": "text/javascript"}


@contextmanager
def served_client() -> Iterator[str]:
    """Yield the address of the built client on a free port of loopback."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Pages, directory=str(DIST)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
