"""A statistic with its interval, or why there is none yet."""

from dataclasses import dataclass

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A statistic; ``low`` and ``high`` bound its 95 % confidence interval, None without a formula."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class NotEnough:
    """Why a statistic is not given."""

    have: int
    need: int
    of: str
    """What is counted."""
    because: str

    @property
    def message(self) -> str:
        return f"not enough ratings ({self.of}): have {self.have}, need {self.need}, because {self.because}"


@dataclass(frozen=True, slots=True)
class Undefined:
    """There are enough ratings, but the statistic does not exist for them."""

    because: str

    @property
    def message(self) -> str:
        return f"undefined: {self.because}"


Statistic = Estimate | NotEnough | Undefined
