"""What the order of a position's candidates hangs on."""

from api.context import Context
from api.ranking_view import ranked_candidates
from api.schemas_positions import (
    ImportanceChangeView,
    PairView,
    PlaceView,
    ScoreChangeView,
    SensitivityView,
)
from records import positions
from scoring.sensitivity import DRAWS, PairSensitivity, pair_sensitivities, top_shares

MAX_PAIRS = 50
"""Nobody reads on from there, and a thousand candidates would make a megabyte."""


def sensitivity_view(context: Context, position_id: str, top: int) -> SensitivityView:
    """Return how safe the first ``top`` places are, and what would turn each two neighbours round.

    Raises
    ------
    NotFound
        If there is no such position.
    """
    ranked, names = ranked_candidates(context, position_id)
    with context.database.reading() as session:
        position = positions.get(session, position_id)
    rubric = context.rubrics.load(position.rubric_id, position.rubric_version)
    criteria = {criterion.id: criterion.name for criterion in rubric.criteria}
    shares = top_shares(ranked, top)
    return SensitivityView(
        top=top,
        draws=DRAWS,
        places=tuple(
            PlaceView(session_id=one.session_id, candidate_name=names[one.session_id], share=share)
            for one in ranked
            if (share := shares.get(one.session_id)) is not None
        ),
        pairs=tuple(_pair(pair, names, criteria) for pair in pair_sensitivities(ranked[: MAX_PAIRS + 1])),
    )


def _pair(pair: PairSensitivity, names: dict[str, str], criteria: dict[str, str]) -> PairView:
    importance, score = pair.importance_change, pair.score_change
    return PairView(
        upper=pair.upper,
        upper_name=names[pair.upper],
        lower=pair.lower,
        lower_name=names[pair.lower],
        difference=pair.difference,
        tied=pair.tied,
        importance_change=ImportanceChangeView(
            criterion=importance.criterion,
            criterion_name=criteria.get(importance.criterion, importance.criterion),
            now=importance.now,
            then=importance.then,
        )
        if importance
        else None,
        score_change=ScoreChangeView(
            session_id=score.session_id,
            criterion=score.criterion,
            criterion_name=criteria.get(score.criterion, score.criterion),
            now=score.now,
            then=score.then,
            interval=score.interval,
        )
        if score
        else None,
    )
