"""Scores a transcript with a rubric: the same input gives the same bytes, and no credit without a quote."""

import hashlib
import json

from records.transcript import Transcript
from scoring.abstention import reason_to_abstain, relevant, targeted
from scoring.aggregation import (
    Found,
    behaviour_strength,
    criterion_score,
    half_width,
    shared_strengths,
    value_of,
)
from scoring.library import rubric_hash
from scoring.material import Answer, Material, material_of
from scoring.result import NOT_ASKED, CriterionResult, Evidence, IndicatorResult, RubricReference, Scores
from scoring.rubric import Behaviour, Criterion, Rubric
from scoring.techniques import look

SCORER_VERSION = "1.0.0"
"""Changed whenever the same transcript and rubric may score differently."""
DECIMALS = 2


class Scorer:
    """Scores transcripts with one rubric; holds no state between them, so threads may share it."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._rubric_hash = rubric_hash(rubric)
        self._sheet = tuple(
            text
            for criterion in rubric.criteria
            for behaviour in criterion.behaviours
            for text in (behaviour.statement, *behaviour.anchors.model_dump().values())
        )

    def score(self, transcript: Transcript) -> Scores:
        """Return the scores of all the rubric's criteria, in its order."""
        material = material_of(transcript, self._sheet)
        return Scores(
            session_id=transcript.session_id,
            rubric=RubricReference(id=self.rubric.id, version=self.rubric.version),
            calibrated=False,
            provenance=self._provenance(transcript),
            criteria=tuple(self._criterion(c, transcript, material) for c in self.rubric.criteria),
        )

    def _provenance(self, transcript: Transcript) -> str:
        content = transcript.model_dump(mode="json", by_alias=True)
        parts = [SCORER_VERSION, self._rubric_hash, json.dumps(content, sort_keys=True, ensure_ascii=False)]
        return "sha256:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _criterion(self, criterion: Criterion, transcript: Transcript, material: Material) -> CriterionResult:
        asked = targeted(transcript, criterion.id)
        answers = relevant(transcript, material.answers, criterion.id) if asked else []
        found = {b.id: _find(b, material) for b in criterion.behaviours}
        evidenced = [hits for hits in found.values() if hits]
        if asked:
            reason = reason_to_abstain(answers)
            if reason is not None and sum(a.word_count for a in answers) == 0 and evidenced:
                reason = None
        else:
            reason = None if evidenced else NOT_ASKED
        if reason is not None:
            return CriterionResult(id=criterion.id, score=None, interval=None, abstained=True, reason=reason)
        speaking = answers or [one.answer for hits in evidenced for one in hits]
        return _scored(criterion, found, speaking)


def _find(behaviour: Behaviour, material: Material) -> list[Found]:
    found = []
    for answer in material.answers:
        credited = material.credited(answer)
        hits = [hit for technique in behaviour.techniques for hit in look(technique, answer, credited)]
        if any(hit.kind == "clause_pattern" for hit in hits):
            # A concept alone names the topic; only an act on it shows the behaviour.
            found.append(Found(answer, tuple(hits)))
    return found


def _scored(criterion: Criterion, found: dict[str, list[Found]], speaking: list[Answer]) -> CriterionResult:
    strengths = {name: behaviour_strength(hits) for name, hits in found.items()}
    places = {
        name: frozenset((one.answer.turn.id, *span) for one in hits for span in one.spans)
        for name, hits in found.items()
    }
    shared = shared_strengths(strengths, places)
    score = criterion_score([shared[name] for name in sorted(shared)])
    shown = [hits for hits in found.values() if hits]
    lone = sum(max(one.kinds for one in hits) == 1 for hits in shown)
    known = [p for answer in speaking if (p := answer.mean_probability) is not None]
    width = half_width(max(1, len(speaking)), lone, len(shown), sum(known) / len(known) if known else None)
    low, high = max(0.0, score - width), min(3.0, score + width)
    return CriterionResult(
        id=criterion.id,
        score=round(score, DECIMALS),
        interval=(round(low, DECIMALS), round(high, DECIMALS)),
        abstained=False,
        reason=None,
        indicators=tuple(
            IndicatorResult(id=b.id, value=value_of(shared[b.id]), evidence=_evidence(found[b.id]))
            for b in criterion.behaviours
        ),
    )


def _evidence(found: list[Found]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(turn=one.answer.turn.id, start=start, end=end, quote=one.answer.text[start:end])
        for one in found
        for start, end in one.spans
    )
