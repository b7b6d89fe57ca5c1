"""The panel: rounds, raters, sheets, ratings; calibrations and which is in force"""

import sqlalchemy as sa
from alembic import op

from records.tables import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "panel_rounds",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("rubric_id", sa.String(length=64), nullable=False),
        sa.Column("rubric_version", sa.String(length=32), nullable=False),
        sa.Column("per_interview", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "panel_raters",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["panel_rounds.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("round_id", "name", name="uq_panel_raters_round_name"),
    )
    op.create_table(
        "panel_interviews",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("transcript_hash", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["panel_rounds.id"]),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"]),
        sa.PrimaryKeyConstraint("round_id", "session_id"),
        sa.UniqueConstraint("round_id", "code", name="uq_panel_interviews_round_code"),
    )
    op.create_index("ix_panel_interviews_session_id", "panel_interviews", ["session_id"])
    op.create_table(
        "panel_assignments",
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rater_id"], ["panel_raters.id"]),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"]),
        sa.PrimaryKeyConstraint("rater_id", "session_id"),
    )
    op.create_index("ix_panel_assignments_session_id", "panel_assignments", ["session_id"])
    op.create_table(
        "panel_sheets",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=80), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["rater_id"], ["panel_raters.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("rater_id", "version", name="uq_panel_sheets_rater_version"),
    )
    op.create_table(
        "panel_ratings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("criterion", sa.String(length=64), nullable=False),
        sa.Column("behaviour", sa.String(length=64), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["panel_sheets.id"]),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_panel_ratings_sheet", "panel_ratings", ["sheet_id"])
    op.create_index("ix_panel_ratings_session_id", "panel_ratings", ["session_id"])
    op.create_table(
        "calibrations",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("rubric_id", sa.String(length=64), nullable=False),
        sa.Column("rubric_version", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "calibration_switches",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("rubric_id", sa.String(length=64), nullable=False),
        sa.Column("rubric_version", sa.String(length=32), nullable=False),
        sa.Column("calibration_id", sa.String(length=16), nullable=True),
        sa.Column("switched_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["calibration_id"], ["calibrations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    for table in (
        "calibration_switches",
        "calibrations",
        "panel_ratings",
        "panel_sheets",
        "panel_assignments",
        "panel_interviews",
        "panel_raters",
        "panel_rounds",
    ):
        op.drop_table(table)
