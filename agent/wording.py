"""Follow-ups are worded beside the loop, and in a pause already for the case that the answer is over."""

import asyncio
from collections.abc import Callable

from agent.interview.actions import Hearing, WordFollowUp
from agent.interview.follow_up import Draft, FollowUpWriter
from agent.interview.interview import Interview

LOOK_AHEAD_AFTER_S = 0.35
"""Silence after which the reply is looked for, as if the answer were over."""
_Worded = tuple[WordFollowUp, asyncio.Task[Draft]]


class FollowUpWording:
    """The wording of the follow-up that is due, and of the one that would be due if the answer were over."""

    def __init__(self, interview: Interview, writer: FollowUpWriter, on_draft: Callable[[], None]) -> None:
        """``on_draft`` is called when a wording that was asked for is ready."""
        self._interview, self._writer, self._on_draft = interview, writer, on_draft
        self._due: _Worded | None = None
        self._ahead: _Worded | None = None
        self._looked_at = ""
        self._looking: asyncio.Task[None] | None = None

    def look_ahead(self, now_s: float, hearing: Hearing) -> None:
        """In a pause, find out beside the loop what would be said if the answer were over."""
        answer = self._interview.state.open_answer
        if answer is None or (hearing.silence_s or 0.0) < LOOK_AHEAD_AFTER_S or hearing.candidate_speaking:
            return
        pending = hearing.interim_text if any(c.isalnum() for c in hearing.interim_text) else ""
        key = f"{answer.question_id} {answer.text} {pending}"
        if key == self._looked_at or (self._looking is not None and not self._looking.done()):
            return
        self._looked_at = key
        self._looking = asyncio.create_task(self._prepare(now_s, pending))

    def draft(self, asked: WordFollowUp) -> Draft | None:
        """Return the wording of what is ``asked``, once; None while it is being made.

        Beside the loop, so that a button or a candidate who goes on is heard meanwhile.
        """
        if self._due is None or self._due[0] != asked:
            self._stop_due()
            ahead, self._ahead = self._ahead, None
            known = ahead is not None and ahead[0] == asked
            task = ahead[1] if ahead is not None and known else asyncio.create_task(self._writer.word(asked))
            task.add_done_callback(lambda _: self._on_draft())
            self._due = (asked, task)
            return None
        task = self._due[1]
        if not task.done():
            return None
        self._due = None
        return task.result()

    def forget_old(self) -> None:
        """Stop a wording for an answer that goes on, or was skipped."""
        completed = self._interview.state.recent_completion
        asked_for = self._due[0].question_id if self._due is not None else None
        if completed is None or completed.question_id != asked_for or completed.reason == "skipped":
            self._stop_due()

    def stop(self) -> None:
        """Stop all that is being worded or looked for."""
        self._stop_due()
        self._stop_ahead()
        if self._looking is not None:
            self._looking.cancel()

    async def _prepare(self, now_s: float, pending: str) -> None:
        actions = await asyncio.to_thread(self._interview.foresee, now_s, pending)
        asked = next((action for action in actions if isinstance(action, WordFollowUp)), None)
        if asked is not None and (self._ahead is None or self._ahead[0] != asked):
            self._stop_ahead()
            self._ahead = (asked, asyncio.create_task(self._writer.word(asked)))

    def _stop_due(self) -> None:
        if self._due is not None:
            self._due[1].cancel()
            self._due = None

    def _stop_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead[1].cancel()
            self._ahead = None
