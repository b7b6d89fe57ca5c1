"""How fast scoring is: loading, a twenty-minute transcript on one core, and a batch on several processes.

The ratios are against reading the same transcripts with the parser alone, which any analysis of clauses does,
and against the vectors of all sentences made one by one. CPU time counts, for machines that others use too:
its speed-up is what two free cores would give.
"""

import json
import os
import resource
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.scoring_cases import cases
from language.clauses import clauses
from language.parsing import parse, parser
from language.sentence_vectors import encoder
from records.transcript import Transcript
from scoring.library import RubricLibrary
from scoring.scorer import Scorer

RESULTS = Path("bench-results") / "scoring_speed.json"
TRANSCRIPTS = 4
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
        "from language.sentence_vectors import encoder; encoder();"
        "print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    cpu, memory = run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    return float(cpu), int(memory)


def _score(tree: dict[str, Any]) -> float:
    """Return the CPU seconds that a transcript takes whose sentences were never seen before."""
    parse.cache_clear()
    clauses.cache_clear()
    started = time.process_time()
    _scorer().score(Transcript.model_validate(tree))
    return time.process_time() - started


@cache
def _scorer() -> Scorer:
    return Scorer(RubricLibrary().load("behavioural"))


def _batch(trees: list[dict[str, Any]], processes: int) -> tuple[float, float]:
    """Return transcripts a second, and CPU seconds a transcript, on ``processes`` that have loaded."""
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        list(pool.map(_score, trees[:processes]))
        started = time.monotonic()
        cpu = list(pool.map(_score, trees))
        return len(trees) / (time.monotonic() - started), statistics.mean(cpu)


def parser_alone_seconds(turns: list[str]) -> float:
    """Return the CPU seconds for parsing the texts, which any analysis of clauses does."""
    started = time.process_time()
    for text in turns:
        parser()(text)
    return time.process_time() - started


def one_by_one_seconds(turns: list[str]) -> float:
    """Return the CPU seconds for the vectors of all sentences, one at a time: similarity the obvious way."""
    sentences = [sentence.text for text in turns for sentence in parse(text).sents]
    started = time.process_time()
    for sentence in sentences:
        encoder().encode([sentence])
    return time.process_time() - started


def main() -> None:
    """Print the figures and write them as JSON."""
    loads = [load_seconds() for _ in range(2)]
    trees = long_transcripts(TRANSCRIPTS + 1)
    first, *scored = [_score(tree) for tree in trees]
    texts = [[str(turn["text"]) for turn in tree["turns"]] for tree in trees[1:]]
    parsed = [parser_alone_seconds(turns) for turns in texts]
    obvious = [one_by_one_seconds(turns) for turns in texts]
    (one, cpu_one), (two, cpu_two) = _batch(trees, 1), _batch(trees, 2)
    score = statistics.median(scored)
    report = {
        "load_average": round(os.getloadavg()[0], 1),
        "load_cpu_s": round(statistics.median(cpu for cpu, _ in loads), 2),
        "loaded_memory_mb": max(memory for _, memory in loads),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "first_transcript_cpu_s": round(first, 3),
        "transcript_cpu_s": round(score, 3),
        "parser_alone_cpu_s": round(statistics.median(parsed), 3),
        "sentences_one_by_one_cpu_s": round(statistics.median(obvious), 3),
        "ratio_to_parser": round(score / statistics.median(parsed), 2),
        "ratio_to_sentences_one_by_one": round(score / statistics.median(obvious), 2),
        "transcripts_a_second_one_process": round(one, 2),
        "transcripts_a_second_two_processes": round(two, 2),
        "speed_up_by_wall_time": round(two / one, 2),
        "cpu_s_a_transcript_one_process": round(cpu_one, 3),
        "cpu_s_a_transcript_two_processes": round(cpu_two, 3),
        "speed_up_by_cpu_time": round(2 * cpu_one / cpu_two, 2),
    }
    for name, value in report.items():
        print(f"{name:38} {value}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
