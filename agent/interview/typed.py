"""Drives a typed interview: the text route and simulated candidates.

Each message of the candidate is one complete answer, control or question; Aila's turns come back at once.
"""

from collections.abc import Callable, Iterable
from typing import assert_never

from agent.interview.actions import (
    Backchannel,
    CompleteAnswer,
    DropQuestion,
    Finish,
    NoteReminder,
    ReopenAnswer,
    Say,
    ShowCue,
    Wait,
    WordFollowUp,
)
from agent.interview.follow_up import FollowUpWriter
from agent.interview.interview import Interview
from agent.interview.practice import stored_form
from question_bank.bank import Bank
from question_bank.loading import content_hash
from records.events import (
    AgentStarted,
    AnswerCompleted,
    CandidateSpoke,
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

MAX_ACTIONS = 200
"""Far more than one message can cause; beyond it the rules do not converge."""


class NotConverging(RuntimeError):
    """The decisions did not come to rest: a fault in the rules, never in the input."""


class TypedInterview:
    """One typed interview on top of the same core as the spoken one.

    Parameters
    ----------
    append
        Stores an event durably, or raises; called before the event takes effect.
    now_s
        Session seconds.
    """

    def __init__(
        self,
        bank: Bank,
        events: Iterable[Event],
        append: Callable[[Event], object],
        writer: FollowUpWriter,
        now_s: Callable[[], float],
    ) -> None:
        self.interview = Interview(bank, events)
        self._append, self._writer, self._now_s = append, writer, now_s

    async def start(self) -> list[UtteranceStarted]:
        """Begin, or go on after an interruption; return what Aila says."""
        state = self.interview.state
        if state.started_at_s is None:
            bank = self.interview.bank
            self._record(
                InterviewStarted(
                    self._now_s(), "text", bank.id, bank.version, content_hash(bank), bank.locale
                )
            )
        elif state.ended is None and (state.mode == "voice" or state.speaking is not None):
            # A way out of speaking, or after a crash in mid-turn: the interview goes on in writing.
            self._record(AgentStarted(self._now_s(), mode="text"))
        return await self._advance()

    async def message(self, text: str) -> list[UtteranceStarted]:
        """Take one typed message; return what Aila says to it."""
        now_s = self._now_s()
        for event in self.interview.hear(now_s, now_s, text):
            self._record(event)
            answer = self.interview.state.open_answer
            if isinstance(event, CandidateSpoke) and event.kind == "answer" and answer is not None:
                self._record(AnswerCompleted(now_s, answer.question_id, "sent"))
        return await self._advance()

    async def control(self, control: Control) -> list[UtteranceStarted]:
        """Take a pressed control; return what Aila says to it."""
        self._record(ControlUsed(self._now_s(), control, "pressed"))
        return await self._advance()

    def _record(self, event: Event) -> None:
        self._append(stored_form(self.interview.bank, event))
        self.interview.record(event)

    async def _advance(self) -> list[UtteranceStarted]:
        said: list[UtteranceStarted] = []
        for _ in range(MAX_ACTIONS):
            for action in self.interview.decide(self._now_s()):
                match action:
                    case Say():
                        said.append(self._say(action))
                    case Wait():
                        return said
                    case Finish():
                        self._record(InterviewEnded(self._now_s(), action.reason))
                        return said
                    case CompleteAnswer():
                        self._record(AnswerCompleted(self._now_s(), action.question_id, action.reason))
                    case NoteReminder():
                        self._record(
                            ReminderNoted(self._now_s(), action.kind, action.question_id, action.spoken)
                        )
                    case DropQuestion():
                        self._record(QuestionDropped(self._now_s(), action.question_id, action.reason))
                    case WordFollowUp():
                        await self._word(action)
                    case ShowCue() | ReopenAnswer() | Backchannel():
                        pass
                    case _:
                        assert_never(action)
        raise NotConverging(f"{MAX_ACTIONS} actions after one message")

    def _say(self, action: Say) -> UtteranceStarted:
        now_s = self._now_s()
        started = UtteranceStarted(
            now_s,
            action.turn_id,
            action.kind,
            action.text,
            action.question_id,
            action.source,
            action.repeats_turn_id,
        )
        self._record(started)
        self._record(UtteranceEnded(now_s, action.turn_id, interrupted=False))
        return started

    async def _word(self, action: WordFollowUp) -> None:
        draft = await self._writer.word(action)
        self._record(
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
