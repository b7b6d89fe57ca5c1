"""After the interview: amended answers are scored again, how it felt, what a position shows its candidates"""

import sqlalchemy as sa
from alembic import op

from records.tables import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REVISED = ("sessions", "scores", "media_files")


def upgrade() -> None:
    for table in _REVISED:
        op.add_column(table, sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("sessions", sa.Column("first_read_at", UtcDateTime(), nullable=True))
    for setting in ("shows_progress", "shows_strengths"):
        op.add_column(
            "positions", sa.Column(setting, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.create_table(
        "interview_feedback",
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"]),
        sa.PrimaryKeyConstraint("session_id"),
    )


def downgrade() -> None:
    op.drop_table("interview_feedback")
    op.drop_column("positions", "shows_strengths")
    op.drop_column("positions", "shows_progress")
    op.drop_column("sessions", "first_read_at")
    for table in _REVISED:
        op.drop_column(table, "revision")
