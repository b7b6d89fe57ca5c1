"""Scores a transcript with a rubric: the same input gives the same bytes, and no credit without a quote."""

from dataclasses import dataclass

from records.transcript import Transcript
from scoring.abstention import reason_to_abstain, relevant, targeted
from scoring.aggregation import (
    Place,
    agreed,
    behaviour_strength,
    criterion_score,
    half_width,
    quotable,
    response_score,
    shared_strengths,
    strongest,
    value_of,
)
from scoring.library import rubric_hash
from scoring.material import Response, Sheet, content_of, mean_of_known, responses_of
from scoring.prepared import anchor_texts, content_lemmas_of, sheet_texts
from scoring.provenance import Provenance, provenance
from scoring.result import NOT_ASKED, CriterionResult, Evidence, IndicatorResult, RubricReference, Scores
from scoring.rubric import Criterion, Rubric
from scoring.story import StoryIndex
from scoring.techniques import Hit, SimilarityIndex, look

SCORER_VERSION = "2.0.0"
"""Changed whenever the same transcript and rubric may score differently."""
DECIMALS = 2


@dataclass(frozen=True)
class Finding:
    """What was found for one criterion in one response."""

    response: Response
    hits: dict[str, list[Hit]]
    """By behaviour."""
    strengths: dict[str, float]
    """By behaviour, after sharing."""
    score: float

    def places(self, behaviour: str) -> list[Place]:
        """Return the places to quote for ``behaviour``, in order, each once."""
        return sorted({_place(self.response, hit) for hit in quotable(self.hits[behaviour])})

    def kinds(self, behaviour: str) -> int:
        """Return how many kinds of technique agree on ``behaviour``."""
        return len({hit.kind for hit in self.hits[behaviour]})


class Scorer:
    """Scores transcripts with one rubric; holds no state between them, so threads may share it."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._rubric_hash = rubric_hash(rubric)
        self.index = SimilarityIndex(rubric)
        self._story_index = StoryIndex(rubric.story)
        self.sheet = Sheet(_content(sheet_texts(rubric)), _content(anchor_texts(rubric)))

    def score(self, transcript: Transcript) -> Scores:
        """Return the scores of all the rubric's criteria, in its order."""
        responses = self.responses(transcript)
        findings = self.findings(transcript, responses)
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
        return responses_of(transcript, self.sheet, self._story_index)

    def findings(self, transcript: Transcript, responses: tuple[Response, ...]) -> dict[str, list[Finding]]:
        """Return for each criterion what was found in each of ``responses``."""
        found: dict[str, list[Finding]] = {criterion.id: [] for criterion in self.rubric.criteria}
        asked = {c.id: relevant(transcript, responses, c.id) for c in self.rubric.criteria}
        told = [[statement for _, statement in response.statements] for response in responses]
        everything = self.index.similarities([statement for statements in told for statement in statements])
        start = 0
        for response, statements in zip(responses, told, strict=True):
            similarities = None if everything is None else everything[start : start + len(statements)]
            start += len(statements)
            for criterion in self.rubric.criteria:
                hits = {
                    behaviour.id: look(behaviour, statements, self.index, similarities)
                    for behaviour in criterion.behaviours
                }
                if response not in asked[criterion.id]:
                    hits = {behaviour: agreed(found_hits) for behaviour, found_hits in hits.items()}
                found[criterion.id].append(_finding(response, hits))
        return found

    def provenance(self, transcript: Transcript) -> Provenance:
        """Return all that decides the scores of ``transcript``."""
        return provenance(SCORER_VERSION, self._rubric_hash, transcript)


def _content(texts: list[str]) -> tuple[frozenset[str], ...]:
    return content_lemmas_of(texts) or content_of(texts)


def _place(response: Response, hit: Hit) -> Place:
    answer, statement = response.statements[hit.index]
    return answer.turn.id, statement.start, statement.end


def _finding(response: Response, hits: dict[str, list[Hit]]) -> Finding:
    strengths = {behaviour: behaviour_strength(found) for behaviour, found in hits.items()}
    places = {
        behaviour: _place(response, best) for behaviour, found in hits.items() if (best := strongest(found))
    }
    shared = shared_strengths(strengths, places)
    ordered = [shared[behaviour] for behaviour in sorted(shared)]
    return Finding(response, hits, shared, response_score(ordered, response.story.depth))


def _criterion(
    criterion: Criterion, transcript: Transcript, responses: tuple[Response, ...], findings: list[Finding]
) -> CriterionResult:
    evidenced = [finding for finding in findings if finding.score > 0]
    speaking = relevant(transcript, responses, criterion.id)
    reason = None
    if not targeted(transcript, criterion.id):
        reason = None if evidenced else NOT_ASKED
    elif speaking or not evidenced:
        reason = reason_to_abstain([answer for response in speaking for answer in response.answers])
    if reason is not None:
        return CriterionResult(id=criterion.id, score=None, interval=None, abstained=True, reason=reason)
    return _scored(criterion, findings, speaking or [finding.response for finding in evidenced])


def _scored(criterion: Criterion, findings: list[Finding], speaking: list[Response]) -> CriterionResult:
    score = criterion_score([finding.score for finding in findings])
    kinds = {b.id: max((f.kinds(b.id) for f in findings), default=0) for b in criterion.behaviours}
    shown = [kind for kind in kinds.values() if kind]
    probability = mean_of_known(response.mean_probability for response in speaking)
    width = half_width(max(1, len(speaking)), shown.count(1), len(shown), probability)
    low, high = max(0.0, score - width), min(3.0, score + width)
    return CriterionResult(
        id=criterion.id,
        score=round(score, DECIMALS),
        interval=(round(low, DECIMALS), round(high, DECIMALS)),
        abstained=False,
        reason=None,
        indicators=tuple(_indicator(behaviour.id, findings) for behaviour in criterion.behaviours),
    )


def _indicator(behaviour: str, findings: list[Finding]) -> IndicatorResult:
    strength = max((finding.strengths[behaviour] for finding in findings), default=0.0)
    value = value_of(strength, max((finding.kinds(behaviour) for finding in findings), default=0))
    shown = findings if value != "no" else []
    return IndicatorResult(
        id=behaviour,
        value=value,
        evidence=tuple(
            Evidence(turn=turn, start=start, end=end, quote=_text(finding.response, turn)[start:end])
            for finding in shown
            for turn, start, end in finding.places(behaviour)
        ),
    )


def _text(response: Response, turn_id: str) -> str:
    return next(answer.text for answer in response.answers if answer.turn.id == turn_id)
