"""What a new installation starts with, so that there is something to try."""

from sqlalchemy.orm import Session

from records import positions
from records.tables import Position

DEMO_POSITION = "demo"
FULL_POSITION = "customer_support"


def ensure_demo(session: Session) -> None:
    """Add the two sample positions if they are not there."""
    essential = positions.RequiredLevel(required=1.5, importance=3)
    important = positions.RequiredLevel(required=1.0, importance=2)
    rubric = ("behavioural", "2.0.0")
    if session.get(Position, DEMO_POSITION) is None:
        positions.create(
            session,
            DEMO_POSITION,
            "Demo: customer support specialist",
            "Aila demo company",
            ("demo", "1.0.0"),
            rubric,
            {"teamwork": important, "problem_solving": essential, "learning": important},
        )
    if session.get(Position, FULL_POSITION) is None:
        positions.create(
            session,
            FULL_POSITION,
            "Customer support specialist (full interview)",
            "Aila demo company",
            ("behavioural", "1.0.0"),
            rubric,
            {
                "customer_focus": essential,
                "communication": essential,
                "problem_solving": important,
                "conflict_resolution": important,
                "ownership": important,
            },
        )
