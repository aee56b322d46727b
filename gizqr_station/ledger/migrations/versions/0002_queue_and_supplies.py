"""Jobs that wait for a printer, labels and ribbon by count, and where a job was really sent."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What differs between databases: each has its own entry, and one without is refused with a KeyError.
_GUARDS = {
    "sqlite": (
        "CREATE TRIGGER where_a_job_went_is_not_changed BEFORE UPDATE OF sent_to ON jobs"
        " WHEN OLD.sent_to IS NOT NULL AND OLD.sent_to IS NOT NEW.sent_to"
        " BEGIN SELECT RAISE(ABORT, 'where a job was sent is never changed'); END",
        "CREATE TRIGGER supply_loads_are_not_changed BEFORE UPDATE ON supply_loads"
        " BEGIN SELECT RAISE(ABORT, 'supply loads are never changed'); END",
        "CREATE TRIGGER supply_loads_are_not_deleted BEFORE DELETE ON supply_loads"
        " BEGIN SELECT RAISE(ABORT, 'supply loads are never deleted'); END",
    ),
}


def upgrade() -> None:
    op.add_column("jobs", sa.Column("sent_to", sa.Text))
    _create_queue()
    _create_supplies()
    for guard in _GUARDS[op.get_bind().dialect.name]:
        op.execute(guard)


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
