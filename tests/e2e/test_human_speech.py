"""A real person's voice, given to Chromium as the file of its microphone."""

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.e2e import voices
from tests.e2e.candidate import Candidate
from tests.e2e.conftest import BROWSER_FLAGS
from tests.e2e.stack import Stack
from tests.e2e.voices import Speech, word_error_rate

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(400)]
SPEAKS_AFTER_S = 50
"""By then Aila has greeted, explained and asked, also on a slow machine; she waits longer than the rest."""
MAX_WER = 0.3


def test_a_real_persons_words_arrive_from_a_wav_file_as_the_microphone(
    playwright: Playwright, chromium: str, stack: Stack, human_speech: Speech, tmp_path: Path
) -> None:
    file = tmp_path / "microphone.wav"
    voices.converted(human_speech.path, file, "", f"adelay={SPEAKS_AFTER_S * 1000}:all=1,apad=pad_dur=60")
    flag = f"--use-file-for-fake-audio-capture={file}%noloop"
    browser = playwright.chromium.launch(executable_path=chromium, args=[*BROWSER_FLAGS, flag])
    candidate = Candidate(stack, browser.new_context(), "Jack Field", own_voice=False)
    candidate.begin_talking()
    assert candidate.next_turn().question_id == "helped_colleague"
    candidate.wait_until_stored(18)
    assert word_error_rate(human_speech.text, stack.said_by_candidate(candidate.session_id)) <= MAX_WER
    candidate.screenshot("9-human-speech")
    candidate.leave()
    browser.close()
