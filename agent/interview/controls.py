"""What a candidate says to steer the interview rather than to answer."""

import re

from records.events import Control

_POLITE = r"(?:(?:um+|uh+|er+|sorry|okay|ok|well|yes|yeah|no|please|hi|hello|aila|actually|so|and|hm+)\s+)*"
_TAIL = r"(?:\s+(?:please|thanks|thank you|aila|sorry|now|for me|again))*"
_PHRASES: dict[Control, tuple[str, ...]] = {
    "repeat": (
        r"(?:can|could|would|will) you (?:please )?(?:repeat|say) (?:that|it|the question)(?: again| once more| one more time)?",
        r"(?:can|could) you (?:please )?ask (?:me )?(?:that|the question) again",
        r"(?:please )?repeat (?:that|it|the question)(?: again| once more)?",
        r"(?:please )?say (?:that|it) again",
        r"what was (?:that|the question)(?: again)?",
        r"(?:i )?(?:did not|didn't|didnt) (?:hear|catch|get) (?:that|it|the question|you)",
        r"(?:i beg your )?pardon(?: me)?",
        r"come again",
    ),
    "skip": (
        r"(?:let's |lets |let us |can we |could we |can i |could i |may i |i(?:'d| would) (?:like|rather|prefer) to |i want to )?"
        r"skip(?: to)?(?: this| that| it| the)?(?: one| question| next question)?",
        r"(?:can we |could we |let's |lets )?(?:go|move) (?:on )?to the next (?:question|one)",
        r"(?:let's |lets |let us |can we |could we |we can )?(?:please )?move on",
        r"next question",
        r"(?:i (?:do not|don't|dont|would rather not|(?:would )?prefer not to)|i'd (?:rather not|prefer not to)) (?:want to |like to )?answer(?: (?:this|that|it)(?: one| question)?)?",
        r"pass",
    ),
    "done": (
        r"(?:i think )?(?:that is|that's|thats) (?:it|all|everything|my answer)(?: from me| i have| really)?",
        r"(?:i am|i'm|im) (?:done|finished)(?: with (?:this|that|my answer))?",
        r"(?:i have|i've|ive) finished(?: my answer)?",
        r"(?:that is|that's) (?:the end of )?my (?:answer|story)",
        r"(?:that is|that's) all (?:i (?:have|want|wanted) to say|from me|from my side)",
        r"nothing (?:else|more)(?: to (?:say|add))?",
    ),
    "moment": (
        r"(?:just )?(?:give me|i need|i'd need|can i (?:have|take|get)|could i (?:have|take|get)|may i have|let me (?:have|take)|hold on|wait)"
        r"(?: for)?(?: just)? (?:a|one|another) (?:moment|minute|second|sec|bit)(?: to think(?: about (?:it|that|this))?| of time)?",
        r"(?:just )?(?:a|one) (?:moment|minute|second|sec)",
        r"let me think(?: (?:about|of) (?:it|that|this|an example|one|something))?(?: for)?(?: (?:a|one) (?:moment|minute|second|sec|bit))?",
        r"(?:i need|give me)(?: some| more| a bit more| a little)? time(?: to think)?",
        r"hold on",
    ),
    "pause": (
        r"(?:can we |could we |let's |lets |i need to |please )?(?:pause|take a (?:short )?break)(?: the interview| here| this)?",
    ),
    "resume": (
        r"(?:i am|i'm|im) (?:back|ready)(?: to (?:continue|go on))?",
        r"(?:let's|lets|we can|you can|please) (?:continue|go on|resume)",
        r"(?:continue|resume)(?: the interview)?",
    ),
    "leave": (
        r"(?:i want to |i would like to |i'd like to |i need to |i have to |let's |let us |please )?(?:stop|end|leave|quit) (?:the |this |our )interview(?: here)?",
        r"(?:i think )?(?:i (?:really )?(?:want|need|would like|have|wish)|i'd like) to (?:stop|quit|leave|end (?:it|this)|stop (?:it|this))(?: here| right here)?",
        r"(?:let's|let us|please) (?:stop|end it|end this) here",
    ),
}
_COMPILED = {
    control: re.compile(_POLITE + "(?:" + "|".join(phrases) + ")" + _TAIL)
    for control, phrases in _PHRASES.items()
}
_ENDING = re.compile(
    r"(?:^|[.!?,;]\s*|\s(?:so|and|yeah|but|okay)\s+)(?:i think |i guess )?"
    r"(?:(?:that is|that's|thats) (?:it|all|my answer|everything|all from me)|(?:i am|i'm|im) (?:done|finished))"
    r"(?: really| from me| i think)?$"
)
_SUMMING_UP = re.compile(
    r"(?:^|[.!?,;]\s*)(?:(?:so|and|but|yeah|yes|well|anyway|overall|basically)[, ]+)*"
    r"(?:(?:that|this|it)(?: is|'s| was)(?: (?:basically|pretty much|more or less|about|really|just))*"
    r" (?:how|what|why|the way|the (?:end|story|whole story|result|outcome)|my (?:story|example|experience))\b[^.!?,;]{0,60}"
    r"|(?:that|this)(?: is|'s| was) (?:basically|pretty much|more or less|about) (?:it|all)|so yeah)$"
)
MAX_WORDS = 14
"""A control is short; a longer text is an answer that happens to hold such words."""


def spoken_control(text: str) -> Control | None:
    """Return the control that the whole of ``text`` says, None if it is anything else."""
    plain = _plain(text)
    if not plain or len(plain.split()) > MAX_WORDS:
        return None
    return next((control for control, pattern in _COMPILED.items() if pattern.fullmatch(plain)), None)


def says_done(text: str) -> bool:
    """Return whether an answer closes with the words that it is over ("… and that's it")."""
    lowered = text.lower().replace("’", "'").strip().rstrip(".!? ")
    return _ENDING.search(lowered) is not None


def sums_up(text: str) -> bool:
    """Return whether an answer closes by looking back on itself ("so that's how we did it")."""
    lowered = text.lower().replace("’", "'").strip().rstrip(".!? ")
    return _SUMMING_UP.search(lowered) is not None


def _plain(text: str) -> str:
    lowered = text.lower().replace("’", "'")
    return " ".join(re.sub(r"[^a-z0-9' ]+", " ", lowered).split())
