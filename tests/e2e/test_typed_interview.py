"""The same interview, typed: the same core, the same scoring."""

import pytest
from playwright.sync_api import BrowserContext, expect

from records.events import UtteranceStarted
from tests.e2e import voices
from tests.e2e.candidate import Candidate
from tests.e2e.stack import Stack
from tests.e2e.voices import ANSWERS

MORE = "I called each of them myself, and they were all happy in the end."
pytestmark = [pytest.mark.browser, pytest.mark.stack]


def test_a_typed_interview_is_held_scored_and_ranked(stack: Stack, context: BrowserContext) -> None:
    candidate = Candidate(stack, context, "Tim Quill")
    candidate.open()
    candidate.agree("By typing", recording=False)
    asked: UtteranceStarted | None = candidate.next_turn()
    while asked is not None:
        candidate.send(voices.answer_text(asked.question_id or "") if asked.kind == "question" else MORE)
        asked = candidate.next_turn_or_goodbye()
    candidate.screenshot("8-typed")
    candidate.wait_until_over()
    with stack.staff() as staff:
        rows = staff.get("/api/recruiter/positions/demo/ranking").json()["rows"]
        row = next(row for row in rows if row["candidate_name"] == "Tim Quill")
        detail = staff.get(f"/api/recruiter/sessions/{row['session_id']}").json()
    assert row["mode"] == "text"
    assert row["rank"] is not None
    assert not row["has_recording"]
    turns = detail["transcript"]["turns"]
    answers = {t["question_id"]: t["text"] for t in reversed(turns) if t["kind"] == "answer"}
    assert answers == {question_id: voices.answer_text(question_id).strip() for question_id in ANSWERS}


def test_a_reloaded_page_shows_the_conversation_and_keeps_the_draft(
    stack: Stack, context: BrowserContext
) -> None:
    candidate = Candidate(stack, context, "Uma Lee")
    candidate.open()
    candidate.agree("By typing", recording=False)
    candidate.next_turn()
    candidate.page.get_by_label("Your answer").fill("Half a thought about")
    candidate.page.reload()
    candidate.page.get_by_role("button", name="Go on with the interview").click()
    expect(candidate.page.get_by_label("Your answer")).to_have_value("Half a thought about")
    expect(candidate.page.get_by_role("log")).to_contain_text("helped a colleague who was struggling")
