"""The driver while Aila listens: soft sounds, and a follow-up that is worded beside the loop."""

import asyncio
from dataclasses import dataclass, field

from agent.interview.actions import WordFollowUp
from agent.interview.follow_up import Draft
from tests.agent.test_driver import Held, held

__all__ = ["held"]
SENTENCE = "Last year there was a colleague in our shop who could not finish her report in time."
WITHOUT_RESULT = "Last year I helped a colleague. I sorted her numbers and then I wrote the summary for her."


@dataclass
class Murmurs:
    """Soft sounds that last until the test, or the candidate's voice, ends them."""

    begun: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)

    async def murmur(self, text: str) -> None:
        self.begun.append(text)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.stopped.append(text)
            raise


class SlowWriter:
    """Words a follow-up only when the test lets it."""

    def __init__(self) -> None:
        self.asked: list[WordFollowUp] = []
        self.may_answer = asyncio.Event()

    async def word(self, action: WordFollowUp) -> Draft:
        self.asked.append(action)
        await self.may_answer.wait()
        return Draft("How did her summary end?", "llm", "accepted")


async def _murmured(held: Held) -> Murmurs:
    murmurs = Murmurs()
    held.mouth.murmur = murmurs.murmur  # type: ignore[attr-defined]
    await held.ask_first_question()
    await held.candidate_says(SENTENCE, 9.0)
    held.clock.now += 0.8
    await held.until(lambda: murmurs.begun, "a soft sound")
    return murmurs


async def test_a_soft_sound_in_a_pause_leaves_the_floor_and_is_in_the_record(held: Held) -> None:
    said_before = len(held.mouth.said)
    murmurs = await _murmured(held)
    assert murmurs.begun[0] in held.bank.phrases.backchannels
    assert [event.text for event in held.events("backchannelled")] == murmurs.begun  # type: ignore[union-attr]
    assert held.driver.interview.state.speaking is None
    assert len(held.mouth.said) > said_before, "only the opening was said"
    assert held.mouth.said[-1] == held.bank.questions[0].text


async def test_a_soft_sound_stops_when_the_candidate_goes_on(held: Held) -> None:
    murmurs = await _murmured(held)
    held.ears.speaking_since_s = held.clock.now
    await held.until(lambda: murmurs.stopped, "silence")
    assert murmurs.stopped == murmurs.begun


async def _being_worded(held: Held) -> SlowWriter:
    writer = SlowWriter()
    held.driver._wording._writer = writer
    await held.ask_first_question()
    await held.candidate_says(WITHOUT_RESULT, 40.0)
    held.clock.now += 3.0
    await held.until(lambda: writer.asked, "a follow-up is worded")
    return writer


async def test_a_button_is_obeyed_while_a_follow_up_is_being_worded(held: Held) -> None:
    await _being_worded(held)
    await held.driver.pressed("skip", "press-0009")
    await held.until(lambda: held.mouth.said[-1] in held.bank.phrases.skipped, "Aila goes on")
    assert held.events("follow_up_drafted") == []


async def test_a_candidate_who_goes_on_while_a_follow_up_is_being_worded_is_heard_and_it_is_dropped(
    held: Held,
) -> None:
    writer = await _being_worded(held)
    held.ears.speaking_since_s = held.clock.now
    held.clock.now += 0.6
    await held.until(lambda: held.events("answer_reopened"), "the answer is open again")
    writer.may_answer.set()
    await asyncio.sleep(0.1)
    assert held.events("follow_up_drafted") == []
    assert held.driver.interview.state.open_answer is not None


async def test_a_wording_that_comes_in_time_is_said(held: Held) -> None:
    writer = await _being_worded(held)
    writer.may_answer.set()
    await held.until(lambda: held.mouth.said[-1] == "How did her summary end?", "the follow-up")
    assert len(held.events("follow_up_drafted")) == 1
    assert len(writer.asked) == 1
