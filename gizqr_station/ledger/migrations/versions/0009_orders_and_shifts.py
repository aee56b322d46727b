"""Work orders with their signed profiles, which order each station has in hand, and shifts."""

import sqlalchemy as sa
from alembic import op

from gizqr_station.ledger.migrations.guards import never_deleted, never_updated

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_RUNS = sa.text("closed_at IS NULL")
_SIGNED_FOR = ("id", "number", "product_key", "template", "quantity", "profile", "digest", "made_by", "made_at")
_BEGUN_WITH = ("id", "station", "opened_by", "opened_at", "first_entry")


def upgrade() -> None:
    _create_orders()
    _create_shifts()
    # An order is counted from its index alone; what the one before began with, this one begins with too.
    op.drop_index("jobs_by_order", "jobs")
    op.create_index("jobs_of_order", "jobs", ["product_key", "work_order", "state", "scan_back_due", "outcome"])


def _create_orders() -> None:
    op.create_table(
        "work_orders",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("product_key", sa.String(32), nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("signed_by", sa.Text, nullable=False),
        sa.Column("released_by", sa.Text, nullable=False),
        sa.Column("first_article", sa.BigInteger, nullable=False),
        sa.Column("closed_by", sa.Text, nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_work_orders"),
        sa.UniqueConstraint("number", name="uq_work_orders_number"),
        sqlite_autoincrement=True,
    )
    never_updated("signed_profiles_are_not_changed", "work_orders", "what was planned is never changed", _SIGNED_FOR)
    never_deleted("work_orders_are_not_deleted", "work_orders", "work orders are never deleted")
    op.create_table(
        "orders_in_hand",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("taken_by", sa.Text, nullable=False),
        sa.Column("taken_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("station", name="pk_orders_in_hand"),
    )


def _create_shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("opened_by", sa.Text, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("first_entry", sa.BigInteger, nullable=False),
        sa.Column("closed_by", sa.Text, nullable=False),
        sa.Column("closed_at", sa.BigInteger),
        sa.Column("last_entry", sa.BigInteger, nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
        sqlite_autoincrement=True,
    )
    op.create_index("one_open_shift", "shifts", ["station"], unique=True, sqlite_where=_RUNS, postgresql_where=_RUNS)
    never_updated("shifts_begin_as_they_began", "shifts", "how a shift began is never changed", _BEGUN_WITH)
    never_deleted("shifts_are_not_deleted", "shifts", "shifts are never deleted")
