"""What is said of a whole answer and decides whether its acts happened: imagined, taken back, another's.

Only what says so in plain words: an answer that begins with "imagine forty people waiting" is a story.
"""

import re
from typing import Literal

Frame = Literal["imagined", "taken_back", "anothers_words"]

_ALL = r"(?:it|this|that|these|all of (?:it|this)|the whole (?:thing|story)|everything)"
_TAKEN_BACK = (
    r"\b(?:none|not (?:a word|a bit|any)) of (?:this|that|it|what i said)(?: \w+){0,2} (?:true|happened)\b",
    rf"\bi (?:just |simply |have |'ve )?made {_ALL} (?:all )?up\b",
    rf"\bi (?:have |'ve )?invented {_ALL}\b",
    rf"\bi (?:actually )?(?:did|have done|had done) none of {_ALL}\b",
    r"\b(?:this|that|it) never (?:really |actually )?happened\b(?! (?:again|before|to me|since))",
)
_I_WERE = r"(?:it(?:'s| is| was| were) next|i(?:'m| am| was| were| got| had)\b|myself|we (?:are|were)\b)"
_IMAGINED = (
    r"(?:^|[.!?;]\s+)(?:(?:well|so|okay|now),? )?(?:let(?:'s| us|s) (?:pretend|imagine|suppose|say)\b"
    r"|(?:suppose|imagine|pretend)(?: that)? (?:i|we)\b"
    rf"|(?:suppose|imagine|pretend|say)(?: that)? {_I_WERE})",
    r"\bin (?:my|a|the) (?:dream|daydream|nightmare)\b",
    r"\bi (?:had a dream\b|(?:dreamt|dreamed|daydreamed) (?:that|i|last)\b)",
    r"\bif i (?:got|get|had) th(?:e|is) (?:job|position|post)\b",
)
_ANOTHERS = (
    r"\b(?:chat ?gpt|(?:the|a) chatbot|(?:the|an) ai) (?:gave|wrote|told|suggested|said|made)\b",
    r"\b(?:sample|model|example) answer\b|\btold me to (?:say|tell you) (?:this|the following)\b",
    r"\b(?:read|reads|wrote|writes|said|says|goes) (?:as follows|the following)\b",
)
_FRAMES: tuple[tuple[Frame, re.Pattern[str]], ...] = (
    ("taken_back", re.compile("|".join(_TAKEN_BACK), re.I)),
    ("imagined", re.compile("|".join(_IMAGINED), re.I)),
    ("anothers_words", re.compile("|".join(_ANOTHERS), re.I)),
)


def frame_of(text: str) -> tuple[Frame, int] | None:
    """Return what is said of the whole of ``text``, and the first character that it is said of.

    What is taken back, or is another's, is so from the beginning; what is imagined from there on.
    """
    for frame, pattern in _FRAMES:
        found = pattern.search(text)
        if found is not None:
            return frame, found.start() if frame == "imagined" else 0
    return None
