"""Whole interviews on a virtual clock: scripted candidates against the same core as real ones.

The driver is shaped like the voice body: words become final some time after they were said, Aila's
words take time, a voice over hers stops her. It jumps from one moment that matters to the next.
"""

from dataclasses import dataclass, field
from random import Random
from typing import assert_never

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
from agent.interview.interview import Interview
from agent.interview.simulated_candidates import Absence, Behaviour, Plan, Press, Speech
from question_bank.bank import Bank
from question_bank.loading import content_hash
from records.events import (
    AgentStarted,
    AnswerCompleted,
    AnswerReopened,
    Backchannelled,
    CandidateConnected,
    CandidateDisconnected,
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

AILA_WORDS_PER_S = 2.6
FINAL_AFTER_S = 0.7
"""From the end of speech to its final words."""
BARGE_IN_S = 0.5
STEP_S = 0.5
FINE_STEP_S = 0.1
"""While both speak."""
LONGEST_S = 4 * 3600.0
MAX_ACTIONS = 50


class EndlessInterview(RuntimeError):
    """An interview did not end, or a decision did not come to rest: a fault in the rules."""


@dataclass(slots=True)
class _Planned:
    start_s: float
    end_s: float
    what: Speech | Press | Absence
    after_turn: str
    """The utterance of Aila's that it reacts to."""
    begun: bool = False
    done: bool = False


@dataclass(slots=True)
class SpokenSimulation:
    """One scripted candidate's spoken interview.

    Parameters
    ----------
    bank
        The bank to ask from.
    behaviour
        What the candidate does.
    seed
        Chance: the same seed gives the same interview.
    """

    bank: Bank
    behaviour: Behaviour
    seed: int
    now_s: float = 0.0
    events: list[Event] = field(default_factory=list)
    cut_offs: int = 0
    """How often an answer was judged over while the candidate had more to say."""
    words_said: int = 0
    interview: Interview = field(init=False)
    _rng: Random = field(init=False)
    _planned: list[_Planned] = field(default_factory=list)
    _finals: list[tuple[float, _Planned]] = field(default_factory=list)
    _saying_until_s: float | None = None
    _holds_floor: bool = False
    _aila_since_s: float = 0.0
    _last_voice_s: float | None = None
    _plans: int = 0
    _back_at_s: float | None = None
    _agent_back: bool = False

    def __post_init__(self) -> None:
        self.interview = Interview(self.bank)
        self._rng = Random(self.seed)

    def run(self) -> "SpokenSimulation":
        """Hold the interview to its end.

        Raises
        ------
        EndlessInterview
            If it does not come to an end.
        """
        bank = self.bank
        self._record(InterviewStarted(0.0, "voice", bank.id, bank.version, content_hash(bank), bank.locale))
        self._record(CandidateConnected(0.2))
        self.now_s = 0.2
        while self.interview.state.ended is None:
            if self.now_s > LONGEST_S:
                raise EndlessInterview(f"still going on after {LONGEST_S:.0f} s of interview")
            self._candidate_acts()
            self._words_become_final()
            self._aila_comes_to_an_end()
            self._advance(self._aila_acts())
        return self

    # --- the candidate -----------------------------------------------------------------------------

    def _candidate_acts(self) -> None:
        if self._back_at_s is not None:
            if self.now_s < self._back_at_s:
                return
            self._come_back()
        for planned in [p for p in self._planned if not p.done and p.start_s <= self.now_s]:
            if isinstance(planned.what, Speech):
                self._speak(planned)
            elif isinstance(planned.what, Press):
                planned.done = True
                press = ControlUsed(self.now_s, planned.what.control, "pressed")
                if not self.interview.changes_nothing(press):
                    self._silence_aila()
                self._record(press)
            else:
                planned.done = True
                self._go_away(planned.what)
                return

    def _speak(self, planned: _Planned) -> None:
        planned.begun = True
        self._last_voice_s = min(self.now_s, planned.end_s)
        if self.now_s >= planned.end_s:
            planned.done = True
            self._finals.append((planned.end_s + FINAL_AFTER_S, planned))

    def _words_become_final(self) -> None:
        for due_s, planned in [final for final in self._finals if final[0] <= self.now_s]:
            self._finals.remove((due_s, planned))
            if not isinstance(planned.what, Speech):
                continue
            self.words_said += len(planned.what.text.split())
            for event in self.interview.hear(planned.start_s, planned.end_s, planned.what.text):
                self._record(event)

    def _go_away(self, absence: Absence) -> None:
        for _, planned in list(self._finals):
            self._finals = [(self.now_s, p) if p is planned else (d, p) for d, p in self._finals]
        self._words_become_final()
        self._planned.clear()
        self._back_at_s = self.now_s + absence.duration_s
        self._agent_back = absence.what == "agent"
        if absence.what == "network":
            self._silence_aila()
            self._record(CandidateDisconnected(self.now_s))
        else:
            self._saying_until_s = None

    def _come_back(self) -> None:
        self._back_at_s = None
        if self._agent_back:
            self.interview = Interview(self.bank, self.events)
            self._record(AgentStarted(self.now_s, mode="voice"))
        self._record(CandidateConnected(self.now_s))

    def _speaking(self) -> _Planned | None:
        return next((p for p in self._planned if p.begun and not p.done), None)

    # --- Aila --------------------------------------------------------------------------------------

    def _aila_acts(self) -> float | None:
        """Perform decisions until they come to rest; return until when, None for no limit."""
        if self._back_at_s is not None and self._agent_back:
            return self._back_at_s
        for _ in range(MAX_ACTIONS):
            for action in self.interview.decide(self.now_s, self._hearing()):
                if isinstance(action, Wait):
                    self._stop_if_interrupted()
                    return action.until_s
                if self._perform(action):
                    break
            if self.interview.state.ended is not None:
                return None
        raise EndlessInterview(f"{MAX_ACTIONS} decisions at {self.now_s:.1f} s without a rest")

    def _hearing(self) -> Hearing:
        if self._back_at_s is not None:
            return Hearing()
        speech = self._speaking()
        heard_s = self._last_voice_s
        silence_s = None
        if heard_s is not None and heard_s > self._aila_since_s:
            silence_s = max(0.0, self.now_s - heard_s)
        return Hearing(
            candidate_speaking=speech is not None,
            speaking_s=self.now_s - speech.start_s if speech is not None else None,
            silence_s=silence_s,
            interim_text="…" if speech is not None or self._finals else "",
        )

    def _perform(self, action: Action) -> bool:
        """Do it; return whether the rest of the decision is void because Aila speaks now."""
        now_s = self.now_s
        match action:
            case Say():
                self._say(action)
                return True
            case CompleteAnswer():
                more = any(isinstance(p.what, Speech) and not p.done for p in self._planned)
                self.cut_offs += more and action.reason == "turn_policy"
                self._record(AnswerCompleted(now_s, action.question_id, action.reason))
            case Backchannel():
                self._record(Backchannelled(now_s, action.question_id, action.text))
            case ReopenAnswer():
                self._record(AnswerReopened(now_s, action.question_id))
                self._silence_aila()
            case NoteReminder():
                self._record(ReminderNoted(now_s, action.kind, action.question_id, action.spoken))
            case DropQuestion():
                self._record(QuestionDropped(now_s, action.question_id, action.reason))
            case WordFollowUp():
                self._record(
                    FollowUpDrafted(
                        now_s, action.question_id, action.missing_part, action.bank_probe, "bank", "no_model"
                    )
                )
            case Finish():
                self._record(InterviewEnded(now_s, action.reason))
            case ShowCue() | Wait():
                pass
            case _:
                assert_never(action)
        return False

    def _say(self, action: Say) -> None:
        started = UtteranceStarted(
            self.now_s,
            action.turn_id,
            action.kind,
            action.text,
            action.question_id,
            action.source,
            action.repeats_turn_id,
        )
        self._record(started)
        self._aila_since_s = self.now_s
        self._holds_floor = action.holds_floor
        if action.holds_floor:
            # Told that the time is over, a candidate ends the sentence and stops.
            self._planned = [planned for planned in self._planned if planned.begun]
        self._saying_until_s = self.now_s + 0.3 + len(action.text.split()) / AILA_WORDS_PER_S
        self._plan(started, self.behaviour(self._rng, started, self._plans))

    def _plan(self, said: UtteranceStarted, plan: Plan) -> None:
        if not plan or self._saying_until_s is None:
            return
        self._plans += 1
        at_s = max([self._saying_until_s, *(p.end_s for p in self._planned if not p.done)])
        for act in plan:
            start_s = max(at_s + act.after_s, self.now_s)
            at_s = start_s + act.what.duration_s
            self._planned.append(_Planned(start_s, at_s, act.what, said.turn_id))

    def _aila_comes_to_an_end(self) -> None:
        speaking = self.interview.state.speaking
        if self._saying_until_s is None or speaking is None or self.now_s < self._saying_until_s:
            return
        self._saying_until_s = None
        self._record(UtteranceEnded(self.now_s, speaking.turn_id, interrupted=False))

    def _stop_if_interrupted(self) -> None:
        speech = self._speaking()
        if self._saying_until_s is None or speech is None or self._holds_floor:
            return
        if self.now_s - max(speech.start_s, self._aila_since_s) >= BARGE_IN_S:
            self._silence_aila()

    def _silence_aila(self) -> None:
        speaking = self.interview.state.speaking
        self._saying_until_s = None
        if speaking is None:
            return
        speech = self._speaking()
        if speech is None or speech.after_turn != speaking.turn_id:
            # What the candidate would have said to these words, they will not say: they were not heard.
            self._planned = [p for p in self._planned if p.begun or p.after_turn != speaking.turn_id]
        self._record(UtteranceEnded(self.now_s, speaking.turn_id, interrupted=True))

    # --- time --------------------------------------------------------------------------------------

    def _advance(self, until_s: float | None) -> None:
        both = self._saying_until_s is not None and self._speaking() is not None
        moments = [self.now_s + (FINE_STEP_S if both else self._step_s(until_s))]
        moments += [p.end_s if p.begun else p.start_s for p in self._planned if not p.done]
        moments += [due_s for due_s, _ in self._finals]
        moments += [at_s for at_s in (self._saying_until_s, self._back_at_s, until_s) if at_s is not None]
        self.now_s = min(max(moment, self.now_s + 0.01) for moment in moments)

    def _step_s(self, until_s: float | None) -> float:
        return STEP_S if until_s is None else max(STEP_S, until_s - self.now_s)

    def _record(self, event: Event) -> None:
        self.events.append(event)
        self.interview.record(event)
