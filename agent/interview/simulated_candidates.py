"""Scripted candidates: what each of them does when Aila has said something."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

from agent.interview.simulated_answers import CLAIMS, STORIES
from records.events import Control, UtteranceStarted

WORDS_PER_S = 2.4


@dataclass(frozen=True, slots=True)
class Speech:
    text: str

    @property
    def duration_s(self) -> float:
        return max(0.5, len(self.text.split()) / WORDS_PER_S)


@dataclass(frozen=True, slots=True)
class Press:
    control: Control
    duration_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Absence:
    """The network drops, or the agent's process dies, for ``duration_s`` seconds."""

    what: Literal["network", "agent"]
    duration_s: float


@dataclass(frozen=True, slots=True)
class Act:
    """Something the candidate does ``after_s`` seconds after the end of what went before.

    For the first act that is the end of Aila's words; negative: while she still speaks.
    """

    after_s: float
    what: Speech | Press | Absence


Plan = list[Act]
Behaviour = Callable[[Random, UtteranceStarted, int], Plan]
"""From chance, Aila's words and how many plans came before to what the candidate does."""
ASKING = frozenset({"question", "follow_up", "practice", "reminder"})


def thinking_pause_s(rng: Random) -> float:
    """Return a pause in mid-answer: log-normal, median 0.5 s, 95th percentile 2.0 s, at most 2.5 s."""
    return min(2.5, rng.lognormvariate(-0.693, 0.843))


def _told(rng: Random, sentences: list[str], pause: Callable[[Random], float] = thinking_pause_s) -> Plan:
    first = Act(0.4 + rng.random(), Speech(sentences[0]))
    return [first, *(Act(pause(rng), Speech(sentence)) for sentence in sentences[1:])]


def _story(rng: Random, count: int) -> list[str]:
    return list(STORIES[count % len(STORIES)])


def usual(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    if said.kind == "follow_up":
        return _told(rng, _story(rng, count)[-2:])
    return _told(rng, _story(rng, count)) if said.kind in ASKING else []


def terse(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    short = ("I helped a colleague with a report.", "I fixed it.", "It went fine in the end.", "Not much.")
    return _told(rng, [rng.choice(short)]) if said.kind in ASKING else []


def thorough(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    """Answers of about the length that the shipped bank expects."""
    if said.kind == "follow_up":
        return _told(rng, _story(rng, count)[-2:])
    stories = 3 if said.kind == "question" else 1
    told = [sentence for offset in range(stories) for sentence in _story(rng, count + offset)]
    return _told(rng, told) if said.kind in ASKING else []


def rambling(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    if said.kind not in ASKING:
        return []
    told = [sentence for offset in range(5) for sentence in _story(rng, count + offset)]
    return _told(rng, told, lambda r: 0.1 + 0.3 * r.random())


def pausing(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    return _told(rng, _story(rng, count), lambda r: 1.2 + 1.2 * r.random()) if said.kind in ASKING else []


def hesitant(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    if said.kind not in ASKING:
        return []
    if rng.random() < 0.3:
        return [Act(1.0, Speech("Can I have a moment?")), Act(14.0, Speech(" ".join(_story(rng, count))))]
    told: list[str] = []
    for sentence in _story(rng, count):
        words = sentence.split()
        told += [" ".join(words[: len(words) // 2]) + " um", " ".join(words[len(words) // 2 :])]
    return _told(rng, told)


def interrupting(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    if said.kind not in ASKING:
        return []
    plan = _told(rng, _story(rng, count))
    return [Act(-1.5 * rng.random() - 0.8, plan[0].what), *plan[1:]]


def asking(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    if said.kind not in ASKING or said.repeats_turn_id is not None:
        return []
    question = ("Who will hear this?", "How long will this take?", "Can you repeat the question?")
    asked = Act(0.8, Speech(question[count % len(question)]))
    return [asked, Act(9.0, Speech(" ".join(_story(rng, count))))]


def leaning_on_cv(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    if said.kind == "reminder":
        return _told(rng, _story(rng, count))
    return (
        _told(rng, ["It is all written in my CV, as you can read in my CV."]) if said.kind in ASKING else []
    )


def silent(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    return []


def hostile(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    return _told(rng, [rng.choice(CLAIMS)]) if said.kind in ASKING else []


def disconnecting(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    plan = usual(rng, said, count)
    if said.kind in ("question", "practice") and said.repeats_turn_id is None and len(plan) > 2:
        absence = Absence("network" if count % 2 else "agent", 4.0 + 30.0 * rng.random())
        # The answer is taken up once Aila has said where the interview is.
        return [*plan[:2], Act(0.9, absence)]
    return plan


def skipping(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    if said.kind not in ASKING:
        return []
    if count % 3 == 0:
        return [Act(2.0, Press("skip"))]
    if count % 3 == 1:
        return [*_told(rng, _story(rng, count)), Act(0.3, Press("done"))]
    return [Act(1.0, Press("pause")), Act(40.0, Press("resume")), Act(8.0, Speech(_story(rng, count)[0]))]


def double_clicking(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    """Skips every other question, with two or three presses."""
    if said.kind != "question":
        return usual(rng, said, count)
    if count % 2 == 0:
        return [*_told(rng, _story(rng, count)), Act(0.2, Press("done")), Act(0.2, Press("done"))]
    again = [Act(0.2 + 0.9 * rng.random(), Press("skip")) for _ in range(rng.choice((1, 2)))]
    return [Act(2.0, Press("skip")), *again]


def leaving(rng: Random, said: UtteranceStarted, count: int) -> Plan:
    return usual(rng, said, count) if count < 2 else [Act(0.5, Press("leave"))]


PERSONAS: dict[str, Behaviour] = {
    "usual": usual,
    "thorough": thorough,
    "terse": terse,
    "rambling": rambling,
    "pausing": pausing,
    "hesitant": hesitant,
    "interrupting": interrupting,
    "asking": asking,
    "leaning_on_cv": leaning_on_cv,
    "silent": silent,
    "hostile": hostile,
    "disconnecting": disconnecting,
    "skipping": skipping,
    "double_clicking": double_clicking,
    "leaving": leaving,
}
