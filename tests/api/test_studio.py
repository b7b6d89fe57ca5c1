"""The studio: banks with what their questions earned, rubrics with what they look for."""

import uuid

from tests.api.conftest import Api

ANSWER = (
    "Last spring our help desk lost its ticket system for two days. I set up a shared sheet within an hour "
    "and rang the twelve most urgent customers myself, and in the end we kept all of them."
)


async def bank_of(api: Api, bank_id: str) -> dict:
    answer = await api.http.get("/api/studio/banks")
    assert answer.status_code == 200, answer.text
    return next(bank for bank in answer.json() if bank["id"] == bank_id)


async def test_every_bank_is_listed_with_version_and_content(api: Api):
    await api.log_in("product")
    demo = await bank_of(api, "demo")
    assert (demo["version"], len(demo["questions"])) == ("1.0.0", 3)
    assert demo["content_hash"].startswith("sha256:")
    assert demo["findings"] == [], "the shipped banks are clean"
    assert 0 < demo["minutes"] < demo["minutes_typed"] <= 60
    question = demo["questions"][0]
    assert question["probes"] >= 3 and question["criteria"]
    assert (question["answers"], question["skipped"], question["median_words"]) == (0, 0, None)
    assert len((await bank_of(api, "behavioural"))["questions"]) >= 12


async def test_answers_and_skips_are_counted_by_question(api: Api):
    await api.log_in("product")
    headers = await api.join_typed()
    said = [("messages", {"text": ANSWER}), ("messages", {"text": ANSWER}), ("controls", {"control": "skip"})]
    for path, body in said:
        request = {"id": str(uuid.uuid4())} | body
        await api.http.post(f"/api/candidate/{path}", json=request, headers=headers)
    questions = (await bank_of(api, "demo"))["questions"]
    assert questions[0]["answers"] == 1
    assert questions[0]["median_words"] >= 33
    assert questions[0]["median_s"] is None, "nothing was spoken"
    assert sum(question["skipped"] for question in questions) >= 1


async def test_rubrics_show_statements_and_techniques(api: Api):
    await api.log_in("product")
    [rubric] = [r for r in (await api.http.get("/api/studio/rubrics")).json() if r["version"] == "1.0.0"]
    assert (rubric["id"], len(rubric["criteria"])) == ("behavioural", 10)
    for criterion in rubric["criteria"]:
        assert 4 <= len(criterion["behaviours"]) <= 8
        assert all(len(behaviour["techniques"]) >= 2 for behaviour in criterion["behaviours"])
