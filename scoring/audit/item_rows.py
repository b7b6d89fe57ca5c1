"""The row about single behaviours: whether one is found more often in one group among equals."""

from collections.abc import Mapping

from records.group_categories import PREFER_NOT_TO_SAY
from scoring.audit.figures import absent, figure, reason
from scoring.audit.item_functioning import MIN_EACH, NEGLIGIBLE, ItemEffect, item_effects
from scoring.audit.report_format import Figure, PropertyRow
from scoring.panel.estimate import Estimate, NotEnough
from scoring.result import CriterionResult, IndicatorResult, Scores

_LEVELS = {"no": 0, "yes": 1, "medium": 2, "high": 3}


def item_row(scores: Mapping[str, Scores], groups: Mapping[str, Mapping[str, str]]) -> PropertyRow:
    """Return the largest effect for each kind of group (kind → person → group)."""
    figures = [_largest(kind, scores, answers) for kind, answers in groups.items()]
    return PropertyRow(
        id="items_are_fair",
        property="Behaviours are fair",
        statistic="differential item functioning: change of Nagelkerke's R² in logistic regression",
        level=f"< {NEGLIGIBLE}",
        figures=tuple(figures),
    )


def _largest(kind: str, scores: Mapping[str, Scores], answers: Mapping[str, str]) -> Figure:
    name = f"largest change of R² by {kind}"
    known = {p: group for p, group in answers.items() if group != PREFER_NOT_TO_SAY and p in scores}
    if len(set(known.values())) < 2:
        return absent(name, f"self-reported {kind} of two groups is needed, {MIN_EACH} people each")
    effects = effects_of(scores, known)
    found = [one for one in effects if isinstance(one.change_of_r2, Estimate)]
    if found:
        worst = max(found, key=_size)
        where = f"{worst.behaviour}, {worst.group} beside {worst.reference}"
        of = f"{len(found)} comparisons; the largest is {where}"
        return figure(name, worst.change_of_r2, of, lambda value: value < NEGLIGIBLE)
    short = [one.change_of_r2 for one in effects if isinstance(one.change_of_r2, NotEnough)]
    if short:
        # The number itself would show how many are in a group that is too small to be shown.
        return absent(name, f"fewer than {MIN_EACH} people in one of each two groups: {short[0].because}")
    return absent(name, reason(effects[0].change_of_r2) if effects else "no behaviour was looked for")


def _size(effect: ItemEffect) -> float:
    return effect.change_of_r2.value if isinstance(effect.change_of_r2, Estimate) else 0.0


def effects_of(scores: Mapping[str, Scores], group: Mapping[str, str]) -> list[ItemEffect]:
    """Return each behaviour's effect; people are matched by the criterion's other behaviours."""
    effects = []
    for criterion in sorted({result.id for one in scores.values() for result in one.criteria}):
        results = {
            person: result
            for person, one in scores.items()
            for result in one.criteria
            if result.id == criterion and not result.abstained
        }
        for behaviour in sorted({i.id for result in results.values() for i in result.indicators}):
            found = {p: {behaviour: _value(result, behaviour) > 0} for p, result in results.items()}
            rest = {p: _rest(result, behaviour) for p, result in results.items()}
            effects += item_effects(found, rest, group)
    return effects


def _value(result: CriterionResult, behaviour: str) -> int:
    return next((_level(one) for one in result.indicators if one.id == behaviour), 0)


def _rest(result: CriterionResult, behaviour: str) -> float:
    return float(sum(_level(one) for one in result.indicators if one.id != behaviour))


def _level(indicator: IndicatorResult) -> int:
    return _LEVELS[indicator.value]
