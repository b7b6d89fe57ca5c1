"""Amended answers: the transcript as it counts, and what of the recording falls silent."""

import math
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from question_bank.library import BankLibrary
from records.amendments import in_force, muted_spans
from records.events import (
    AmendmentUndone,
    AnswerCorrected,
    AnswerWithdrawn,
    CandidateSpoke,
    Event,
    InterviewEnded,
    SentenceAdded,
    UtteranceEnded,
    UtteranceStarted,
    Word,
)
from records.projection import as_said, project
from records.recording import SAMPLE_RATE_HZ, join_segments

BANK = BankLibrary().load("behavioural", "1.0.0")


def asked(at_s: float, turn_id: str, question_id: str | None, kind: str = "question") -> list[Event]:
    started = UtteranceStarted(at_s, turn_id, kind, f"Aila's {turn_id}.", question_id)  # type: ignore[arg-type]
    return [started, UtteranceEnded(at_s + 2.0, turn_id, interrupted=False)]


def said(at_s: float, turn_id: str, question_id: str, text: str) -> CandidateSpoke:
    words = tuple(Word(w, at_s + i * 0.5, at_s + i * 0.5 + 0.5, 0.4) for i, w in enumerate(text.split()))
    return CandidateSpoke(at_s, words[-1].end, turn_id, text, "answer", question_id, words)


FIRST, SECOND = (question.id for question in BANK.questions[:2])
HELD: list[Event] = [
    *asked(0.0, "a1", FIRST),
    said(3.0, "c1", FIRST, "I herd the cattle"),
    *asked(6.0, "a2", FIRST, "follow_up"),
    said(9.0, "c2", FIRST, "They came home"),
    *asked(12.0, "a3", None, "acknowledgement"),
    *asked(14.5, "a4", SECOND),
    said(18.0, "c3", SECOND, "I sold the milk"),
    InterviewEnded(30.0, "completed"),
]


def counted(*amendments: Event) -> dict[str, str]:
    return {turn.id: turn.text for turn in project("s1", BANK, [*HELD, *amendments]).turns}


def spans(*amendments: Event) -> list[tuple[float, float]]:
    return muted_spans(as_said("s1", BANK, HELD).turns, in_force([*HELD, *amendments]))


def test_without_amendments_the_transcript_is_what_was_said() -> None:
    assert project("s1", BANK, HELD) == as_said("s1", BANK, HELD)


def test_a_correction_counts_until_it_is_undone_and_stays_in_the_record() -> None:
    correction = AnswerCorrected(40.0, "c1", "I heard the cattle", "amendment-1")
    assert counted(correction)["c1"] == "I heard the cattle"
    assert as_said("s1", BANK, [*HELD, correction]) == as_said("s1", BANK, HELD)
    assert counted(correction, AmendmentUndone(41.0, "amendment-1", "amendment-2")) == counted()
    newer = AnswerCorrected(42.0, "c1", "I heard the kettle", "amendment-3")
    assert counted(correction, newer)["c1"] == "I heard the kettle"
    undone = AmendmentUndone(43.0, "amendment-3", "amendment-4")
    assert counted(correction, newer, undone) == counted(), "not the one before, of which nothing is shown"
    assert counted(correction, newer, undone, replace(correction, id="amendment-5"))["c1"] == correction.text


def test_an_added_sentence_is_no_part_of_what_counts() -> None:
    assert counted(SentenceAdded(40.0, "c1", "And I led them all.", "amendment-1")) == counted()


def test_a_removed_sentence_does_not_bring_back_the_one_it_replaced() -> None:
    first, second = (SentenceAdded(40.0 + n, "c1", f"Sentence {n}.", f"amendment-{n}") for n in (1, 2))
    assert in_force([first, second]).additions == {"c1": second}
    assert in_force([first, second, AmendmentUndone(50.0, "amendment-2", "amendment-3")]).additions == {}


@pytest.mark.parametrize("turn_id", ["c1", "c2"])
def test_a_withdrawn_answer_goes_with_all_that_was_said_to_its_question(turn_id: str) -> None:
    withdrawn = AnswerWithdrawn(40.0, turn_id, "amendment-1")
    assert list(counted(withdrawn)) == ["a1", "a3", "a4", "c3"]
    [question] = [turn for turn in project("s1", BANK, [*HELD, withdrawn]).turns if turn.withdrawn]
    assert question.id == "a1"
    undone = AmendmentUndone(41.0, "amendment-1", "amendment-2")
    assert project("s1", BANK, [*HELD, withdrawn, undone]) == as_said("s1", BANK, HELD)


def test_the_sound_of_a_withdrawn_answer_is_silent_from_the_question_to_what_comes_next() -> None:
    first, last = AnswerWithdrawn(40.0, "c2", "amendment-1"), AnswerWithdrawn(41.0, "c3", "amendment-2")
    assert spans(first) == [(2.0, 12.0)]
    assert spans(first, last) == [(2.0, 12.0), (16.5, math.inf)]
    assert spans(SentenceAdded(40.0, "c1", "More.", "amendment-1")) == []


def test_muted_spans_are_silent_on_both_sides_and_the_rest_is_heard(tmp_path: Path) -> None:
    segments = tmp_path / "segments"
    segments.mkdir()
    tone = (8000 * np.sin(np.arange(3 * SAMPLE_RATE_HZ) * 0.2)).astype("<i2")
    (segments / "0000000000.pcm").write_bytes(np.repeat(tone, 2).tobytes())
    before = (segments / "0000000000.pcm").read_bytes()
    target = tmp_path / "joined.m4a"
    assert join_segments(segments, target, [(0.5, 1.0), (2.25, math.inf)]) == 3.0
    with av.open(str(target)) as container:
        heard = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)

    def loudness(start_s: float, end_s: float) -> np.ndarray:
        return np.abs(heard[:, int(start_s * SAMPLE_RATE_HZ) : int(end_s * SAMPLE_RATE_HZ)]).max(axis=1)

    assert (loudness(0.2, 0.4) > 0.1).all()
    assert (loudness(0.6, 0.9) < 0.01).all()
    assert (loudness(1.2, 2.1) > 0.1).all()
    assert (loudness(2.4, 3.0) < 0.01).all()
    assert (segments / "0000000000.pcm").read_bytes() == before
