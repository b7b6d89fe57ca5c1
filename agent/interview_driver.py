"""Runs one spoken interview: asks the core what to do, stores it, then does it."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import assert_never

from agent.cues import CueMessage, EndedMessage, ProgressMessage
from agent.interview.actions import (
    Action,
    Backchannel,
    CompleteAnswer,
    DropQuestion,
    Finish,
    Hearing,
    NoteReminder,
    ReopenAnswer,
    Say,
    ShowCue,
    Wait,
    WordFollowUp,
)
from agent.interview.decide import may_go_on
from agent.interview.follow_up import FollowUpWriter
from agent.interview.interview import Interview
from agent.interview.practice import is_practice, stored_form
from agent.protocols import Ears, Mouth, Stage
from agent.stretch import Utterance
from agent.wording import FollowUpWording
from question_bank.loading import content_hash
from records.event_log import EventLog
from records.events import (
    AgentStarted,
    AnswerCompleted,
    AnswerReopened,
    Backchannelled,
    CandidateConnected,
    CandidateDisconnected,
    Control,
    ControlUsed,
    Event,
    FollowUpDrafted,
    InterviewEnded,
    InterviewStarted,
    QuestionDropped,
    ReminderNoted,
    UtteranceEnded,
    UtteranceStarted,
)

logger = logging.getLogger(__name__)
TICK_S = 0.05
SHORTEST_TICK_S = 0.005
TICK_ALONE_S = 0.5
"""Nobody is there: nothing can be heard, and what happens wakes the loop."""
LAST_WORDS_S = 0.6
"""How long the button "leave" waits for the words just said to become final."""
BACKCHANNELS = frozenset("mm mhm mm-hmm mmhmm uh-huh uhhuh hm hmm okay ok yes yeah yep right sure".split())
STOPS_AILA: frozenset[Control] = frozenset({"repeat", "skip", "done", "pause", "moment", "leave"})


class InterviewDriver:
    """One interview's loop. Every event is stored before anybody hears or sees its effect."""

    def __init__(
        self,
        interview: Interview,
        log: EventLog,
        now_s: Callable[[], float],
        mouth: Mouth,
        stage: Stage,
        writer: FollowUpWriter,
        barge_in_s: float,
    ) -> None:
        self.interview = interview
        self._log, self._now_s = log, now_s
        self._mouth, self._stage = mouth, stage
        self._barge_in_s = barge_in_s
        self._ears: Ears | None = None
        self._speech: asyncio.Task[None] | None = None
        self._murmur: asyncio.Task[None] | None = None
        self._aila_since_s = 0.0
        self._holds_floor = False
        self._storing = asyncio.Lock()
        self._shown: ProgressMessage | None = None
        self._cue: str | None = None
        self._wake = asyncio.Event()
        self._undecided = 0
        self._flushing: set[asyncio.Task[None]] = set()
        self._wording = FollowUpWording(interview, writer, self._wake.set)

    # --- what happens to the interview -------------------------------------------------------------

    async def begin(self) -> None:
        """Store the start, or that this process took over."""
        now_s = self._now_s()
        if self.interview.state.started_at_s is None:
            bank = self.interview.bank
            await self._record(
                InterviewStarted(now_s, "voice", bank.id, bank.version, content_hash(bank), bank.locale)
            )
        else:
            await self._record(AgentStarted(now_s, mode="voice"))

    async def candidate_connected(self, ears: Ears) -> None:
        self._ears = ears
        await self._record(CandidateConnected(self._now_s()))
        self._shown = None

    async def candidate_disconnected(self) -> None:
        with self._deciding_later():
            if self._ears is not None:
                await self._ears.flush()
                self._ears = None
            await self._silence()
            await self._record(CandidateDisconnected(self._now_s()))

    async def heard(self, utterance: Utterance) -> None:
        """Take a finished stretch of the candidate's speech."""
        speaking = self.interview.state.speaking
        if speaking is not None and _is_backchannel(utterance.text):
            return
        for event in self.interview.hear(utterance.start_s, utterance.end_s, utterance.text, utterance.words):
            await self._record(event)

    async def pressed(self, control: Control, press_id: str | None = None) -> None:
        """Take a button of the candidate's; what was just being said is heard to its end first."""
        press = ControlUsed(self._now_s(), control, "pressed", press_id)
        with self._deciding_later():
            if not self.interview.changes_nothing(press):
                if control in STOPS_AILA:
                    await self._silence()
                # Words that come later still join the answer they were said in.
                if self._ears is not None and control == "leave":
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(LAST_WORDS_S):
                            await self._ears.flush()
                elif self._ears is not None and control in ("done", "skip"):
                    self._flush_later(self._ears)
            await self._record(replace(press, at_s=self._now_s()))

    def _flush_later(self, ears: Ears) -> None:
        """Have the words just said become final beside the loop."""
        task = asyncio.create_task(ears.flush())
        self._flushing.add(task)
        task.add_done_callback(self._flushing.discard)

    @contextlib.contextmanager
    def _deciding_later(self) -> Iterator[None]:
        """Keep the loop from going on with the script while something that changes it is being stored."""
        self._undecided += 1
        try:
            yield
        finally:
            self._undecided -= 1
            self._wake.set()

    # --- the loop ----------------------------------------------------------------------------------

    async def run(self) -> None:
        """Run until the interview has ended."""
        try:
            await self._hold()
        finally:
            self._wording.stop()
            for task in self._flushing:
                task.cancel()
            await self._stop_murmur()

    async def _hold(self) -> None:
        while self.interview.state.ended is None:
            now_s = self._now_s()
            await self._finish_speech()
            hearing = self._hearing(now_s)
            if hearing.candidate_speaking:
                await self._stop_murmur()
            await self._stop_if_interrupted(now_s, hearing)
            rest_s = TICK_S if self._ears is not None else TICK_ALONE_S
            for action in self.interview.decide(now_s, hearing) if not self._undecided else ():
                await self._perform(action)
                if isinstance(action, Say | Finish):
                    break
                if isinstance(action, Wait) and action.until_s is not None:
                    rest_s = min(rest_s, max(0.0, action.until_s - self._now_s()))
            self._wording.forget_old()
            self._wording.look_ahead(now_s, hearing)
            await self._show_progress()
            # Not wait_for: on Python 3.11 it loses a cancellation that comes together with its timeout.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(SHORTEST_TICK_S, rest_s)):
                    await self._wake.wait()
            self._wake.clear()

    def _hearing(self, now_s: float) -> Hearing:
        if self._ears is None:
            return Hearing()
        return self._ears.hearing(now_s, self._aila_since_s)

    async def _stop_if_interrupted(self, now_s: float, hearing: Hearing) -> None:
        if self._speech is None or self._ears is None or self._holds_floor:
            return
        if not hearing.candidate_speaking:
            self._mouth.go_on()
            return
        if may_go_on(self.interview.state, now_s):
            # She falls silent at the first sound of an answer that goes on, and continues after a cough.
            self._mouth.hold()
        since_s = self._ears.speaking_since_s
        if since_s is None or now_s - since_s < self._barge_in_s:
            return
        for action in self.interview.decide(now_s, hearing):
            if isinstance(action, ReopenAnswer):
                await self._perform(action)
                return
        await self._silence()

    async def _perform(self, action: Action) -> None:
        now_s = self._now_s()
        match action:
            case Say():
                await self._say(action)
            case CompleteAnswer():
                await self._record(AnswerCompleted(now_s, action.question_id, action.reason))
            case Backchannel():
                await self._record(Backchannelled(now_s, action.question_id, action.text))
                await self._stop_murmur()
                self._murmur = asyncio.create_task(self._mouth.murmur(action.text))
            case ReopenAnswer():
                # Only a sustained voice reopens: a cough over Aila's words changes nothing.
                if self._sustained(now_s):
                    await self._record(AnswerReopened(now_s, action.question_id))
                    await self._silence()
            case NoteReminder():
                await self._record(ReminderNoted(now_s, action.kind, action.question_id, action.spoken))
            case DropQuestion():
                await self._record(QuestionDropped(now_s, action.question_id, action.reason))
            case WordFollowUp():
                await self._word(action)
            case ShowCue():
                await self._show_cue(action)
            case Wait():
                pass
            case Finish():
                await self._record(InterviewEnded(now_s, action.reason))
                await self._stage.show(EndedMessage(reason=action.reason))
            case _:
                assert_never(action)

    def _sustained(self, now_s: float) -> bool:
        since_s = self._ears.speaking_since_s if self._ears is not None else None
        return since_s is not None and now_s - since_s >= self._barge_in_s

    async def _show_cue(self, action: ShowCue) -> None:
        if action.name != self._cue:
            self._cue = action.name
            await self._stage.show(CueMessage(name=action.name, at_s=round(self._now_s(), 2)))

    async def _word(self, action: WordFollowUp) -> None:
        draft = self._wording.draft(action)
        if draft is None:
            return
        await self._record(
            FollowUpDrafted(
                self._now_s(),
                action.question_id,
                action.missing_part,
                draft.text,
                draft.source,
                draft.verdict,
                draft.prompt,
                draft.output,
                draft.latency_s,
            )
        )

    # --- Aila's voice --------------------------------------------------------------------------------

    async def _say(self, action: Say) -> None:
        started = UtteranceStarted(
            self._now_s(),
            action.turn_id,
            action.kind,
            action.text,
            action.question_id,
            action.source,
            action.repeats_turn_id,
        )
        await self._record(started)
        self._aila_since_s = started.at_s
        self._holds_floor = action.holds_floor
        self._cue = None
        await self._stop_murmur()
        # Her voice waits for no message to the page.
        self._speech = asyncio.create_task(self._mouth.say(action.text))
        self._speech.add_done_callback(lambda _: self._wake.set())
        await self._stage.state("speaking")
        await self._stage.aila_says(action.turn_id, action.text)

    async def _stop_murmur(self) -> None:
        """Never a sound of hers over the candidate's voice, and never two of her own."""
        murmur, self._murmur = self._murmur, None
        if murmur is None:
            return
        murmur.cancel()
        await asyncio.wait({murmur})
        if not murmur.cancelled() and murmur.exception() is not None:
            logger.error("Aila's voice failed: %s", type(murmur.exception()).__name__)

    async def _finish_speech(self) -> None:
        """Store the end of what Aila said, once it is over."""
        speech, saying = self._speech, self.interview.state.speaking
        if speech is None or not speech.done():
            return
        self._speech = None
        cut = speech.cancelled()
        if not cut and speech.exception() is not None:
            # Her voice failed: the caption was shown, and the interview goes on.
            logger.error("Aila's voice failed: %s", type(speech.exception()).__name__)
        if saying is not None:
            heard = self._mouth.heard
            await self._record(UtteranceEnded(self._now_s(), saying.turn_id, interrupted=cut))
            if cut:
                await self._stage.aila_says(saying.turn_id, f"{heard} …".strip())
        await self._stage.state("listening")

    async def _silence(self) -> None:
        """Stop Aila's voice, if she speaks, and store it."""
        speech = self._speech
        if speech is None:
            return
        speech.cancel()
        await asyncio.wait({speech})
        await self._finish_speech()

    @property
    def practising(self) -> bool:
        """Whether what the candidate says belongs to the practice question: nothing of it is kept."""
        return is_practice(self.interview.bank, self.interview.state.current)

    # --- storing and showing -----------------------------------------------------------------------

    async def _record(self, event: Event) -> None:
        async with self._storing:
            await asyncio.to_thread(self._log.append, stored_form(self.interview.bank, event))
            self.interview.record(event)
        self._wake.set()

    async def _show_progress(self) -> None:
        progress = self.interview.progress(self._now_s())
        message = ProgressMessage(
            phase=progress.phase,
            question_id=progress.question_id,
            question_text=progress.question_text,
            question_number=progress.question_number,
            question_count=progress.question_count,
            minutes_left=progress.minutes_left,
            floor=progress.floor,
            paused=progress.paused,
        )
        if message != self._shown:
            self._shown = message
            await self._stage.show(message)


def _is_backchannel(text: str) -> bool:
    words = [word.strip(".,!?").lower() for word in text.split()]
    return len(words) <= 2 and all(word in BACKCHANNELS for word in words)
