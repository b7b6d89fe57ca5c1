"""A whole interview over a real livekit-server; its agent is killed in the middle of an answer."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import psutil
import pytest
import pytest_asyncio
from livekit import api
from livekit.protocol.models import ParticipantInfo
from ruamel.yaml import YAML

from question_bank.bank import Bank
from question_bank.library import BankLibrary
from records.events import AgentStarted, CandidateSpoke, Event, UtteranceStarted
from records.media import segments_dir
from records.projection import project
from tests.agent.candidate import Candidate, espeak
from tests.agent.clips import word_error_rate
from tests.agent.stack import VoiceStack
from worker.settings import WorkerSettings
from worker.watchdog import WaitingSession, Watchdog, keep_watching

pytestmark = [pytest.mark.stack, pytest.mark.models, pytest.mark.timeout(240)]
BEFORE = "Last spring a colleague of mine could not finish the monthly report. I sat down with her."
LOST = "Then we looked at all the numbers together and"
AFTER = "We delivered the report on time, and she thanked me for my help."
SECOND = "I planned the move of our office. I wrote a list and we were ready in two weeks."


@dataclass
class Held:
    """What came of the interview."""

    bank: Bank
    session_id: str
    candidate: Candidate
    events: list[Event]
    words_before: str
    asked_again: str
    agents_seen: int
    """The most agents that were in the room at once."""
    killed: int


def brief_bank(stack: VoiceStack) -> Bank:
    """Return the demo bank with little to say and two questions, as a bank of the installation's own."""
    demo = BankLibrary().load("demo").model_dump(mode="json", by_alias=True)
    questions = [question | {"follow_up_budget": 0} for question in demo["questions"][:2]]
    questions[0]["text"] = "When did you help a colleague?"
    questions[1]["text"] = "What have you planned?"
    brief = demo | {
        "id": "brief",
        "follow_up_budget": 0,
        "greeting": "Hello, I am Aila.",
        "guideline": "Please tell me all of it.",
        "closing": "Thank you, and goodbye.",
        "questions": questions,
    }
    with (stack.installation.banks_dir / "brief-1.0.0.yaml").open("w") as file:
        YAML(typ="safe").dump(brief, file)
    return BankLibrary(stack.installation.banks_dir).load("brief")


def job_in_a_call(stack: VoiceStack) -> psutil.Process:
    """Return the process that holds the interview: media travels over UDP."""
    for process in psutil.Process(stack.processes["agent"].pid).children(recursive=True):
        with suppress(psutil.Error):
            if any(connection.type == 2 for connection in process.net_connections(kind="inet4")):
                return process
    raise LookupError("no process of the agent's is in a call")


async def count_agents(client: api.LiveKitAPI, room: str, seen: list[int]) -> None:
    """Note every tenth of a second how many agents are in the room."""
    while True:
        with suppress(api.TwirpError):
            found = await client.room.list_participants(api.ListParticipantsRequest(room=room))
            seen.append(sum(p.kind == ParticipantInfo.Kind.AGENT for p in found.participants))
        await asyncio.sleep(0.1)


async def eventually(condition: Callable[[], object], what: str, within_s: float = 60.0) -> None:
    deadline_s = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline_s:
            raise TimeoutError(what)
        await asyncio.sleep(0.1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def held(stack: VoiceStack) -> Held:
    bank = brief_bank(stack)
    first, second = (question.id for question in bank.questions)
    session_id = stack.new_session(bank=bank)
    room = f"aila-{session_id}"
    key, secret = stack.installation.livekit_key, stack.installation.livekit_secret

    async def waiting() -> list[WaitingSession]:
        return [WaitingSession(session_id, room)]

    def said() -> str:
        return " ".join(e.text for e in stack.events(session_id) if e.type == "candidate_spoke")

    async with api.LiveKitAPI(stack.url, key, secret) as client:
        watchdog = Watchdog(client, waiting, WorkerSettings(), stack.installation.run_dir)
        seen: list[int] = []
        beside = [
            asyncio.create_task(keep_watching(watchdog, 0.5)),
            asyncio.create_task(count_agents(client, room, seen)),
        ]
        candidate = Candidate(stack.url, stack.token(session_id))
        await candidate.join()
        await candidate.until_asked(first)
        await candidate.say(espeak(BEFORE))
        await eventually(lambda: len(said().split()) >= 14, "the first words are stored")
        words_before = said()
        saying = asyncio.create_task(candidate.say(espeak(LOST)))
        await asyncio.sleep(2.4)
        process = job_in_a_call(stack)
        process.kill()
        candidate.hush()
        await saying
        await eventually(
            lambda: any(isinstance(e, AgentStarted) for e in stack.events(session_id)), "another agent comes"
        )
        asked_again = await candidate.until_asked()
        await candidate.until(lambda: candidate.quiet_for_s() > 0.8, 30, "Aila has asked again")
        await candidate.say(espeak(AFTER))
        await candidate.press("done")
        await candidate.until_asked(second)
        await candidate.say(espeak(SECOND))
        await candidate.press("done")
        await candidate.until(lambda: candidate.ended, 60, "the end")
        await eventually(lambda: stack.status(session_id) == "ended", "the session is marked as ended")
        await candidate.leave()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
    events = stack.events(session_id)
    question_id = str(asked_again["question_id"])
    return Held(bank, session_id, candidate, events, words_before, question_id, max(seen), process.pid)


def test_after_a_killed_agent_the_same_question_is_asked_by_another(held: Held) -> None:
    assert not psutil.pid_exists(held.killed)
    assert held.asked_again == held.bank.questions[0].id
    taken_over = next(n for n, event in enumerate(held.events) if isinstance(event, AgentStarted))
    asked = [e for e in held.events[taken_over:] if isinstance(e, UtteranceStarted)]
    assert asked[0].text in held.bank.phrases.welcome_back
    assert asked[1].question_id == held.bank.questions[0].id
    assert asked[1].text == held.bank.questions[0].text


def test_nothing_that_was_final_is_lost_and_the_answer_goes_on(held: Held) -> None:
    transcript = project(held.session_id, held.bank, held.events)
    answer = " ".join(
        turn.text
        for turn in transcript.turns
        if turn.speaker == "candidate" and turn.question_id == held.bank.questions[0].id
    )
    assert answer.startswith(held.words_before)
    assert word_error_rate(BEFORE, held.words_before) <= 0.35
    after = answer[len(held.words_before) :]
    assert word_error_rate(f"{LOST} {AFTER}", after) <= 0.5
    assert "report" in after


def test_what_was_said_while_the_agent_died_is_heard_from_the_recording(held: Held) -> None:
    taken_over = next(n for n, event in enumerate(held.events) if isinstance(event, AgentStarted))
    again = [e for e in held.events[taken_over:] if isinstance(e, CandidateSpoke)]
    before_s = held.events[taken_over].at_s
    recovered = " ".join(e.text for e in again if e.at_s < before_s).lower()
    assert {"look", "looked", "numbers"} & set(recovered.replace(".", "").split())
    assert all(e.question_id == held.bank.questions[0].id for e in again if e.at_s < before_s)


def test_never_two_agents_are_in_the_room(held: Held) -> None:
    assert held.agents_seen == 1


def test_every_question_is_asked_and_answered_and_the_interview_closed(held: Held) -> None:
    spoken = [e.text for e in held.events if isinstance(e, UtteranceStarted)]
    assert spoken[:2] == [held.bank.greeting, held.bank.guideline]
    assert spoken[-1] == held.bank.closing
    second = [
        e.text
        for e in held.events
        if e.type == "candidate_spoke" and e.question_id == held.bank.questions[1].id
    ]
    assert word_error_rate(SECOND, " ".join(second)) <= 0.35
    assert held.events[-1].type == "interview_ended"
    assert held.events[-1].reason == "completed"


def test_the_candidate_hears_her_and_reads_both_sides(held: Held) -> None:
    assert sum(sound.duration_s for sound in held.candidate.sounds) > 5.0
    captions = held.candidate.captions
    assert any(c["text"] == held.bank.greeting and c["identity"].startswith("agent") for c in captions)
    own = [c for c in captions if c["identity"] == f"candidate-{held.session_id}"]
    assert any(c["final"] for c in own) and any(not c["final"] for c in own)


def test_both_processes_recorded_both_sides(held: Held, stack: VoiceStack) -> None:
    files = sorted(segments_dir(stack.installation, held.session_id).glob("*.pcm"))
    assert len(files) == 2
    assert all(path.stat().st_size > 16_000 * 4 for path in files)
