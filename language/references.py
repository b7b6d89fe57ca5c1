"""Words that lean on something the assessment cannot see: the CV, an earlier answer, something offline.

Precision before recall: a candidate who is reminded without cause feels corrected. Every pattern wants
both the pointing phrase and what it points at.
"""

import re
from dataclasses import dataclass
from typing import Literal

ReferenceKind = Literal["refers_to_cv", "refers_to_earlier", "refers_to_offline", "assumes_watcher"]

_DOCUMENT = r"(?:cv|c\.v\.|resume|résumé|curriculum vitae|cover letter|application(?: form)?|linkedin(?: profile)?|portfolio)"
_YOU_SEE = (
    r"(?:you(?:'ll| will| can| could| might|'ve| have)?(?: already)? (?:see|find|read|seen|notice|know))"
)
_PATTERNS: tuple[tuple[ReferenceKind, re.Pattern[str]], ...] = (
    (
        "refers_to_cv",
        re.compile(
            rf"\b(?:(?:as|like)\s+(?:{_YOU_SEE}\s+)?(?:is\s+|it\s+is\s+|it's\s+|i\s+(?:wrote|said|put|listed|mentioned)\s+)?"
            rf"(?:written|stated|listed|mentioned|described|shown|noted)?\s*(?:in|on|from)\s+(?:my|the)\s+{_DOCUMENT}"
            rf"|{_YOU_SEE}\s+(?:\w+\s+){{0,4}}(?:in|on|from)\s+my\s+{_DOCUMENT}"
            rf"|(?:it(?:'s| is)|that(?:'s| is)|this is|everything is|they are|they're)\s+(?:all\s+)?(?:(?:written|stated|listed|described|explained|there)\s+)?(?:in|on)\s+my\s+{_DOCUMENT}"
            rf"|(?:see|check|look at|refer to|read|(?:have|take) a look at)\s+my\s+{_DOCUMENT}"
            rf"|my\s+{_DOCUMENT}\s+(?:shows?|says?|lists?|describes?|has (?:it|that|the details)|explains?))\b",
            re.I,
        ),
    ),
    (
        "refers_to_earlier",
        re.compile(
            r"\b(?:(?:as|like)\s+i(?:'ve| have)?\s+(?:already\s+|just\s+|previously\s+)?(?:said|mentioned|told you|explained|described|answered|stated)\b(?!\s+(?:i\s+would|i'd|to\s+(?:the|my|her|him|them|our)\b))"
            r"(?:\s+(?:before|earlier|already|previously|above|in (?:the|my) (?:last|previous|first|other|earlier) (?:answer|question|one)))?"
            r"|i(?:'ve| have)?\s+already\s+(?:told\s+you\s+about|said|mentioned|told you|explained|described|answered|talked about|covered)\s+(?:that|this|it|you)"
            r"|(?:see|same as|refer to|as in)\s+(?:my|the)\s+(?:last|previous|first|earlier|other)\s+(?:answer|question|response|example|one)"
            r"|same\s+(?:answer|example|story|situation)\s+as\s+(?:before|above|earlier|last time|the (?:last|previous|first))"
            r"|(?:the|that)\s+(?:same\s+)?(?:example|story|project|situation)\s+(?:that\s+)?i\s+(?:just\s+)?(?:told you about|mentioned|gave you|described)"
            r"(?:\s+(?:before|earlier|already))?)\b",
            re.I,
        ),
    ),
    (
        "refers_to_offline",
        re.compile(
            r"\b(?:as\s+(?:i|we)\s+(?:discussed|talked about|said|agreed|told (?:him|her|them|you))\s+(?:on the phone|by (?:e-?mail|phone)|in (?:the|our|my) (?:e-?mail|call|meeting|last (?:call|meeting)))"
            r"|(?:when|as)\s+we\s+(?:met|spoke|talked)\s+(?:last|before|on|in person|the other)"
            r"|i(?:'ve| have)?\s+(?:sent|emailed|e-mailed|showed|shown|given)\s+(?:that|this|it)?\s*(?:to\s+)?(?:you|your (?:colleague|recruiter|hr|team))"
            r"|(?:ask|you can ask|call)\s+my\s+(?:manager|boss|supervisor|references?|colleagues?)\s+(?:about|they|he|she|if)"
            r"|(?:your|the)\s+(?:recruiter|hr person|hr)\s+(?:already\s+)?knows"
            r"|(?:look|see|visit)\s+(?:at\s+|on\s+)?my\s+(?:website|github|blog|page))\b",
            re.I,
        ),
    ),
    (
        "assumes_watcher",
        re.compile(
            r"\b(?:(?:as|like)\s+you\s+can\s+see\s+(?:here|from my (?:face|expression|hands)|behind me|on (?:my|the) (?:screen|camera|video|wall))"
            r"|(?:can|do)\s+you\s+see\s+(?:me|this|what i(?:'m| am) (?:holding|showing))"
            r"|(?:let me|i(?:'ll| will| can)|i want to|i am going to|i'm going to)\s+show\s+you\s+(?:here|this|it|on (?:my|the) (?:screen|camera)|something|a (?:picture|photo|chart|drawing))"
            r"|look(?:ing)?\s+at\s+(?:this|my\s+(?:screen|hands|face))\s+(?:here|now|you)"
            r"|i(?:'m| am)\s+(?:holding|pointing (?:at|to)|showing you)|you\s+can\s+see\s+(?:it|this)\s+(?:here|behind me|on (?:my|the) (?:screen|camera)))\b",
            re.I,
        ),
    ),
)
_REPORTED = re.compile(
    r"\b(?:told|asked|showed|said to|explained to)\s+(?:him|her|them|the \w+|my \w+)\s+(?:that\s+)?$", re.I
)


@dataclass(frozen=True, slots=True)
class Reference:
    """``text[start:end]`` leans on something outside this answer."""

    kind: ReferenceKind
    start: int
    end: int


def references(text: str) -> list[Reference]:
    """Return the references in ``text`` in the order of their place; none inside reported speech."""
    plain = text.replace("’", "'")
    found = [
        Reference(kind, match.start(), match.end())
        for kind, pattern in _PATTERNS
        for match in pattern.finditer(plain)
        if not _REPORTED.search(plain[: match.start()])
    ]
    return sorted(found, key=lambda reference: reference.start)
