"""The language that a text was read in, beside its version"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Until now there was the English text alone.
    op.add_column(
        "consents", sa.Column("text_language", sa.String(length=16), nullable=False, server_default="en")
    )


def downgrade() -> None:
    op.drop_column("consents", "text_language")
