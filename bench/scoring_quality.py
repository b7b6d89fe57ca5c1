"""How well scores keep the order that answers have: the cases of ``tests/data/scoring_cases``.

Beside Aila's scorer, in the same run: the number of words, the number of the rubric's own words, and the
similarity to the rubric's examples without any gate. Each is scaled so that its mean over the better answers
is Aila's.
``--generative`` adds a small local language model that is asked for a score. That is slow, so all measures
are taken on the same sample of the cases, and how much the model contradicts itself is measured too.
"""

import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from bench.scoring_cases import Case, Split, cases, transcript
from language.parsing import parse
from language.sentence_vectors import encoder
from scoring.example_vectors import examples_by_behaviour
from scoring.library import RubricLibrary
from scoring.rubric import ClausePattern, Rubric
from scoring.scorer import Scorer

EQUAL_WITHIN = 0.5
"""Half a level of four."""
CLOSELY_EQUAL_WITHIN = 0.3
ATTACK_BELOW = 1.5
SAMPLE_SEED, SAMPLE_PER_FAMILY = 20260, 2
RESULTS = Path("bench-results") / "scoring_quality.json"
Judge = Callable[[Case, str], float]


def aila(rubric: Rubric) -> Judge:
    """Return Aila's scorer; an abstention counts as nothing shown."""
    scorer = Scorer(rubric)

    def judge(case: Case, answer: str) -> float:
        scores = scorer.score(transcript(case, answer))
        return next(c.score for c in scores.criteria if c.id == case.criterion) or 0.0

    return judge


def word_count(case: Case, answer: str) -> float:
    """Return the number of words."""
    return float(len(answer.split()))


def keyword_count(rubric: Rubric) -> Judge:
    """Return a judge that counts the lemmas which the rubric's patterns name for the criterion."""
    terms = {
        criterion.id: {
            term
            for behaviour in criterion.behaviours
            for technique in behaviour.techniques
            if isinstance(technique, ClausePattern)
            for term in (*technique.verbs, *technique.about)
        }
        for criterion in rubric.criteria
    }

    def judge(case: Case, answer: str) -> float:
        return float(sum(token.lemma_.lower() in terms[case.criterion] for token in parse(answer)))

    return judge


def similarity_alone(rubric: Rubric) -> Judge:
    """Return a judge that takes the mean of the three sentences most similar to the criterion's examples."""
    examples = examples_by_behaviour(rubric)
    vectors = {
        c.id: encoder().encode([e for b in c.behaviours for e in examples.get(b.id, [])])
        for c in rubric.criteria
    }

    def judge(case: Case, answer: str) -> float:
        sentences = [sentence.text for sentence in parse(answer).sents]
        nearest = (encoder().encode(sentences) @ vectors[case.criterion].T).max(axis=1)
        return float(np.sort(nearest)[::-1][:3].mean())

    return judge


def chosen_cases(split: Split, per_family: int | None) -> list[Case]:
    """Return the cases of a split; with ``per_family`` as many of each family, drawn with a fixed seed."""
    families: dict[str, list[Case]] = defaultdict(list)
    for case in cases(split):
        families[case.family].append(case)
    if per_family is None:
        return [case for family in families.values() for case in family]
    rng = random.Random(SAMPLE_SEED)
    return [c for f in families.values() for c in rng.sample(f, min(len(f), per_family))]


def verdicts(judge: Judge, chosen: Sequence[Case]) -> dict[tuple[str, str], list[tuple[float, ...]]]:
    """Return the values of every case by kind and family."""
    found: dict[tuple[str, str], list[tuple[float, ...]]] = defaultdict(list)
    for case in chosen:
        found[case.kind, case.family].append(tuple(judge(case, answer) for answer in case.answers))
    return found


def scaled(
    found: dict[tuple[str, str], list[tuple[float, ...]]], mean: float
) -> dict[tuple[str, str], list[tuple[float, ...]]]:
    """Return values in 0–3, scaled so that better answers have ``mean``."""
    better = [values[0] for (kind, _), entries in found.items() if kind == "ordering" for values in entries]
    factor = mean / float(np.mean(better))
    return {key: [tuple(min(3.0, v * factor) for v in values) for values in e] for key, e in found.items()}


def passed(kind: str, values: tuple[float, ...]) -> float:
    """Return the share of the case's relations that hold."""
    if kind == "ordering":
        return float(values[0] > values[1])
    if kind == "equality":
        return float(abs(values[0] - values[1]) <= EQUAL_WITHIN)
    if kind == "attack":
        return float(values[0] < ATTACK_BELOW)
    pairs = list(combinations(range(len(values)), 2))
    return sum(values[low] < values[high] for low, high in pairs) / len(pairs)


def main() -> None:
    """Print the tables of the splits and write them as JSON."""
    rubric = RubricLibrary().load("behavioural")
    judges: dict[str, Judge] = {
        "Aila": aila(rubric),
        "word count": word_count,
        "keyword count": keyword_count(rubric),
        "similarity alone": similarity_alone(rubric),
    }
    if "--generative" in sys.argv:
        from bench._generative_judge import generative_judge

        with generative_judge(rubric) as model:
            judges |= {"generative model": model.expected, "its number alone": model.digit}
            report = _compared(judges, ("unseen",), SAMPLE_PER_FAMILY)
            stability = model.stability(chosen_cases("unseen", SAMPLE_PER_FAMILY))
        print("\n" + "\n".join(f"{name:52} {value}" for name, value in stability.items()))
        RESULTS.with_name("scoring_generative.json").write_text(json.dumps(report | {"stability": stability}))
        return
    RESULTS.write_text(json.dumps(_compared(judges, ("development", "unseen", "held_out"), None), indent=1))


def _compared(
    judges: dict[str, Judge], splits: Sequence[Split], per_family: int | None
) -> dict[str, dict[str, dict[str, float]]]:
    RESULTS.parent.mkdir(exist_ok=True)
    report: dict[str, dict[str, dict[str, float]]] = {}
    for split in splits:
        chosen = chosen_cases(split, per_family)
        print(f"\n{split}\n| kind | family | cases | {' | '.join(judges)} |")
        print("|---|---|---|" + "---|" * len(judges))
        found = {name: verdicts(judge, chosen) for name, judge in judges.items()}
        better = [v[0] for (kind, _), entries in found["Aila"].items() if kind == "ordering" for v in entries]
        found = {
            name: f if name == "Aila" else scaled(f, float(np.mean(better))) for name, f in found.items()
        }
        report[split] = _table(found)
        _print_closeness(found["Aila"])
    return report


def _print_closeness(found: dict[tuple[str, str], list[tuple[float, ...]]]) -> None:
    """Print how far apart Aila's scores of two tellings of the same are, and the mean of each level."""
    apart = {f: [abs(a - b) for a, b in v] for (kind, f), v in found.items() if kind == "equality"}
    for family, values in [*sorted(apart.items()), ("all", [d for v in apart.values() for d in v])]:
        close = np.mean(np.array(values) <= CLOSELY_EQUAL_WITHIN)
        print(f"{family:24} mean change {np.mean(values):.2f}, within {CLOSELY_EQUAL_WITHIN} {close:.2f}")
    print("graded, mean of each level", np.mean(found["graded", "graded"], axis=0).round(2).tolist())


def _table(found: dict[str, dict[tuple[str, str], list[tuple[float, ...]]]]) -> dict[str, dict[str, float]]:
    by_kind: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for kind, family in sorted(found["Aila"]):
        cells = []
        for name, verdict in found.items():
            held = [passed(kind, values) for values in verdict[kind, family]]
            by_kind[kind][name] += held
            cells.append(f"{np.mean(held):.2f}")
        print(f"| {kind} | {family} | {len(found['Aila'][kind, family])} | {' | '.join(cells)} |")
    for kind, names in by_kind.items():
        means = " | ".join(f"**{np.mean(held):.3f}**" for held in names.values())
        print(f"| **{kind}** | all | {len(next(iter(names.values())))} | {means} |")
    return {
        kind: {n: round(float(np.mean(h)), 4) for n, h in names.items()} for kind, names in by_kind.items()
    }


if __name__ == "__main__":
    main()
