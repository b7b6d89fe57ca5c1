"""A question bank: what Aila may say in an interview, format ``aila.bank/1``."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
SemanticVersion = Annotated[str, Field(pattern=r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$")]
Sentence = Annotated[str, Field(min_length=2, max_length=600)]
PositiveSeconds = Annotated[float, Field(gt=0, allow_inf_nan=False, strict=True)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Probes(_Strict):
    """Follow-ups by the part of an answer that is missing; the first of a part is used first."""

    situation: tuple[Sentence, ...] = ()
    action: tuple[Sentence, ...] = ()
    result: tuple[Sentence, ...] = ()
    example: tuple[Sentence, ...] = ()


class Question(_Strict):
    id: Slug
    text: Sentence
    criteria: Annotated[tuple[Slug, ...], Field(min_length=1)]
    required: Annotated[bool, Field(strict=True)] = True
    probes: Probes
    follow_up_budget: Annotated[int, Field(ge=0, le=3, strict=True)] = 1
    expected_answer_s: PositiveSeconds = 75
    """A full spoken answer's usual length."""
    max_answer_s: PositiveSeconds = 180
    """After this much of the candidate's time Aila moves on, kindly."""


class PracticeQuestion(_Strict):
    id: Slug
    text: Sentence
    max_answer_s: PositiveSeconds = 60


class Reminders(_Strict):
    """One kind sentence with the guideline for each reason."""

    refers_to_cv: Sentence
    refers_to_earlier: Sentence
    refers_to_offline: Sentence
    assumes_watcher: Sentence
    fragment: Sentence
    other_language: Sentence = (
        "I can only follow English here. Please say it in English. "
        "Simple words are enough, and there is no hurry."
    )


class FrequentlyAsked(_Strict):
    """An answer to a question put to Aila, chosen when one of ``about`` is in it."""

    about: Annotated[tuple[str, ...], Field(min_length=1)]
    answer: Sentence


class Phrases(_Strict):
    """Everything that Aila says beside questions; several wordings are taken in turn."""

    acknowledgements: Annotated[tuple[Sentence, ...], Field(min_length=3)]
    moment_granted: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    silence_offer: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    go_on: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    skipped: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    time_limit: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    welcome_back: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    cannot_answer: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    paused: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    leaving: Annotated[tuple[Sentence, ...], Field(min_length=1)] = (
        "Of course, we stop here. What you have said so far is kept, and a recruiter will read it. "
        "Thank you for your time. Goodbye, and all the best.",
    )
    """Goodbye to a candidate who ends the interview early, with what happens next."""
    backchannels: tuple[Annotated[str, Field(min_length=2, max_length=24)], ...] = (
        "Um-hum.",
        "Okay.",
        "Uh huh.",
    )
    """Soft sounds in a candidate's pause that leave the floor; none: Aila is silent then."""


class Bank(_Strict):
    """An immutable version of a bank; ``(id, version)`` never changes its content hash."""

    schema_: Literal["aila.bank/1"] = Field("aila.bank/1", alias="schema")
    id: Slug
    version: SemanticVersion
    title: Annotated[str, Field(min_length=3, max_length=120)]
    locale: str = "en"
    interview_s: PositiveSeconds
    """The interview's time budget, greeting and closing included."""
    follow_up_budget: Annotated[int, Field(ge=0, strict=True)]
    """Follow-ups in the whole interview, at most."""
    greeting: Sentence
    guideline: Sentence
    practice: PracticeQuestion | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    closing: Sentence
    reminders: Reminders
    phrases: Phrases
    faq: tuple[FrequentlyAsked, ...] = ()
