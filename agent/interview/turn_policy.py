"""How long a silence must be before an answer is judged over. Pure: text and times in, seconds out."""

from agent.interview.actions import Hearing
from agent.interview.controls import says_done
from language.completeness import completeness

QUICK_S = 1.2
"""A plainly finished, full answer."""
USUAL_S = 1.8
PATIENT_S = 2.6
"""In mid-sentence, after a filler, or when hardly anything was said."""
SAID_DONE_S = 0.2
"""After "that's it" only the recogniser has to agree."""
SHORT_SHARE = 0.25
FULL_SHARE = 0.6
ACOUSTIC_END = 0.36


def patience_s(text: str, spoken_s: float, expected_s: float, hearing: Hearing) -> float:
    """Return the silence in seconds after which the answer counts as over.

    Parameters
    ----------
    text
        The answer so far, words not yet final included.
    spoken_s
        Seconds of speech in it.
    expected_s
        Usual length of a full answer to this question.
    hearing
        What the body hears; its acoustic probability is used if there is one.
    """
    if says_done(text):
        return SAID_DONE_S
    complete = completeness(text)
    share = spoken_s / expected_s
    if complete < 0.5:
        return PATIENT_S
    if share < SHORT_SHARE or len(text.split()) < 6:
        return PATIENT_S if complete < 0.8 else (USUAL_S + PATIENT_S) / 2
    acoustic = hearing.end_of_turn_probability
    if acoustic is not None and acoustic < ACOUSTIC_END:
        return USUAL_S
    return QUICK_S if share >= FULL_SHARE and complete >= 0.8 else USUAL_S
