"""How long a silence must be before an answer is judged over. Pure: text and times in, seconds out.

What separates the end of an answer from a pause after a sentence is above all how much has been said,
compared with what this candidate says to a question; the words tell whether the clause is finished. The
numbers were chosen on half of the persons of 328 real answers with thinking pauses put in, and measured on
the other half (``bench/turn_policy.py``, ``docs/interview.md``).
"""

from collections.abc import Sequence
from statistics import median

from agent.interview.assessment import ends_with_outcome, missing_parts, sounds_complete
from agent.interview.controls import says_done, sums_up
from language.completeness import CERTAINLY_GOES_ON

QUICK_S = 1.6
"""After a finished sentence of an answer that has the candidate's usual length."""
USUAL_S = 2.0
"""At least, if the voice sounds as if it goes on."""
PATIENT_S = 2.58
"""After a finished sentence of an answer that is short so far, or in what may be mid-clause."""
HOLD_S = 3.5
"""After "um", "and", "because" or an article: nobody ends there."""
SAID_DONE_S = 0.2
"""After "that's it" only the recogniser has to agree."""
SUMMED_UP_S = 1.0
"""After "so that's how we did it"."""
WHOLE_STORY_S, WHOLE_STORY_WORDS = 1.5, 20
"""At most, after a story whose last sentence tells how it ended, however short it is."""
SHORT_SHARE, FULL_SHARE = 0.6, 0.7
"""Of the expected length: patience falls from ``PATIENT_S`` to ``QUICK_S`` between them."""
TOLD_BONUS = 0.2
"""Own action and outcome told count as so much more of the expected length."""
MIN_WORDS = 6
ACOUSTIC_END = 0.36
"""The acoustic model's own threshold; below it the voice sounds as if it goes on."""
AFTER_MISTAKE_S = 0.35
"""Added for each answer that was judged over too early."""
USUAL_LONG_PAUSE_S = 1.03
"""Median of usual thinking pauses of 0.6 s or more; only those of 1.2 s or more reach the core."""
PAUSES_OF_DOUBT = 12
"""So many usual pauses stand beside the candidate's own."""
SLOWER_BY = 1.15
"""Who pauses longer than usual by less than this is waited for as usual."""
SLOWEST = 1.4


def patience_s(
    text: str,
    spoken_s: float,
    expected_s: float,
    end_of_turn_probability: float | None = None,
    own_pauses_s: Sequence[float] = (),
    reopened: int = 0,
    whole_text: str | None = None,
    quick_s: float = QUICK_S,
) -> float:
    """Return the silence in seconds after which the answer counts as over.

    Parameters
    ----------
    text
        What was said since Aila last asked, words not yet final included.
    spoken_s
        Seconds of speech in it.
    expected_s
        Length of a reply to what was asked, as this candidate usually replies.
    end_of_turn_probability
        An acoustic model's opinion in [0, 1]; None if there is none.
    own_pauses_s
        Pauses inside this candidate's answers so far; slow speakers are waited for.
    reopened
        How often an answer of this candidate was judged over too early; each makes Aila more patient.
    whole_text
        The answer with what came before a follow-up; None: ``text`` is all of it.
    quick_s
        The shortest wait after a sentence: what trades cut-offs for delay.
    """
    if says_done(text):
        return SAID_DONE_S
    slowness = _slowness(own_pauses_s)
    complete = sounds_complete(text)
    if complete <= CERTAINLY_GOES_ON:
        return HOLD_S * slowness
    longest_s = PATIENT_S * slowness
    if complete < 0.5 or len(text.split()) < MIN_WORDS:
        return longest_s
    base_s = _after_a_sentence_s(spoken_s / expected_s, whole_text or text, quick_s)
    if sums_up(text):
        base_s = min(base_s, SUMMED_UP_S)
    elif len(text.split()) >= WHOLE_STORY_WORDS and ends_with_outcome(whole_text or text):
        base_s = min(base_s, WHOLE_STORY_S)
    if end_of_turn_probability is not None and end_of_turn_probability < ACOUSTIC_END:
        base_s = max(base_s, USUAL_S)
    return min(longest_s, base_s * slowness + AFTER_MISTAKE_S * reopened)


def invites_backchannel(text: str) -> bool:
    """Return whether ``text`` ends with a finished sentence, where a soft sound disturbs no thought."""
    return sounds_complete(text) >= 0.5 and len(text.split()) >= MIN_WORDS and not says_done(text)


def _after_a_sentence_s(share: float, whole_text: str, quick_s: float) -> float:
    told = not {"action", "result"} & set(missing_parts(whole_text))
    said_enough = (share + TOLD_BONUS * told - SHORT_SHARE) / (FULL_SHARE - SHORT_SHARE)
    return PATIENT_S - (PATIENT_S - quick_s) * min(1.0, max(0.0, said_enough))


def _slowness(own_pauses_s: Sequence[float]) -> float:
    """Return in [1, ``SLOWEST``] how much longer than usual the candidate pauses."""
    if not own_pauses_s:
        return 1.0
    own = median(own_pauses_s) / USUAL_LONG_PAUSE_S
    ratio = (PAUSES_OF_DOUBT + len(own_pauses_s) * own) / (PAUSES_OF_DOUBT + len(own_pauses_s))
    return min(SLOWEST, max(1.0, ratio / SLOWER_BY))
