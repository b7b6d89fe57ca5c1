"""Abstention, intervals, reproducibility, several answers, and input that is no interview."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from records.transcript import Transcript
from scoring.result import NOT_ASKED
from scoring.scorer import Scorer
from tests.scoring.conftest import Score, transcript
from tests.scoring.test_gates import STORY


def test_a_criterion_that_was_not_asked_is_abstained(scorer: Scorer) -> None:
    plain = (
        "It was a long year, and the weather was bad in the spring and in the summer, and then it was over."
    )
    found = {c.id: c for c in scorer.score(transcript(plain, criterion="teamwork")).criteria}
    assert found["planning"].abstained
    assert found["planning"].reason == NOT_ASKED
    assert found["planning"].score is None
    assert not found["teamwork"].abstained


def test_a_question_without_criteria_counts_for_all(scorer: Scorer) -> None:
    assert not any(c.abstained for c in scorer.score(transcript(STORY, criterion=None)).criteria)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not answered"),
        ("   \n ", "not answered"),
        ("Yes.", "too little was said (1 word)"),
        ("去年我帮助了一位同事完成了她的工作，我们一起工作了两个晚上。", "English"),
        ("🙂🙂🙂 👍", "too little"),
        (
            "Letztes Jahr habe ich meiner Kollegin geholfen, weil sie mit der Liste nicht fertig wurde, und wir haben "
            "zusammen zwei Abende daran gearbeitet.",
            "English",
        ),
    ],
)
def test_what_cannot_be_scored_is_abstained_with_a_reason(score: Score, text: str, reason: str) -> None:
    found = score(text)
    assert found.abstained
    assert reason in (found.reason or "")
    assert found.interval is None


def test_a_question_whose_answer_was_withdrawn_says_so(scorer: Scorer) -> None:
    tree = transcript(criterion="teamwork").model_dump(mode="json", by_alias=True)
    tree["turns"][0]["withdrawn"] = True
    found = {c.id: c for c in scorer.score(Transcript.model_validate(tree)).criteria}
    assert (found["teamwork"].abstained, found["teamwork"].reason) == (True, "withdrawn by the candidate")
    assert found["planning"].reason == NOT_ASKED


def test_poor_recognition_widens_the_interval_and_then_abstains(score: Score) -> None:
    def width(probability: float) -> float:
        low, high = score(STORY, probability=probability).interval or (0.0, 0.0)
        return high - low

    assert width(0.6) > width(0.97)
    assert score(STORY, probability=0.6).score == score(STORY, probability=0.97).score
    assert score(STORY, probability=0.3).abstained


def test_control_characters_and_emoji_keep_the_quotes_verbatim(score: Score) -> None:
    text = STORY.replace("Petra", "Pe\x00tra 🙂").replace("evenings", "evenings\r\n\t—")
    found = score(text)
    quotes = [e for i in found.indicators for e in i.evidence]
    assert quotes
    assert all(text[e.start : e.end] == e.quote for e in quotes)


def test_an_answer_to_a_follow_up_belongs_to_the_question(score: Score) -> None:
    first, rest = STORY.split(" In the end ")
    whole = score(STORY).score or 0.0
    assert score(first, "In the end " + rest).score == pytest.approx(whole, abs=0.3)


def test_practice_questions_and_other_turns_are_not_scored(scorer: Scorer) -> None:
    tree = transcript(STORY).model_dump(mode="json", by_alias=True)
    tree["turns"][0]["kind"] = "practice"
    found = scorer.score(Transcript.model_validate(tree))
    assert all(c.abstained for c in found.criteria)
    tree["turns"][0]["kind"], tree["turns"][1]["kind"] = "question", "control"
    found = scorer.score(Transcript.model_validate(tree))
    assert all(c.abstained for c in found.criteria)


def test_a_hundred_thousand_words_are_scored_without_gain(scorer: Scorer, score: Score) -> None:
    repeated = " ".join([STORY] * 60)
    assert score(repeated).score == pytest.approx(score(STORY).score or 0.0, abs=0.7)


def test_another_process_writes_the_same_bytes(scorer: Scorer, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(transcript(STORY).model_dump(mode="json", by_alias=True)))
    command = [sys.executable, "-m", "cli.main", "score", "--json", str(path)]
    # As on a machine with an older processor: without fused multiply-add and wide vectors, and on one thread.
    older = {
        "OPENBLAS_CORETYPE": "Nehalem",
        "NPY_DISABLE_CPU_FEATURES": "X86_V3",
        "OPENBLAS_NUM_THREADS": "1",
    }
    environment = os.environ | older
    printed = subprocess.run(command, capture_output=True, check=True, env=environment).stdout
    assert printed.decode().strip() == scorer.score(transcript(STORY)).model_dump_json(by_alias=True)


def test_provenance_changes_with_the_words(scorer: Scorer) -> None:
    one, other = (scorer.score(transcript(t)).provenance for t in (STORY, STORY + " Yes."))
    assert one != other
    assert scorer.score(transcript(STORY)).provenance == one
