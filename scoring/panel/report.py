"""The panel's report: how far raters agree with each other, and scores with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.panel.calibrating import RawResults, panel_alpha
from scoring.panel.estimate import Statistic
from scoring.panel.intraclass import Intraclass, intraclass
from scoring.panel.kappa import PairAgreement, pairs
from scoring.panel.krippendorff import alpha
from scoring.panel.ratings import (
    PanelMeans,
    Rating,
    RatingTable,
    of_behaviour,
    of_criterion,
    overall_table,
    panel_means,
    table,
)
from scoring.panel.score_agreement import MIN_RATERS, ScoreAgreement, agreement, overall_agreement
from scoring.panel.severity import RaterProfile, profiles


@dataclass(frozen=True, slots=True)
class CriterionReport:
    """One criterion, or all of them together."""

    intraclass: Intraclass
    alpha: Statistic
    """Ordinal Krippendorff alpha."""
    behaviours: dict[str, Statistic]
    """The same of each behaviour."""
    scores: ScoreAgreement
    """The scorer's raw scores beside the panel's means."""


@dataclass(frozen=True, slots=True)
class PanelReport:
    synthetic: bool
    """Whether simulated raters took part: then nothing here says anything about people or scores."""
    interviews: int
    raters: tuple[RaterProfile, ...]
    ratings: int
    """Of behaviours and criteria, "cannot judge" included."""
    overall: CriterionReport
    criteria: dict[str, CriterionReport]
    pairs: tuple[PairAgreement, ...]


def panel_report(ratings: Sequence[Rating], raw: RawResults, synthetic: bool) -> PanelReport:
    """Return the report on ``ratings``; ``raw`` are the scorer's results of the same interviews."""
    means = panel_means(ratings, MIN_RATERS)
    scores = {key: result.score for key, result in raw.items()}
    rated = intraclass(overall_table(ratings))
    return PanelReport(
        synthetic=synthetic,
        interviews=len({r.interview for r in ratings}),
        raters=tuple(profiles(ratings)),
        ratings=len(ratings),
        overall=CriterionReport(
            intraclass=rated,
            alpha=panel_alpha(ratings),
            behaviours={},
            scores=overall_agreement(scores, means, rated),
        ),
        criteria={name: _criterion(ratings, name, scores, means) for name in _criteria(ratings)},
        pairs=tuple(pairs(list(ratings))),
    )


def _criteria(ratings: Sequence[Rating]) -> list[str]:
    return sorted({r.criterion for r in ratings})


def _criterion(
    ratings: Sequence[Rating],
    name: str,
    scores: Mapping[tuple[str, str], float],
    means: PanelMeans,
) -> CriterionReport:
    own = [r for r in ratings if r.criterion == name]
    levels = table(of_criterion(own, name))
    rated = intraclass(levels)
    behaviours = sorted({r.behaviour for r in own if r.behaviour is not None})
    return CriterionReport(
        intraclass=rated,
        alpha=alpha(_units(levels)),
        behaviours={one: alpha(_units(table(of_behaviour(own, name, one)))) for one in behaviours},
        scores=agreement(scores, means, name, rated),
    )


def _units(levels: RatingTable) -> dict[str, np.ndarray]:
    return {name: row[None] for name, row in zip(levels.interviews, levels.levels, strict=True)}
