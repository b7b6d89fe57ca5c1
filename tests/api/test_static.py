"""The built web client: assets, pages, and nothing from outside its folder."""

import json
import re
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.problems import install_problem_handlers
from api.static import WebClient, file_inside


@pytest.fixture
def built(tmp_path: Path) -> Path:
    root = tmp_path / "dist"
    (root / "assets").mkdir(parents=True)
    (root / "index.html").write_text("<title>Aila</title>")
    (root / "assets" / "main-4f2a.js").write_text("export {}")
    (root / "favicon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("livekit secret")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    return root


def client(root: Path) -> httpx.AsyncClient:
    app = FastAPI()
    install_problem_handlers(app)

    @app.post("/api/thing")
    def thing() -> None: ...

    app.router.default = WebClient(root)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://aila.test")


@pytest.mark.parametrize("path", ["/", "/i/abc.def", "/recruiter", "/recruiter/positions/demo", "/login"])
async def test_the_clients_own_addresses_get_its_page_unstored(built: Path, path: str):
    async with client(built) as http:
        answer = await http.get(path)
    assert (answer.status_code, answer.text) == (200, "<title>Aila</title>")
    assert answer.headers["cache-control"] == "no-cache"


async def test_hashed_assets_are_kept_for_ever_and_others_are_not(built: Path):
    async with client(built) as http:
        asset, icon = await http.get("/assets/main-4f2a.js"), await http.get("/favicon.svg")
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert icon.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "coding", "content"),
    [
        ("gzip, deflate, br, zstd", "br", b"small"),
        ("gzip", "gzip", b"less"),
        ("br;q=0, gzip;q=0.5", "gzip", b"less"),
        ("identity", None, b"export {}"),
        ("", None, b"export {}"),
    ],
)
async def test_a_browser_gets_the_smallest_copy_that_it_takes(
    built: Path, accepted: str, coding: str | None, content: bytes
):
    (built / "assets" / "main-4f2a.js.br").write_bytes(b"small")
    (built / "assets" / "main-4f2a.js.gz").write_bytes(b"less")
    async with (
        client(built) as http,
        http.stream("GET", "/assets/main-4f2a.js", headers={"Accept-Encoding": accepted}) as answer,
    ):
        sent = b"".join([part async for part in answer.aiter_raw()])
    assert (answer.headers.get("content-encoding"), sent) == (coding, content)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "Accept-Encoding"


async def test_an_invitations_page_names_what_it_needs_next(built: Path):
    (built / "index.html").write_text("<head></head>")
    pages = {"file": "assets/pages-7.js", "css": ["assets/pages-7.css"], "imports": ["index.html", "_b.js"]}
    manifest = {
        "index.html": {"file": "assets/main-4f2a.js"},
        "_b.js": {"file": "assets/button-3.js"},
        "src/candidate/CandidatePages.tsx": pages,
        "src/messages/de.ts": {"file": "assets/de-5.js"},
    }
    (built / ".vite").mkdir()
    (built / ".vite" / "manifest.json").write_text(json.dumps(manifest))
    async with client(built) as http:
        invitation, login = (await http.get("/i/abc.def")).text, (await http.get("/login")).text
        german = (await http.get("/i/abc.def", headers={"Accept-Language": "de-AT,en;q=0.5"})).text
    assert re.findall(r'rel="(\w+)" crossorigin href="([^"]+)"', invitation) == [
        ("modulepreload", "/assets/pages-7.js"),
        ("modulepreload", "/assets/button-3.js"),
        ("stylesheet", "/assets/pages-7.css"),
    ]
    assert "link" not in login
    assert '<link rel="modulepreload" crossorigin href="/assets/de-5.js" />' in german


@pytest.mark.parametrize("path", ["/api/unknown", "/assets/old-1234.js", "/wp-login.php", "/api"])
async def test_anything_else_is_a_problem_document_and_not_the_page(built: Path, path: str):
    async with client(built) as http:
        answer = await http.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_person_who_mistypes_an_address_gets_the_page_that_says_so(built: Path):
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    async with client(built) as http:
        page = await http.get("/nonsense", headers=browser)
        api, asset = (
            await http.get("/api/nonsense", headers=browser),
            await http.get("/assets/x.js", headers=browser),
        )
    assert (page.status_code, page.text, page.headers["cache-control"]) == (
        404,
        "<title>Aila</title>",
        "no-store",
    )
    for problem in (api, asset):
        assert problem.status_code == 404
        assert problem.headers["content-type"] == "application/problem+json"


async def test_a_wrong_method_on_an_api_address_is_405(built: Path):
    async with client(built) as http:
        answer = await http.get("/api/thing")
    assert answer.status_code == 405


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "assets/../../secret.txt", "//etc/passwd", "link.txt", "a\0b", "x" * 5000, "assets"],
)
def test_nothing_outside_the_folder_is_found(built: Path, path: str):
    assert file_inside(built, path) is None


@pytest.mark.parametrize("path", ["/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/link.txt"])
async def test_nothing_outside_the_folder_is_served(built: Path, path: str):
    async with client(built) as http:
        answer = await http.get(path)
    assert answer.status_code == 404
    assert "livekit secret" not in answer.text


async def test_a_client_that_is_not_built_says_how_to_build_it(tmp_path: Path):
    async with client(tmp_path) as http:
        answer = await http.get("/")
    assert answer.status_code == 404
    assert "npm run build" in answer.json()["detail"]
