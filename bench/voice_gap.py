"""Turn-taking by voice: Aila beside a naive pipeline, the same scripts in the same run on one machine.

A bot joins by the LiveKit SDK and gives real written answers, spoken with thinking pauses (log-normal: median
0.5 s, 95th percentile 2.0 s, at most 2.5 s) over the noise of a quiet room, and recordings of real people.
It measures what it hears. Run as ``python -m bench.voice_gap``; figures are printed and written to
``bench-results/voice_gap.json``.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
from livekit import api

from agent.ready_utterances import in_order_of_use
from agent.speech.voice import VoiceClient
from bench import _naive_agent
from bench._spoken_answers import SpokenAnswer, real_people, spoken_answers
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
from question_bank.library import BankLibrary
from tests.agent.candidate import Candidate, espeak, resampled, trimmed
from tests.agent.stack import VoiceStack, voice_stack

SEED = 20_261_126
RESULTS = Path("bench-results")
WARM_UP_S = 6.0
"""Between two interviews, so that the next job's process is ready."""
DONE = "And that's it."


@dataclass
class Condition:
    """What was measured of one agent."""

    joins_s: list[float] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"joins_s": self.joins_s, "turns": [turn.as_json() for turn in self.turns]}


async def measure(answers: int, joins: int, agents: list[str], folder: Path) -> dict[str, Any]:
    """Run both agents through the same scripts; return what was measured."""
    port = ports.choose(None, 23_880, ports.LIVEKIT_PROTOCOLS, what="the benchmark's livekit-server")
    with voice_stack(folder, port) as stack:
        scripts = await spoken_answers(answers, SEED, _piper(stack, folder))
        people = real_people()
        await _warm_up(stack)
        aila = Condition()
        save = _saver(aila, naive := Condition())
        plan: list[tuple[SpokenAnswer, Ending]] = [(script, "silence") for script in (*scripts, *people)]
        done: list[tuple[SpokenAnswer, Ending]] = []
        for script in scripts[:2]:
            done += [(_without_pauses(script), "pressed"), (_ending_with(script, DONE), "said")]
        if "aila" in agents:
            await _interview(stack, aila, _aila_token, [*plan, *done], joins, save, is_aila=True)
        if "naive" not in agents:
            return {"aila": aila.as_json(), "naive": naive.as_json()}
        for name in ("agent", "recogniser", "voice"):
            stack.stop(name)
        installation = stack.installation
        command = [sys.executable, "-m", "bench._naive_agent", stack.url]
        stack.start(
            "naive", [*command, installation.livekit_key, installation.livekit_secret], "registered worker"
        )
        await asyncio.sleep(WARM_UP_S)
        await _interview(stack, naive, _naive_token, plan, joins, save, is_aila=False)
    return {"aila": aila.as_json(), "naive": naive.as_json()}


async def _interview(
    stack: VoiceStack,
    condition: Condition,
    new_token: Callable[[VoiceStack], tuple[str, str]],
    plan: list[tuple[SpokenAnswer, Ending]],
    joins: int,
    save: Callable[[], None],
    is_aila: bool,
) -> None:
    for _ in range(joins - 1):
        await asyncio.sleep(WARM_UP_S)
        candidate = Candidate(stack.url, new_token(stack)[1])
        condition.joins_s.append(await first_words_after_join(candidate))
        if is_aila:
            await candidate.press("leave")
            await candidate.until(lambda c=candidate: c.ended, 60, "the end of the interview")
        await candidate.leave()
    await asyncio.sleep(WARM_UP_S)
    session_id, token = new_token(stack)
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
        condition.turns.append(turn)
        save()
        print(f"  {'Aila' if is_aila else 'naive'}: {answer.name} ({ending}) {_brief(turn)}", flush=True)
        if is_aila and candidate.ended:
            break
    await candidate.leave()


def _brief(turn: Turn) -> str:
    taken = "missed" if turn.floor_taken_s is None else f"{turn.floor_taken_s:.2f} s"
    return f"floor {taken}, cut off {len(turn.cut_offs)} of {len(turn.pauses_s)} pauses"


def _aila_token(stack: VoiceStack) -> tuple[str, str]:
    session_id = stack.new_session(bank=BankLibrary().load("behavioural"), recording=True)
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


async def _warm_up(stack: VoiceStack) -> None:
    """Have everything synthesised that Aila may say: an installation does this once."""
    client = VoiceClient(stack.installation.run_dir / "voice.sock", stack.installation.cache_dir / "voice")
    for text in in_order_of_use(BankLibrary().load("behavioural")):
        async for _ in client.synthesise(text):
            pass


def _piper(stack: VoiceStack, folder: Path) -> Callable[[str], Awaitable[np.ndarray]]:
    client = VoiceClient(stack.installation.run_dir / "voice.sock", folder / "scripts")

    async def say(text: str) -> np.ndarray:
        pcm = b"".join([piece async for piece in client.synthesise(text)])
        return trimmed(
            resampled(np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768.0, client.sample_rate_hz)
        )

    return say


def _without_pauses(script: SpokenAnswer) -> SpokenAnswer:
    return SpokenAnswer(f"{script.name}, fluent", script.text, espeak(script.text), ())


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
        "turns_cut_off": _share([bool(turn["cut_offs"]) for turn in scripted]),
        "pauses_cut": _share([(turn["name"], pause_s) in in_pauses for pause_s, turn in pauses]),
        "long_pauses_cut": _share([(turn["name"], pause_s) in in_pauses for pause_s, turn in long_pauses]),
        "people_cut_off": _share([bool(turn["cut_offs"]) for turn in people]),
        "missed": sum(turn["missed"] for turn in turns),
        "silent_after_cut_off_p95": _quantile([cut["silent_after_s"] for cut in cuts], 95),
        "cut_offs_reopened": _share([turn["reopened"] > 0 for turn in scripted if turn["cut_offs"]]),
        "final_words_p50": _quantile([t["final_words_s"] for t in turns], 50),
        "word_errors": _mean([turn["word_errors"] for turn in scripted]),
        "done_pressed_p50": _quantile(_endings(measured, "pressed"), 50),
        "done_said_p50": _quantile(_endings(measured, "said"), 50),
    }


def _endings(measured: dict[str, Any], ending: Ending) -> list[float | None]:
    return [turn["first_sound_s"] for turn in measured["turns"] if turn["ending"] == ending]


def _quantile(values: list[float | None], percent: int) -> float | None:
    known = [value for value in values if value is not None]
    return round(float(np.percentile(known, percent)), 2) if known else None


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(float(np.mean(known)), 3) if known else None


def _share(values: list[bool]) -> float | None:
    return round(float(np.mean(values)), 3) if values else None


def print_table(figures: dict[str, dict[str, Any]]) -> None:
    print(f"\n{'':28}{'Aila':>9}{'naive':>9}{'ratio':>9}")
    for name, ours in figures["aila"].items():
        theirs = figures["naive"][name]
        ratio = f"{ours / theirs:.2f}" if ours is not None and theirs else ""
        print(f"{name:28}{_shown(ours):>9}{_shown(theirs):>9}{ratio:>9}")


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=int, default=6, help="scripted answers a agent gets")
    parser.add_argument("--joins", type=int, default=4, help="joins a agent gets")
    parser.add_argument("--agents", nargs="+", choices=["aila", "naive"], default=["aila", "naive"])
    arguments = parser.parse_args()
    began_s, load = time.monotonic(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="aila-bench-") as folder:
        measured = asyncio.run(measure(arguments.answers, arguments.joins, arguments.agents, Path(folder)))
    figures = {agent: summary(measured[agent]) for agent in ("aila", "naive")}
    machine = {"cpus": os.cpu_count(), "load_before": load, "load_after": os.getloadavg()[0]}
    report = {
        "seed": SEED,
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
