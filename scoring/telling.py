"""How a response is told, compared with examples only where that decides a score.

What a result and a lesson add is known only once the sentences are encoded, which takes longer than all else;
how much they can add is known before. A criterion's score is that of its two best responses: one that comes
behind two others however well it ends keeps its least score, and no score changes.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice

from scoring.story import Lead, Story, StoryIndex, Told, story_without_leads, with_leads

_MOST: Lead = (float("inf"), float("inf"))


class Telling:
    """The answers to one question as they are told."""

    def __init__(self, answers: Sequence[Told], index: StoryIndex) -> None:
        self._answers, self.index = answers, index
        self._story: Story | None = None

    @property
    def told(self) -> bool:
        """Whether its sentences have been compared."""
        return self._story is not None

    @property
    def story(self) -> Story:
        """The measures of the response."""
        if self._story is None:
            compare([self])
        assert self._story is not None  # noqa: S101
        return self._story

    @cached_property
    def least(self) -> Story:
        """What the measures are at least, whatever the sentences are near to."""
        return story_without_leads(self._answers, self.index.rubric_words)

    @cached_property
    def most(self) -> Story:
        """What the measures are at most."""
        return self._with([_MOST] * len(self.texts))

    @cached_property
    def texts(self) -> list[str]:
        """The sentences that are compared with results and lessons."""
        return [sentence.text for told in self._answers for sentence in told.compared]

    def _with(self, leads: Iterable[Lead]) -> Story:
        remaining = iter(leads)
        by_answer = [list(islice(remaining, len(told.compared))) for told in self._answers]
        return with_leads(self.least, self._answers, by_answer)

    def tell(self, leads: Iterable[Lead]) -> None:
        """Take the measures from the ``leads`` of :attr:`texts`."""
        self._story = self._with(leads)


def compare(tellings: Sequence[Telling]) -> None:
    """Find the stories of ``tellings``, of one index, together: far quicker than one by one."""
    new = [telling for telling in tellings if not telling.told]
    if new:
        leads = iter(new[0].index.leads([text for telling in new for text in telling.texts]))
        for telling in new:
            telling.tell(islice(leads, len(telling.texts)))
