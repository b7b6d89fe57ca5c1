"""Scores many transcript files, in one process or several; results come in the order of the files."""

import os
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from language.sentence_vectors import encoder
from records.transcript import Transcript
from scoring.errors import ScoringError
from scoring.loading import load_transcript_file
from scoring.result import Scores
from scoring.rubric import Rubric
from scoring.scorer import Scorer

AHEAD = 4
"""Transcripts a worker that are read before the first of them is printed."""


@dataclass(frozen=True, slots=True)
class ScoredFile:
    """``scores``, or the ``fault`` for which there are none; ``doubts`` are said beside."""

    path: Path
    scores: Scores | None
    doubts: Sequence[str] = ()
    fault: str | None = None


def scored_files(rubric: Rubric, paths: Sequence[Path], workers: int) -> Generator[ScoredFile, None, None]:
    """Yield what became of each file, in the order of ``paths``.

    Several workers are copies of this process, made after it loaded the models: only what they change takes
    memory again. Where processes cannot be copied safely each loads the models for itself (about 350 MB).
    Files are read here: standard input may be one.
    """
    if min(workers, len(paths)) < 2:
        scorer = Scorer(rubric)
        for path in paths:
            found = _read(path, rubric)
            yield found if isinstance(found, ScoredFile) else _scored(path, scorer.score(found[0]), found[1])
        return
    method = "fork" if sys.platform == "linux" else "spawn"
    if method == "fork":
        _load(rubric)
    with ProcessPoolExecutor(min(workers, len(paths)), get_context(method), _begin, (rubric,)) as pool:
        try:
            yield from _in_order(pool, rubric, paths, AHEAD * workers)
        finally:
            pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, rubric: Rubric, paths: Sequence[Path], ahead: int
) -> Iterator[ScoredFile]:
    waiting: deque[tuple[Path, ScoredFile | tuple[Future[Scores], list[str]]]] = deque()
    for path in paths:
        found = _read(path, rubric)
        if isinstance(found, ScoredFile):
            waiting.append((path, found))
        else:
            # Submitting starts processes, which never see Ctrl-C then: it is this process's to answer.
            with interrupt_held():
                waiting.append((path, (pool.submit(_score, found[0]), found[1])))
        if len(waiting) > ahead:
            yield _awaited(*waiting.popleft())
    while waiting:
        yield _awaited(*waiting.popleft())


def _awaited(path: Path, found: ScoredFile | tuple[Future[Scores], list[str]]) -> ScoredFile:
    if isinstance(found, ScoredFile):
        return found
    return _scored(path, found[0].result(), found[1])


def _read(path: Path, rubric: Rubric) -> ScoredFile | tuple[Transcript, list[str]]:
    try:
        return load_transcript_file(path, rubric)
    except ScoringError as error:
        return ScoredFile(path, None, fault=str(error))


def _scored(path: Path, scores: Scores, doubts: list[str]) -> ScoredFile:
    return ScoredFile(path, scores, doubts)


@contextmanager
def interrupt_held() -> Iterator[None]:
    """Hold Ctrl-C back until the end of the context; processes started in it never see one."""
    came: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # What is started inherits it.
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
    if came:
        raise KeyboardInterrupt


_worker: Scorer | None = None
"""Of a worker process, which scores one transcript after the other."""


def _load(rubric: Rubric) -> None:
    global _worker
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # Threads do not live on in a copy of the process.
    encoder()
    _worker = Scorer(rubric)


def _begin(rubric: Rubric) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    if _worker is None:
        _load(rubric)


def _end_with_parent() -> None:
    """End this process when the one that started it is killed: it would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _score(transcript: Transcript) -> Scores:
    assert _worker is not None  # noqa: S101
    return _worker.score(transcript)


WorkerLost = BrokenProcessPool
