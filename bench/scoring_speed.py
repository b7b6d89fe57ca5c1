"""How fast scoring is: loading, a twenty-minute transcript on one core, and a batch on several processes.

The ratio is against reading the same transcripts with the parser alone, which any analysis of clauses does.
"""

import json
import resource
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from bench.scoring_cases import cases
from language.parsing import parser
from records.transcript import Transcript
from scoring.library import RubricLibrary
from scoring.scorer import Scorer

RESULTS = Path("bench-results") / "scoring_speed.json"
WORDS = 2_400
"""Twenty minutes at 120 words a minute."""


def long_transcripts(count: int) -> list[dict[str, Any]]:
    """Return transcripts of ten questions made of the graded cases' answers, about ``WORDS`` words each."""
    graded = [case for case in cases("development") if case.kind == "graded"]
    made: list[dict[str, Any]] = []
    for number in range(count):
        turns: list[dict[str, Any]] = []
        words, position = 0, number
        while words < WORDS:
            case = graded[position % len(graded)]
            position += 1
            question = {"id": f"q{position}", "question_id": f"q{position}", "criteria": [case.criterion]}
            turns.append(
                {**question, "speaker": "aila", "kind": "question", "text": case.question, "start": 0.0}
            )
            text = " ".join(case.answers[1:])
            answer = {"id": f"a{position}", "question_id": f"q{position}", "text": text, "start": 1.0}
            turns.append({**answer, "speaker": "candidate", "kind": "answer"})
            words += len(text.split())
        made.append({"session_id": f"s{number}", "bank": {"id": "b", "version": "1.0.0"}, "turns": turns})
    return made


def load_seconds() -> tuple[float, int]:
    """Return the CPU seconds until a fresh process has a scorer, and its peak memory in MB."""
    from subprocess import run

    program = (
        "import time, resource; from scoring.library import RubricLibrary; from scoring.scorer import Scorer;"
        "Scorer(RubricLibrary().load('behavioural'));"
        "print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    cpu, memory = run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    return float(cpu), int(memory)


def _score(tree: dict[str, Any]) -> float:
    started = time.process_time()
    _scorer().score(Transcript.model_validate(tree))
    return time.process_time() - started


@cache
def _scorer() -> Scorer:
    return Scorer(RubricLibrary().load("behavioural"))


def _batch(trees: list[dict[str, Any]], processes: int) -> float:
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(_score, trees[:processes]))
        started = time.monotonic()
        list(pool.map(_score, trees, chunksize=2))
        return len(trees) / (time.monotonic() - started)


def main() -> None:
    """Print the figures and write them as JSON."""
    loads = [load_seconds() for _ in range(3)]
    trees = long_transcripts(12)
    _score(trees[0])
    scored = [_score(tree) for tree in trees[1:]]
    texts = [[str(turn["text"]) for turn in tree["turns"]] for tree in trees[1:]]
    parsed = []
    for turns in texts:
        started = time.process_time()
        for text in turns:
            parser()(text)
        parsed.append(time.process_time() - started)
    one, two = _batch(trees, 1), _batch(trees, 2)
    report = {
        "load_cpu_s": round(statistics.median(cpu for cpu, _ in loads), 2),
        "loaded_memory_mb": max(memory for _, memory in loads),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "transcript_cpu_s": round(statistics.median(scored), 3),
        "parser_alone_cpu_s": round(statistics.median(parsed), 3),
        "ratio_to_parser": round(statistics.median(scored) / statistics.median(parsed), 2),
        "transcripts_a_second_one_process": round(one, 2),
        "transcripts_a_second_two_processes": round(two, 2),
    }
    for name, value in report.items():
        print(f"{name:38} {value}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
