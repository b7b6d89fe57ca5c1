"""The optional camera: whether a position allows it, and what was recorded with it"""

import sqlalchemy as sa
from alembic import op

from records.tables import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "positions", sa.Column("allows_camera", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "camera_takes",
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("take", sa.String(length=32), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("chunks", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("start_s", sa.Float(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"]),
        sa.PrimaryKeyConstraint("session_id", "take"),
    )


def downgrade() -> None:
    op.drop_table("camera_takes")
    op.drop_column("positions", "allows_camera")
