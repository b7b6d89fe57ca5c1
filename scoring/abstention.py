"""When there is nothing to score: the reasons, in the words that a recruiter reads."""

from collections.abc import Sequence

from language.other_language import is_other_language
from records.transcript import Transcript
from scoring.material import Answer, Response, mean_of_known

MIN_WORDS = 15
"""Fewer words on all questions of a criterion show nothing either way."""
MIN_PROBABILITY = 0.45
MIN_ENGLISH = 0.2
WITHDRAWN = "withdrawn by the candidate"
OTHER_LANGUAGE = "the answer does not seem to be in English"
_FUNCTION_WORDS = frozenset(
    """the a an and or but to of in on at for with from by is was were are be been had has have did do
    i we he she it they my our his her their that this these those there then so because when which
    who what not as about up out me him them us""".split()
)


def targeted(transcript: Transcript, criterion: str) -> bool:
    """Return whether a question of the transcript targets ``criterion``; one without criteria targets all."""
    return any(
        turn.criteria is None or criterion in turn.criteria
        for turn in transcript.turns
        if turn.speaker == "aila" and turn.kind == "question"
    )


def relevant(transcript: Transcript, responses: Sequence[Response], criterion: str) -> list[Response]:
    """Return the responses to questions that target ``criterion``."""
    questions = {
        turn.question_id
        for turn in transcript.turns
        if turn.speaker == "aila"
        and turn.kind == "question"
        and (turn.criteria is None or criterion in turn.criteria)
    }
    return [response for response in responses if response.question_id in questions]


def has_withdrawn(transcript: Transcript, criterion: str) -> bool:
    """Return whether the answer to a question that targets ``criterion`` was taken back afterwards."""
    return any(
        turn.withdrawn and (turn.criteria is None or criterion in turn.criteria) for turn in transcript.turns
    )


def reason_to_abstain(answers: Sequence[Answer], withdrawn: bool = False) -> str | None:
    """Return why ``answers`` cannot be scored, None if they can; ``withdrawn``: others were taken back."""
    words = sum(answer.word_count for answer in answers)
    if words == 0:
        return WITHDRAWN if withdrawn else "the question was not answered"
    text = " ".join(answer.text for answer in answers)
    # Chinese has no spaces between words: which language comes before how much.
    if is_other_language(text):
        return OTHER_LANGUAGE
    if words < MIN_WORDS:
        return f"too little was said ({words} {'word' if words == 1 else 'words'})"
    if not english(text):
        return OTHER_LANGUAGE
    probability = mean_of_known(answer.mean_probability for answer in answers)
    if probability is not None and probability < MIN_PROBABILITY:
        return "the speech was recognised too poorly"
    return None


def english(text: str) -> bool:
    """Return whether enough of ``text`` are English function words."""
    words = [word.strip(".,!?;:\"'()").lower() for word in text.split()]
    words = [word for word in words if word]
    return bool(words) and sum(word in _FUNCTION_WORDS for word in words) / len(words) >= MIN_ENGLISH
