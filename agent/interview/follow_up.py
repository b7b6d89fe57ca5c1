"""Wording of follow-ups: the seam between the pure core and a language model."""

from dataclasses import dataclass
from typing import Literal, Protocol

from agent.interview.actions import WordFollowUp


@dataclass(frozen=True, slots=True)
class Draft:
    """A follow-up's wording and how it came about."""

    text: str
    source: Literal["bank", "llm"]
    verdict: str
    """"accepted", or why the model's wording was not used."""
    prompt: str | None = None
    output: str | None = None
    latency_s: float | None = None


class FollowUpWriter(Protocol):
    """Words a follow-up; never raises, and answers within the action's deadline."""

    async def word(self, action: WordFollowUp) -> Draft: ...


class BankFollowUpWriter:
    """Uses the bank's own probe; what runs when no model is configured."""

    async def word(self, action: WordFollowUp) -> Draft:
        return Draft(action.bank_probe, "bank", "no_model")
