"""Which presses of a button, and which spoken wishes, are one and the same.

A button is pressed twice by trembling hands, in two tabs, or because nothing seems to happen at once.
The second press must not act on the question that the first one brought.
"""

from agent.interview.state import InterviewState
from records.events import Control, ControlUsed

REPEATED_WITHIN_S = 1.5
"""A control so soon after one of the same kind is the same wish."""
HARDLY_ASKED_S: dict[Control, float] = {"done": 1.5, "skip": 0.7}
"""A question that Aila began to ask of her own accord so recently is not what was meant."""
_KIND: dict[Control, str] = {
    "skip": "finish",
    "done": "finish",
    "pause": "pause",
    "resume": "pause",
    "repeat": "repeat",
    "moment": "moment",
    "leave": "leave",
}


_BEFORE_AN_ANSWER = frozenset({"greeting", "guideline", "practice", "question", "follow_up", "reminder"})


def is_repeated(state: InterviewState, event: ControlUsed) -> bool:
    """Return whether ``event`` says nothing new, and so changes nothing."""
    if event.id is not None and event.id in state.control_ids:
        return True
    last = state.last_control
    if last is not None and abs(event.at_s - last.at_s) < REPEATED_WITHIN_S:
        same_source = last.source == event.source and _KIND[last.control] == _KIND[event.control]
        if same_source or last.control == event.control:
            return True
    return _nothing_to_end(state, event) or _meant_for_the_answer_before(state, event)


def _nothing_to_end(state: InterviewState, event: ControlUsed) -> bool:
    """ "I'm done" while Aila welcomes or asks: nothing has been answered yet."""
    if event.control != "done" or state.speaking is None or state.speaking.kind not in _BEFORE_AN_ANSWER:
        return False
    return state.open_answer is None or not state.open_answer.stretch


def _meant_for_the_answer_before(state: InterviewState, event: ControlUsed) -> bool:
    completion, asked = state.recent_completion, state.last_asked
    if completion is None or asked is None or state.mode == "text":
        return False
    if completion.reason not in ("turn_policy", "silence") or asked.at_s < completion.at_s:
        return False
    return event.at_s - asked.at_s < HARDLY_ASKED_S.get(event.control, 0.0)
