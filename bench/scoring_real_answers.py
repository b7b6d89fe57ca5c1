"""What the scorer finds in 328 real written answers (SIOP 2024, unrated): frequencies, length, wrong words.

Prints in what share of the answers to questions that target its criterion each behaviour is found, the
correlation of score and length, as it is and given the content, and by how much a score changes when one word in
ten is replaced and capitals and punctuation are gone, and when sixty words are added that say nothing.

Content is what a score is meant to reward: behaviours found, different own acts, details (numbers and concrete
nouns, each once), a result, a lesson. The scorer's own code finds them; what is left after them is length itself.
"""

import csv
import random
import re
import statistics
from collections import defaultdict
from pathlib import Path

import numpy as np

from bench._report import publish
from bench.scoring_cases import Case, transcript
from scoring.library import RubricLibrary
from scoring.result import CriterionResult
from scoring.scorer import Scorer

ANSWERS = Path(__file__).parents[1] / "tests" / "data" / "siop2024" / "answers.csv"
TARGETS = {
    "teamwork": r"within a team|team project|team.s success|supportive role|inclusive|team personalit|consensus|teamwork",
    "communication": r"communicat|empathy|stand up for your ideas",
    "problem_solving": r"problem|root cause|decision|setback|limited|improved a process|improvement|crisis",
    "adaptability": r"major change|ambiguity|interrupted|unforeseen|challenge for your team|conflicting instruct",
    "ownership": r"mistake|failed|missed a deadline|initiative|above and beyond|accountab|accuracy|quality",
    "learning": r"growth|skill|criticism|negative feedback|development|learn",
    "conflict_resolution": r"disagreement|conflict between|compromise|challenging team member|gossip|politics",
    "leadership": r"delegat|motivating your team|leadership|mentor|morale|challenging team member",
    "planning": r"deadline|schedule|on track|organization|multiple projects|goal|requirements|planning|budget",
    "customer_focus": r"client|customer",
}
"""Criterion → words of the questions that target it."""
REPLACED = 0.1
PADDING = (
    " So that was that, and as I said it was one of those things that happen at work from time to time. It was a "
    "long day and there was a lot going on, as there always is. I have thought about what else there is to say about "
    "it, and I think that is more or less how it was, so yes, that would be my example for this question."
)


def criteria_of(question: str) -> list[str]:
    """Return the criteria that a question targets, by its words."""
    return [criterion for criterion, words in TARGETS.items() if re.search(words, question, re.I)]


def noisy(text: str, seed: int) -> str:
    """Return ``text`` with one word in ten replaced by another of its own, unpunctuated and in lower case."""
    rng = random.Random(seed)
    words = [word.strip(".,;:!?\"'") for word in text.lower().split()]
    return " ".join(rng.choice(words) if rng.random() < REPLACED else word for word in words)


def partial_correlation(x: list[float], y: list[float], given: list[list[float]]) -> float:
    """Return the correlation of ``x`` and ``y`` after a linear regression of both on ``given``."""
    design = np.column_stack([np.ones(len(x)), *given])

    def rest(values: list[float]) -> np.ndarray:
        fitted, *_ = np.linalg.lstsq(design, np.array(values), rcond=None)
        return np.array(values) - design @ fitted

    return float(np.corrcoef(rest(x), rest(y))[0, 1])


def main() -> None:
    """Print the figures and write them as JSON."""
    scorer = Scorer(RubricLibrary().load("behavioural"))
    found: dict[str, list[bool]] = defaultdict(list)
    scores, words, changes, gains = [], [], [], []
    content: list[list[float]] = []
    for number, row in enumerate(csv.DictReader(ANSWERS.open(encoding="utf-8"))):
        for criterion in criteria_of(row["question"]):
            case = Case(row["person"], "real", "attack", criterion, row["question"], (row["answer"],))
            result = _of(scorer, case, row["answer"])
            if result.score is None:
                continue
            for indicator in result.indicators:
                found[indicator.id].append(indicator.value != "no")
            scores.append(result.score)
            words.append(float(len(row["answer"].split())))
            behaviours = float(sum(i.value != "no" for i in result.indicators))
            content.append([behaviours, *_content(scorer, case, row["answer"])])
            other = _of(scorer, case, noisy(row["answer"], number))
            if other.score is not None:
                changes.append(abs(other.score - result.score))
            padded = _of(scorer, case, row["answer"] + PADDING)
            gains.append((padded.score or 0.0) - result.score)
    rates = {behaviour: statistics.mean(hits) for behaviour, hits in found.items()}
    print("| behaviour | found in |\n|---|---|")
    for behaviour, rate in sorted(rates.items(), key=lambda item: item[1]):
        print(f"| {behaviour} | {rate:.0%} |")
    report = {
        "scored": len(scores),
        "mean_score": round(statistics.mean(scores), 3),
        "score_sd": round(statistics.stdev(scores), 3),
        "r_score_length": round(float(np.corrcoef(scores, words)[0, 1]), 3),
        "partial_r_score_length_given_behaviours": round(
            partial_correlation(scores, words, [[c[0] for c in content]]), 3
        ),
        "partial_r_score_length_given_content": round(
            partial_correlation(scores, words, [list(column) for column in zip(*content, strict=True)]), 3
        ),
        "mean_change_at_ten_percent_errors": round(statistics.mean(changes), 3),
        "mean_gain_from_sixty_empty_words": round(statistics.mean(gains), 3),
        "behaviours_outside_1_to_90_percent": sorted(b for b, r in rates.items() if not 0.01 <= r <= 0.9),
    }
    publish("scoring_real_answers", report, rates=rates)


def _content(scorer: Scorer, case: Case, answer: str) -> list[float]:
    """Return of an answer: different own acts, details, result and lesson."""
    responses = scorer.responses(transcript(case, answer))
    if not responses:
        return [0.0, 0.0, 0.0, 0.0]
    acts = {statement.clause.verb for _, statement in responses[0].statements}
    tokens = responses[0].answers[0].doc
    details = {t.lemma_.lower() for t in tokens if t.like_num or t.pos_ in ("NOUN", "PROPN")}
    return [float(len(acts)), float(len(details)), responses[0].story.result, responses[0].story.lesson]


def _of(scorer: Scorer, case: Case, answer: str) -> CriterionResult:
    return next(c for c in scorer.score(transcript(case, answer)).criteria if c.id == case.criterion)


if __name__ == "__main__":
    main()
