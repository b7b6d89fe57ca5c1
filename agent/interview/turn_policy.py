"""How long a silence must be before an answer is judged over. Pure: text and times in, seconds out.

The thresholds were chosen by replaying 328 real answers with thinking pauses put in (median 0.5 s,
95th percentile 2.0 s, at most 2.5 s; see ``docs/interview.md``): 1.6 % of pauses and 5 % of answers
are cut off at a median delay of 1.8 s. Text separates better than silence: what ends in mid-clause,
or is short for its question, is waited for.
"""

from collections.abc import Sequence

from agent.interview.assessment import missing_parts, sounds_complete
from agent.interview.controls import says_done

QUICK_S = 1.0
"""A plainly finished, full answer: own action and outcome told, about as long as expected."""
FULL_S = 1.4
"""A finished sentence after an answer of some length."""
USUAL_S = 2.0
PATIENT_S = 2.5
"""In mid-sentence, after a filler, or when hardly anything was said."""
SAID_DONE_S = 0.2
"""After "that's it" only the recogniser has to agree."""
SHORT_SHARE = 0.25
FULL_SHARE = 0.4
ACOUSTIC_END = 0.36
"""The acoustic model's own threshold; below it the voice sounds as if it goes on."""
OWN_PAUSE_MARGIN = 1.0
AFTER_MISTAKE_S = 0.35
"""Added for each answer that was judged over too early."""
MIN_PAUSES = 3
"""Fewer of the candidate's own pauses tell nothing."""


def patience_s(
    text: str,
    spoken_s: float,
    expected_s: float,
    end_of_turn_probability: float | None = None,
    own_pauses_s: Sequence[float] = (),
    reopened: int = 0,
    whole_text: str | None = None,
) -> float:
    """Return the silence in seconds after which the answer counts as over.

    Parameters
    ----------
    text
        What was said since Aila last asked, words not yet final included.
    spoken_s
        Seconds of speech in it.
    expected_s
        Usual length of a full reply to what was asked.
    end_of_turn_probability
        An acoustic model's opinion in [0, 1]; None if there is none.
    own_pauses_s
        Pauses inside this candidate's answers so far; slow speakers are waited for.
    reopened
        How often an answer of this candidate was judged over too early; each makes Aila more patient.
    whole_text
        The answer with what came before a follow-up; None: ``text`` is all of it.
    """
    if says_done(text):
        return SAID_DONE_S
    base_s = _base_s(text, spoken_s / expected_s, end_of_turn_probability, whole_text or text)
    base_s += AFTER_MISTAKE_S * reopened
    return min(PATIENT_S, max(base_s, _usual_pause_s(own_pauses_s) * OWN_PAUSE_MARGIN))


def _base_s(text: str, share: float, acoustic: float | None, whole_text: str) -> float:
    complete = sounds_complete(text)
    if complete < 0.5:
        return PATIENT_S
    if share < SHORT_SHARE or len(text.split()) < 6:
        return PATIENT_S if complete < 0.8 else (USUAL_S + PATIENT_S) / 2
    if acoustic is not None and acoustic < ACOUSTIC_END:
        return USUAL_S
    if share < FULL_SHARE:
        return USUAL_S
    told = not {"action", "result"} & set(missing_parts(whole_text))
    return QUICK_S if told else FULL_S


def _usual_pause_s(own_pauses_s: Sequence[float]) -> float:
    """Return the pause that four of five of the candidate's own do not exceed; 0 if too few are known."""
    if len(own_pauses_s) < MIN_PAUSES:
        return 0.0
    ordered = sorted(own_pauses_s)
    return ordered[int(0.8 * (len(ordered) - 1))]
