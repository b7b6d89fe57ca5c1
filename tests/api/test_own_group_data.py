"""Questions about groups: off by default, apart, withdrawn at any time, gone with the interview."""

import io
import json
import zipfile

import pytest

from api.app import create_app
from records.group_data import GroupData
from records.group_data_link import folder_of, link_of
from records.settings import RecordsSettings
from tests.api.conftest import Api

PATH = "/api/candidate/group-data"
ANSWER = {
    "agreed": True,
    "text_version": "v1",
    "sex": "female",
    "race_ethnicity": "native_american_or_alaska_native",
}


@pytest.fixture
def asked(api: Api) -> Api:
    """An api that asks."""
    installation = api.context.installation
    api.app.state.group_data = GroupData(installation, RecordsSettings(group_data=True))
    return api


async def ended(api: Api) -> tuple[dict[str, str], str]:
    """Return a candidate's headers and session id, the interview over."""
    headers = await api.join_typed()
    left = {"id": "control-0001", "control": "leave"}
    answer = await api.http.post("/api/candidate/controls", json=left, headers=headers)
    assert answer.json()["status"] == "ended", answer.text
    return headers, answer.json()["session_id"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_nobody_gets_in_without_the_token(api: Api, method: str):
    body = ANSWER if method == "PUT" else None
    assert (await api.http.request(method, PATH, json=body)).status_code == 401


async def test_an_installation_does_not_ask_unless_it_is_switched_on(api: Api):
    headers, _ = await ended(api)
    assert (await api.http.get(PATH, headers=headers)).json() == {"offered": False, "answer": None}
    refused = await api.http.put(PATH, json=ANSWER, headers=headers)
    assert refused.status_code == 409
    assert not folder_of(api.context.installation).exists()


async def test_an_answer_is_stored_changed_and_withdrawn(asked: Api):
    headers, _ = await ended(asked)
    given = (await asked.http.put(PATH, json=ANSWER, headers=headers)).json()
    assert (given["answer"]["sex"], given["answer"]["text_version"]) == ("female", "v1")
    changed = ANSWER | {"sex": "prefer_not_to_say"}
    assert (await asked.http.put(PATH, json=changed, headers=headers)).status_code == 200
    seen = (await asked.http.get(PATH, headers=headers)).json()
    assert seen["answer"]["sex"] == "prefer_not_to_say"
    gone = await asked.http.delete(PATH, headers=headers)
    assert gone.json() == {"offered": True, "answer": None}
    assert (await asked.http.delete(PATH, headers=headers)).json() == gone.json()


async def test_before_the_end_nothing_is_asked(asked: Api):
    headers = await asked.join_typed()
    assert (await asked.http.put(PATH, json=ANSWER, headers=headers)).status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agreed": False}, "agreed"),
        ({"sex": "yes"}, "sex"),
        ({"race_ethnicity": ""}, "race_ethnicity"),
        ({"text_version": "a b"}, "text_version"),
        ({"name": "Ada"}, "name"),
    ],
)
async def test_without_agreement_or_with_anything_else_nothing_is_stored(
    asked: Api, change: dict, field: str
):
    headers, session_id = await ended(asked)
    answer = await asked.http.put(PATH, json=ANSWER | change, headers=headers)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert asked.app.state.group_data.of_session(session_id) is None


async def test_recruiters_see_nothing_of_it_anywhere(asked: Api):
    headers, session_id = await ended(asked)
    await asked.http.put(PATH, json=ANSWER, headers=headers)
    await asked.log_in("recruiter")
    for path in (
        f"/api/recruiter/sessions/{session_id}",
        "/api/recruiter/positions/demo/ranking",
        "/api/recruiter/positions/demo/ranking/sensitivity",
        "/api/recruiter/positions/demo",
    ):
        body = await asked.http.get(path)
        assert body.status_code == 200
        assert "native_american" not in body.text
    paths = create_app(asked.context.installation, asked.context.settings).openapi()["paths"]
    assert [path for path in paths if "group" in path] == [PATH]


async def test_it_is_in_the_own_export_and_goes_with_the_interview(asked: Api):
    headers, session_id = await ended(asked)
    installation = asked.context.installation
    await asked.http.put(PATH, json=ANSWER, headers=headers)
    packed = await asked.http.get("/api/candidate/export", headers=headers)
    archive = zipfile.ZipFile(io.BytesIO(packed.content))
    assert json.loads(archive.read("group_data.json"))["race_ethnicity"] == ANSWER["race_ethnicity"]
    link = link_of(installation, session_id)
    assert link is not None
    holding = [p for p in installation.data_dir.rglob("*") if p.is_file() and link.encode() in p.read_bytes()]
    assert [p.name for p in holding] == ["answers.sqlite"]
    assert (await asked.http.delete("/api/candidate/interview", headers=headers)).status_code == 200
    needles = [link.encode(), ANSWER["race_ethnicity"].encode(), session_id.encode()]
    left = [
        p
        for p in installation.data_dir.rglob("*")
        if p.is_file() and any(needle in p.read_bytes() for needle in needles)
    ]
    assert left == []
