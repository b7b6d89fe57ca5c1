"""The whole computation of one criterion's score, for people who have to answer for it or doubt it.

Every number is rounded when it is found and used as printed, so that a reader with a calculator gets each
line from the lines above it and, at the end, the score itself; as many decimals are kept as that needs.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from language.sentence_vectors import each_text_once
from records.transcript import Transcript
from scoring.abstention import relevant
from scoring.aggregation import (
    BEHAVIOUR_WEIGHT,
    BEHAVIOURS_SHARE,
    NEXT_STATEMENT,
    STATEMENT_WEIGHT,
    STATEMENTS,
    YES,
    any_of,
    by_statement,
    criterion_score,
    payments,
    response_score,
    strength_at,
    told,
)
from scoring.exclusion import IN_WORDS, Exclusion
from scoring.explanation_format import (
    BehaviourPart,
    Excluded,
    Explanation,
    IntervalPart,
    Payment,
    ResponsePart,
)
from scoring.material import Answer, Response
from scoring.result import CriterionResult, Evidence, RubricReference
from scoring.rubric import Criterion
from scoring.scorer import DECIMALS, Finding, Scorer, width_of
from scoring.story import Story
from scoring.techniques import look

DIGITS = (3, 4, 6, 9, 15)
"""Decimals that are tried until the printed numbers give the score."""
NEGLIGIBLE = 0.001
"""What a statement adds to a behaviour below this is not listed, but added up."""
MAX_EXCLUDED = 6
_MEASURES = ("concreteness", "acts", "result", "lesson")


def explain(scorer: Scorer, transcript: Transcript, criterion_id: str) -> Explanation:
    """Return how the score of one criterion comes about; raises UnknownCriterion."""
    criterion = scorer.rubric.criterion(criterion_id)
    with each_text_once():
        responses = scorer.responses(transcript)
        every = scorer.findings(transcript, responses)
    scores, findings = scorer.scores_of(transcript, responses, every), every[criterion_id]
    result = next(c for c in scores.criteria if c.id == criterion_id)
    asked = relevant(transcript, responses, criterion_id)
    shown = [f for f in findings if f.response in asked or f.score > 0]
    digits, parts = _parts(scorer, transcript, criterion, shown, asked, result)
    speaking = asked or [f.response for f in findings if f.score > 0]
    sources = scorer.provenance(transcript)
    return Explanation(
        session_id=transcript.session_id,
        rubric=RubricReference(id=scorer.rubric.id, version=scorer.rubric.version),
        criterion=criterion.id,
        name=criterion.name,
        definition=criterion.definition,
        source=criterion.source,
        abstained=result.abstained,
        reason=result.reason,
        score=result.score,
        interval=result.interval,
        decimals=digits,
        responses=parts,
        width=None
        if result.abstained
        else IntervalPart(**asdict(width_of(findings, speaking, result.indicators))),
        provenance=asdict(sources) | {"digest": sources.digest},
    )


def _parts(
    scorer: Scorer,
    transcript: Transcript,
    criterion: Criterion,
    findings: Sequence[Finding],
    asked: Sequence[Response],
    result: CriterionResult,
) -> tuple[int, tuple[ResponsePart, ...]]:
    """Return the responses' parts with as many decimals as it takes to come to the score."""
    excluded = [_excluded(scorer, transcript, criterion, finding.response) for finding in findings]
    for digits in DIGITS:
        parts = tuple(
            _part(transcript, criterion, finding, finding.response in asked, result, near, counts, digits)
            for finding, (near, counts) in zip(findings, excluded, strict=True)
        )
        if result.score in (None, round(criterion_score([part.score for part in parts]), DECIMALS)):
            return digits, parts
    raise RuntimeError(f"the explanation of {criterion.id} does not come to its score")


def _part(
    transcript: Transcript,
    criterion: Criterion,
    finding: Finding,
    targeted: bool,
    result: CriterionResult,
    near: Sequence[Excluded],
    counts: Counter[Exclusion],
    digits: int,
) -> ResponsePart:
    response = finding.response
    strengths = {
        behaviour: {
            index: round(strength_at([hit for hit in hits if hit.index == index]), digits)
            for index in sorted({hit.index for hit in hits})
        }
        for behaviour, hits in finding.hits.items()
    }
    behaviours = _behaviours(criterion, finding, strengths, result, digits)
    plainest: dict[int, float] = {}
    for at in strengths.values():
        for index, strength in at.items():
            plainest[index] = max(strength, plainest.get(index, 0.0))
    most = sorted(plainest.values(), reverse=True)[:STATEMENTS]
    shown = [part.strength for part in behaviours]
    of_behaviours = round(any_of(shown, BEHAVIOUR_WEIGHT), digits)
    of_statements = round(any_of(most, STATEMENT_WEIGHT), digits)
    broad = round(BEHAVIOURS_SHARE * of_behaviours + (1.0 - BEHAVIOURS_SHARE) * of_statements, digits)
    story = Story(**{name: round(getattr(response.story, name), digits) for name in _MEASURES})
    much = round(told(broad, story), digits)
    return ResponsePart(
        question_id=response.question_id,
        question=_question(transcript, response.question_id),
        turns=tuple(answer.turn.id for answer in response.answers),
        words=response.word_count,
        mean_probability=response.mean_probability,
        clauses=sum(len(answer.clauses) for answer in response.answers),
        counted=len(response.statements),
        not_counted=dict(counts.most_common()),
        behaviours=tuple(part for part in behaviours if part.strength > 0 or part.contradicting),
        breadth_of_behaviours=of_behaviours,
        plainest_statements=tuple(most),
        breadth_of_statements=of_statements,
        breadth=broad,
        concreteness=story.concreteness,
        acts=story.acts,
        result=story.result,
        lesson=story.lesson,
        told=much,
        score=round(response_score(much), digits),
        targets_the_criterion=targeted,
        nearest_not_counted=tuple(near),
    )


def _behaviours(
    criterion: Criterion,
    finding: Finding,
    strengths: dict[str, dict[int, float]],
    result: CriterionResult,
    digits: int,
) -> list[BehaviourPart]:
    paid = payments(strengths)
    indicators = {indicator.id: indicator for indicator in result.indicators}
    parts = []
    for behaviour in criterion.behaviours:
        ordered = sorted(paid[behaviour.id].items(), key=lambda item: (-item[1], item[0]))
        listed, further = [], 0.0
        for place, (index, pays) in enumerate(ordered):
            times = NEXT_STATEMENT**place
            if pays * times < NEGLIGIBLE:
                further += pays * times
                continue
            strength = strengths[behaviour.id][index]
            listed.append(
                Payment(
                    quote=_quote(finding.response, index),
                    techniques={h.kind: h.strength for h in finding.hits[behaviour.id] if h.index == index},
                    strength=strength,
                    divided_by=round(strength / pays),
                    times=round(times, DIGITS[-1]),
                    adds=round(pays * times, digits),
                )
            )
        further = round(further, digits)
        strength = round(min(1.0, sum(payment.adds for payment in listed) + further), digits)
        indicator = indicators.get(behaviour.id)
        parts.append(
            BehaviourPart(
                id=behaviour.id,
                statement=behaviour.statement,
                value=indicator.value if indicator else "no",
                strength=strength,
                payments=tuple(listed),
                further=further,
                contradicting=_here(indicator.contradicting if indicator else (), finding.response),
            )
        )
    return parts


def _excluded(
    scorer: Scorer, transcript: Transcript, criterion: Criterion, response: Response
) -> tuple[list[Excluded], Counter[Exclusion]]:
    """Return the statements nearest to the criterion that do not count, and how many do not and why."""
    sheet = scorer.sheet.with_texts(turn.text for turn in transcript.turns if turn.speaker == "aila")
    left_out = [
        (answer, clause, reason)
        for answer in response.answers
        for clause in answer.clauses
        if (reason := answer.exclusion(clause, sheet)) is not None
    ]
    statements = [answer.statements([clause])[0] for answer, clause, _ in left_out]
    strengths = scorer.index.strengths(statements)
    best: dict[int, tuple[float, str]] = {}
    for behaviour in criterion.behaviours:
        for index, strength in by_statement(look(behaviour, statements, scorer.index, strengths)).items():
            best[index] = max((strength, behaviour.id), best.get(index, (0.0, "")))
    near = [
        Excluded(
            quote=_evidence(left_out[index][0], statements[index].start, statements[index].end),
            reason=left_out[index][2],
            in_words=IN_WORDS[left_out[index][2]],
            behaviour=behaviour,
            strength=round(strength, DIGITS[0]),
        )
        for index, (strength, behaviour) in sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
        if strength >= YES
    ]
    return near[:MAX_EXCLUDED], Counter(reason for _, _, reason in left_out)


def _quote(response: Response, index: int) -> Evidence:
    answer, statement = response.statements[index]
    return _evidence(answer, statement.start, statement.end)


def _evidence(answer: Answer, start: int, end: int) -> Evidence:
    return Evidence(turn=answer.turn.id, start=start, end=end, quote=answer.text[start:end])


def _here(quotes: Sequence[Evidence], response: Response) -> tuple[Evidence, ...]:
    turns = {answer.turn.id for answer in response.answers}
    return tuple(quote for quote in quotes if quote.turn in turns)


def _question(transcript: Transcript, question_id: str | None) -> str | None:
    asked = (t for t in transcript.turns if t.speaker == "aila" and t.kind == "question")
    return next((turn.text for turn in asked if turn.question_id == question_id), None)
