"""How each question was answered, over many interviews."""

from question_bank.analytics import QuestionStatistics, question_statistics
from records.transcript import Transcript

Row = tuple[str, str, str | None, str, float, float | None]


def interview(*rows: Row) -> Transcript:
    """Return a transcript of ``(speaker, kind, question, text, start, end)``."""
    turns = [
        {"id": f"t{n}", "speaker": s, "kind": k, "question_id": q, "text": text, "start": start, "end": end}
        for n, (s, k, q, text, start, end) in enumerate(rows)
    ]
    bank = {"id": "demo", "version": "1.0.0"}
    return Transcript.model_validate({"session_id": "s1", "bank": bank, "turns": turns})


def test_counts_and_medians_over_interviews() -> None:
    full = interview(
        ("aila", "practice", "warm_up", "Warm up.", 0, 1),
        ("candidate", "answer", "warm_up", "I ate.", 1, 2),
        ("aila", "question", "q2", "First?", 3, 4),
        ("candidate", "answer", "q2", "one two three", 5, 9),
        ("aila", "follow_up", "q2", "And?", 10, 11),
        ("candidate", "control", "q2", "please repeat that", 11, 12),
        ("candidate", "answer", "q2", "four", 12, 14.5),
        ("aila", "question", "q1", "Second?", 15, 16),
        ("candidate", "question", "q1", "Who hears this?", 17, 18),
    )
    repeated = interview(
        ("aila", "question", "q2", "First?", 0, 1),
        ("aila", "question", "q2", "First?", 2, 3),
        ("candidate", "answer", "q2", "a b c d e f", 4, 5),
    )
    typed = interview(
        ("aila", "question", "q2", "First?", 0, None), ("candidate", "answer", "q2", "a b", 7, 7)
    )
    assert question_statistics([full, repeated, typed]) == {
        "q2": QuestionStatistics(answers=3, skipped=0, median_words=4, median_s=3.8),
        "q1": QuestionStatistics(answers=0, skipped=1, median_words=None, median_s=None),
    }
    assert list(question_statistics([full])) == ["q2", "q1"]


def test_an_answer_without_an_end_has_words_but_no_length() -> None:
    cut = interview(
        ("aila", "question", "q7", "First?", 0, 1), ("candidate", "answer", "q7", "a b c", 2, None)
    )
    assert question_statistics([cut]) == {"q7": QuestionStatistics(1, 0, 3, None)}


def test_nothing_asked_is_nothing_counted() -> None:
    assert question_statistics([]) == {}
    assert question_statistics([interview(("candidate", "answer", "q1", "unasked", 0, 1))]) == {}


def test_a_withdrawn_answer_is_neither_an_answer_nor_a_skip() -> None:
    asked = interview(("aila", "question", "q1", "First?", 0, 1), ("aila", "question", "q2", "Second?", 2, 3))
    turns = (asked.turns[0].model_copy(update={"withdrawn": True}), asked.turns[1])
    found = question_statistics([asked.model_copy(update={"turns": turns})])
    assert found == {"q2": QuestionStatistics(0, 1, None, None)}
