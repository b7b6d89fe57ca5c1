"""A statistic as a line of the report."""

from collections.abc import Callable

from scoring.audit.report_format import Figure
from scoring.panel.estimate import Estimate, NotEnough, Statistic

DECIMALS = 3


def figure(
    name: str, statistic: Statistic, of: str | None = None, reached: Callable[[float], bool] | None = None
) -> Figure:
    """Return ``statistic`` as a figure; ``reached`` says of a value whether it is at the serious level."""
    if isinstance(statistic, Estimate):
        bounds = statistic.low, statistic.high
        interval = None
        if bounds[0] is not None and bounds[1] is not None:
            interval = (round(bounds[0], DECIMALS), round(bounds[1], DECIMALS))
        return Figure(
            name=name,
            value=round(statistic.value, DECIMALS),
            interval=interval,
            of=of,
            reached=reached(statistic.value) if reached else None,
        )
    return Figure(name=name, of=of, missing=reason(statistic))


def reason(statistic: Statistic) -> str:
    """Return why there is no value, and how many it takes."""
    if isinstance(statistic, NotEnough):
        return f"have {statistic.have} {statistic.of}, need {statistic.need}: {statistic.because}"
    return "" if isinstance(statistic, Estimate) else statistic.because


def absent(name: str, why: str) -> Figure:
    """Return a figure that is missing."""
    return Figure(name=name, missing=why)
