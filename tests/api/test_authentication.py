"""Logging in and out, roles, and the proof that a request comes from our own page."""

from http.cookies import SimpleCookie

import httpx
import pytest

from api.app import create_app
from api.settings import ApiSettings
from records import accounts
from records.installation import Installation
from tests.api.conftest import PASSWORDS, Api

GUARDED = [
    ("GET", "/api/auth/me"),
    ("POST", "/api/auth/logout"),
    ("GET", "/api/recruiter/positions"),
    ("POST", "/api/recruiter/positions"),
    ("GET", "/api/recruiter/position-choices"),
    ("GET", "/api/recruiter/positions/demo"),
    ("GET", "/api/recruiter/positions/demo/camera"),
    ("PUT", "/api/recruiter/positions/demo/camera"),
    ("GET", "/api/recruiter/positions/demo/shown-to-candidates"),
    ("PUT", "/api/recruiter/positions/demo/shown-to-candidates"),
    ("GET", "/api/recruiter/positions/demo/ranking/sensitivity"),
    ("PUT", "/api/recruiter/positions/demo/levels"),
    ("POST", "/api/recruiter/positions/demo/invitations"),
    ("GET", "/api/recruiter/positions/demo/ranking"),
    ("GET", "/api/recruiter/sessions/abc"),
    ("GET", "/api/recruiter/sessions/abc/recording"),
    ("GET", "/api/recruiter/sessions/abc/camera/abc"),
    ("PUT", "/api/recruiter/sessions/abc/cv"),
    ("GET", "/api/recruiter/sessions/abc/cv"),
    ("POST", "/api/recruiter/sessions/abc/decisions"),
    ("GET", "/api/studio/banks"),
    ("GET", "/api/studio/rubrics"),
    ("GET", "/api/studio/feedback"),
    ("GET", "/api/candidate/session"),
    ("GET", "/api/candidate/status"),
    ("POST", "/api/candidate/messages"),
    ("POST", "/api/candidate/controls"),
    ("GET", "/api/candidate/answers"),
    ("GET", "/api/candidate/recording"),
    ("GET", "/api/candidate/export"),
    ("POST", "/api/candidate/human-review"),
    ("DELETE", "/api/candidate/interview"),
    ("POST", "/api/candidate/amendments"),
    ("POST", "/api/candidate/feedback"),
    ("GET", "/api/candidate/strengths"),
    ("GET", "/api/candidate/group-data"),
    ("PUT", "/api/candidate/group-data"),
    ("DELETE", "/api/candidate/group-data"),
    ("PUT", "/api/candidate/camera/abc/0"),
]
OPEN = {
    ("GET", "/api/candidate/invitation"),
    ("POST", "/api/candidate/join"),
    ("POST", "/api/candidate/connection-check"),
    ("POST", "/api/candidate/return"),
    ("POST", "/api/candidate/spoken-sentence"),
    ("POST", "/api/auth/login"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
}


@pytest.mark.parametrize(("method", "path"), GUARDED)
async def test_a_stranger_gets_401_before_the_body_is_read(api: Api, method: str, path: str):
    answer = await api.http.request(
        method, path, content=b"{ not json", headers={"content-type": "application/json"}
    )
    assert answer.status_code == 401, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:aila:problem:not-logged-in"


def test_every_endpoint_is_either_guarded_or_meant_to_be_open(api: Api):
    listed = {
        (method.upper(), path.format(position_id="demo", session_id="abc", take="abc", number="0"))
        for path, methods in api.app.openapi()["paths"].items()
        for method in methods
    }
    assert listed == set(GUARDED) | OPEN


async def test_a_login_gives_a_cookie_that_scripts_cannot_read(api: Api):
    answer = await api.http.post(
        "/api/auth/login", json={"username": "recruiter", "password": PASSWORDS["recruiter"]}
    )
    assert answer.json()["user"] == {"username": "recruiter", "role": "recruiter"}
    cookie = SimpleCookie(answer.headers["set-cookie"])["aila_session"]
    assert cookie["httponly"] and cookie["samesite"] == "lax" and cookie["path"] == "/"
    assert not cookie["secure"]
    again = await api.http.get("/api/auth/me")
    assert again.json() == answer.json()


async def test_the_cookie_is_for_https_only_where_the_address_is_https(installation: Installation):
    app = create_app(installation, ApiSettings(public_url="https://aila.example"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://proxied") as http:
        answer = await http.post(
            "/api/auth/login", json={"username": "admin", "password": PASSWORDS["admin"]}
        )
    assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    ("username", "password"), [("recruiter", "wrong"), ("nobody", PASSWORDS["recruiter"]), ("nobody", "x")]
)
async def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(api: Api, username: str, password: str):
    answer = await api.http.post("/api/auth/login", json={"username": username, "password": password})
    assert answer.status_code == 401
    assert answer.json()["detail"] == "The user name or the password is wrong."
    assert "set-cookie" not in answer.headers


async def test_a_login_ends_the_one_whose_cookie_came_with_it(api: Api):
    await api.log_in("recruiter")
    first = api.http.cookies["aila_session"]
    await api.log_in("recruiter")
    assert api.http.cookies["aila_session"] != first
    api.http.cookies.clear()
    answer = await api.http.get("/api/auth/me", headers={"cookie": f"aila_session={first}"})
    assert answer.status_code == 401


async def test_a_planted_cookie_is_not_taken_over_by_a_login(api: Api):
    api.http.cookies["aila_session"] = "planted-by-somebody-else"
    await api.log_in("recruiter")
    planted = await api.http.get("/api/auth/me", headers={"cookie": "aila_session=planted-by-somebody-else"})
    assert planted.status_code == 401


async def test_logging_out_ends_the_login_on_the_server(api: Api):
    headers = await api.log_in("product")
    token = api.http.cookies["aila_session"]
    assert (await api.http.post("/api/auth/logout", headers=headers)).status_code == 204
    answer = await api.http.get("/api/auth/me", headers={"cookie": f"aila_session={token}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("token", ["", "wrong", "é" * 10])
async def test_a_request_that_changes_something_needs_the_csrf_token(api: Api, token: str):
    await api.log_in("recruiter")
    answer = await api.http.post(
        "/api/recruiter/positions/demo/invitations",
        json={"candidate_name": "Ana"},
        headers=[(b"X-CSRF-Token", token.encode("latin-1"))],
    )
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:aila:problem:csrf-token-missing"


async def test_the_csrf_token_of_another_login_does_not_count(api: Api):
    theirs = await api.log_in("admin")
    api.http.cookies.clear()
    await api.log_in("recruiter")
    answer = await api.http.post("/api/auth/logout", headers=theirs)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("role", "recruiting", "studio"), [("admin", 200, 200), ("recruiter", 200, 403), ("product", 403, 200)]
)
async def test_roles_open_only_their_own_pages(api: Api, role: str, recruiting: int, studio: int):
    await api.log_in(role)
    assert (await api.http.get("/api/recruiter/positions")).status_code == recruiting
    assert (await api.http.get("/api/studio/banks")).status_code == studio


async def test_a_disabled_user_is_out_at_once(api: Api):
    await api.log_in("product")
    with api.context.database.transaction() as session:
        user = accounts.verify_password(session, "product", PASSWORDS["product"])
        assert user is not None
        user.disabled = True
    assert (await api.http.get("/api/auth/me")).status_code == 401


async def test_too_many_attempts_have_to_wait(installation: Installation):
    app = create_app(installation, ApiSettings(login_limit="3/minute"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://aila.test") as http:
        body = {"username": "Admin", "password": "guess"}
        statuses = [(await http.post("/api/auth/login", json=body)).status_code for _ in range(3)]
        refused = await http.post("/api/auth/login", json={**body, "username": "admin"})
        other = await http.post("/api/auth/login", json={**body, "username": "somebody"})
    assert statuses == [401, 401, 401]
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert other.status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {"username": "admin"},
        {"username": "admin", "password": "x", "role": "admin"},
        {"username": ["admin"], "password": "x"},
        {"username": "admin", "password": "x" * 1025},
        {"username": "ad\0min", "password": "x"},
        {"username": "", "password": "x"},
    ],
)
async def test_a_malformed_login_is_422(api: Api, body: dict):
    answer = await api.http.post("/api/auth/login", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"]


async def test_a_login_from_a_form_of_another_site_is_refused(api: Api):
    form = await api.http.post("/api/auth/login", data={"username": "admin", "password": PASSWORDS["admin"]})
    plain = await api.http.post(
        "/api/auth/login",
        content=f'{{"username": "admin", "password": "{PASSWORDS["admin"]}"}}',
        headers={"content-type": "text/plain"},
    )
    assert (form.status_code, plain.status_code) == (422, 422)


async def test_a_lone_surrogate_in_a_name_is_a_wrong_name_and_not_a_crash(api: Api):
    answer = await api.http.post(
        "/api/auth/login",
        content=b'{"username": "\\ud800", "password": "x"}',
        headers={"content-type": "application/json"},
    )
    assert answer.status_code in (401, 422)
