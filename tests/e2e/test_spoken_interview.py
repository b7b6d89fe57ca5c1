"""One candidate answers three questions aloud, in a real browser, and a recruiter reads the result."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from agent.speech.whisper_engine import WhisperEngine
from records.events import UtteranceStarted
from records.media import recording_path
from tests.e2e import voices
from tests.e2e.candidate import Candidate
from tests.e2e.stack import Stack
from tests.e2e.voices import Speech, word_error_rate

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]
QUESTIONS = ["helped_colleague", "difficult_problem", "learned_from_mistake"]
MAX_WER = 0.3
"""Word error rate allowed in an answer; the smallest recogniser on a synthetic voice has some 0.02–0.15."""
RATE_HZ = 16_000


@dataclass
class Finished:
    """An interview that is over and scored."""

    candidate: Candidate
    detail: dict[str, Any]
    recording: Path

    def answer(self, question_id: str) -> dict[str, Any]:
        """Return the first answer to a question, as the recruiter gets it."""
        turns = self.detail["transcript"]["turns"]
        return next(t for t in turns if t["kind"] == "answer" and t["question_id"] == question_id)


@pytest.fixture(scope="module")
def finished(browser: Browser, stack: Stack, answers: dict[str, Speech], more: Speech) -> Iterator[Finished]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    candidate = Candidate(stack, context, "Robin Reed")
    candidate.open()
    candidate.screenshot("1-invitation")
    candidate.agree("By talking")
    candidate.check_microphone(more)
    candidate.page.get_by_text("Aila is speaking").wait_for(timeout=30_000)
    candidate.screenshot("2-aila-speaks")
    asked: UtteranceStarted | None = candidate.next_turn()
    while asked is not None:
        candidate.say(answers[asked.question_id or ""] if asked.kind == "question" else more)
        candidate.screenshot(f"3-{asked.question_id}-{asked.kind}")
        asked = candidate.next_turn_or_goodbye()
    candidate.wait_until_over()
    candidate.screenshot("4-thanks")
    context.close()
    with stack.staff() as staff:
        detail = staff.get(f"/api/recruiter/sessions/{candidate.session_id}").raise_for_status().json()
    yield Finished(candidate, detail, recording_path(stack.installation, candidate.session_id))


def test_the_questions_are_asked_in_the_banks_order(finished: Finished) -> None:
    turns = finished.detail["transcript"]["turns"]
    asked = [t["question_id"] for t in turns if t["kind"] == "question"]
    assert asked == QUESTIONS
    assert [t["kind"] for t in turns][:2] == ["greeting", "guideline"]
    assert turns[-1]["kind"] == "closing"


@pytest.mark.parametrize("question_id", QUESTIONS)
def test_each_answers_words_are_recognised(finished: Finished, question_id: str) -> None:
    assert word_error_rate(voices.answer_text(question_id), finished.answer(question_id)["text"]) <= MAX_WER


def test_every_word_has_its_time_inside_its_turn(finished: Finished) -> None:
    for question_id in QUESTIONS:
        turn = finished.answer(question_id)
        times = [(w["start"], w["end"]) for w in turn["words"]]
        assert len(times) > 10
        assert times == sorted(times)
        assert turn["start"] <= times[0][0] + 0.1
        assert times[-1][1] <= turn["end"] + 1.0


def test_scores_quote_the_transcript_to_the_letter(finished: Finished) -> None:
    turns = {t["id"]: t for t in finished.detail["transcript"]["turns"]}
    quotes = [
        evidence
        for criterion in finished.detail["scores"]["criteria"]
        for indicator in criterion["indicators"]
        for evidence in indicator["evidence"]
    ]
    assert quotes
    for quote in quotes:
        turn = turns[quote["turn"]]
        assert turn["speaker"] == "candidate"
        assert turn["text"][quote["start"] : quote["end"]] == quote["quote"]
    assert finished.detail["scores"]["calibrated"] is False


def test_the_recording_is_as_long_as_the_interview(finished: Finished) -> None:
    left, _ = _channels(finished.recording)
    last = finished.detail["transcript"]["turns"][-1]
    assert abs(len(left) / RATE_HZ - last["end"]) < 2.0
    assert abs(finished.detail["recording"]["duration_s"] - len(left) / RATE_HZ) < 0.5


def test_the_left_channel_of_the_recording_holds_the_candidates_words(finished: Finished) -> None:
    left, _ = _channels(finished.recording)
    turn = finished.answer("helped_colleague")
    heard = WhisperEngine(None, 1).recognise(_stretch(left, turn), "final").text
    assert word_error_rate(voices.answer_text("helped_colleague"), heard) <= MAX_WER


def test_each_side_has_a_channel_of_its_own(finished: Finished) -> None:
    left, right = _channels(finished.recording)
    answer = finished.answer("difficult_problem")
    question = next(t for t in finished.detail["transcript"]["turns"] if t["kind"] == "question")
    assert _power(_stretch(left, answer)) > 20 * _power(_stretch(right, answer))
    assert _power(_stretch(right, question)) > 20 * _power(_stretch(left, question))


def test_the_recruiter_finds_the_candidate_ranked_and_hears_the_clicked_sentence(
    finished: Finished, stack: Stack, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{stack.url}/recruiter/positions/demo")
    page.get_by_label("User name").fill("admin")
    page.get_by_label("Password").fill(stack.password)
    page.get_by_role("button", name="Log in").click()
    row = page.get_by_role("row").filter(has_text="Robin Reed")
    expect(row.locator('[data-column="rank"]')).to_have_text(re.compile(r"^\d"))
    page.screenshot(path="test-results/5-ranking.png")
    row.get_by_role("link", name="Robin Reed").click()
    turn = finished.answer("helped_colleague")
    first_sentence = page.locator(f"#turn-{turn['id']} .sentence").first
    first_sentence.click()
    page.wait_for_function(
        "from => { const a = document.querySelector('audio'); return !a.paused && a.currentTime > from; }",
        arg=turn["start"] + 0.5,
    )
    played_s = page.evaluate("document.querySelector('audio').currentTime")
    assert played_s < turn["end"]
    page.screenshot(path="test-results/6-evidence.png")


def test_the_recording_is_for_recruiters_only(finished: Finished, stack: Stack) -> None:
    url = f"{stack.url}{finished.detail['recording']['url']}"
    assert httpx.get(url, trust_env=False).status_code == 401


def _channels(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return left and right as float samples at 16 kHz."""
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE_HZ)
    with av.open(str(path)) as container:
        frames = [f for frame in container.decode(audio=0) for f in resampler.resample(frame)]
    samples = np.concatenate([frame.to_ndarray() for frame in frames], axis=1)
    return samples[0], samples[1]


def _stretch(channel: np.ndarray, turn: dict[str, Any]) -> np.ndarray:
    return channel[int((turn["start"] - 0.2) * RATE_HZ) : int((turn["end"] + 0.3) * RATE_HZ)]


def _power(samples: np.ndarray) -> float:
    return float(np.mean(samples.astype(np.float64) ** 2))
