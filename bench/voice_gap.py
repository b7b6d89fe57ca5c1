"""Turn-taking by voice: Aila beside a naive pipeline, the same scripts in the same run on one machine.

A bot joins by the LiveKit SDK and gives real written answers, four of one person in an interview, spoken with
thinking pauses (log-normal: median 0.5 s, 95th percentile 2.0 s, at most 2.5 s) over the noise of a quiet
room, and recordings of real people. It measures what it hears. Run as ``python -m bench.voice_gap``; figures
are printed and written to ``bench-results/voice_gap.json``.
"""

import argparse
import asyncio
import json
import math
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
from livekit import api

from agent.speech.voice import VoiceClient
from bench import _naive_agent
from bench._brief_bank import brief_bank
from bench._ready_voice import ready_voice
from bench._spoken_answers import SpokenAnswer, real_people, spoken_persons
from bench._turns import (
    ANY_SOUND_S,
    FLOOR_S,
    Ending,
    Turn,
    first_words_after_join,
    take_turn,
    until_opening_is_over,
)
from cli import ports
from records.events import Event
from tests.agent.candidate import Candidate, espeak, resampled, trimmed
from tests.agent.stack import VoiceStack, voice_stack

SEED = 20_261_126
RESULTS = Path("bench-results")
WARM_UP_S = 6.0
"""Between two interviews, so that the next job's process is ready."""
DONE = "And that's it."
ANSWERS_A_PERSON = 4
ENDED = [
    "I planned the move of our office. I wrote a list, I called the movers, and we were ready in two weeks.",
    "A customer was angry about a late order. I listened to her, found the parcel and drove it to her.",
    "Two of us wanted the same shift. I asked for a meeting, and we agreed to take turns every week.",
]
RESAMPLES = 1000
Plan = list[tuple[SpokenAnswer, Ending]]


@dataclass
class Condition:
    """What was measured of one agent."""

    joins_s: list[float] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"joins_s": self.joins_s, "turns": [turn.as_json() for turn in self.turns]}


async def measure(turns: int, naive_turns: int, at_once: int, folder: Path) -> dict[str, Any]:
    """Run both agents through the same scripts; return what was measured."""
    port = ports.choose(None, 23_880, ports.LIVEKIT_PROTOCOLS, what="the benchmark's livekit-server")
    with voice_stack(folder, port) as stack:
        bank = brief_bank(stack.installation)
        persons = await spoken_persons(math.ceil(turns / ANSWERS_A_PERSON), SEED, _piper(stack, folder))
        await ready_voice(stack, bank)
        aila = Condition()
        save = _saver(aila, naive := Condition())
        await _interviews(stack, aila, _plans(persons, with_endings=True), at_once, save)
        for name in ("agent", "recogniser", "voice"):
            stack.stop(name)
        if naive_turns:
            installation = stack.installation
            command = [sys.executable, "-m", "bench._naive_agent", stack.url]
            keys = [installation.livekit_key, installation.livekit_secret]
            stack.start("naive", [*command, *keys], "registered worker")
            fewer = persons[: math.ceil(naive_turns / ANSWERS_A_PERSON)]
            await _interviews(stack, naive, _plans(fewer, with_endings=False), at_once, save)
    return {"aila": aila.as_json(), "naive": naive.as_json()}


def _plans(persons: list[list[SpokenAnswer]], with_endings: bool) -> list[Plan]:
    """One interview for each person; recordings of others and ends by word or button are spread over them."""
    plans: list[Plan] = [[(answer, "silence") for answer in answers] for answers in persons]
    for plan, recording in zip(plans, real_people(), strict=False):
        plan.append((recording, "silence"))
    if with_endings:
        for number, (plan, text) in enumerate(zip(plans, ENDED * len(plans), strict=False)):
            fluent = SpokenAnswer(f"fluent {number + 1}", text, espeak(text), ())
            plan.append((fluent, "pressed") if number % 2 else (_ending_with(fluent, DONE), "said"))
            plan.append((_ending_with(fluent, DONE), "said") if number % 2 else (fluent, "pressed"))
    return plans


async def _interviews(
    stack: VoiceStack, condition: Condition, plans: list[Plan], at_once: int, save: Callable[[], None]
) -> None:
    """Hold one interview for each plan, ``at_once`` of them at the same time."""
    waiting = deque(plans)
    is_aila = "agent" in stack.processes

    async def lane(number: int) -> None:
        await asyncio.sleep(number * WARM_UP_S)
        while waiting:
            plan = waiting.popleft()
            await asyncio.sleep(WARM_UP_S)
            await _interview(stack, condition, plan, save, is_aila)

    await asyncio.gather(*(lane(number) for number in range(at_once)))


async def _interview(
    stack: VoiceStack, condition: Condition, plan: Plan, save: Callable[[], None], is_aila: bool
) -> None:
    session_id, token = (_aila_token if is_aila else _naive_token)(stack)
    candidate = Candidate(stack.url, token)
    condition.joins_s.append(await first_words_after_join(candidate))
    await until_opening_is_over(candidate, is_aila)
    for answer, ending in plan:
        seen = len(stack.events(session_id)) if is_aila else 0
        turn = await take_turn(candidate, answer, ending, FLOOR_S if is_aila else ANY_SOUND_S)
        if is_aila:
            events = stack.events(session_id)[seen:]
            said = " ".join(e.text for e in events if e.type == "candidate_spoke")
            turn.word_errors = _word_errors(answer.text, said) if answer.synthetic else None
            turn.reopened = sum(event.type == "answer_reopened" for event in events)
            if turn.cut_offs or turn.missed:
                turn.record = [_told(event) for event in events]
        condition.turns.append(turn)
        save()
        print(f"  {'Aila' if is_aila else 'naive'}: {answer.name} ({ending}) {_brief(turn)}", flush=True)
        if is_aila and candidate.ended:
            break
    await candidate.leave()


def _brief(turn: Turn) -> str:
    taken = "missed" if turn.floor_taken_s is None else f"{turn.floor_taken_s:.2f} s"
    return f"floor {taken}, cut off {len(turn.cut_offs)} of {len(turn.pauses_s)} pauses"


def _told(event: Event) -> str:
    told = ("reason", "kind", "text", "end_s")
    what = [f"{name} {getattr(event, name)}" for name in told if hasattr(event, name)]
    return ", ".join([f"{event.at_s:.2f} {event.type}", *what])


def _aila_token(stack: VoiceStack) -> tuple[str, str]:
    bank = brief_bank(stack.installation)
    session_id = stack.new_session(bank=bank, recording=True)
    return session_id, stack.token(session_id)


def _naive_token(stack: VoiceStack) -> tuple[str, str]:
    name = f"naive-{time.monotonic_ns()}"
    dispatch = api.RoomAgentDispatch(agent_name=_naive_agent.NAME)
    token = (
        api.AccessToken(stack.installation.livekit_key, stack.installation.livekit_secret)
        .with_identity("candidate-bench")
        .with_grants(api.VideoGrants(room_join=True, room=name, can_publish=True, can_subscribe=True))
        .with_room_config(api.RoomConfiguration(agents=[dispatch]))
        .to_jwt()
    )
    return name, token


def _piper(stack: VoiceStack, folder: Path) -> Callable[[str], Awaitable[np.ndarray]]:
    client = VoiceClient(stack.installation.run_dir / "voice.sock", folder / "scripts")

    async def say(text: str) -> np.ndarray:
        pcm = b"".join([piece async for piece in client.synthesise(text)])
        return trimmed(
            resampled(np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768.0, client.sample_rate_hz)
        )

    return say


def _ending_with(script: SpokenAnswer, words: str) -> SpokenAnswer:
    text = f"{script.text} {words}"
    return SpokenAnswer(f"{script.name}, {words.lower()}", text, espeak(text), ())


def _word_errors(reference: str, heard: str) -> float:
    plain = jiwer.Compose(
        [jiwer.ToLowerCase(), jiwer.RemovePunctuation(), jiwer.RemoveMultipleSpaces(), jiwer.Strip()]
    )
    without_fillers = " ".join(w for w in plain(heard).split() if w not in ("um", "uh"))
    return float(jiwer.wer(plain(reference), without_fillers)) if without_fillers else 1.0


def _saver(aila: Condition, naive: Condition) -> Callable[[], None]:
    """Return what keeps the figures on disk as they come: a long run that is stopped is not lost."""
    RESULTS.mkdir(exist_ok=True)

    def save() -> None:
        draft = RESULTS / "voice_gap.partial.json"
        draft.write_text(json.dumps({"aila": aila.as_json(), "naive": naive.as_json()}, indent=1))

    return save


# --- figures -----------------------------------------------------------------------------------------


def summary(measured: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of one agent; seconds, and shares in [0, 1]; None where nothing was measured."""
    turns = [turn for turn in measured["turns"] if turn["ending"] == "silence"]
    scripted = [turn for turn in turns if turn["synthetic"]]
    pauses = [(pause_s, turn) for turn in scripted for pause_s in turn["pauses_s"]]
    cuts = [cut for turn in scripted for cut in turn["cut_offs"]]
    in_pauses = {(turn["name"], cut["in_pause_s"]) for turn in scripted for cut in turn["cut_offs"]}
    long_pauses = [pause for pause in pauses if pause[0] >= 1.0]
    people = [turn for turn in turns if not turn["synthetic"]]
    return {
        "turns": len(turns),
        "pauses": len(pauses),
        "pauses_of_1_s_or_more": len(long_pauses),
        "join_to_first_word_p50": _quantile(measured["joins_s"], 50),
        "reaction_seen_p50": _quantile([t["reaction_seen_s"] for t in turns], 50),
        "first_sound_p50": _quantile([t["first_sound_s"] for t in turns], 50),
        "first_sound_p95": _quantile([t["first_sound_s"] for t in turns], 95),
        "floor_taken_p50": _quantile([t["floor_taken_s"] for t in turns], 50),
        "floor_taken_p95": _quantile([t["floor_taken_s"] for t in turns], 95),
        "turns_cut_off": _mean([float(bool(turn["cut_offs"])) for turn in scripted]),
        "pauses_cut": _mean([float((turn["name"], pause_s) in in_pauses) for pause_s, turn in pauses]),
        "long_pauses_cut": _mean([float((turn["name"], s) in in_pauses) for s, turn in long_pauses]),
        "people_cut_off": _mean([float(bool(turn["cut_offs"])) for turn in people]),
        "missed": sum(turn["missed"] for turn in turns),
        "silent_after_cut_off_p95": _quantile([cut["silent_after_s"] for cut in cuts], 95),
        "cut_offs_reopened": _mean([float(turn["reopened"] > 0) for turn in scripted if turn["cut_offs"]]),
        "final_words_p50": _quantile([t["final_words_s"] for t in turns], 50),
        "word_errors": _mean([turn["word_errors"] for turn in scripted]),
        "done_pressed_p50": _quantile(_endings(measured, "pressed"), 50),
        "done_said_p50": _quantile(_endings(measured, "said"), 50),
    }


def _endings(measured: dict[str, Any], ending: Ending) -> list[float | None]:
    return [turn["first_sound_s"] for turn in measured["turns"] if turn["ending"] == ending]


def _quantile(values: list[float | None], percent: int) -> list[float] | None:
    return _with_interval(values, lambda drawn: np.percentile(drawn, percent, axis=-1))


def _mean(values: Sequence[float | None]) -> list[float] | None:
    return _with_interval(values, lambda drawn: np.mean(drawn, axis=-1))


def _with_interval(
    values: Sequence[float | None], figure: Callable[[np.ndarray], np.ndarray]
) -> list[float] | None:
    """Return [figure, low, high] with the 95 % interval of the percentile bootstrap (Efron 1979)."""
    known = np.array([value for value in values if value is not None])
    if not known.size:
        return None
    drawn = np.random.default_rng(SEED).choice(known, (RESAMPLES, known.size))
    low, high = np.percentile(figure(drawn), [2.5, 97.5])
    return [round(float(number), 3) for number in (figure(known), low, high)]


def print_table(figures: dict[str, dict[str, Any]]) -> None:
    print(f"\n{'':28}{'Aila':>24}{'naive':>24}")
    for name, ours in figures["aila"].items():
        print(f"{name:28}{_shown(ours):>24}{_shown(figures['naive'][name]):>24}")


def _shown(value: list[float] | int | None) -> str:
    if isinstance(value, list):
        return f"{value[0]:.2f} [{value[1]:.2f}, {value[2]:.2f}]"
    return "–" if value is None else str(value)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=40, help="scripted answers that Aila gets")
    parser.add_argument("--naive-turns", type=int, default=8, help="scripted answers the other gets; 0: none")
    parser.add_argument("--at-once", type=int, default=1, help="interviews held at the same time")
    arguments = parser.parse_args()
    began_s, load = time.monotonic(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="aila-bench-") as folder:
        measured = asyncio.run(
            measure(arguments.turns, arguments.naive_turns, arguments.at_once, Path(folder))
        )
    figures = {agent: summary(measured[agent]) for agent in ("aila", "naive")}
    machine = {"cpus": os.cpu_count(), "load_before": load, "load_after": os.getloadavg()[0]}
    report = {
        "seed": SEED,
        "interviews_at_once": arguments.at_once,
        "took_s": round(time.monotonic() - began_s),
        "machine": machine,
        "figures": figures,
        "measured": measured,
    }
    path = RESULTS / "voice_gap.json"
    path.write_text(json.dumps(report, indent=1))
    (RESULTS / "voice_gap.partial.json").unlink(missing_ok=True)
    print_table(figures)
    print(f"\nload average {load:.1f} before, {machine['load_after']:.1f} after; written to {path}")


if __name__ == "__main__":
    main()
