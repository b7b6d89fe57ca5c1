"""Many interviews at once on one machine, beside a single one in the same run.

Run as ``python -m bench.soak.many_interviews --interviews 8``; it takes some minutes, keeps the machine busy
and is therefore not part of ``make bench``. Figures are printed and written to
``bench-results/many_interviews.json``.
"""

import argparse
import asyncio
import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from bench._brief_bank import brief_bank
from bench._ready_voice import ready_voice
from bench._spoken_answers import SpokenAnswer, espeak_answers
from bench._turns import Turn, first_words_after_join, take_turn, until_opening_is_over
from cli import ports
from tests.agent.candidate import Candidate
from tests.agent.stack import VoiceStack, voice_stack

SEED = 20_261_127
RESULTS = Path("bench-results")
APART_S = 3.0
"""Between two candidates' joining."""


@dataclass
class Load:
    """What a number of interviews at once came to."""

    interviews: int
    turns: list[Turn]
    joins_s: list[float]
    memory_mb: float
    """Of all processes of the voice body, shared pages counted once, while all interviews ran."""
    cores: dict[str, float]
    """How many cores each part kept busy meanwhile; ``candidates`` are this program's own bots."""

    def as_json(self) -> dict[str, Any]:
        gaps = [turn.floor_taken_s for turn in self.turns if turn.floor_taken_s is not None]
        return {
            "interviews": self.interviews,
            "turns": len(self.turns),
            "missed": sum(turn.missed for turn in self.turns),
            "turns_cut_off": sum(bool(turn.cut_offs) for turn in self.turns),
            "floor_taken_p50": _quantile(gaps, 50),
            "floor_taken_p95": _quantile(gaps, 95),
            "join_to_first_word_p50": _quantile(self.joins_s, 50),
            "join_to_first_word_max": round(max(self.joins_s), 2),
            "memory_mb": round(self.memory_mb),
            "cores": self.cores,
        }


async def hold(stack: VoiceStack, scripts: list[SpokenAnswer], count: int, turns: int) -> Load:
    """Hold ``count`` interviews of ``turns`` answers each at the same time."""
    joins_s: list[float] = []
    everyone_is_in, everyone_has_answered = asyncio.Barrier(count + 2), asyncio.Barrier(count + 1)

    async def one(number: int) -> list[Turn]:
        await asyncio.sleep(number * APART_S)
        session_id = stack.new_session(bank=brief_bank(stack.installation))
        candidate = Candidate(stack.url, stack.token(session_id), seed=number)
        joins_s.append(await first_words_after_join(candidate))
        await until_opening_is_over(candidate, is_aila=True)
        await everyone_is_in.wait()
        taken = []
        for turn in range(turns):
            script = scripts[(number * turns + turn) % len(scripts)]
            taken.append(await take_turn(candidate, script, "silence"))
        await everyone_has_answered.wait()
        await candidate.leave()
        return taken

    async def memory_when_all_are_in() -> float:
        await everyone_is_in.wait()
        await asyncio.sleep(5.0)
        return await asyncio.to_thread(memory_mb, stack)

    async def cores_while_all_are_in() -> dict[str, float]:
        await everyone_is_in.wait()
        began_s, before = time.monotonic(), cpu_s(stack)
        await everyone_has_answered.wait()
        took_s = time.monotonic() - began_s
        return {name: round((s - before[name]) / took_s, 2) for name, s in cpu_s(stack).items()}

    measuring_cores = asyncio.create_task(cores_while_all_are_in())
    measuring = asyncio.create_task(memory_when_all_are_in())
    taken = await asyncio.gather(*(one(number) for number in range(count)))
    all_turns = [turn for turns in taken for turn in turns]
    return Load(count, all_turns, joins_s, await measuring, await measuring_cores)


def cpu_s(stack: VoiceStack) -> dict[str, float]:
    """Return the CPU seconds that each part of the stack has used so far, and this program's."""
    roots = {name: psutil.Process(process.pid) for name, process in stack.processes.items()}
    used = {"candidates": sum(psutil.Process().cpu_times()[:2])}
    for name, root in roots.items():
        used[name] = sum(sum(p.cpu_times()[:2]) for p in (root, *root.children(recursive=True)))
    return used


def memory_mb(stack: VoiceStack) -> float:
    """Return what agent, recogniser and voice use together, in MB; a shared page counts once."""
    roots = [psutil.Process(stack.processes[name].pid) for name in ("agent", "recogniser", "voice")]
    processes = [*roots, *(child for root in roots for child in root.children(recursive=True))]
    return sum(process.memory_full_info().pss for process in processes) / 2**20


async def measure(interviews: int, turns: int, folder: Path) -> list[dict[str, Any]]:
    port = ports.choose(None, 24_880, ports.LIVEKIT_PROTOCOLS, what="the benchmark's livekit-server")
    found = []
    # One place more: the single interview's room lives on for a while after its candidate has left.
    with voice_stack(folder, port, interviews=interviews + 1) as stack:
        scripts = await espeak_answers(min(24, interviews * turns), SEED)
        await ready_voice(stack, brief_bank(stack.installation))
        for count in (1, interviews):
            load = (await hold(stack, scripts, count, turns)).as_json()
            print(load, flush=True)
            found.append(load)
    return found


def _quantile(values: list[float], percent: int) -> float | None:
    return round(float(np.percentile(values, percent)), 2) if values else None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--interviews", type=int, default=8)
    parser.add_argument("--turns", type=int, default=4, help="answers in each interview")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aila-soak-") as folder:
        single, many = asyncio.run(measure(arguments.interviews, arguments.turns, Path(folder)))
    further_mb = (many["memory_mb"] - single["memory_mb"]) / (arguments.interviews - 1)
    report = {
        "cpus": os.cpu_count(),
        "load": os.getloadavg()[0],
        "single": single,
        "many": many,
        "memory_of_a_further_interview_mb": round(further_mb),
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "many_interviews.json").write_text(json.dumps(report, indent=1))
    print(f"a further interview needs {further_mb:.0f} MB")
    if single["floor_taken_p95"] and many["floor_taken_p95"]:
        print(
            f"gap p95: {many['floor_taken_p95'] / single['floor_taken_p95']:.2f} times that of one interview"
        )


if __name__ == "__main__":
    main()
