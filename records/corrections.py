"""Corrections of recognition errors: which of a candidate's changes may be what was really said.

A correction could also be a better answer, thought of afterwards. So the words as recognised are what
counts, except where all of this holds for a changed place:

- the recogniser itself was unsure: a replaced word has a probability below :data:`UNSURE_BELOW`;
- the new words sound or look like what was recognised: at least :data:`ALIKE_FROM` of their letters, or of
  their sounds (Lawrence Philips' Metaphone, 1990), match in order (Ratcliff and Obershelp's measure);
- they can be said in the time in which they were heard;
- they change neither who acted, nor whether it happened, nor a number.

All other changes are kept and shown beside the transcript, with the place in the recording, for a person
to judge. The thresholds are set by hand, not fitted to data.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from jellyfish import metaphone

from records.transcript import TranscriptWord, Turn

UNSURE_BELOW = 0.7
ALIKE_FROM = 0.6
WORDS_PER_S, WORDS_AT_LEAST = 5.0, 1.0
"""Quick speech; a correction says no more than that in the time of what it replaces."""
MOST_CHANGED_SHARE, CHANGES_ALWAYS_ALLOWED = 0.2, 5
"""Of an answer's words; more is another answer, not a correction."""
Verdict = Literal["counts", "not_timed", "heard_clearly", "unlike", "too_long", "changes_meaning"]

_PERSONS = frozenset(
    """i me my mine myself we us our ours ourselves you your yours he him his she her hers they them their
    theirs it its somebody someone nobody everybody everyone team colleague colleagues boss manager""".split()
)
_WHETHER = frozenset(
    """not no never none nothing neither nor without cannot hardly almost nearly would could should might may
    will can if tried""".split()
)
_NUMBERS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
    half double twice percent""".split()
)
_PLAIN = re.compile(r"[^\w%]|_", re.UNICODE)
_CONTRACTED = re.compile(r"^(\w+?)n['’]?t$")


@dataclass(frozen=True, slots=True)
class Change:
    """One place at which a correction differs from what was recognised."""

    start: int
    """Character offsets into the turn's text as recognised; equal where words were put in."""
    end: int
    recognised: str
    corrected: str
    first_word: int
    """Index of the first replaced word, and of the one after the last."""
    last_word: int
    start_s: float | None
    """Where it is heard in the recording; None where the words have no times, or nothing was replaced."""
    end_s: float | None
    verdict: Verdict


def changes_between(turn: Turn, corrected: str) -> tuple[Change, ...]:
    """Return the places at which ``corrected`` differs in more than case and punctuation, in order."""
    spans = [(match.start(), match.end()) for match in re.finditer(r"\S+", turn.text)]
    old, new = [turn.text[i:j] for i, j in spans], [w for w in corrected.split() if _plain(w)]
    words = turn.words if turn.words is not None and len(turn.words) == len(old) else None
    matcher = SequenceMatcher(None, [_plain(w) for w in old], [_plain(w) for w in new], autojunk=False)
    found = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        place = spans[i1][0] if i1 < len(spans) else len(turn.text)
        start, end = (spans[i1][0], spans[i2 - 1][1]) if i2 > i1 else (place, place)
        replaced = words[i1:i2] if words is not None and i2 > i1 else ()
        found.append(
            Change(
                start=start,
                end=end,
                recognised=" ".join(old[i1:i2]),
                corrected=" ".join(new[j1:j2]),
                first_word=i1,
                last_word=i2,
                start_s=replaced[0].start if replaced else None,
                end_s=replaced[-1].end if replaced else None,
                verdict=_verdict(old[i1:i2], new[j1:j2], replaced),
            )
        )
    return tuple(found)


def is_correction(turn: Turn, changes: tuple[Change, ...]) -> bool:
    """Return whether the changes are few enough to correct single words rather than to rewrite an answer."""
    changed = sum(max(c.last_word - c.first_word, len(c.corrected.split())) for c in changes)
    return changed <= max(CHANGES_ALWAYS_ALLOWED, MOST_CHANGED_SHARE * len(turn.text.split()))


def counting(turn: Turn, changes: tuple[Change, ...]) -> Turn:
    """Return the turn with the changes that count in place, their words in the time of the replaced ones."""
    counted = [change for change in changes if change.verdict == "counts"]
    if not counted or turn.words is None:
        return turn
    text, words = turn.text, list(turn.words)
    for change in reversed(counted):
        text = text[: change.start] + change.corrected + text[change.end :]
        replaced = words[change.first_word : change.last_word]
        words[change.first_word : change.last_word] = _retimed(change.corrected.split(), replaced)
    return turn.model_copy(update={"text": text, "words": tuple(words)})


def _verdict(old: list[str], new: list[str], replaced: tuple[TranscriptWord, ...]) -> Verdict:
    if not replaced or not new:
        return "not_timed"
    if _meaning(old) != _meaning(new):
        return "changes_meaning"
    if min(word.probability if word.probability is not None else 1.0 for word in replaced) >= UNSURE_BELOW:
        return "heard_clearly"
    if max(_likeness(_letters(old), _letters(new)), _likeness(_sounds(old), _sounds(new))) < ALIKE_FROM:
        return "unlike"
    span_s = max(0.0, replaced[-1].end - replaced[0].start)
    if len(new) > WORDS_AT_LEAST + WORDS_PER_S * span_s:
        return "too_long"
    return "counts"


def _retimed(new: list[str], replaced: list[TranscriptWord]) -> list[TranscriptWord]:
    """Spread the replaced words' time evenly over the new ones, which are no surer than they were."""
    start_s, end_s = replaced[0].start, max(replaced[-1].end, replaced[0].start)
    step_s = (end_s - start_s) / len(new)
    surest = min(word.probability if word.probability is not None else 1.0 for word in replaced)
    return [
        TranscriptWord(
            text=word, start=start_s + i * step_s, end=start_s + (i + 1) * step_s, probability=surest
        )
        for i, word in enumerate(new)
    ]


def _meaning(words: list[str]) -> set[str]:
    """Return what of ``words`` tells who acted, whether it happened, and how many."""
    found = set()
    for word in words:
        plain = _plain(word)
        contracted = _CONTRACTED.match(word.strip('.,;:!?"”“').lower())
        stem = re.split(r"['’]", word.lower(), maxsplit=1)[0]
        if contracted is not None and ("'" in word or "’" in word):
            found.add("not")
            stem = contracted.group(1)
        if any(character.isdigit() for character in plain):
            found.add(plain)
        found |= {plain, _plain(stem)} & (_PERSONS | _WHETHER | _NUMBERS)
    return found


def _plain(word: str) -> str:
    return _PLAIN.sub("", word.lower())


def _likeness(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio() if first and second else 0.0


def _sounds(words: list[str]) -> str:
    return metaphone(_letters(words)).replace(" ", "")


def _letters(words: list[str]) -> str:
    return "".join(_plain(word) for word in words)
