"""Rewrites the "spoken" lines of tests/data/clauses/annotations.jsonl from its "written" ones.

Lower case, no punctuation, fillers and repeated words; every second extract also loses its articles and the
third-person "-s" of the labelled verbs. The labels stay; the offsets are computed anew.
Run it as ``.venv/bin/python -m bench._spoken_clauses``.
"""

import json
import random
import re
from pathlib import Path
from typing import Any

ANNOTATIONS = Path(__file__).parents[1] / "tests" / "data" / "clauses" / "annotations.jsonl"
_WORD = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z]+)*|'[A-Za-z]+")
_ARTICLES = frozenset({"a", "an", "the"})
_REPEATED = frozenset({"i", "we", "the", "to", "and", "it", "my", "in", "he", "they"})
_FILLERS = ("um", "uh", "so um", "er")
_KEEP_S = frozenset({"is", "was", "has", "does", "focus", "'s"})


def spoken(line: dict[str, Any], number: int) -> dict[str, Any]:
    """Return the extract as it might be transcribed, with the same labels."""
    dice = random.Random(number)
    second_language = number % 2 == 1
    heads = {clause["start"]: clause for clause in line["clauses"]}
    out, clauses = "", []
    for word in _WORD.finditer(line["text"].replace("’", "'")):
        inside = [heads[at] for at in range(word.start(), word.end()) if at in heads]
        text = word.group().lower()
        if not inside and second_language and text in _ARTICLES:
            continue
        if dice.random() < 0.05:
            out += f"{dice.choice(_FILLERS)} "
        if text in _REPEATED and dice.random() < 0.12:
            out += f"{text} "
        for clause in inside:
            head = clause["head"].lower().replace("’", "'")
            shift = clause["start"] - word.start()
            if second_language and not clause["past"] and head.endswith("s") and head not in _KEEP_S:
                text = head = head[:-1]
            start = len(out) + shift
            clauses.append({**clause, "start": start, "end": start + len(head), "head": head})
        out += f"{text} "
    return {**line, "variant": "spoken", "text": out.strip(), "clauses": clauses}


def main() -> None:
    lines = [json.loads(line) for line in ANNOTATIONS.read_text(encoding="utf-8").splitlines()]
    written = [line for line in lines if line["variant"] == "written"]
    every = written + [spoken(line, number) for number, line in enumerate(written)]
    for line in every:
        for clause in line["clauses"]:
            assert line["text"][clause["start"] : clause["end"]] == clause["head"], (line["text"], clause)
    ANNOTATIONS.write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in every), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
