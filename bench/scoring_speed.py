"""How fast scoring is: loading, a twenty-minute transcript on one core, and answers without end.

CPU time counts, for machines that others use too; even so other work makes it longer. Beside each transcript
stands what the same run measures: reading it with the parser alone, and the matrix products that its vectors
need at the rate at which the processor multiplies whole numbers just then. Batches: ``bench.scoring_batch``.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np

from bench._report import publish
from bench._scored_transcripts import dense, one_answer, real
from language.clauses import clauses
from language.parsing import parse, parsed_together
from language.sentence_vectors import DIMENSIONS, Part, SentenceEncoder, Vectors
from language.whole_numbers import layer, quantised
from records.transcript import Transcript
from scoring.library import RubricLibrary
from scoring.scorer import Scorer

TRANSCRIPTS = 4
WORDS = 2_400
"""Twenty minutes at 120 words a minute."""
REAL_ANSWERS = 32
"""About as many words."""
LONG = (10_000, 20_000, 100_000)
"""Words of one answer. ``aila score`` refuses more than 20,000; the scorer itself must come to an end."""
_PRODUCTS_A_TOKEN = 2 * 6 * 12 * DIMENSIONS**2
"""Operations in the six layers' matrices: 12 × 384² weights each, a product and a sum."""


def load_seconds() -> tuple[float, int]:
    """Return the CPU seconds until a fresh process has a scorer, and its peak memory in MB."""
    program = (
        "import time, resource; from scoring.library import RubricLibrary; from scoring.scorer import Scorer;"
        "Scorer(RubricLibrary().load('behavioural'));"
        "from language.sentence_vectors import encoder; encoder();"
        "print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    command = [sys.executable, "-c", program]
    cpu, memory = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(cpu), int(memory)


@cache
def scorer() -> Scorer:
    """Return the scorer that all measurements use."""
    return Scorer(RubricLibrary().load("behavioural"))


def score_seconds(tree: dict[str, Any]) -> float:
    """Return the CPU seconds that a transcript takes whose sentences were never seen before."""
    parse.cache_clear()
    clauses.cache_clear()
    transcript = Transcript.model_validate(tree)
    started = time.process_time()
    scorer().score(transcript)
    return time.process_time() - started


@contextmanager
def vectors_timed() -> Iterator[dict[str, float]]:
    """Yield what accumulates: CPU seconds in the sentence encoder, and the tokens that it read."""
    spent = {"cpu_s": 0.0, "tokens": 0.0}
    original = SentenceEncoder._encoded

    def timed(self: SentenceEncoder, asked: Sequence[str | Part]) -> dict[str | Part, Vectors]:
        started = time.process_time()
        vectors = original(self, asked)
        spent["cpu_s"] += time.process_time() - started
        texts = {one.text if isinstance(one, Part) else one for one in asked}
        spent["tokens"] += sum(len(found.ids) for found in self._tokenizer.encode_batch(list(texts)))
        return vectors

    SentenceEncoder._encoded = timed  # type: ignore[method-assign]
    try:
        yield spent
    finally:
        SentenceEncoder._encoded = original  # type: ignore[method-assign]


def billions() -> float:
    """Return how many billion operations a second one core does in products of whole numbers just now."""
    values = quantised(np.ones((384, DIMENSIONS), dtype=np.float32))
    matrix = layer(
        np.ones((DIMENSIONS, 4 * DIMENSIONS), dtype=np.float32), np.zeros(4 * DIMENSIONS, np.float32)
    )
    rates = []
    for _ in range(20):
        started = time.process_time()
        for _ in range(5):
            matrix.product(values)
        rates.append(10 * values.steps.size * 4 * DIMENSIONS / (time.process_time() - started) / 1e9)
    return statistics.median(rates)


def twenty_minutes(trees: list[dict[str, Any]]) -> dict[str, float]:
    """Return the medians over ``trees``."""
    found: dict[str, list[float]] = {}
    for tree in trees:
        answers = [str(turn["text"]) for turn in tree["turns"] if turn["speaker"] == "candidate"]
        cpu = score_seconds(tree)
        with vectors_timed() as vectors:
            score_seconds(tree)
        started = time.process_time()
        parsed_together(answers)
        one = {
            "words": float(sum(len(text.split()) for text in answers)),
            "cpu_s": cpu,
            "parser_alone_s": time.process_time() - started,
            "tokens": vectors["tokens"],
            "vectors_s": vectors["cpu_s"],
            "products_alone_s": vectors["tokens"] * _PRODUCTS_A_TOKEN / billions() / 1e9,
        }
        for name, value in one.items():
            found.setdefault(name, []).append(value)
    return {name: round(statistics.median(values), 3) for name, values in found.items()}


def main() -> None:
    """Print the figures and write them as JSON."""
    loads = [load_seconds() for _ in range(2)]
    first = score_seconds(dense(1, WORDS)[0])
    report: dict[str, Any] = {
        "load_average": round(os.getloadavg()[0], 1),
        "load_cpu_s": round(statistics.median(cpu for cpu, _ in loads), 2),
        "loaded_memory_mb": max(memory for _, memory in loads),
        "first_transcript_cpu_s": round(first, 3),
        "billion_operations_a_second": round(billions(), 1),
        "real": twenty_minutes(real(TRANSCRIPTS, REAL_ANSWERS)),
        "dense": twenty_minutes(dense(TRANSCRIPTS, WORDS)),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "one_answer_cpu_s": {words: round(score_seconds(one_answer(words)), 2) for words in LONG},
        "peak_memory_of_the_longest_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    publish("scoring_speed", report)


if __name__ == "__main__":
    main()
