"""A rubric: the psychologist's sheet, format ``aila.rubric/1``.

A criterion is broken into behaviours so small that raters agree on each. A behaviour says in plain words
what to look for, with anchors per level and counter-examples, and names the techniques that look for it.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from scoring.errors import UnknownCriterion

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
SemanticVersion = Annotated[str, Field(pattern=r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$")]
Term = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9][a-z0-9' -]*$")]


Example = Annotated[str, Field(min_length=8, max_length=160)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ClausePattern(_Strict):
    """A credited clause whose verb is one of ``verbs`` and that is about one of ``about``."""

    kind: Literal["clause_pattern"]
    verbs: Annotated[tuple[Term, ...], Field(min_length=1)]
    """Lemmas, with particles where they belong ("set up")."""
    about: tuple[Term, ...] = ()
    """Lemmas of which one must be in the sentence; empty: anything."""


class Concept(_Strict):
    """A credited sentence that names one of ``terms``."""

    kind: Literal["concept"]
    terms: Annotated[tuple[Term, ...], Field(min_length=1)]
    """Words or phrases, as lemmas in lower case."""


class Similarity(_Strict):
    """A credited clause that says nearly what one of ``examples`` says, and is further from the background.

    The anchors and the statement are examples too.
    """

    kind: Literal["similarity"]
    examples: Annotated[tuple[Example, ...], Field(min_length=3)]
    """Short acts in the first person and the past, as different candidates would put them."""
    opposites: tuple[Example, ...] = ()
    """Acts told in the same way that go against the behaviour."""


Technique = Annotated[ClausePattern | Concept | Similarity, Field(discriminator="kind")]


class Anchors(_Strict):
    """What the behaviour sounds like at each level, in a candidate's words."""

    low: Annotated[str, Field(min_length=10)]
    medium: Annotated[str, Field(min_length=10)]
    high: Annotated[str, Field(min_length=10)]


class Behaviour(_Strict):
    id: Slug
    statement: Annotated[str, Field(min_length=10, max_length=200)]
    """What the candidate did, so plain that two raters agree whether it is there."""
    anchors: Anchors
    counter_examples: Annotated[tuple[str, ...], Field(min_length=1)]
    techniques: Annotated[tuple[Technique, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _several_kinds(self) -> "Behaviour":
        if len({technique.kind for technique in self.techniques}) < 2:
            raise ValueError("expected at least two kinds of techniques")
        return self


class Criterion(_Strict):
    id: Slug
    name: Annotated[str, Field(min_length=3, max_length=60)]
    definition: Annotated[str, Field(min_length=20)]
    source: Annotated[str, Field(min_length=10)] | None = None
    """The published work that its behaviours are taken from."""
    behaviours: Annotated[tuple[Behaviour, ...], Field(min_length=4, max_length=8)]


class StoryExamples(_Strict):
    """Sentences by which the parts of an answer are told apart."""

    results: Annotated[tuple[Example, ...], Field(min_length=5)]
    lessons: Annotated[tuple[Example, ...], Field(min_length=5)]
    descriptions: Annotated[tuple[Example, ...], Field(min_length=5)]
    """Sentences that tell neither: what a result or a lesson must be nearer than."""
    setbacks: tuple[Example, ...] = ()
    """Sentences that tell how it went wrong: what a result must be nearer than, too."""

    @property
    def no_results(self) -> list[str]:
        """What a result must be nearer than."""
        return [*self.descriptions, *self.setbacks]


class ConductExamples(_Strict):
    """Acts by which poor conduct is told from fair conduct, beside the behaviours' examples and opposites."""

    fair: tuple[Example, ...] = ()
    """Acts in the words of poor ones that are nothing of the kind: "I threw out my draft"."""
    poor: tuple[Example, ...] = ()
    """Acts against people or the task that are the opposite of no behaviour in particular."""


class Rubric(_Strict):
    """An immutable version of a rubric."""

    schema_: Literal["aila.rubric/1"] = Field(default="aila.rubric/1", alias="schema")
    id: Slug
    version: SemanticVersion
    title: Annotated[str, Field(min_length=3, max_length=120)]
    locale: Literal["en"] = "en"
    background: tuple[Example, ...] = ()
    """Acts that show no behaviour of the rubric: what a similarity must beat."""
    vague: tuple[Example, ...] = ()
    """Own acts that name behaviour without telling what was done ("I dealt with it professionally")."""
    story: StoryExamples | None = None
    conduct: ConductExamples = ConductExamples()
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    def criterion(self, criterion_id: str) -> Criterion:
        """Return the criterion of that id; raises UnknownCriterion."""
        found = next((criterion for criterion in self.criteria if criterion.id == criterion_id), None)
        if found is None:
            known = ", ".join(criterion.id for criterion in self.criteria)
            raise UnknownCriterion(f"there is no criterion {criterion_id!r}; known: {known}")
        return found

    @model_validator(mode="after")
    def _unique_ids(self) -> "Rubric":
        ids = [c.id for c in self.criteria] + [b.id for c in self.criteria for b in c.behaviours]
        repeated = sorted({i for i in ids if ids.count(i) > 1})
        if repeated:
            raise ValueError(f"ids must be unique, repeated: {', '.join(repeated)}")
        return self
