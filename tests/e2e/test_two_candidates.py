"""Two people are interviewed at the same time, each with her own Aila."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e import voices
from tests.e2e.candidate import Candidate
from tests.e2e.stack import Stack
from tests.e2e.voices import word_error_rate

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(400)]
ANNE = "I trained a new employee and showed him every step, until he could do the work alone."
BELA = "When the printer failed I found the broken cable myself and replaced it before lunch."
MAX_WER, MIN_WER_OF_THE_OTHERS = 0.5, 0.8
"""The voice says a sentence differently each time: one word in three may be misheard, not half of them."""


def test_two_candidates_at_once_are_heard_apart(browser: Browser, stack: Stack, tmp_path: Path) -> None:
    contexts = [browser.new_context(), browser.new_context()]
    anne = Candidate(stack, contexts[0], "Anne Hill")
    bela = Candidate(stack, contexts[1], "Bela Kun")
    speech = {
        anne: voices.spoken(ANNE, tmp_path / "anne.wav"),
        bela: voices.spoken(BELA, tmp_path / "bela.wav", voice="en-gb"),
    }
    for candidate in speech:
        candidate.begin_talking()
    for candidate in speech:
        assert candidate.next_turn().question_id == "helped_colleague"
    for candidate, words in speech.items():
        candidate.begin_to_say(words)
    for candidate, others in ((anne, speech[bela]), (bela, speech[anne])):
        candidate.wait_until_stored(12)
        heard = stack.said_by_candidate(candidate.session_id)
        assert word_error_rate(speech[candidate].text, heard) <= MAX_WER
        assert word_error_rate(others.text, heard) >= MIN_WER_OF_THE_OTHERS
    assert anne.session_id != bela.session_id
    for candidate in speech:
        candidate.leave()
    with stack.staff() as staff:
        rows = staff.get("/api/recruiter/positions/demo/ranking").json()["rows"]
    assert {"Anne Hill", "Bela Kun"} <= {row["candidate_name"] for row in rows}
    for context in contexts:
        context.close()
