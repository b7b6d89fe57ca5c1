"""Answers changed so that one knows what should become of the score: nothing, or that it falls.

All work on the words of real answers, so that a data set is tried with its own language. The same answer
and the same random numbers give the same text.
"""

import re
from random import Random

from records.transcript import Transcript, Turn
from scoring.rubric import Rubric

FILLER = (
    "So that is more or less how it was.",
    "It was quite a time, looking back at it now.",
    "There is always a lot going on in a place like that.",
    "As I said, it is not so easy to put into words.",
    "That is the kind of thing that happens every now and then.",
    "Well, you know how these things are.",
    "It was one of those weeks, really.",
    "And that is basically the whole of it, I would say.",
)
"""Sentences that say nothing, as people say them."""
OFF_TOPIC = (
    "The weather has been mild for the season. In the north there was rain on Tuesday, and fog in the "
    "valleys. The river is higher than last year, and the ferry runs every twenty minutes until nine. Bread "
    "is baked from flour, water, salt and yeast. The dough rests overnight, and the oven should be very hot. "
    "Most of the old houses near the harbour were built before the railway came."
)
_OTHERS = {
    "i": "he",
    "i'm": "he is",
    "i've": "he has",
    "i'd": "he had",
    "i'll": "he will",
    "me": "him",
    "my": "his",
    "mine": "his",
    "myself": "himself",
    "we": "they",
    "we're": "they are",
    "we've": "they have",
    "we'd": "they had",
    "us": "them",
    "our": "their",
    "ours": "theirs",
    "ourselves": "themselves",
    "am": "is",
}
_FIRST_PERSON = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, _OTHERS), key=len, reverse=True)) + r")\b(?!['’])",
    re.IGNORECASE,
)
_AUXILIARY = r"was|were|am|are|have|had|would|could|should|did|do|will|can|might|must"
_SUBJECT = re.compile(rf"\b(I|we)\b(\s+(?:{_AUXILIARY})\b)?", re.IGNORECASE)


def misrecognised(text: str, rate: float, random: Random) -> str:
    """Return ``text`` with about ``rate`` (0–1) of its words wrong, as a recogniser has them.

    Of ten errors seven are other words (the text's own), two are lost and one is put in.
    """
    words = text.split()
    heard: list[str] = []
    for word in words:
        if random.random() >= rate:
            heard.append(word)
            continue
        kind = random.random()
        if kind < 0.7:
            heard.append(random.choice(words))
        elif kind >= 0.9:
            heard += [word, random.choice(words)]
    return " ".join(heard)


def padded(text: str, random: Random) -> str:
    """Return ``text`` with empty sentences behind it, about as many words again."""
    wanted = len(text.split())
    more: list[str] = []
    while sum(len(sentence.split()) for sentence in more) < wanted:
        more.append(random.choice(FILLER))
    return " ".join([text, *more])


def negated(text: str) -> str:
    """Return ``text`` with every act of the speaker denied.

    >>> negated("I asked her, and we were on time.")
    'I never asked her, and we were never on time.'
    """
    return _SUBJECT.sub(lambda found: f"{found[1]}{found[2] or ''} never", text)


def told_of_another(text: str) -> str:
    """Return ``text`` with somebody else in the speaker's place.

    >>> told_of_another("I asked my team. We did it.")
    'He asked his team. They did it.'
    """

    def other(found: re.Match[str]) -> str:
        word = _OTHERS[found[0].lower().replace("’", "'")]
        begins = found.start() == 0 or bool(re.search(r"[.!?]\s+$", text[: found.start()]))
        return word.capitalize() if begins else word

    return _FIRST_PERSON.sub(other, text.replace("’", "'"))


def salad(rubric: Rubric, words: int, random: Random) -> str:
    """Return ``words`` words of the rubric's own anchors, in no order."""
    own = [
        word.strip(".,;:!?\"'").lower()
        for criterion in rubric.criteria
        for behaviour in criterion.behaviours
        for anchor in (behaviour.anchors.medium, behaviour.anchors.high)
        for word in anchor.split()
    ]
    return " ".join(random.choice(own) for _ in range(max(1, words)))


def echo(rubric: Rubric, criteria: tuple[str, ...], question: str) -> str:
    """Return the question and the rubric's statements of ``criteria`` said back."""
    statements = [
        behaviour.statement
        for criterion in rubric.criteria
        if criterion.id in criteria
        for behaviour in criterion.behaviours
    ]
    return " ".join([question, *statements])


def with_answers(transcript: Transcript, texts: dict[str, str]) -> Transcript:
    """Return ``transcript`` with the text of the turns named in ``texts`` replaced, without word times."""

    def changed(turn: Turn) -> Turn:
        if turn.id not in texts:
            return turn
        return turn.model_copy(update={"text": texts[turn.id], "words": None})

    return transcript.model_copy(update={"turns": tuple(changed(turn) for turn in transcript.turns)})
