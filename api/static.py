"""Serves the built web client: hashed assets for ever, its one page for every route of its own."""

import json
import mimetypes
import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from api.branding import brand as branding
from api.branding.brand import Brand
from api.problems import NotFound

CLIENT_ROUTES = frozenset({"", "i", "login", "recruiter", "studio", "avatar-sheet", "credits"})
"""First segments of the addresses that the web client itself shows a page for."""
_IMMUTABLE = "public, max-age=31536000, immutable"
_REVALIDATE = "no-cache"
_CODINGS = (("br", ".br"), ("gzip", ".gz"))
"""Codings that the build has copies in, the smallest first."""
_NOT_WANTED = re.compile(r";q=0(\.0*)?$")
_NEEDED_AT_ONCE = {"i": "src/candidate/CandidatePages.tsx"}
"""First segment of an address → what its page loads after the page's own code."""
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Of a logo that is opened by its own address: shown, and nothing else."""


def default_web_client_dir() -> Path:
    """Return ``web_client/dist`` beside the api."""
    return Path(__file__).resolve().parent.parent / "web_client" / "dist"


def file_inside(root: Path, path: str) -> Path | None:
    """Return the file at ``path`` under ``root``; None if there is none or it lies outside."""
    if "\0" in path or len(path) > 512:
        return None
    candidate = (root / path.lstrip("/")).resolve()
    if not candidate.is_relative_to(root.resolve()) or not candidate.is_file():
        return None
    return candidate


def preloads(root: Path, first: str, languages: str = "") -> list[str]:
    """Return the links (HTML) by which a page's second step is fetched together with its first.

    ``languages`` is the browser's Accept-Language: the texts in the first of them belong to that step.
    """
    wanted = _NEEDED_AT_ONCE.get(first)
    try:
        manifest = json.loads((root / ".vite" / "manifest.json").read_text(encoding="utf-8"))
        chunks = [manifest[wanted], *(manifest[key] for key in manifest[wanted].get("imports", ()))]
    except (OSError, ValueError, KeyError):
        return []  # an unusual build: it loads the same, one after the other
    texts = manifest.get(f"src/messages/{languages[:2].lower()}.ts")
    if texts is not None:
        chunks.append(texts)
    own = manifest.get("index.html")
    later = [chunk for chunk in chunks if chunk != own]
    styles = [css for chunk in later for css in chunk.get("css", ())]
    return [
        *(f'<link rel="modulepreload" crossorigin href="/{chunk["file"]}" />' for chunk in later),
        *(f'<link rel="stylesheet" crossorigin href="/{css}" />' for css in styles),
    ]


def _file(found: Path, accepted: str, caching: str) -> Response:
    """Return a file, as the compressed copy beside it where the browser takes that."""
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    parts = [part.replace(" ", "") for part in accepted.split(",")]
    codings = {part.split(";")[0] for part in parts if not _NOT_WANTED.search(part)}
    for coding, suffix in _CODINGS:
        copy = found.with_name(found.name + suffix)
        if coding in codings and copy.is_file():
            kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
            return FileResponse(copy, media_type=kind, headers={**headers, "Content-Encoding": coding})
    return FileResponse(found, headers=headers)


class WebClient:
    """An ASGI application for every address that the api itself does not know."""

    def __init__(self, root: Path, brand: Brand | None = None) -> None:
        self.root, self.brand = root, brand or Brand()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotFound("There is nothing at this address.")
        request = Request(scope, receive)
        await self.answer(request)(scope, receive, send)

    def answer(self, request: Request) -> Response:
        """Return the asset or the page at the request's address.

        Raises
        ------
        NotFound
            If it is neither an asset nor an address of the web client's own.
        """
        path = request.url.path.lstrip("/")
        first = path.split("/", 1)[0]
        if request.method not in {"GET", "HEAD"} or first == "api":
            raise NotFound("There is nothing at this address; /openapi.json lists the interface.")
        if first == branding.ADDRESS:
            return self._logo(path.partition("/")[2])
        if path and (found := file_inside(self.root, path)):
            caching = _IMMUTABLE if first == "assets" else _REVALIDATE
            return _file(found, request.headers.get("accept-encoding", ""), caching)
        index = self.root / "index.html"
        if first not in CLIENT_ROUTES:
            if first != "assets" and _asks_for_a_page(request) and index.is_file():
                # A person mistyped an address: the client says so in words.
                return FileResponse(
                    index, status_code=404, media_type="text/html", headers={"Cache-Control": "no-store"}
                )
            raise NotFound("There is no page at this address.")
        if not index.is_file():
            raise NotFound("The web client is not built: run `npm ci && npm run build` in web_client/.")
        head = "\n".join(
            (*preloads(self.root, first, request.headers.get("accept-language", "")), self.brand.head)
        )
        page = index.read_text(encoding="utf-8").replace("</head>", f"{head}</head>", 1)
        return HTMLResponse(page, headers={"Cache-Control": _REVALIDATE})

    def _logo(self, name: str) -> Response:
        logo = self.brand.files.get(name)
        if logo is None:
            raise NotFound("There is no such logo.")
        headers = {"Cache-Control": _IMMUTABLE, "Content-Security-Policy": _PICTURE_POLICY}
        return Response(logo.content, media_type=logo.content_type, headers=headers)


def _asks_for_a_page(request: Request) -> bool:
    """Return whether a browser is opening the address, rather than a program reading it."""
    return "text/html" in request.headers.get("accept", "")
