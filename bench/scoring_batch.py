"""A thousand transcripts in one batch: ``python -m bench.scoring_batch [--transcripts N] [--answers N]``.

Transcripts of answers that people gave (SIOP 2024) are written as files, and ``aila score --json`` scores
them with one worker and with several, in blocks by turns, so that both meet the same other work on the
machine. One file of each block is no transcript: it must be named, and all others scored, to the same bytes.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench._report import publish
from bench._scored_transcripts import real

BLOCKS = 5
FILE_FAULT = 2


@dataclass
class Run:
    """What one number of workers took for all blocks."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mb: int = 0
    """Of the largest process."""
    lines: list[bytes] = field(default_factory=list)


def scored(paths: list[Path], workers: int, bad: Path, run: Run) -> None:
    """Add to ``run`` what scoring ``paths`` with so many workers takes, and what is printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "cli.main",
        "score",
        "--json",
        "--workers",
        str(workers),
        *map(str, paths),
    ]
    done = subprocess.run(command, capture_output=True, check=False)
    run.wall_s += time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    run.cpu_s += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    run.peak_mb = max(run.peak_mb, after.ru_maxrss // 1024)
    said = done.stderr.decode()
    if done.returncode != FILE_FAULT or not said.startswith(f"aila score: {bad}:") or said.count("\n") != 1:
        raise SystemExit(f"{workers} workers ended with {done.returncode} and said:\n{said}")
    lines = done.stdout.splitlines()
    if len(lines) != len(paths) - 1:
        raise SystemExit(
            f"{workers} workers printed {len(lines)} lines for {len(paths)} files, one of them bad"
        )
    run.lines += lines


def main() -> None:
    """Print the figures and write them as JSON."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--transcripts", type=int, default=1000)
    options.add_argument("--answers", type=int, default=4, help="In each transcript (default: 4).")
    options.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    chosen = options.parse_args()
    trees = real(chosen.transcripts, chosen.answers)
    words = sum(len(turn["text"].split()) for tree in trees for turn in tree["turns"] if turn["id"][0] == "a")
    runs = {1: Run(), chosen.workers: Run()}
    loads = []
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.json" for number in range(len(trees))]
        for path, tree in zip(paths, trees, strict=True):
            path.write_text(json.dumps(tree), encoding="utf-8")
        for block in range(BLOCKS):
            files = paths[block::BLOCKS]
            bad = Path(folder) / f"bad-{block}.json"
            bad.write_text('{"schema": "aila.transcript/1", "turns": [', encoding="utf-8")
            files.insert(len(files) // 2, bad)
            for workers in sorted(runs, reverse=block % 2 == 1):
                loads.append(os.getloadavg()[0])
                scored(files, workers, bad, runs[workers])
                print(
                    f"block {block + 1} of {BLOCKS}, {workers} workers: {runs[workers].wall_s:.0f} s so far",
                    flush=True,
                )
    one, several = runs[1], runs[chosen.workers]
    report = {
        "transcripts": len(trees),
        "words_a_transcript": round(words / len(trees)),
        "load_average": [round(min(loads), 1), round(max(loads), 1)],
        "same_bytes": one.lines == several.lines,
        "workers": chosen.workers,
        "wall_s_one": round(one.wall_s, 1),
        "wall_s_several": round(several.wall_s, 1),
        "speed_up_by_wall_time": round(one.wall_s / several.wall_s, 2),
        "cpu_s_one": round(one.cpu_s, 1),
        "cpu_s_several": round(several.cpu_s, 1),
        "cpu_of_several_beside_one": round(several.cpu_s / one.cpu_s, 2),
        "transcripts_a_minute_one": round(60 * len(trees) / one.wall_s),
        "transcripts_a_minute_several": round(60 * len(trees) / several.wall_s),
        "peak_mb_of_a_process": max(one.peak_mb, several.peak_mb),
    }
    publish("scoring_batch", report)


if __name__ == "__main__":
    main()
