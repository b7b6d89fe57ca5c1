"""Whether poor conduct told as a deed is taken for good conduct: the pairs ``conduct.yaml`` of the cases.

Both answers of a pair tell own acts that happened, in the same place and at the same length; one goes against
what the question asks for. Printed for each split: the mean scores, in how many answers a behaviour of the
criterion is found and read "medium" or "high", and in how many something is quoted against one.
"""

import json
from pathlib import Path

import numpy as np

from bench.scoring_cases import Case, Split, cases, transcript
from scoring.library import RubricLibrary
from scoring.result import CriterionResult
from scoring.scorer import Scorer

FAMILY = "conduct"
RESULTS = Path("bench-results") / "scoring_conduct.json"


def results(scorer: Scorer, split: Split) -> list[tuple[CriterionResult, CriterionResult]]:
    """Return what the scorer finds in the fair and in the poor answer of each pair."""
    found = []
    for case in cases(split):
        if case.family == FAMILY:
            fair, poor = (_of(scorer, case, answer) for answer in case.answers)
            found.append((fair, poor))
    return found


def figures(of: list[CriterionResult]) -> dict[str, float]:
    """Return the figures of answers that are all fair or all poor."""
    values = [[indicator.value for indicator in result.indicators] for result in of]
    against = [any(indicator.contradicting for indicator in result.indicators) for result in of]
    strong = [any(value in ("medium", "high") for value in found) for found in values]
    shown = [sum(value != "no" for value in found) for found in values]
    return {
        "mean_score": round(float(np.mean([result.score or 0.0 for result in of])), 2),
        "behaviours_found": round(float(np.mean(shown)), 2),
        "with_a_behaviour": round(float(np.mean(np.array(shown) > 0)), 2),
        "with_one_medium_or_high": round(float(np.mean(strong)), 2),
        "with_a_quote_against_one": round(float(np.mean(against)), 2),
    }


def main() -> None:
    """Print the figures of both splits and write them as JSON."""
    scorer = Scorer(RubricLibrary().load("behavioural"))
    report: dict[str, dict[str, object]] = {}
    splits: tuple[Split, ...] = ("development", "unseen")
    for split in splits:
        pairs = results(scorer, split)
        ordered = float(np.mean([(fair.score or 0.0) > (poor.score or 0.0) for fair, poor in pairs]))
        report[split] = {
            "pairs": len(pairs),
            "in_order": round(ordered, 2),
            "fair": figures([fair for fair, _ in pairs]),
            "poor": figures([poor for _, poor in pairs]),
        }
        print(f"{split}: {len(pairs)} pairs, {ordered:.0%} in order")
        for which in ("fair", "poor"):
            print(f"  {which}: {report[split][which]}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=1))


def _of(scorer: Scorer, case: Case, answer: str) -> CriterionResult:
    scores = scorer.score(transcript(case, answer))
    return next(criterion for criterion in scores.criteria if criterion.id == case.criterion)


if __name__ == "__main__":
    main()
