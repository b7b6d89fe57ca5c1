"""The ranked list: order, ties, fit, and nobody left out."""

from datetime import timedelta

import pytest

from records import calibrations, decisions, invitations, media, scores, sessions
from records.tables import now
from scoring.panel.calibration import GRID, Calibration, Coverage, CriterionCalibration
from scoring.result import NOT_ASKED, NOT_ASKED_REASONS, CriterionResult, RubricReference, Scores
from tests.api.conftest import Api


def scored(
    session_id: str, scorer_version: str | None = "7.8.9", **results: tuple[float, float, float] | None
) -> dict:
    """Return scores; of each criterion low, score, high, or None where it was not asked."""
    criteria = tuple(
        CriterionResult(id=name, score=None, interval=None, abstained=True, reason=NOT_ASKED)
        if result is None
        else CriterionResult(
            id=name, score=result[1], interval=(result[0], result[2]), abstained=False, reason=None
        )
        for name, result in results.items()
    )
    return Scores(
        session_id=session_id,
        rubric=RubricReference(id="behavioural", version="1.0.0"),
        calibrated=False,
        provenance=f"sha256:{session_id}",
        criteria=criteria,
        scorer_version=scorer_version,
    ).model_dump(mode="json", by_alias=True)


async def candidate(
    api: Api,
    name: str,
    scorer_version: str | None = "7.8.9",
    **results: tuple[float, float, float] | None,
) -> str:
    """Add a scored candidate of the demo position."""
    session_id = (await api.join(api.invite(name=name))).json()["session_id"]
    with api.context.database.transaction() as session:
        sessions.mark_ended(session, session_id, timedelta(days=90))
        scores.store(session, session_id, scored(session_id, scorer_version, **results))
        sessions.mark_scored(session, session_id)
    return session_id


async def ranking(api: Api) -> dict:
    await api.log_in("recruiter")
    answer = await api.http.get("/api/recruiter/positions/demo/ranking")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_position_without_candidates_has_an_empty_list(api: Api):
    view = await ranking(api)
    assert (view["rows"], view["calibrated"], view["position"]["id"]) == ([], False, "demo")


async def test_candidates_stand_in_the_order_of_their_scores_with_ties_where_intervals_overlap(api: Api):
    low = {"teamwork": (0.1, 0.3, 0.5), "problem_solving": (0.1, 0.2, 0.4)}
    high = {"teamwork": (2.2, 2.5, 2.8), "problem_solving": (2.1, 2.4, 2.7)}
    near = {"teamwork": (2.0, 2.3, 2.6), "problem_solving": (2.0, 2.3, 2.6)}
    await candidate(api, "Lowe", **low)
    await candidate(api, "Hay", **high)
    await candidate(api, "Neal", **near)
    rows = (await ranking(api))["rows"]
    assert [(row["candidate_name"], row["rank"], row["rank_tied"]) for row in rows] == [
        ("Hay", 1, True),
        ("Neal", 1, True),
        ("Lowe", 3, False),
    ]
    assert rows[0]["overall"]["interval"][0] < rows[0]["overall"]["score"]


async def test_fit_is_shown_against_the_required_level(api: Api):
    await candidate(
        api, "Ola", teamwork=(0.1, 0.4, 0.7), problem_solving=(1.4, 1.8, 2.2), learning=(2.0, 2.2, 2.4)
    )
    [row] = (await ranking(api))["rows"]
    assert {c["id"]: (c["required"], c["fit"]) for c in row["criteria"]} == {
        "teamwork": (1.0, "below"),
        "problem_solving": (1.5, "uncertain"),
        "learning": (1.0, "exceeds"),
    }
    assert all(c["name"] != c["id"] for c in row["criteria"])


@pytest.mark.parametrize("reason", sorted(NOT_ASKED_REASONS))
async def test_what_was_not_asked_is_said_and_does_not_count(api: Api, reason: str, monkeypatch):
    monkeypatch.setattr("tests.api.test_ranking.NOT_ASKED", reason)
    await candidate(api, "Ola", teamwork=None, problem_solving=(1.6, 2.0, 2.4))
    [row] = (await ranking(api))["rows"]
    [teamwork] = [c for c in row["criteria"] if c["id"] == "teamwork"]
    assert (teamwork["abstained"], teamwork["score"], teamwork["fit"]) == (True, None, "not_asked")
    assert row["overall"]["score"] == 2.0


async def test_nobody_is_left_out_whatever_became_of_the_interview(api: Api):
    ended = await candidate(api, "Scored", teamwork=(1.0, 1.5, 2.0))
    failed = (await api.join(api.invite(name="Failed"))).json()["session_id"]
    await api.join(api.invite(name="Under way"))
    with api.context.database.transaction() as session:
        sessions.mark_ended(session, failed, timedelta(days=90))
        sessions.mark_failed(session, failed, "recording: FileNotFoundError")
        decisions.record(session, ended, "hold", "Second thoughts", "recruiter")
        media.store_cv(session, api.context.installation, ended, "cv.pdf", b"%PDF-1.7")
    rows = (await ranking(api))["rows"]
    assert [(row["candidate_name"], row["status"], row["rank"]) for row in rows] == [
        ("Scored", "scored", 1),
        ("Failed", "failed", None),
        ("Under way", "active", None),
    ]
    assert (rows[0]["decision"]["decision"], rows[0]["has_cv"], rows[0]["has_recording"]) == (
        "hold",
        True,
        False,
    )
    assert rows[1]["failure"] == "recording: FileNotFoundError"


async def test_the_newest_scores_count(api: Api):
    session_id = await candidate(api, "Again", teamwork=(0.2, 0.5, 0.8))
    newer = scored(session_id, teamwork=(1.9, 2.1, 2.3)) | {"provenance": "sha256:newer"}
    with api.context.database.transaction() as session:
        scores.store(session, session_id, newer)
    [row] = (await ranking(api))["rows"]
    assert row["overall"]["score"] == 2.1


async def test_who_was_invited_and_has_not_begun_is_listed(api: Api):
    await candidate(api, "Begun", teamwork=(1.0, 1.5, 2.0))
    api.invite(name="Never opened")
    api.invite(name="Too late", days=-1)
    api.invite("customer_support", name="Elsewhere")
    with api.context.database.transaction() as session:
        invitation, _ = invitations.create(
            session, api.context.installation, "demo", "Called off", timedelta(days=3)
        )
        invitations.revoke(session, invitation.id)
    view = await ranking(api)
    assert [row["candidate_name"] for row in view["rows"]] == ["Begun"]
    assert {one["candidate_name"]: one["state"] for one in view["not_begun"]} == {
        "Never opened": "open",
        "Too late": "expired",
        "Called off": "withdrawn",
    }


async def test_what_the_order_hangs_on_is_told(api: Api):
    ada = await candidate(
        api, "Ada", problem_solving=(1.9, 2.0, 2.1), teamwork=(0.9, 1.0, 1.1), learning=None
    )
    bo = await candidate(api, "Bo", problem_solving=(1.5, 1.6, 1.7), teamwork=(1.3, 1.5, 1.7), learning=None)
    await api.log_in("recruiter")
    path = "/api/recruiter/positions/demo/ranking/sensitivity"
    view = (await api.http.get(path, params={"top": 1})).json()
    assert (view["top"], [place["candidate_name"] for place in view["places"]]) == (1, ["Ada", "Bo"])
    assert sum(place["share"] for place in view["places"]) == pytest.approx(1)
    [pair] = view["pairs"]
    assert (pair["upper"], pair["lower"], pair["upper_name"]) == (ada, bo, "Ada")
    assert pair["importance_change"]["criterion_name"] in ("Problem solving", "Teamwork")
    assert (await api.http.get(path, params={"top": 1})).json() == view
    assert (await api.http.get(path, params={"top": 0})).status_code == 422
    missing = await api.http.get("/api/recruiter/positions/nowhere/ranking/sensitivity")
    assert missing.status_code == 404


async def test_a_position_is_made_and_can_be_invited_to(api: Api):
    headers = await api.log_in("recruiter")
    choices = (await api.http.get("/api/recruiter/position-choices")).json()
    assert len(choices["roles"]) == 10
    assert "O*NET" in choices["attribution"]
    assert {"behavioural", "demo"} <= {bank["id"] for bank in choices["banks"]}
    role = next(role for role in choices["roles"] if role["id"] == "web_developer")
    levels = {name: {"required": None, "importance": n} for name, n in role["importance"].items()}
    body = {"title": " Développeuse & Développeur ", "company": "Brot GmbH", "bank": "behavioural"}
    made = await api.http.post("/api/recruiter/positions", json=body | {"levels": levels}, headers=headers)
    assert made.status_code == 201, made.text
    view = made.json()
    assert view["id"].startswith("developpeuse-developpeur-")
    assert (view["title"], view["rubric"]["id"]) == ("Développeuse & Développeur", "behavioural")
    assert {name: level["required"] for name, level in view["levels"].items()} == dict.fromkeys(levels)
    path = f"/api/recruiter/positions/{view['id']}/invitations"
    invited = await api.http.post(path, json={"candidate_name": "Ada"}, headers=headers)
    assert invited.status_code == 201


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"bank": "nothing"}, "bank"),
        ({"rubric": "nothing"}, "rubric"),
        ({"title": "  "}, "title"),
        ({"levels": {"charm": {"required": 1, "importance": 1}}}, "levels.charm"),
        ({"id": "own"}, "id"),
    ],
)
async def test_an_impossible_position_is_not_made(api: Api, change: dict, field: str):
    headers = await api.log_in("recruiter")
    before = (await api.http.get("/api/recruiter/positions")).json()
    body = {"title": "Night baker", "company": "Brot GmbH", "bank": "demo"} | change
    answer = await api.http.post("/api/recruiter/positions", json=body, headers=headers)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert (await api.http.get("/api/recruiter/positions")).json() == before


def panel_calibration() -> dict:
    """Return a calibration of teamwork: half of the raw score, 0.25 to each side, or as far as it goes."""
    table = CriterionCalibration(
        interviews=60,
        raters=3,
        score=tuple(raw / 2 for raw in GRID),
        low=tuple(max(0.0, raw / 2 - 0.25) for raw in GRID),
        high=tuple(raw / 2 + 0.25 for raw in GRID),
        typical_half_width=1.5,
        coverage=Coverage(nominal=0.9, measured=0.9, interval=(0.8, 0.96), interviews=60),
        error_raw=1.0,
        error_calibrated=0.5,
    )
    return Calibration(
        id="cal-0123456789ab",
        rubric=RubricReference(id="behavioural", version="1.0.0"),
        scorer_version="7.8.9",
        made_at=now(),
        data_hash="sha256:" + "0" * 64,
        interviews=60,
        raters=3,
        ratings=120,
        panel_alpha=0.8,
        method="written for a test",
        criteria={"teamwork": table},
    ).model_dump(mode="json", by_alias=True)


async def test_a_calibration_in_force_is_applied_to_the_list_and_the_interview_and_taken_back(api: Api):
    session_id = await candidate(api, "Hay", teamwork=(2.0, 2.5, 3.0))
    with api.context.database.transaction() as session:
        calibrations.store(session, panel_calibration())
        calibrations.activate(session, "cal-0123456789ab")
    view = await ranking(api)
    assert (view["calibrated"], view["rows"][0]["overall"]["score"]) == (True, 1.25)
    assert view["rows"][0]["overall"]["interval"] == [1.0, 1.5]
    detail = (await api.http.get(f"/api/recruiter/sessions/{session_id}")).json()["scores"]
    [teamwork] = detail["criteria"]
    assert (detail["calibrated"], detail["calibration"]["id"]) == (True, "cal-0123456789ab")
    assert (teamwork["score"], teamwork["raw"]) == (1.25, {"score": 2.5, "interval": [2.0, 3.0]})
    with api.context.database.transaction() as session:
        stored = scores.newest(session, session_id)
        calibrations.deactivate(session, "behavioural", "1.0.0")
    assert stored is not None and stored["criteria"][0]["score"] == 2.5  # what is stored stays raw
    view = await ranking(api)
    assert (view["calibrated"], view["rows"][0]["overall"]["score"]) == (False, 2.5)


async def test_a_list_with_scores_of_another_scorer_stays_raw_as_a_whole(api: Api):
    await candidate(api, "Hay", teamwork=(2.0, 2.5, 3.0))
    with api.context.database.transaction() as session:
        calibrations.store(session, panel_calibration())
        calibrations.activate(session, "cal-0123456789ab")
    older = await candidate(api, "Old", scorer_version=None, teamwork=(0.5, 1.0, 1.5))
    view = await ranking(api)
    assert view["calibrated"] is False
    assert {row["overall"]["score"] for row in view["rows"]} == {2.5, 1.0}
    detail = (await api.http.get(f"/api/recruiter/sessions/{older}")).json()["scores"]
    assert (detail["calibration"], detail["criteria"][0]["score"]) == (None, 1.0)
