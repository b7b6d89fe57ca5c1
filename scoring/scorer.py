"""Scores a transcript with a rubric: the same input gives the same bytes, and no credit without a quote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from language.one_thread import one_thread
from language.sentence_vectors import each_text_once, encoder
from records.transcript import Transcript
from scoring.abstention import has_withdrawn, reason_to_abstain, relevant, targeted
from scoring.aggregation import (
    YES,
    Width,
    agreed,
    behaviour_strength,
    breadth,
    by_statement,
    criterion_score,
    payments,
    response_score,
    told,
    value_of,
    width,
)
from scoring.conduct import in_context
from scoring.contradictions import CounterExamples
from scoring.evidence import Place, Shown, compared_with_opposites, contradictions, evidence
from scoring.library import rubric_hash
from scoring.material import Response, Sheet, content_of, mean_of_known, responses_of
from scoring.prepared import anchor_texts, content_lemmas_of, sheet_texts
from scoring.provenance import Provenance, provenance
from scoring.result import NOT_ASKED, CriterionResult, IndicatorResult, RubricReference, Scores
from scoring.rubric import ClausePattern, Criterion, Rubric
from scoring.story import StoryIndex
from scoring.techniques import Hit, SimilarityIndex, look
from scoring.telling import compare

SCORER_VERSION = "3.3.0"
"""Changed whenever the same transcript and rubric may score differently."""
DECIMALS = 2


@dataclass(frozen=True)
class Finding:
    """What was found for one criterion in one response."""

    response: Response
    hits: dict[str, list[Hit]]
    """By behaviour."""
    paid: dict[str, dict[int, float]]
    """By behaviour and statement: what the statement pays for it."""
    strengths: dict[str, float]
    """By behaviour."""
    breadth: float
    score: float
    """In [0, 3]; the least that it can be where two other responses score better in any case."""
    contradicting: dict[str, list[Place]]
    """By behaviour: where the response denies or undoes it."""

    def kinds(self, behaviour: str) -> int:
        """Return how many kinds of technique found ``behaviour``."""
        return len({hit.kind for hit in self.hits[behaviour] if hit.strength >= YES})


class Scorer:
    """Scores transcripts with one rubric; holds no state between them, so threads may share it."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._rubric_hash = rubric_hash(rubric)
        self.index = SimilarityIndex(rubric)
        self.sheet = Sheet(_content(sheet_texts(rubric)), _content(anchor_texts(rubric)))
        self._story_index = StoryIndex(rubric.story, _own_words(rubric, self.sheet))
        self._counter_examples = CounterExamples(rubric)

    def score(self, transcript: Transcript) -> Scores:
        """Return the scores of all the rubric's criteria, in its order."""
        with each_text_once():
            responses = self.responses(transcript)
            findings = self.findings(transcript, responses)
        return self.scores_of(transcript, responses, findings)

    def scores_of(
        self,
        transcript: Transcript,
        responses: tuple[Response, ...],
        findings: dict[str, list[Finding]],
    ) -> Scores:
        """Return the scores to which ``findings`` in the transcript's ``responses`` come."""
        return Scores(
            session_id=transcript.session_id,
            rubric=RubricReference(id=self.rubric.id, version=self.rubric.version),
            calibrated=False,
            provenance=self.provenance(transcript).digest,
            criteria=tuple(
                _criterion(criterion, transcript, responses, findings[criterion.id])
                for criterion in self.rubric.criteria
            ),
            scorer_version=SCORER_VERSION,
        )

    def responses(self, transcript: Transcript) -> tuple[Response, ...]:
        """Return what the candidate answered, question by question."""
        with one_thread():
            return responses_of(transcript, self.sheet, self._story_index)

    def findings(self, transcript: Transcript, responses: tuple[Response, ...]) -> dict[str, list[Finding]]:
        """Return for each criterion what was found in each of ``responses``."""
        found: dict[str, list[Finding]] = {criterion.id: [] for criterion in self.rubric.criteria}
        asked = {c.id: relevant(transcript, responses, c.id) for c in self.rubric.criteria}
        # All statements of a transcript are encoded together: far quicker than one by one.
        said = [s for response in responses for _, s in response.statements]
        with one_thread():
            encoder().encode_ahead([*(s.bare for s in said if s.text), *compared_with_opposites(responses)])
            leads = self.index.conduct.leads(said)
            acts = [(len(r.statements), sum(c.poor for _, c in r.contrary)) for r in responses]
            everything = self.index.strengths(said, in_context(leads, acts))
            against = contradictions(responses, leads, self.rubric, self.index, self._counter_examples)
        start = 0
        for response, contradicted in zip(responses, against, strict=True):
            statements = [statement for _, statement in response.statements]
            strengths = everything[start : start + len(statements)]
            start += len(statements)
            for criterion in self.rubric.criteria:
                hits: dict[str, list[Hit]] = {b.id: [] for b in criterion.behaviours}
                if statements:
                    hits = {b.id: look(b, statements, self.index, strengths) for b in criterion.behaviours}
                if statements and response not in asked[criterion.id]:
                    hits = {behaviour: agreed(found_hits) for behaviour, found_hits in hits.items()}
                found[criterion.id].append(_finding(response, hits, contradicted))
        with one_thread():
            return _told_as_far_as_it_counts(found)

    def provenance(self, transcript: Transcript) -> Provenance:
        """Return all that decides the scores of ``transcript``."""
        return provenance(SCORER_VERSION, self._rubric_hash, transcript)


def _content(texts: list[str]) -> tuple[frozenset[str], ...]:
    return content_lemmas_of(texts) or content_of(texts)


def _own_words(rubric: Rubric, sheet: Sheet) -> frozenset[str]:
    """Return the rubric's own words, which are no detail of a story: anybody can say them."""
    techniques = [t for criterion in rubric.criteria for b in criterion.behaviours for t in b.techniques]
    named = {term for t in techniques if isinstance(t, ClausePattern) for term in t.about}
    return frozenset(named.union(*sheet.texts))


def _finding(response: Response, hits: dict[str, list[Hit]], contradicted: dict[str, list[Place]]) -> Finding:
    contradicting = {behaviour: contradicted.get(behaviour, []) for behaviour in hits}
    if not any(hits.values()):
        nothing: dict[str, dict[int, float]] = {behaviour: {} for behaviour in hits}
        return Finding(response, hits, nothing, dict.fromkeys(hits, 0.0), 0.0, 0.0, contradicting)
    strengths = {behaviour: by_statement(found) for behaviour, found in hits.items()}
    paid = payments(strengths)
    shown = {behaviour: behaviour_strength(at) for behaviour, at in paid.items()}
    plainest: dict[int, float] = {}
    for at in strengths.values():
        for index, strength in at.items():
            plainest[index] = max(strength, plainest.get(index, 0.0))
    broad = breadth(list(shown.values()), list(plainest.values()))
    score = response_score(told(broad, response.telling.least))
    return Finding(response, hits, paid, shown, broad, score, contradicting)


def _told_as_far_as_it_counts(found: dict[str, list[Finding]]) -> dict[str, list[Finding]]:
    """Return the findings with the scores of all responses that may be one of a criterion's two best."""
    counting = {id(finding): finding.response.telling for own in found.values() for finding in _counting(own)}
    compare(list(dict.fromkeys(counting.values())))
    return {
        criterion: [
            replace(finding, score=response_score(told(finding.breadth, finding.response.story)))
            if id(finding) in counting
            else finding
            for finding in own
        ]
        for criterion, own in found.items()
    }


def _counting(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that may score better than the second best does at least."""
    second = sorted((finding.score for finding in findings), reverse=True)[1:2] or [0.0]
    return [
        finding
        for finding in findings
        if finding.breadth > 0
        and response_score(told(finding.breadth, finding.response.telling.most))
        > max(finding.score, second[0])
    ]


def _criterion(
    criterion: Criterion, transcript: Transcript, responses: tuple[Response, ...], findings: list[Finding]
) -> CriterionResult:
    evidenced = [finding for finding in findings if finding.score > 0]
    speaking = relevant(transcript, responses, criterion.id)
    reason = None
    if not targeted(transcript, criterion.id):
        reason = None if evidenced else NOT_ASKED
    elif speaking or not evidenced:
        answers = [answer for response in speaking for answer in response.answers]
        reason = reason_to_abstain(answers, has_withdrawn(transcript, criterion.id))
    if reason is not None:
        return CriterionResult(id=criterion.id, score=None, interval=None, abstained=True, reason=reason)
    return _scored(criterion, findings, speaking or [finding.response for finding in evidenced])


def _scored(criterion: Criterion, findings: list[Finding], speaking: list[Response]) -> CriterionResult:
    score = criterion_score([finding.score for finding in findings])
    shown = evidence([behaviour.id for behaviour in criterion.behaviours], findings)
    indicators = tuple(_indicator(behaviour.id, findings, shown) for behaviour in criterion.behaviours)
    reach = width_of(findings, speaking, indicators)
    low, high = max(0.0, score - reach.below), min(3.0, score + reach.above)
    return CriterionResult(
        id=criterion.id,
        score=round(score, DECIMALS),
        interval=(round(low, DECIMALS), round(high, DECIMALS)),
        abstained=False,
        reason=None,
        indicators=indicators,
    )


def width_of(
    findings: Sequence[Finding], speaking: Sequence[Response], indicators: Sequence[IndicatorResult]
) -> Width:
    """Return the width of a criterion's interval, of which ``speaking`` responses and ``indicators`` tell."""
    kinds = [max((f.kinds(indicator.id) for f in findings), default=0) for indicator in indicators]
    contradicted = sum(i.value != "no" and bool(i.contradicting) for i in indicators)
    probability = mean_of_known(response.mean_probability for response in speaking)
    found = sum(count > 0 for count in kinds)
    return width(max(1, len(speaking)), kinds.count(1), found, contradicted, probability)


def _indicator(behaviour: str, findings: list[Finding], shown: Shown) -> IndicatorResult:
    strength = max((finding.strengths[behaviour] for finding in findings), default=0.0)
    if not any(paid >= YES for finding in findings for paid in finding.paid[behaviour].values()):
        strength = 0.0  # Many faint signs are no quote.
    value = value_of(strength, max((finding.kinds(behaviour) for finding in findings), default=0))
    if value != "no" and not shown.evidence[behaviour]:
        value = "no"  # Nothing is credited that cannot be quoted.
    return IndicatorResult(
        id=behaviour,
        value=value,
        evidence=shown.evidence[behaviour] if value != "no" else (),
        contradicting=shown.contradicting[behaviour],
    )
