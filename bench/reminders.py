"""Which answers are reminded of something, and how often rightly: Aila's rules beside naive keywords.

The answers: 328 real ones (`tests/data/siop2024`, all but one complete in themselves) and cases written
for this purpose (`tests/data/reminders`), of which the split `unseen_2` was not used for writing the rules.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from agent.interview.asked import asks_aila
from agent.interview.assessment import reminder_kind
from question_bank.library import BankLibrary

DATA = Path(__file__).parent.parent / "tests" / "data"
RESULTS = Path("bench-results")
REAL_FRAGMENTS = frozenset({"I do not have one."})
_KEYWORDS: tuple[tuple[str, str], ...] = (
    ("refers_to_cv", r"\b(?:cv|resume|application|linkedin|portfolio|cover letter)\b"),
    ("refers_to_earlier", r"\b(?:as i said|mentioned|earlier|before|already|previous|same)\b"),
    ("refers_to_offline", r"\b(?:phone|e-?mail(?:ed)?|website|sent|met|recruiter|hr)\b"),
    ("assumes_watcher", r"\b(?:you (?:can )?see|look|show|camera|screen)\b"),
)


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    split: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one split; ``precision`` None if nothing was flagged."""

    cases: int
    flagged: int
    right: int
    expected: int

    @property
    def precision(self) -> float | None:
        return self.right / self.flagged if self.flagged else None

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


def cases() -> list[Case]:
    """Return the real answers (split ``real``) and the written cases."""
    with (DATA / "siop2024" / "answers.csv").open(newline="", encoding="utf-8") as file:
        texts = [row["answer"] for row in csv.DictReader(file)]
    real = [
        Case(f"siop_{i}", "real", "fragment" if text in REAL_FRAGMENTS else "none", text)
        for i, text in enumerate(texts)
    ]
    with (DATA / "reminders" / "cases.csv").open(newline="", encoding="utf-8") as file:
        return real + [Case(**row) for row in csv.DictReader(file)]


def aila() -> Callable[[str], str]:
    """Return what Aila makes of a text said to a question of the shipped bank."""
    bank = BankLibrary().load("behavioural")
    return lambda text: "question" if asks_aila(bank, text) else reminder_kind(text) or "none"


def keywords(text: str) -> str:
    """Return what a list of keywords makes of it, as one would write it in an hour."""
    if text.strip().endswith("?"):
        return "question"
    for kind, pattern in _KEYWORDS:
        if re.search(pattern, text, re.I):
            return kind
    if sum(not character.isascii() for character in text) > 1:
        return "other_language"
    return "fragment" if len(text.split()) < 10 else "none"


def measure(judge: Callable[[str], str], among: list[Case]) -> Figures:
    """Return how often ``judge`` finds a case's own kind."""
    found = [(case.kind, judge(case.text)) for case in among]
    return Figures(
        len(found),
        sum(got != "none" for _, got in found),
        sum(got == kind != "none" for kind, got in found),
        sum(kind != "none" for kind, _ in found),
    )


def errors(judge: Callable[[str], str], among: list[Case]) -> list[tuple[Case, str]]:
    """Return the cases that ``judge`` takes for something else."""
    return [(case, got) for case in among if (got := judge(case.text)) != case.kind]


def main() -> None:
    everything = cases()
    judges: dict[str, Callable[[str], str]] = {"aila": aila(), "keywords": keywords}
    groups = {
        split: [case for case in everything if case.split == split]
        for split in ("real", "open", "held_out", "unseen", "unseen_2")
    }
    groups["all"] = everything
    report: dict[str, object] = {}
    print(
        f"{'judge':<10}{'cases':<10}{'n':>5}{'flagged':>9}{'right':>7}{'due':>5}{'precision':>11}{'recall':>8}"
    )
    for name, judge in judges.items():
        for split, among in groups.items():
            f = measure(judge, among)
            precision = "–" if f.precision is None else f"{f.precision:.1%}"
            print(
                f"{name:<10}{split:<10}{f.cases:>5}{f.flagged:>9}{f.right:>7}{f.expected:>5}{precision:>11}{f.recall:>8.1%}"
            )
            report[f"{name}.{split}"] = {**asdict(f), "precision": f.precision, "recall": f.recall}
    by_kind = Counter(case.kind for case in everything)
    print("\nper kind, all cases (aila):")
    for kind in sorted(by_kind):
        among = [case for case in everything if case.kind == kind]
        print(f"  {kind:<18}{len(among) - len(errors(judges['aila'], among)):>4} of {len(among)}")
    print("\nerrors of aila:")
    for case, got in errors(judges["aila"], everything):
        print(f"  {case.id} ({case.split}): {got} instead of {case.kind}: {case.text[:100]}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "reminders.json").write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
