"""What candidates may ask for afterwards: a person's look, and that everything is erased"""

import sqlalchemy as sa
from alembic import op

from records.tables import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "human_reviews",
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"]),
        sa.PrimaryKeyConstraint("session_id"),
    )
    op.create_table(
        "erasures",
        sa.Column("receipt", sa.String(length=32), nullable=False),
        sa.Column("invitation_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_by", sa.String(length=16), nullable=False),
        sa.Column("erased", sa.JSON(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("receipt"),
        sa.UniqueConstraint("invitation_hash", name="uq_erasures_invitation_hash"),
    )


def downgrade() -> None:
    op.drop_table("erasures")
    op.drop_table("human_reviews")
