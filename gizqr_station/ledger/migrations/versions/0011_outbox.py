"""How far results were handed over, and which were not taken."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("destination", sa.String(16), nullable=False),
        sa.Column("upto", sa.BigInteger, nullable=False),
        sa.Column("staged", sa.BigInteger, nullable=False),
        sa.Column("staged_by", sa.Text, nullable=False),
        sa.Column("staged_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("destination", name="pk_outbox"),
    )
    op.create_table(
        "outbox_tries",
        sa.Column("destination", sa.String(16), nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("first_at", sa.BigInteger, nullable=False),
        sa.Column("last_at", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("given_up", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("destination", "sequence", name="pk_outbox_tries"),
    )
