"""``aila score --explain``: a reader with a calculator comes to the score, from text and from JSON."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from scoring import aggregation as formula
from tests.cli.test_score import transcript

HELPED = (
    "Last spring my colleague Petra fell behind with the release. I sat down with her for two evenings and "
    "wrote a checklist of twelve points with her. My boss helped her too. I never blamed her. I would also "
    "ask the customers what they think. I told the whole team about the list. In the end she shipped on "
    "time and the team still uses the list. I learned that a short list helps more than a long talk."
)
MOVED = (
    "We had three weeks for the move. I listed all rooms with the team, divided the work with my colleagues "
    "and checked every Friday what was done. We finished two days early."
)


@pytest.fixture(scope="module")
def scores(file: Path) -> dict[str, Any]:
    return json.loads(aila("--json", file).stdout)


@pytest.fixture(scope="module")
def text(file: Path) -> str:
    return aila("--explain", "teamwork", file).stdout


@pytest.fixture(scope="module")
def found(file: Path) -> dict[str, Any]:
    return json.loads(aila("--json", "--explain", "teamwork", file).stdout)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = transcript()
    content["turns"][1]["text"] = HELPED
    second = [turn | {"id": f"{turn['id']}-2", "question_id": "q2"} for turn in content["turns"]]
    second[0]["criteria"], second[1]["text"] = ["planning"], MOVED
    content["turns"] += second
    path = tmp_path_factory.mktemp("explained") / "one.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def aila(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["score", *map(str, arguments)])


def calculated(expression: str) -> float:
    """Return what a pocket calculator says."""
    for sign, operator in (("×", "*"), ("−", "-"), ("^", "**")):
        expression = expression.replace(sign, operator)
    assert re.fullmatch(r"[\d.+*/() -]+", expression), expression
    return float(eval(expression))


def test_the_printed_numbers_give_the_score(text: str, scores: dict[str, Any]) -> None:
    [scored] = [c for c in scores["criteria"] if c["id"] == "teamwork"]
    assert f"Score {scored['score']:.2f} of 3, between" in text
    sums = re.findall(r"    \w+ = (\d\.\d+) \(\w+\):(.*?)(?=\n    \w+ = |\n  FROM)", text, re.S)
    assert len(sums) >= 4
    for total, part in sums:
        adds = [float(number) for number in re.findall(r"\+ (\d\.\d+)  ", part)]
        assert float(total) == pytest.approx(min(1.0, sum(adds)), abs=1e-9)
    lines = re.findall(
        r"    (?:of behaviours|of statements|breadth|told|score of the answer) = (.+) = ([\d.]+)", text
    )
    assert len(lines) == 2 * 5
    for expression, value in lines:
        assert calculated(expression) == pytest.approx(
            float(value), abs=0.5001 * 10 ** -len(value.split(".")[1])
        )
    [(expression, score)] = re.findall(r"next best:\n  (.+) = ([\d.]+)\n", text)
    assert round(calculated(expression), 2) == float(score) == scored["score"]
    answers = sorted((value for _, value in lines[4::5]), reverse=True)
    assert (
        expression.startswith(f"{answers[0]} + (3 − {answers[0]}) × ")
        and f" × {answers[1]} / 3" in expression
    )
    parts = [float(line.split()[0]) for line in text.split("INTERVAL\n")[1].splitlines()[:4]]
    assert scored["score"] + sum(parts) == pytest.approx(scored["interval"][1], abs=0.006)


def test_each_line_follows_from_the_printed_ones_before_it(found: dict[str, Any]) -> None:
    assert (found["schema"], found["criterion"]) == ("aila.explanation/1", "teamwork")
    digits = found["decimals"]
    for part in found["responses"]:
        for behaviour in part["behaviours"]:
            for payment in behaviour["payments"]:
                adds = payment["strength"] / payment["divided_by"] * payment["times"]
                assert payment["adds"] == pytest.approx(adds, abs=0.5001 * 10**-digits)
                quote = payment["quote"]
                said = HELPED if quote["turn"] == "t2" else MOVED
                assert said[quote["start"] : quote["end"]] == quote["quote"]
        share = formula.BEHAVIOURS_SHARE
        broad = share * part["breadth_of_behaviours"] + (1 - share) * part["breadth_of_statements"]
        assert part["breadth"] == pytest.approx(broad, abs=0.5001 * 10**-digits)
        told = part["told"]
        assert part["score"] == pytest.approx(min(3.0, 3 * told), abs=0.5001 * 10**-digits)
    best, following = sorted((part["score"] for part in found["responses"]), reverse=True)
    assert round(best + (3 - best) * formula.NEXT_RESPONSE * following / 3, 2) == found["score"]


def test_what_does_not_count_is_named_with_its_reason(text: str, found: dict[str, Any]) -> None:
    near = {e["quote"]["quote"]: e["reason"] for e in found["responses"][0]["nearest_not_counted"]}
    assert near["My boss helped her too"] == "another_person"
    assert near["I would also ask the customers what they think"] == "hypothetical"
    assert "somebody else did it. Else it would have shown helped_colleague" in text


def test_an_abstention_says_why_and_provenance_is_that_of_the_scores(
    file: Path, text: str, scores: dict[str, Any]
) -> None:
    assert scores["provenance"] in text
    assert "rubric          sha256:" in text and "transcript      sha256:" in text
    abstained = next(criterion["id"] for criterion in scores["criteria"] if criterion["abstained"])
    explained = aila("--explain", abstained, file).stdout
    assert "Not scored: no question about this was asked." in explained


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--explain", "empathy"), "there is no criterion 'empathy'; known: teamwork, communication"),
        (("--explain", "teamwork", "--calibration", "c.json"), "leave out --calibration"),
    ],
)
def test_what_cannot_be_explained_is_refused(file: Path, options: tuple[str, ...], said: str) -> None:
    result = aila(*options, file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
