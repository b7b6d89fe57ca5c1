"""The built web client: assets, pages, and nothing from outside its folder."""

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


@pytest.mark.parametrize("path", ["/api/unknown", "/assets/old-1234.js", "/wp-login.php", "/api"])
async def test_anything_else_is_a_problem_document_and_not_the_page(built: Path, path: str):
    async with client(built) as http:
        answer = await http.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


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
