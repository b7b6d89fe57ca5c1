"""The driver with a clock, ears, a mouth and a stage of the test's own, and a real record."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from agent.cues import AilaMessage, CueMessage, EndedMessage
from agent.interview.actions import Hearing
from agent.interview.interview import Interview
from agent.interview.llm_writer import writer_from_settings
from agent.interview_driver import InterviewDriver
from agent.stretch import Utterance
from question_bank.bank import Bank
from question_bank.library import BankLibrary
from question_bank.loading import content_hash
from records import invitations, sessions
from records.database import Database
from records.demo import DEMO_POSITION, ensure_demo
from records.errors import SequenceConflict
from records.event_log import EventLog
from records.events import AgentStarted, AnswerCompleted, CandidateConnected, Event, InterviewStarted
from records.installation import Installation

LONG = (
    "Last spring a colleague of mine could not finish the monthly report. I sat down with her, I sorted "
    "the numbers and I wrote the summary. In the end we delivered it on time and she thanked me."
)


@dataclass
class Clock:
    now: float = 3.0

    def now_s(self) -> float:
        return self.now


@dataclass
class Ears:
    """What the candidate does right now."""

    speaking_since_s: float | None = None
    last_voice_s: float | None = None
    flushed: int = 0
    interim_text: str = ""

    def hearing(self, now_s: float, turn_since_s: float) -> Hearing:
        silence_s = None
        if self.last_voice_s is not None and self.last_voice_s > turn_since_s:
            silence_s = max(0.0, now_s - self.last_voice_s)
        since_s = self.speaking_since_s
        return Hearing(
            candidate_speaking=since_s is not None,
            speaking_s=now_s - since_s if since_s is not None else None,
            silence_s=silence_s,
            interim_text=self.interim_text,
        )

    async def flush(self) -> None:
        self.flushed += 1


@dataclass
class Mouth:
    """Speaks until the test lets it end."""

    said: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    murmured: list[str] = field(default_factory=list)
    held: bool = False
    heard: str = "as far as that"
    silent: bool = False
    may_end: asyncio.Event = field(default_factory=asyncio.Event)

    async def say(self, text: str) -> None:
        self.said.append(text)
        if self.silent:
            return
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.cut.append(text)
            raise

    async def murmur(self, text: str) -> None:
        self.murmured.append(text)

    def hold(self) -> None:
        self.held = True

    def go_on(self) -> None:
        self.held = False


@dataclass
class Stage:
    log: EventLog
    messages: list[AilaMessage] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    stored_when_shown: list[bool] = field(default_factory=list)

    async def show(self, message: AilaMessage) -> None:
        self.messages.append(message)

    async def aila_says(self, turn_id: str, text: str) -> None:
        self.captions.append(text)
        stored = [e.text for e in self.log.events() if e.type == "utterance_started"]
        self.stored_when_shown.append(text in stored)

    async def state(self, name: str) -> None:
        self.states.append(name)


@dataclass
class Held:
    """One interview in the hands of a test."""

    driver: InterviewDriver
    log: EventLog
    clock: Clock
    mouth: Mouth
    stage: Stage
    bank: Bank
    ears: Ears = field(default_factory=Ears)

    async def until(self, condition: Callable[[], object], what: str, step_s: float = 0.0) -> None:
        """Let the driver run until ``condition``; the clock goes on by ``step_s`` at each look."""
        for _ in range(2000):
            if condition():
                return
            self.clock.now += step_s
            await asyncio.sleep(0.005)
        raise AssertionError(f"never: {what}; said so far: {self.mouth.said}")

    def events(self, kind: str) -> list[Event]:
        return [event for event in self.log.events() if event.type == kind]

    async def ask_first_question(self) -> None:
        """Let Aila say her opening and her first question, each to its end."""
        self.mouth.silent = True
        await self.driver.candidate_connected(self.ears)
        await self.until(
            lambda: (
                self.driver.interview.state.open_answer is not None
                and self.driver.interview.state.speaking is None
            ),
            "the first question",
            step_s=0.1,
        )
        self.mouth.silent = False

    async def candidate_says(self, text: str, seconds: float) -> None:
        start_s = self.clock.now + 0.5
        self.ears.speaking_since_s = start_s
        self.clock.now = start_s + seconds
        self.ears.speaking_since_s = None
        self.ears.last_voice_s = self.clock.now
        await self.driver.heard(Utterance(start_s, self.clock.now, text, ()))


@pytest.fixture
async def held(tmp_path: Path) -> AsyncIterator[Held]:
    installation = Installation.open(tmp_path / "data")
    database = Database(installation.database_url)
    database.migrate()
    bank = BankLibrary().load("demo")
    with database.transaction() as session:
        ensure_demo(session)
        invitation, _ = invitations.create(
            session, installation, DEMO_POSITION, "Kim Larsen", timedelta(days=2)
        )
        pins = sessions.Pins(bank.id, bank.version, content_hash(bank), "behavioural", "1.0.0")
        created, _ = sessions.create_or_get(session, invitation, "voice", pins)
        session_id = created.id
    log = EventLog(database, session_id)
    clock, mouth, stage = Clock(), Mouth(), Stage(EventLog(database, session_id))
    driver = InterviewDriver(
        Interview(bank), log, clock.now_s, mouth, stage, writer_from_settings(), barge_in_s=0.5
    )
    await driver.begin()
    running = asyncio.create_task(driver.run())
    yield Held(driver, log, clock, mouth, stage, bank)
    running.cancel()
    await asyncio.wait({running})
    database.close()


async def test_nothing_is_said_before_the_candidate_is_there(held: Held) -> None:
    await asyncio.sleep(0.3)
    assert held.mouth.said == []
    assert isinstance(held.log.events()[0], InterviewStarted)
    await held.driver.candidate_connected(held.ears)
    await held.until(lambda: held.mouth.said, "the greeting")
    assert held.mouth.said == [held.bank.greeting]


async def test_what_aila_says_is_stored_before_it_is_shown(held: Held) -> None:
    await held.ask_first_question()
    assert held.stage.captions[0] == held.bank.greeting
    assert held.stage.captions[-1] == held.bank.questions[0].text
    assert all(held.stage.stored_when_shown)
    assert held.stage.states[:2] == ["speaking", "listening"]


async def test_a_sustained_voice_stops_aila_and_a_cough_does_not(held: Held) -> None:
    await held.driver.candidate_connected(held.ears)
    await held.until(lambda: held.mouth.said, "the greeting")
    held.clock.now += 1.0
    held.ears.speaking_since_s = held.clock.now - 0.3
    await asyncio.sleep(0.2)
    assert held.mouth.cut == []
    held.ears.speaking_since_s = None
    await asyncio.sleep(0.1)
    held.ears.speaking_since_s = held.clock.now
    held.clock.now += 0.6
    await held.until(lambda: held.mouth.cut, "Aila stops")
    assert held.mouth.cut == [held.bank.greeting]
    await held.until(lambda: held.events("utterance_ended"), "its end is stored")
    [ended] = held.events("utterance_ended")
    assert ended.interrupted  # type: ignore[union-attr]
    await held.until(lambda: len(held.stage.captions) > 1, "the caption ends where she was stopped")
    assert held.stage.captions[:2] == [held.bank.greeting, "as far as that …"]


async def test_an_answer_is_waited_for_and_then_the_next_thing_is_said(held: Held) -> None:
    await held.ask_first_question()
    said_before = len(held.mouth.said)
    await held.candidate_says(LONG, 40.0)
    held.clock.now += 0.5
    await asyncio.sleep(0.2)
    assert len(held.mouth.said) == said_before, "half a second is a thinking pause"
    cues = [m.name for m in held.stage.messages if isinstance(m, CueMessage)]
    assert "nod" in cues
    held.clock.now += 2.5
    await held.until(lambda: len(held.mouth.said) > said_before, "Aila's reply")
    [completed] = held.events("answer_completed")
    assert isinstance(completed, AnswerCompleted)
    assert (completed.question_id, completed.reason) == (held.bank.questions[0].id, "turn_policy")


async def test_aila_holds_at_the_first_sound_after_an_answer_and_continues_after_a_cough(held: Held) -> None:
    await held.ask_first_question()
    await held.candidate_says(LONG, 40.0)
    held.clock.now += 3.0
    said_before = len(held.mouth.said)
    await held.until(lambda: len(held.mouth.said) > said_before, "Aila's reply")
    held.ears.speaking_since_s = held.clock.now
    await held.until(lambda: held.mouth.held, "she holds")
    held.ears.speaking_since_s = None
    await held.until(lambda: not held.mouth.held, "she continues")
    assert held.mouth.cut == []
    assert held.events("answer_reopened") == []


async def test_a_candidate_who_goes_on_silences_aila_and_the_answer_stays_one(held: Held) -> None:
    await held.ask_first_question()
    await held.candidate_says(LONG, 40.0)
    held.clock.now += 3.0
    said_before = len(held.mouth.said)
    await held.until(lambda: len(held.mouth.said) > said_before, "Aila's reply")
    held.ears.speaking_since_s = held.clock.now + 0.1
    held.clock.now += 0.8
    await held.until(lambda: held.mouth.cut, "Aila stops")
    await held.until(lambda: held.events("answer_reopened"), "the answer is open again")
    await held.candidate_says("And afterwards I showed her how to do it herself.", 4.0)
    state = held.driver.interview.state
    assert state.open_answer is not None
    assert state.open_answer.question_id == held.bank.questions[0].id
    assert state.open_answer.text == f"{LONG} And afterwards I showed her how to do it herself."


async def test_mm_hm_while_aila_speaks_is_no_answer(held: Held) -> None:
    await held.driver.candidate_connected(held.ears)
    await held.until(lambda: held.mouth.said, "the greeting")
    await held.driver.heard(Utterance(held.clock.now, held.clock.now + 0.4, "Mm-hmm, okay.", ()))
    assert held.events("candidate_spoke") == []
    await held.driver.heard(Utterance(held.clock.now, held.clock.now + 0.9, "Okay, could you wait", ()))
    assert len(held.events("candidate_spoke")) == 1


async def test_a_button_waits_for_the_words_that_are_being_said(held: Held) -> None:
    await held.ask_first_question()
    await held.candidate_says(LONG, 20.0)
    await held.driver.pressed("done", "press-0001")
    assert held.ears.flushed == 1
    said_before = len(held.mouth.said)
    await held.until(lambda: len(held.mouth.said) > said_before, "Aila goes on without a silence")
    assert [e.id for e in held.events("control_used")] == ["press-0001"]  # type: ignore[union-attr]


async def test_a_button_does_not_wait_for_a_recogniser_that_is_gone(held: Held) -> None:
    await held.ask_first_question()
    await held.candidate_says(LONG, 20.0)
    never = asyncio.Event()

    async def hangs() -> None:
        await never.wait()

    held.ears.flush = hangs  # type: ignore[method-assign]
    await held.driver.pressed("done", "press-0004")
    said_before = len(held.mouth.said)
    await held.until(lambda: len(held.mouth.said) > said_before, "Aila goes on")
    late = Utterance(held.clock.now - 1.0, held.clock.now - 0.5, "and that was in April", ())
    await held.driver.heard(late)
    answer = held.driver.interview.state.answer(held.bank.questions[0].id)
    assert answer.text == f"{LONG} and that was in April", "words that come late join their answer"


async def test_a_failed_voice_does_not_end_the_interview(held: Held) -> None:
    async def broken(text: str) -> None:
        held.mouth.said.append(text)
        raise RuntimeError("no voice")

    held.mouth.say = broken  # type: ignore[method-assign]
    await held.driver.candidate_connected(held.ears)
    await held.until(lambda: held.bank.guideline in held.mouth.said, "Aila goes on", step_s=0.1)
    assert held.bank.greeting in held.stage.captions


async def test_a_candidate_who_leaves_silences_aila_and_is_waited_for(held: Held) -> None:
    await held.driver.candidate_connected(held.ears)
    await held.until(lambda: held.mouth.said, "the greeting")
    await held.driver.candidate_disconnected()
    assert held.mouth.cut == [held.bank.greeting]
    assert held.ears.flushed == 1
    said_before = len(held.mouth.said)
    await asyncio.sleep(0.2)
    assert len(held.mouth.said) == said_before
    await held.driver.candidate_connected(Ears())
    await held.until(lambda: len(held.mouth.said) > said_before, "a welcome")
    assert held.mouth.said[said_before] in held.bank.phrases.welcome_back


async def test_who_leaves_for_good_ends_the_interview(held: Held) -> None:
    await held.ask_first_question()
    held.mouth.silent = True
    await held.driver.pressed("leave", "press-0002")
    await held.until(lambda: held.events("interview_ended"), "the end", step_s=0.1)
    await held.until(
        lambda: any(isinstance(message, EndedMessage) for message in held.stage.messages), "the page is told"
    )


async def test_a_second_process_that_took_over_stops_the_first(held: Held) -> None:
    await held.ask_first_question()
    other = EventLog(held.log._database, held.log.session_id)
    other.append(AgentStarted(held.clock.now, mode="voice"))
    other.append(CandidateConnected(held.clock.now + 0.1))
    with pytest.raises(SequenceConflict):
        await held.driver.pressed("repeat", "press-0003")
