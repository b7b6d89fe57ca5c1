"""A rubric as it is shown: names and plain statements."""

from api.schemas_studio import BehaviourView, CriterionView, RubricView
from scoring.rubric import Rubric


def rubric_view(rubric: Rubric) -> RubricView:
    """Return a rubric's criteria and behaviours, without how they are looked for."""
    return RubricView(
        id=rubric.id,
        version=rubric.version,
        title=rubric.title,
        criteria=tuple(
            CriterionView(
                id=criterion.id,
                name=criterion.name,
                behaviours=tuple(
                    BehaviourView(
                        id=behaviour.id,
                        statement=behaviour.statement,
                        techniques=tuple(technique.kind for technique in behaviour.techniques),
                    )
                    for behaviour in criterion.behaviours
                ),
            )
            for criterion in rubric.criteria
        ),
    )
