"""Every page and state: no axe violation, nothing cut off or too wide, in each view of page_checks.

The pictures are kept under ``test-results/pages``.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from records.event_log import EventLog
from records.events import CandidateSpoke, Word
from tests.e2e.candidate import Candidate
from tests.e2e.keyboard import Keyboard
from tests.e2e.page_checks import PageChecks
from tests.e2e.stack import Stack
from tests.e2e.video_face import video_face

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]
REFUSES_THE_MICROPHONE = """
navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
"""
MISHEARD = "I fixed the pump lick with my colleague and it holds."
ADDED = "That was in the week before Easter."
ANSWER = "Last spring I helped a colleague with a report. I sat down with her and we finished it on time."


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_pages_without_an_interview(stack: Stack, page: Page) -> None:
    checks = PageChecks(page)
    for name, path in (
        ("refused-expired", f"/i/{stack.invite('Late Comer', valid_days=-1)}"),
        ("refused-forged", "/i/no.such"),
        ("credits", "/credits"),
        ("login", "/login"),
    ):
        page.goto(f"{stack.url}{path}")
        page.get_by_role("heading", level=1).wait_for()
        checks.for_candidates = name != "login"
        checks.look(name)
    assert checks.faults == []


def test_pages_before_a_spoken_interview(stack: Stack, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(REFUSES_THE_MICROPHONE)
    candidate = Candidate(stack, context, "Maria Gonzalez-Hernandez", own_voice=False)
    checks = PageChecks(candidate.page, for_candidates=True)
    candidate.open()
    candidate.page.get_by_role("heading", level=1).wait_for()
    checks.look("trust")
    candidate.page.get_by_role("button", name="Continue").click()
    checks.look("trust-missing")
    candidate.agree("By talking")
    candidate.page.get_by_role("button", name="Test the connection").click()
    expect(candidate.page.get_by_text("Calls get through")).to_be_visible(timeout=20_000)
    checks.look("devices")
    candidate.page.get_by_role("button", name="Turn on the microphone").click()
    candidate.page.get_by_text("The microphone is blocked for this page").wait_for()
    checks.look("devices-denied")
    context.close()
    assert checks.faults == []


def test_the_spoken_interview_on_one_screen(stack: Stack, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    candidate = Candidate(stack, context, "Cara Lind")
    page, checks = candidate.page, PageChecks(candidate.page, for_candidates=True)
    candidate.begin_talking()
    candidate.next_turn()
    drawn, filmed = (
        page.get_by_test_id("avatar"),
        page.locator("[data-testid='video-face'][data-shown='true']"),
    )
    expect(drawn).to_be_visible()
    with video_face(stack, candidate.session_id):
        expect(filmed).to_be_visible(timeout=20_000)
        expect(drawn).to_have_count(0)
    expect(drawn).to_be_visible(timeout=20_000)
    expect(filmed).to_have_count(0)
    checks.look("call-your-turn", one_screen=True)
    page.get_by_role("button", name="Show the question").click()
    checks.look("call-question", one_screen=True)
    page.get_by_role("button", name="Hide the question").click()
    candidate.press("Mute")
    checks.look("call-muted", one_screen=True)
    candidate.press("Unmute")
    keys = Keyboard(page)
    page.keyboard.press("m")
    heard = keys.hear("call")
    assert "alert:\n    - strong: You are muted. Aila cannot hear you." in heard
    assert 'group "Interview controls"' in heard
    page.keyboard.press("m")
    keys.go_to(page.get_by_role("button", name="Show the question"))
    page.keyboard.press("Space")
    expect(page.locator("#question-text")).to_be_visible()
    keys.go_to(page.get_by_role("button", name="Pause"))
    assert keys.faults == []
    page.get_by_role("button", name="Leave").click()
    checks.look("call-leave", one_screen=True)
    page.get_by_role("button", name="Stay").click()
    page.reload()
    page.get_by_role("heading", name="Welcome back").wait_for()
    checks.look("welcome-back")
    context.close()
    assert checks.faults == []


def test_a_typed_interview_read_again_and_deleted(stack: Stack, page: Page) -> None:
    candidate = Candidate(stack, page.context, "Dan Brook", own_voice=False)
    page, checks = candidate.page, PageChecks(candidate.page, for_candidates=True)
    candidate.open()
    candidate.agree("By typing", recording=False)
    candidate.next_turn()
    checks.look("typed", one_screen=True)
    candidate.send(ANSWER)
    candidate.next_turn()
    candidate.leave()
    # As if he had begun by talking: only what was heard can have been misheard.
    words = tuple(Word(word, 900.0 + n, 900.5 + n, 0.4) for n, word in enumerate(MISHEARD.split()))
    spoken = CandidateSpoke(900.0, words[-1].end, "spoken", MISHEARD, "answer", "difficult_problem", words)
    EventLog(stack.database, candidate.session_id).append_all([spoken])
    page.reload()
    page.get_by_role("button", name="Read, hear or delete my answers").wait_for()
    checks.look("completed")
    page.get_by_role("button", name="Read, hear or delete my answers").click()
    page.get_by_role("button", name="Read what was said").click()
    expect(page.get_by_text(ANSWER)).to_be_visible()
    amend_everything(page, checks)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download everything").click()
    assert download.value.suggested_filename.endswith(".zip")
    page.get_by_role("button", name="Ask a person to look at it").click()
    checks.look("afterwards-review")
    page.get_by_role("button", name="Ask for a person").click()
    expect(page.get_by_text("You asked for a person on")).to_be_visible()
    with stack.staff() as staff:
        detail = staff.get(f"/api/recruiter/sessions/{candidate.session_id}").json()
    assert detail["human_review"]["note"] == ""
    assert [one["addition"]["text"] for one in detail["amendments"]] == [ADDED]
    page.get_by_role("button", name="Delete everything").click()
    checks.look("afterwards-delete")
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_role("heading", name="Everything was deleted")).to_be_visible()
    checks.look("erased")
    candidate.open()
    expect(page.get_by_role("heading", name="This interview was deleted")).to_be_visible()
    assert checks.faults == []


def amend_everything(page: Page, checks: PageChecks) -> None:
    """Correct the second answer, add to and withdraw the first; undo what was not added; make it final."""
    save = page.get_by_role("button", name="Save", exact=True)
    page.get_by_role("button", name="Correct what was misheard, answer 2").click()
    page.get_by_role("textbox", name="What you said").fill(MISHEARD.replace("lick", "leak"))
    checks.look("afterwards-correct")
    save.click()
    expect(page.get_by_text("counts for the scores")).to_be_visible()
    page.get_by_role("button", name="Add a sentence, answer 1").click()
    page.get_by_role("textbox", name="Your sentence").fill(ADDED)
    save.click()
    expect(page.get_by_text("added afterwards", exact=True)).to_be_visible()
    page.get_by_role("button", name="Withdraw, answer 1").click()
    page.get_by_role("button", name="Yes, withdraw it").click()
    expect(page.get_by_text("Withdrawn by you.")).to_be_visible()
    checks.look("afterwards")
    page.get_by_role("button", name="Put it back, answer 1").click()
    expect(page.get_by_text(ADDED)).to_be_visible()
    page.get_by_role("button", name="Undo the correction, answer 2").click()
    expect(page.get_by_text("counts for the scores")).to_have_count(0)
    page.get_by_role("button", name="I have nothing to change").click()
    page.get_by_role("button", name="Yes, make them final").click()
    expect(page.get_by_text("These answers are final")).to_be_visible()
    expect(page.get_by_role("button", name="Withdraw, answer 1")).to_have_count(0)


def test_pages_of_recruiters_and_product_teams(stack: Stack, page: Page) -> None:
    checks = PageChecks(page)
    page.goto(f"{stack.url}/login")
    page.get_by_label("User name").fill("admin")
    page.get_by_label("Password").fill(stack.password)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="customer support specialist").first.wait_for()
    checks.look("positions")
    page.get_by_role("link", name="New position").click()
    page.get_by_role("heading", name="New position").wait_for()
    checks.look("new-position")
    page.goto(f"{stack.url}/recruiter/positions/demo")
    page.get_by_role("tab", name="Candidates", exact=True).wait_for()
    checks.look("ranking")
    page.get_by_role("tab", name="Required levels").click()
    checks.look("levels")
    page.goto(f"{stack.url}/studio")
    page.get_by_role("tab", name="Rubrics").wait_for()
    checks.look("studio")
    page.get_by_role("tab", name="Rubrics").click()
    checks.look("studio-rubrics")
    assert checks.faults == []


def test_the_checks_notice_what_is_wrong(stack: Stack, page: Page) -> None:
    checks = PageChecks(page)
    page.goto(f"{stack.url}/login")
    page.get_by_label("User name").wait_for()
    page.evaluate("""() => {
      document.querySelector('label').remove();
      const wide = document.createElement('div');
      wide.style.width = '2000px';
      wide.textContent = 'wide';
      document.querySelector('main').append(wide);
    }""")
    checks.look("spoilt")
    assert any("axe label" in fault for fault in checks.faults)
    assert any("wider than the screen" in fault for fault in checks.faults)
