"""Jobs that wait for a printer, labels and ribbon by count, and where a job was really sent."""

import sqlalchemy as sa
from alembic import op

from gizqr_station.ledger.migrations.guards import never_deleted, never_updated

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What differs between databases: each has its own entry, and one without is refused with a KeyError.
_SENT_TO_STAYS = {
    "sqlite": (
        "CREATE TRIGGER where_a_job_went_is_not_changed BEFORE UPDATE OF sent_to ON jobs"
        " WHEN OLD.sent_to IS NOT NULL AND OLD.sent_to IS NOT NEW.sent_to"
        " BEGIN SELECT RAISE(ABORT, 'where a job was sent is never changed'); END"
    ),
    "postgresql": (
        "CREATE TRIGGER where_a_job_went_is_not_changed BEFORE UPDATE OF sent_to ON jobs FOR EACH ROW"
        " WHEN (OLD.sent_to IS NOT NULL AND OLD.sent_to IS DISTINCT FROM NEW.sent_to)"
        " EXECUTE FUNCTION gizqr_refuse('where a job was sent is never changed')"
    ),
}


def upgrade() -> None:
    op.add_column("jobs", sa.Column("sent_to", sa.Text))
    _create_queue()
    _create_supplies()
    op.execute(_SENT_TO_STAYS[op.get_bind().dialect.name])
    never_updated("supply_loads_are_not_changed", "supply_loads", "supply loads are never changed")
    never_deleted("supply_loads_are_not_deleted", "supply_loads", "supply loads are never deleted")


def _create_queue() -> None:
    op.create_table(
        "queue",
        sa.Column("job", _NUMBER, nullable=False, autoincrement=False),
        sa.Column("printer", sa.Text, nullable=False),
        sa.Column("held", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("acted_by", sa.Text, nullable=False),
        sa.Column("acted_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("job", name="pk_queue"),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name="fk_queue_job"),
    )
    op.create_index("queue_by_printer", "queue", ["printer", "job"])


def _create_supplies() -> None:
    op.create_table(
        "supplies",
        sa.Column("printer", sa.Text, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("remaining", sa.Integer, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("warn_below", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("printer", "kind", name="pk_supplies"),
    )
    op.create_table(
        "supply_loads",
        sa.Column("sequence", _NUMBER, nullable=False),
        sa.Column("printer", sa.Text, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("remaining", sa.Integer),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("warn_below", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_supply_loads"),
        sqlite_autoincrement=True,
    )
