"""An interview outlives a reloaded page and a killed agent, each in the middle of an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser

from records.events import AgentStarted, Event, UtteranceStarted
from records.media import recording_path
from records.projection import project
from tests.e2e import voices
from tests.e2e.candidate import Candidate
from tests.e2e.stack import Stack
from tests.e2e.voices import Speech, word_error_rate

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]
FIRST, SECOND = "helped_colleague", "difficult_problem"
BEFORE_RELOAD = "At one of my old jobs I trained a new employee and I showed him around the building."
BEFORE_KILL = "Once one of my coworkers was taking shortcuts and it was bothering my other coworker."
MAX_WER = 0.4
"""Short stretches of a synthetic voice: two or three words in sixteen."""


@dataclass
class Interrupted:
    """What was stored by the end, and how it came about."""

    candidate: Candidate
    events: list[Event]
    asked_after_reload: UtteranceStarted
    asked_after_kill: UtteranceStarted
    words_before_reload: str
    words_before_kill: str
    killed: int


_WATCH_FOR = """text => {
    window.wasShown = false;
    const look = () => { window.wasShown ||= document.body.textContent.includes(text); };
    const all = { subtree: true, childList: true, characterData: true };
    new MutationObserver(look).observe(document.body, all);
}"""
"""Another process may be there within half a second: too quick for looking at the page from outside."""


@pytest.fixture(scope="module")
def interrupted(
    browser: Browser, stack: Stack, answers: dict[str, Speech], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Interrupted]:
    folder = tmp_path_factory.mktemp("interrupted")
    before_reload = voices.spoken(BEFORE_RELOAD, folder / "reload.wav")
    before_kill = voices.spoken(BEFORE_KILL, folder / "kill.wav")
    context = browser.new_context()
    candidate = Candidate(stack, context, "Ada Wood")
    candidate.begin_talking()

    assert candidate.next_turn().question_id == FIRST
    words_before_reload = _say_stored(candidate, before_reload)
    candidate.begin_to_say(answers[FIRST])
    candidate.page.wait_for_timeout(2_500)
    candidate.come_back()
    asked_after_reload = candidate.next_turn()
    candidate.say(answers[FIRST])
    candidate.press("I’m done")

    while (asked := candidate.next_turn()).question_id == FIRST:
        candidate.press("Skip")
    assert asked.question_id == SECOND
    words_before_kill = _say_stored(candidate, before_kill)
    candidate.begin_to_say(answers[SECOND])
    candidate.page.wait_for_timeout(2_500)
    candidate.forget_turns()
    candidate.page.evaluate(_WATCH_FOR, "Aila dropped out and is coming back")
    killed = stack.kill_agent_job(candidate.session_id)
    candidate.hush()
    candidate.page.wait_for_function("() => window.wasShown", timeout=60_000)
    candidate.screenshot("7-agent-killed")
    asked_after_kill = candidate.next_turn()
    candidate.say(answers[SECOND])
    candidate.leave()
    events = stack.events(candidate.session_id)
    words = (words_before_reload, words_before_kill)
    yield Interrupted(candidate, events, asked_after_reload, asked_after_kill, *words, killed)
    context.close()


def _say_stored(candidate: Candidate, speech: Speech) -> str:
    """Say something, wait until its words are stored, and return them as they are stored."""
    before = candidate.stack.said_by_candidate(candidate.session_id)
    candidate.say(speech)
    candidate.wait_until_stored(len(before.split()) + 8)
    return candidate.stack.said_by_candidate(candidate.session_id)[len(before) :].strip()


def test_after_a_reload_in_mid_answer_the_same_question_is_asked(interrupted: Interrupted) -> None:
    assert interrupted.asked_after_reload.question_id == FIRST
    assert interrupted.asked_after_reload.kind == "question"


def test_after_a_killed_agent_in_mid_answer_the_same_question_is_asked(interrupted: Interrupted) -> None:
    assert interrupted.asked_after_kill.question_id == SECOND
    assert interrupted.asked_after_kill.kind == "question"


def test_another_process_took_the_interview_over(interrupted: Interrupted) -> None:
    assert not psutil.pid_exists(interrupted.killed)
    assert len([e for e in interrupted.events if isinstance(e, AgentStarted)]) >= 1


def test_words_said_before_either_interruption_are_in_the_transcript(
    interrupted: Interrupted, stack: Stack
) -> None:
    bank = stack.interview(interrupted.candidate.session_id).bank
    transcript = project(interrupted.candidate.session_id, bank, interrupted.events)
    said = [t for t in transcript.turns if t.speaker == "candidate"]
    for question_id, before, spoken in (
        (FIRST, interrupted.words_before_reload, BEFORE_RELOAD),
        (SECOND, interrupted.words_before_kill, BEFORE_KILL),
    ):
        answers = " ".join(t.text for t in said if t.question_id == question_id)
        assert answers.startswith(before)
        assert word_error_rate(spoken, before) <= MAX_WER


def test_aila_says_that_nothing_was_lost(interrupted: Interrupted) -> None:
    welcome = [e.text for e in interrupted.events if isinstance(e, UtteranceStarted) and "back" in e.text]
    assert welcome, "Aila greets a candidate who comes back"


def test_the_recording_spans_the_gaps(interrupted: Interrupted, stack: Stack) -> None:
    session_id = interrupted.candidate.session_id
    assert recording_path(stack.installation, session_id).is_file()
    with stack.staff() as staff:
        detail = staff.get(f"/api/recruiter/sessions/{session_id}").raise_for_status().json()
    assert abs(detail["recording"]["duration_s"] - interrupted.events[-1].at_s) < 4.0
    assert Path("test-results/7-agent-killed.png").is_file()
