"""People, how they show who they are, and what was wrong with their tries."""

import sqlalchemy as sa
from alembic import op

from gizqr_station.ledger.migrations.guards import never_deleted, never_updated

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("badge_digest", sa.String(64)),
        sa.Column("pin_hash", sa.Text, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.BigInteger),
        sa.Column("locked_out", sa.Boolean, nullable=False),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("name_key", name="uq_people_name_key"),
        sa.UniqueConstraint("badge_digest", name="uq_people_badge_digest"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "badge_tries",
        sa.Column("station", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.BigInteger),
    )
    named = ("id", "name", "name_key", "added_at")
    never_updated("people_keep_their_names", "people", "a name is never changed: records say it", named)
    never_deleted("people_are_not_deleted", "people", "people are never deleted: records name them")
