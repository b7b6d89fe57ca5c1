"""What candidates and recruiters see when something is not as it should be; nothing is half-written."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from records import invitations, sessions
from tests.e2e.candidate import Candidate
from tests.e2e.stack import Stack, problem

pytestmark = [pytest.mark.browser, pytest.mark.stack]
DENYING = ("--deny-permission-prompts", "--no-sandbox")


def sessions_of(stack: Stack, token: str) -> int:
    """Return how many interviews an invitation led to."""
    with stack.database.reading() as session:
        invitation = invitations.read_token(session, stack.installation, token)
        return int(sessions.of_invitation(session, invitation.id) is not None)


def shows(page: Page, stack: Stack, token: str, heading: str) -> None:
    page.goto(f"{stack.url}/i/{token}")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def test_an_expired_invitation_says_so_and_what_to_do(stack: Stack, context: BrowserContext) -> None:
    page = context.new_page()
    shows(page, stack, stack.invite("Late Riser", valid_days=-1), "This invitation has expired")
    expect(page.get_by_text("ask the person who invited you")).to_be_visible()


def test_a_forged_invitation_says_that_it_is_not_complete(stack: Stack, context: BrowserContext) -> None:
    token = stack.invite("Mallory")
    page = context.new_page()
    shows(page, stack, token[:-3] + "abc", "This link is not complete")
    shows(page, stack, "nonsense", "This link is not complete")


def test_a_used_invitation_says_that_the_interview_is_finished(stack: Stack, context: BrowserContext) -> None:
    candidate = Candidate(stack, context, "Once Only")
    candidate.open()
    candidate.agree("By typing", recording=False)
    candidate.next_turn()
    candidate.leave()
    shows(candidate.page, stack, candidate.token, "You have finished this interview")
    answer = _join(stack, candidate.token, interview=True)
    assert answer.status_code == 409
    assert problem(answer)["status"] == 409


def test_without_the_consent_there_is_no_interview_and_nothing_is_stored(
    stack: Stack, context: BrowserContext
) -> None:
    candidate = Candidate(stack, context, "Con Senter")
    candidate.open()
    candidate.page.get_by_label("By typing").check()
    candidate.page.get_by_role("button", name="Start typing").click()
    expect(candidate.page.get_by_text("Please tick the agreement that is needed")).to_be_visible()
    assert _join(stack, candidate.token, interview=False).status_code == 422
    assert sessions_of(stack, candidate.token) == 0


def test_a_refused_microphone_is_explained_and_typing_offered(
    playwright: Playwright, chromium: str, stack: Stack
) -> None:
    browser = playwright.chromium.launch(executable_path=chromium, args=list(DENYING))
    candidate = Candidate(stack, browser.new_context(), "Mike Off", own_voice=False)
    candidate.open()
    candidate.agree("By talking")
    candidate.page.get_by_role("button", name="Turn on the microphone").click()
    refusal = candidate.page.get_by_text("The microphone is blocked for this page").or_(
        candidate.page.get_by_text("No microphone was found")
    )
    expect(refusal).to_be_visible()
    expect(candidate.page.get_by_role("button", name="Start the interview")).to_be_disabled()
    expect(candidate.page.get_by_role("button", name="Type my answers instead")).to_be_enabled()
    browser.close()


def test_a_silent_microphone_is_noticed(stack: Stack, browser: Browser) -> None:
    context = browser.new_context()
    candidate = Candidate(stack, context, "Sy Lent")
    candidate.open()
    candidate.agree("By talking")
    candidate.page.get_by_role("button", name="Turn on the microphone").click()
    expect(candidate.page.get_by_text("We hear nothing from this microphone.")).to_be_visible(timeout=15_000)
    context.close()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cv.pdf", b"%PDF-1.7\n" + b"0" * (5 * 1024 * 1024 + 1), "at most 5 MB"),
        ("cv.pdf", b"MZ this is a program, whatever its name says", "PDF"),
        ("cv.docx", b"PK\x03\x04 not a document", "DOCX"),
    ],
)
def test_a_cv_of_the_wrong_size_or_kind_is_refused_in_clear_words(
    stack: Stack, context: BrowserContext, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    candidate = Candidate(stack, context, "Cy Vee")
    assert _join(stack, candidate.token, interview=True).status_code == 200
    file = tmp_path / name
    file.write_bytes(content)
    page = context.new_page()
    page.goto(f"{stack.url}/recruiter/sessions/{candidate.session_id}")
    page.get_by_label("User name").fill("admin")
    page.get_by_label("Password").fill(stack.password)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Add a CV").set_input_files(file)
    expect(page.get_by_role("alert").filter(has_text=said)).to_be_visible()
    page.reload()
    expect(page.get_by_text("No CV has been added.")).to_be_visible()


def test_unknown_fields_are_refused_by_name(stack: Stack) -> None:
    token = stack.invite("Extra Field")
    body = {
        "invite": token,
        "consents": {"interview": True, "recording": False},
        "mode": "text",
        "colour": "blue",
    }
    answer = httpx.post(f"{stack.url}/api/candidate/join", json=body, trust_env=False)
    assert answer.status_code == 422
    assert "colour" in answer.text
    assert sessions_of(stack, token) == 0


def _join(stack: Stack, token: str, *, interview: bool) -> httpx.Response:
    consents = {"interview": interview, "recording": False}
    body = {"invite": token, "consents": consents, "mode": "text"}
    return httpx.post(f"{stack.url}/api/candidate/join", json=body, trust_env=False)
