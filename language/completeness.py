"""Does a text end like a finished sentence? Cheap enough to ask at every pause.

Recognisers put full stops where a segment ends, so punctuation counts for little: the last words
decide. A value, not a verdict: 0 certainly goes on, 1 plainly finished.
"""

import re

CERTAINLY_GOES_ON = 0.05
"""The value of a text that ends where nobody ends."""
_NEVER_LAST = frozenset(
    """and but or because although though while if whereas the a an my our your their every um uh er erm
    hmm mm how which whose than into during i we he she they i'm i'd i've i'll we're we've it's there's
    they're he's she's let's gonna wanna""".split()
)
_HOLDING = frozenset(
    """and but or so because since although though while if when whenever where which that who whom
    whose than as then to for with without of in on at by from into about between during until
    unless before after through the a an my our your his her its their this these those some any
    every each no i we he she they it there is are was were am be been being has have had do does
    did will would could should can may might must not very really quite just also even only like um
    uh er erm hmm mm well actually basically i'm i'd i've i'll we're we'd we've it's that's there's
    they're he's she's let's gonna wanna kind sort such both either neither whether what how why
    more most much many""".split()
)
_FINAL_DESPITE = frozenset(
    """it there that this well then before after through on in up down over off out her these those both
    more do did am""".split()
)
"""Words that often do end a sentence ("we got through it", "I helped her", "and so we did")."""
_HOLDING_PHRASES = re.compile(
    r"(?:\b(?:you know|i mean|kind of|sort of|and then|so then|as well as|such as|because of|in order to|for example"
    r"|for instance|first of all|the thing is|at that point|at the end)|,)$"
)


def completeness(text: str) -> float:
    """Return in [0, 1] how finished ``text`` sounds; 0 for an empty text."""
    lowered = text.lower().replace("’", "'").strip()
    trailing = lowered[-3:]
    plain = lowered.rstrip(" .!?…")
    words = re.findall(r"[a-z0-9']+", plain)
    if not words:
        return 0.0
    last, breaks_off = words[-1], trailing.endswith(("...", "…", "-"))
    if last in _NEVER_LAST or (breaks_off and last in _HOLDING):
        return CERTAINLY_GOES_ON
    if breaks_off or trailing.endswith(",") or _HOLDING_PHRASES.search(plain):
        return 0.1
    punctuated = lowered.endswith((".", "!", "?"))
    if last in _FINAL_DESPITE:
        return 0.8 if punctuated else 0.5
    if last in _HOLDING:
        return 0.15
    if len(words) < 3:
        return 0.5 if punctuated else 0.4
    return 0.9 if punctuated else 0.7
