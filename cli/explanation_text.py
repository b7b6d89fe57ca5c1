"""An explanation in plain language: for a candidate, a lawyer, a psychologist with a pocket calculator."""

from collections.abc import Iterator
from textwrap import fill

from question_bank.fault_wording import printable
from scoring import aggregation as formula
from scoring.exclusion import IN_WORDS
from scoring.explanation_format import BehaviourPart, Excluded, Explanation, Payment, ResponsePart
from scoring.result import Evidence

WIDTH = 110
_ODDS = f"{formula.PATTERN_ODDS:g}"
_TECHNIQUES = {"clause_pattern": "its words fit the pattern", "concept": "it names the topic"}


def explanation_text(found: Explanation) -> str:
    """Return ``found`` as a text of several sections."""
    lines = [*_head(found), "", *_legend()]
    for response in found.responses:
        lines += ["", *_response(response, found.decimals)]
    lines += ["", *_sum(found), "", *_provenance(found)]
    return "\n".join(lines)


def _head(found: Explanation) -> Iterator[str]:
    rubric = f"rubric {found.rubric.id} {found.rubric.version}"
    yield f"{found.name} ({found.criterion}), session {printable(found.session_id)}, {rubric}"
    if found.score is None or found.interval is None:
        yield f"Not scored: {found.reason}. That is no zero and says nothing about the candidate."
    else:
        low, high = found.interval
        yield (
            f"Score {found.score:.2f} of 3, between {low:.2f} and {high:.2f}. "
            "Uncalibrated: not yet compared with people's ratings."
        )
    yield fill(f"What is asked for: {found.definition}", WIDTH)
    if found.source:
        yield fill(f"Taken from: {found.source}", WIDTH)


def _legend() -> Iterator[str]:
    yield "HOW TO READ IT"
    yield "  Numbers are rounded when found and used as printed: a pocket calculator gives each line."
    yield f"  Where the words fit a pattern, similarity s becomes {_ODDS} s / (1 − s + {_ODDS} s)."
    yield "  A statement pays in full for what it shows most plainly, for the next by half, then a quarter …"
    yield f"  A behaviour's plainest statement counts in full, each further one × {formula.NEXT_STATEMENT:g}."


def _response(part: ResponsePart, decimals: int) -> Iterator[str]:
    why = (
        "targets this criterion"
        if part.targets_the_criterion
        else "does not target it; only plain acts count"
    )
    yield f"QUESTION {printable(part.question_id or '(none)')}, which {why}"
    if part.question:
        yield fill(f'  "{printable(part.question)}"', WIDTH, subsequent_indent="  ")
    turns = ", ".join(printable(turn) for turn in part.turns)
    said = f"{part.words} words, {part.clauses} clauses"
    yield f"  Answered in {turns}: {said}, of which {part.counted} tell own past acts and count."
    if part.not_counted:
        yield "  Not counted:"
        yield from (f"    {count} × {IN_WORDS[reason]}" for reason, count in part.not_counted.items())
    yield "  BEHAVIOURS"
    if not part.behaviours:
        yield "    none was found"
    for behaviour in part.behaviours:
        yield from _behaviour(behaviour, decimals)
    yield from _arithmetic(part, decimals)
    if part.nearest_not_counted:
        yield "  NEAREST TO COUNTING, AND WHY IT DOES NOT"
        yield from (line for excluded in part.nearest_not_counted for line in _excluded(excluded))


def _behaviour(part: BehaviourPart, decimals: int) -> Iterator[str]:
    yield f"    {part.id} = {_number(part.strength, decimals)} ({part.value}): {part.statement}"
    for payment in part.payments:
        yield f"      + {_number(payment.adds, decimals)}  {_quoted(payment.quote)}"
        yield f"          {_payment(payment, decimals)}"
    if part.further > 0:
        yield f"      + {_number(part.further, decimals)}  further statements together"
    total = sum(payment.adds for payment in part.payments) + part.further
    if total > 1.0:
        yield "      at most 1"
    for quote in part.contradicting:
        yield f"      against it: {_quoted(quote)}"


def _payment(payment: Payment, decimals: int) -> str:
    similar = payment.techniques.get("similarity")
    said = [] if similar is None else [f"similarity to the examples {similar:.3f}"]
    said += [words for kind, words in _TECHNIQUES.items() if kind in payment.techniques]
    strength = f"{' and '.join(said)}: strength {_number(payment.strength, decimals)}"
    if payment.divided_by > 1:
        strength += f", / {payment.divided_by} (it shows other behaviours more plainly)"
    if payment.times < 1.0:
        strength += f", × {payment.times:g} (a further statement of the same)"
    return strength


def _excluded(part: Excluded) -> Iterator[str]:
    yield f"    {_quoted(part.quote)}"
    yield f"      {part.in_words}. Else it would have shown {part.behaviour} with {part.strength:.3f}."


def _arithmetic(part: ResponsePart, decimals: int) -> Iterator[str]:
    def number(value: float) -> str:
        return _number(value, decimals)

    shown = [behaviour.strength for behaviour in part.behaviours if behaviour.strength > 0]
    yield "  FROM THE BEHAVIOURS TO THE SCORE OF THE ANSWER"
    behaviours = _any_of(shown, formula.BEHAVIOUR_WEIGHT, decimals)
    yield f"    of behaviours = {behaviours} = {number(part.breadth_of_behaviours)}"
    statements = _any_of(part.plainest_statements, formula.STATEMENT_WEIGHT, decimals)
    yield f"    of statements = {statements} = {number(part.breadth_of_statements)}"
    share = formula.BEHAVIOURS_SHARE
    yield (
        f"    breadth = {share:g} × {number(part.breadth_of_behaviours)} + {1 - share:g} × "
        f"{number(part.breadth_of_statements)} = {number(part.breadth)}"
    )
    yield (
        f"    how it is told: concreteness {number(part.concreteness)}, different acts {number(part.acts)}, "
        f"result {number(part.result)}, lesson {number(part.lesson)}"
    )
    yield (
        f"    told = {number(part.breadth)}^{formula.BREADTH_EXPONENT:g} × {number(part.concreteness)} × "
        f"({formula.TOLD:g} + {formula.ACTS:g} × {number(part.acts)} + "
        f"{formula.RESULT:g} × {number(part.result)} + {formula.LESSON:g} × {number(part.lesson)})"
        f" = {number(part.told)}"
    )
    yield f"    score of the answer = 3 × {number(part.told)} = {number(part.score)}, at most 3"


def _any_of(strengths: tuple[float, ...] | list[float], weight: float, decimals: int) -> str:
    factors = " × ".join(f"(1 − {weight:g} × {_number(strength, decimals)})" for strength in strengths)
    return f"1 − {factors}" if factors else "nothing"


def _sum(found: Explanation) -> Iterator[str]:
    if found.score is None or found.interval is None or found.width is None:
        return
    scores = sorted((part.score for part in found.responses), reverse=True)
    best, following = (*scores, 0.0, 0.0)[:2]
    yield "SCORE"
    yield "  The best answer's, and a part of what is left for the next best:"
    first, second = _number(best, found.decimals), _number(following, found.decimals)
    yield f"  {first} + (3 − {first}) × {formula.NEXT_RESPONSE:g} × {second} / 3 = {found.score:.2f}"
    width, (low, high) = found.width, found.interval
    yield "INTERVAL"
    yield f"  {width.always:.3f}  always"
    yield f"  {width.few_answers:.3f}  few answers to questions that target it"
    yield f"  {width.lone:.3f}  behaviours that only one kind of technique found"
    yield f"  {width.recognition:.3f}  words recognised with low probability"
    above = width.always + width.few_answers + width.lone + width.recognition
    yield f"  {above:.3f}  above the score: {high:.2f} (at most 3)"
    yield f"  {width.contradicted:.3f}  more below it, for what contradicts: {low:.2f} (at least 0)"


def _provenance(found: Explanation) -> Iterator[str]:
    yield "WHERE IT COMES FROM (the same of all gives the same score, to the byte)"
    yield from (f"  {name.replace('_', ' '):<15} {value}" for name, value in found.provenance.items())


def _quoted(quote: Evidence) -> str:
    return f'"{printable(quote.quote)}" ({printable(quote.turn)}, characters {quote.start}–{quote.end})'


def _number(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}"
