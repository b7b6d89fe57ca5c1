"""One turn of a benchmark's conversation: the candidate answers, and what the agent does is timed."""

import asyncio
import time
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bench._spoken_answers import Pause, SpokenAnswer
from tests.agent.candidate import Candidate, Sound

FLOOR_S = 0.7
"""A shorter sound is a backchannel, which leaves the floor to the candidate."""
ANY_SOUND_S = 0.1
MISSED_AFTER_S = 12.0
QUIET_S = 1.0
RESUMED_WITHIN_S = 0.6
"""A sound that begins so soon after a pause was decided on in the pause."""
Ending = Literal["silence", "pressed", "said"]
JOIN_WITHIN_S = 90.0


@dataclass
class CutOff:
    """The agent took the floor during an answer."""

    in_pause_s: float | None
    """Length of the pause in which it happened; None if in none."""
    pause_kind: str | None
    silent_after_s: float | None
    """From the candidate's going on to the agent's silence; None if she was silent before."""


@dataclass
class Turn:
    """Delays in seconds from the end of the candidate's last sound; None: it did not happen."""

    name: str
    ending: Ending
    synthetic: bool
    reaction_seen_s: float | None = None
    first_sound_s: float | None = None
    floor_taken_s: float | None = None
    final_words_s: float | None = None
    missed: bool = False
    cut_offs: list[CutOff] = field(default_factory=list)
    pauses_s: list[float] = field(default_factory=list)
    word_errors: float | None = None
    reopened: int = 0
    record: list[str] = field(default_factory=list)
    """What Aila heard and did, if the turn was cut off or missed: why."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


async def take_turn(
    candidate: Candidate, answer: SpokenAnswer, ending: Ending, floor_s: float = FLOOR_S
) -> Turn:
    """Give ``answer`` and wait until the agent has taken the floor and finished with it.

    A sound of ``floor_s`` during the answer takes the floor; an agent without backchannels takes it with any.
    """
    turn = Turn(answer.name, ending, answer.synthetic)
    sounds_before = len(candidate.sounds)
    messages_before = len(candidate.messages)
    end_s = await candidate.say(answer.samples)
    begin_s = end_s - answer.duration_s
    if ending == "pressed":
        await candidate.press("done")
        end_s = time.monotonic()
    taken = await _floor_taken(candidate, sounds_before, end_s)
    turn.missed = taken is None
    await _until_quiet(candidate)
    sounds = candidate.sounds[sounds_before:]
    after = [sound for sound in sounds if sound.start_s >= end_s - 0.02]
    turn.first_sound_s = after[0].start_s - end_s if after else None
    if taken is not None and taken.start_s >= end_s - 0.02:
        turn.floor_taken_s = taken.start_s - end_s
    turn.reaction_seen_s = _first(
        [m["received_s"] for m in candidate.messages if m["type"] == "cue" and m["name"] == "nod"], end_s
    )
    turn.final_words_s = _words_ready(candidate, begin_s, end_s)
    turn.pauses_s = [pause.duration_s for pause in answer.pauses]
    floor_messages = [
        m["received_s"]
        for m in candidate.messages[messages_before:]
        if m["type"] == "progress" and m["floor"] == "aila"
    ]
    turn.cut_offs = _cut_offs(sounds, floor_messages, answer, begin_s, end_s, floor_s)
    return turn


def _words_ready(candidate: Candidate, begin_s: float, end_s: float) -> float | None:
    """Return when the words of the turn's last stretch, as they became final, were first shown."""
    own = [
        c for c in candidate.captions if c["identity"].startswith("candidate") and c["received_s"] > begin_s
    ]
    final = next((c["text"] for c in reversed(own) if c["final"] and c["text"]), None)
    shown_s = next((c["received_s"] for c in own if c["text"] == final), None)
    return None if final is None or shown_s is None else max(0.0, shown_s - end_s)


def _cut_offs(
    sounds: list[Sound],
    floor_messages: list[float],
    answer: SpokenAnswer,
    begin_s: float,
    end_s: float,
    floor_s: float,
) -> list[CutOff]:
    found = []
    for sound in sounds:
        if not begin_s + 0.2 < sound.start_s < end_s - 0.02:
            continue
        announced = any(abs(sound.start_s - at_s) < 0.4 for at_s in floor_messages)
        if sound.duration_s < floor_s and not announced:
            continue
        pause = _pause_at(answer.pauses, sound.start_s - begin_s)
        going_on_s = begin_s + pause.end_s if pause is not None else sound.start_s
        silent_s = sound.end_s - max(going_on_s, sound.start_s)
        found.append(
            CutOff(
                pause.duration_s if pause is not None else None,
                pause.kind if pause is not None else None,
                max(0.0, silent_s),
            )
        )
    return found


def _pause_at(pauses: tuple[Pause, ...], at_s: float) -> Pause | None:
    return next((p for p in pauses if p.start_s <= at_s <= p.end_s + RESUMED_WITHIN_S), None)


def _first(times_s: list[float], end_s: float) -> float | None:
    return min((at_s - end_s for at_s in times_s if at_s >= end_s), default=None)


async def _floor_taken(candidate: Candidate, sounds_before: int, end_s: float) -> Sound | None:
    """Return the first sound that takes the floor at the end, or holds it still; None if none comes."""
    deadline_s = end_s + MISSED_AFTER_S
    while time.monotonic() < deadline_s:
        for sound in candidate.sounds[sounds_before:]:
            if sound.end_s > end_s + 0.1 and sound.duration_s >= FLOOR_S:
                return sound
        await asyncio.sleep(0.05)
    return None


async def _until_quiet(candidate: Candidate) -> None:
    while candidate.quiet_for_s() < QUIET_S:  # noqa: ASYNC110 — a level is followed, nothing signals it
        await asyncio.sleep(0.02)


async def first_words_after_join(candidate: Candidate) -> float:
    """Join; return the seconds from the request to the first sound of the agent."""
    await candidate.join()
    await candidate.until(lambda: candidate.sounds, JOIN_WITHIN_S, "the agent's first word")
    return candidate.sounds[0].start_s - candidate.join_began_s


async def until_opening_is_over(candidate: Candidate, is_aila: bool) -> None:
    """Wait until the first question has been asked."""
    if is_aila:
        await candidate.until_asked(within_s=90)
    await _until_quiet(candidate)
