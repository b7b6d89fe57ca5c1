"""Plays a spoken interview by hand: says what Aila does, moves the clock, lets the candidate speak."""

from agent.interview.actions import (
    CompleteAnswer,
    DropQuestion,
    Finish,
    Hearing,
    NoteReminder,
    ReopenAnswer,
    Say,
    Wait,
    WordFollowUp,
)
from agent.interview.interview import Interview
from question_bank.bank import Bank
from records.events import (
    AnswerCompleted,
    AnswerReopened,
    CandidateConnected,
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

FULL = (
    "Last year there was a colleague who could not finish a report. I sat down with her, I sorted the "
    "numbers and I wrote the summary. In the end we delivered the report on time and she thanked me."
)


class Stage:
    """One interview whose clock moves only when told."""

    def __init__(self, bank: Bank, events: list[Event] | None = None) -> None:
        self.events: list[Event] = list(events or [])
        self.interview = Interview(bank, self.events)
        self.now_s = self.events[-1].at_s if self.events else 0.0
        self.said: list[UtteranceStarted] = []
        self.heard_until_s: float | None = None
        self.aila_since_s = 0.0
        if not self.events:
            self.record(InterviewStarted(0.0, "voice", bank.id, bank.version, "sha256:x", "en"))
            self.record(CandidateConnected(0.5))
            self.now_s = 0.5

    def record(self, *events: Event) -> None:
        for event in events:
            self.events.append(event)
            self.interview.record(event)

    def hearing(self, **more: float | bool | str | None) -> Hearing:
        silence_s = None
        if self.heard_until_s is not None and self.heard_until_s > self.aila_since_s:
            silence_s = self.now_s - self.heard_until_s
        return Hearing(**{"silence_s": silence_s, **more})  # type: ignore[arg-type]

    def rest(self, speak: bool = True) -> list[str]:
        """Let Aila do all she wants to do now; return what she said. Her words take two seconds."""
        before = len(self.said)
        for _ in range(60):
            if self.interview.state.ended is not None:
                break
            actions = self.interview.decide(self.now_s, self.hearing())
            for action in actions:
                if isinstance(action, Say):
                    self.say(action, finish=speak)
                    break
                self._store(action)
            if isinstance(actions[-1], Wait) or self.interview.state.speaking is not None:
                break
        else:
            raise AssertionError("the decisions do not come to rest")
        return [utterance.text for utterance in self.said[before:]]

    def _store(self, action: object) -> None:
        now_s = self.now_s
        if isinstance(action, CompleteAnswer):
            self.record(AnswerCompleted(now_s, action.question_id, action.reason))
        elif isinstance(action, ReopenAnswer):
            self.record(AnswerReopened(now_s, action.question_id))
        elif isinstance(action, WordFollowUp):
            part, probe = action.missing_part, action.bank_probe
            self.record(FollowUpDrafted(now_s, action.question_id, part, probe, "bank", "no_model"))
        elif isinstance(action, NoteReminder):
            self.record(ReminderNoted(now_s, action.kind, action.question_id, action.spoken))
        elif isinstance(action, DropQuestion):
            self.record(QuestionDropped(now_s, action.question_id, action.reason))
        elif isinstance(action, Finish):
            self.record(InterviewEnded(now_s, action.reason))

    def say(self, action: Say, finish: bool = True) -> None:
        started = UtteranceStarted(
            self.now_s,
            action.turn_id,
            action.kind,
            action.text,
            action.question_id,
            action.source,
            action.repeats_turn_id,
        )
        self.said.append(started)
        self.record(started)
        self.aila_since_s = self.now_s
        if finish:
            self.now_s += 2.0
            self.record(UtteranceEnded(self.now_s, started.turn_id, False))

    def speak(self, text: str, seconds: float = 5.0, after_s: float = 1.0) -> None:
        """The candidate speaks; the words are final at once."""
        start_s = self.now_s + after_s
        self.now_s = self.heard_until_s = start_s + seconds
        self.record(*self.interview.hear(start_s, self.now_s, text))

    def reopen(self, question_id: str) -> None:
        """The candidate goes on over Aila's words, and she stops."""
        self.record(AnswerReopened(self.now_s, question_id))
        self.record(UtteranceEnded(self.now_s, self.said[-1].turn_id, True))

    def press(self, control: Control) -> None:
        self.record(ControlUsed(self.now_s, control, "pressed"))

    def wait(self, seconds: float) -> list[str]:
        self.now_s += seconds
        return self.rest()

    def answer(self, text: str = FULL, seconds: float = 40.0) -> list[str]:
        """Answer and be silent long enough; return what Aila says then."""
        self.speak(text, seconds)
        return self.wait(3.0)

    @property
    def asked(self) -> list[str]:
        return [
            utterance.question_id or ""
            for utterance in self.said
            if utterance.kind in ("question", "practice") and utterance.repeats_turn_id is None
        ]


def at_first_question(bank: Bank) -> Stage:
    stage = Stage(bank)
    stage.rest()
    stage.answer(FULL, 12.0)
    return stage
