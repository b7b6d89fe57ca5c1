"""What changed between two versions of a bank."""

from typing import Any

from question_bank.bank import Bank


def diff(old: Bank, new: Bank) -> list[str]:
    """Return one line for each difference, in the order of the fields; empty if there is none."""
    before, after = (bank.model_dump(mode="json", by_alias=True) for bank in (old, new))
    questions = [_by_id(tree.pop("questions")) for tree in (before, after)]
    lines = _compare("", before, after)
    for question_id in dict.fromkeys([*questions[0], *questions[1]]):
        one, other = questions[0].get(question_id), questions[1].get(question_id)
        if one is not None and other is not None:
            lines.extend(_compare(f"questions.{question_id}.", one, other))
        elif other is not None:
            lines.append(f"+ questions.{question_id}: {other['text']}")
        elif one is not None:
            lines.append(f"- questions.{question_id}: {one['text']}")
    orders = [[q.id for q in bank.questions] for bank in (old, new)]
    common = [[i for i in order if i in orders[0] and i in orders[1]] for order in orders]
    if common[0] != common[1]:
        lines.append(f"~ order: {', '.join(common[0])} → {', '.join(common[1])}")
    return lines


def _by_id(questions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {question["id"]: question for question in questions}


def _compare(prefix: str, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    lines = []
    for key in dict.fromkeys([*before, *after]):
        one, other = before.get(key), after.get(key)
        if isinstance(one, dict) and isinstance(other, dict):
            lines.extend(_compare(f"{prefix}{key}.", one, other))
        elif one != other:
            lines.append(f"~ {prefix}{key}: {one!r} → {other!r}")
    return lines
