"""How well the clauses of real answers are read, against labels made by hand, beside a plain baseline.

Run it as ``.venv/bin/python -m bench.clause_analysis``; ``--errors`` also prints every wrong label of the
development half, the half to improve the rules by: persons with odd numbers. The others are held out.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from language.clauses import Clause, clauses
from language.parsing import parse
from language.verbs import is_past_form, words_of

ROOT = Path(__file__).parents[1]
ANNOTATIONS = ROOT / "tests" / "data" / "clauses" / "annotations.jsonl"
RESULTS = ROOT / "bench-results" / "clause_analysis.json"
FIELDS = ("actor", "negated", "modality", "past", "speech_act")
VARIANTS = ("written", "spoken")
PARTS = ("all", "development", "held_out")
_OTHER_SUBJECTS = frozenset({"he", "she", "it", "we", "they", "you", "that", "which", "who", "this", "what"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled clause and the found one with the same head; one of the two is None where there is none."""

    person: str
    text: str
    at: int
    labelled: dict[str, Any] | None
    found: Clause | None


def in_part(person: str, part: str) -> bool:
    odd = int(person.removeprefix("p")) % 2 == 1
    return part == "all" or odd == (part == "development")


def pairs(variant: str, part: str = "all") -> list[Pair]:
    every = []
    for line in map(json.loads, ANNOTATIONS.read_text(encoding="utf-8").splitlines()):
        if line["variant"] != variant or not in_part(line["person"], part):
            continue
        text = line["text"]
        labelled = {clause["start"]: clause for clause in line["clauses"]}
        doc = parse(text)
        found: dict[int, Clause] = {}
        for clause in clauses(text):
            token = doc[clause.head]
            inside = (at for at in labelled if token.idx <= at < token.idx + len(token.text))
            found[next(inside, token.idx)] = clause
        every += [
            Pair(line["person"], text, at, labelled.get(at), found.get(at)) for at in sorted(labelled | found)
        ]
    return every


def rates(right: int, given: int, wanted: int) -> dict[str, float | int]:
    """Return precision, recall and F1 with the number of labels; 0 where nothing was given or wanted."""
    precision, recall = right / given if given else 0.0, right / wanted if wanted else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(f1, 3),
        "labelled": wanted,
        "given": given,
    }


def should_credit(labelled: dict[str, Any]) -> bool:
    return (
        labelled["actor"] in ("i", "we")
        and labelled["past"]
        and not labelled["negated"]
        and labelled["modality"] == "realised"
        and labelled["speech_act"] == "narrated"
    )


def credit(every: list[Pair], credits: Callable[[Pair], bool]) -> dict[str, float | int]:
    given = {index for index, pair in enumerate(every) if credits(pair)}
    wanted = {i for i, pair in enumerate(every) if pair.labelled is not None and should_credit(pair.labelled)}
    return rates(len(given & wanted), len(given), len(wanted))


def interval(every: list[Pair], credits: Callable[[Pair], bool]) -> dict[str, list[float]]:
    """Return 95% bootstrap intervals over persons: the clauses of one person are not independent."""
    persons: dict[str, list[int]] = {}
    for pair in every:
        given, wanted = credits(pair), pair.labelled is not None and should_credit(pair.labelled)
        counts = persons.setdefault(pair.person, [0, 0, 0])
        for place, counted in enumerate((given and wanted, given, wanted)):
            counts[place] += counted
    dice, drawn = random.Random(1), []
    for _ in range(1000):
        sample = dice.choices(list(persons.values()), k=len(persons))
        drawn.append(rates(*(sum(counts[place] for counts in sample) for place in range(3))))
    bounds = {}
    for measure in ("precision", "recall", "f1"):
        ordered = sorted(float(one[measure]) for one in drawn)
        bounds[measure] = [ordered[24], ordered[974]]
    return bounds


def _analysis(pair: Pair) -> bool:
    return pair.found is not None and pair.found.credited


def _subject_baseline(pair: Pair) -> bool:
    """Found clauses of "I" whose verb is a past form by spelling: no polarity, modality or speech act."""
    return pair.found is not None and pair.found.actor == "i" and is_past_form(_word_at(pair))


def _word_baseline(pair: Pair) -> bool:
    """Past forms by spelling whose nearest subject word before, among four words, is "I": no parse at all."""
    if not is_past_form(_word_at(pair)):
        return False
    for word in reversed(words_of(pair.text[: pair.at])[-4:]):
        if word == "i" or word.startswith("i'"):
            return True
        if word in _OTHER_SUBJECTS:
            return False
    return False


def _word_at(pair: Pair) -> str:
    return next(iter(words_of(pair.text[pair.at : pair.at + 30])), "")


_CREDITING: dict[str, Callable[[Pair], bool]] = {
    "clause analysis": _analysis,
    "baseline: parsed subject I, past form": _subject_baseline,
    "baseline: I before a past form": _word_baseline,
}


def measured(variant: str, part: str) -> dict[str, Any]:
    every = pairs(variant, part)
    both = [(p.labelled, p.found) for p in every if p.labelled is not None and p.found is not None]
    labelled = sum(p.labelled is not None for p in every)
    found = sum(p.found is not None for p in every)
    fields, labels, confusions = {}, {}, {}
    for field in FIELDS:
        told = [(gold[field], getattr(own, field)) for gold, own in both]
        fields[field] = round(sum(gold == own for gold, own in told) / len(told), 3)
        labels[field] = {
            str(label): rates(
                sum(gold == own == label for gold, own in told),
                sum(own == label for _, own in told),
                sum(gold == label for gold, _ in told),
            )
            for label in sorted({gold for gold, _ in told} | {own for _, own in told}, key=str)
        }
        wrong = Counter(f"{gold} read as {own}" for gold, own in told if gold != own)
        confusions[field] = dict(wrong.most_common())
    return {
        "clauses": labelled,
        "heads": {
            **rates(len(both), found, labelled),
            "found": len(both),
            "missed": labelled - len(both),
            "spurious": found - len(both),
        },
        "all_fields_right": round(
            sum(all(gold[f] == getattr(own, f) for f in FIELDS) for gold, own in both) / len(both), 3
        ),
        "accuracy": fields,
        "labels": labels,
        "confusions": confusions,
        "credited": {
            name: {**credit(every, credits), "interval": interval(every, credits)}
            for name, credits in _CREDITING.items()
        },
    }


def table(result: dict[str, Any]) -> Iterable[str]:
    heads = result["heads"]
    yield f"heads: {heads['found']} found, {heads['missed']} missed, {heads['spurious']} spurious"
    yield f"all five fields right: {result['all_fields_right']:.3f}"
    yield ""
    yield "| field | label | precision | recall | F1 | labelled |"
    yield "|---|---|---|---|---|---|"
    for field in FIELDS:
        total = heads["found"]
        yield f"| **{field}** | accuracy | {result['accuracy'][field]:.3f} | | | {total} |"
        yield from (_row(field, label, rate) for label, rate in result["labels"][field].items())
    yield ""
    yield "| credited or not | precision | recall | F1 | labelled |"
    yield "|---|---|---|---|---|"
    for name, rate in result["credited"].items():
        spans = [f"{rate[key]:.3f} ({low:.2f}–{high:.2f})" for key, (low, high) in rate["interval"].items()]
        yield f"| {name} | {' | '.join(spans)} | {rate['labelled']} |"


def halves(parts: dict[str, Any]) -> Iterable[str]:
    yield "| half | heads F1 | " + " | ".join(FIELDS) + " | credited precision | recall |"
    yield "|---" * (len(FIELDS) + 4) + "|"
    for part in ("development", "held_out"):
        result = parts[part]
        own = result["credited"]["clause analysis"]
        figures = [result["heads"]["f1"], *result["accuracy"].values(), own["precision"], own["recall"]]
        yield f"| {part} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"


def _row(field: str, label: str, rate: dict[str, float]) -> str:
    return f"| {field} | {label} | {_figures(rate)} |"


def _figures(rate: dict[str, float]) -> str:
    return f"{rate['precision']:.3f} | {rate['recall']:.3f} | {rate['f1']:.3f} | {rate['labelled']}"


def errors(variant: str) -> Iterable[str]:
    marks = {(True, False): "CREDIT LOST ", (False, True): "CREDITED "}
    for pair in pairs(variant, "development"):
        around = f"{pair.text[max(0, pair.at - 60) : pair.at]}▸{pair.text[pair.at : pair.at + 40]}"
        if pair.labelled is None and pair.found is not None:
            yield f"{'CREDITED ' if pair.found.credited else ''}spurious: {around}"
        elif pair.labelled is not None and pair.found is None:
            yield f"{'CREDIT LOST ' if should_credit(pair.labelled) else ''}missed: {around}"
        elif pair.labelled is not None and pair.found is not None:
            gold, own = pair.labelled, pair.found
            wrong = [f"{f} {gold[f]} read as {getattr(own, f)}" for f in FIELDS if gold[f] != getattr(own, f)]
            if wrong:
                mark = marks.get((should_credit(gold), own.credited), "")
                yield f"{mark}{'; '.join(wrong)}: {around}"


def main() -> None:
    results = {variant: {part: measured(variant, part) for part in PARTS} for variant in VARIANTS}
    for variant, parts in results.items():
        print(f"\n{variant}: {parts['all']['clauses']} clauses labelled by hand")
        print("\n".join((*table(parts["all"]), "", *halves(parts))))
        if "--errors" in sys.argv:
            print("\n".join(errors(variant)))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
