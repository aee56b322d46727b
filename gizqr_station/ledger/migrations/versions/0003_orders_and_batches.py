"""The work order of each label, and lists that were accepted: what became of each of their identities."""

import sqlalchemy as sa
from alembic import op

from gizqr_station.ledger.migrations.guards import never_deleted, never_updated

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What differs between databases: each has its own entry, and one without is refused with a KeyError.
_LIST_STAYS = {
    "sqlite": (
        "CREATE TRIGGER batch_items_are_not_added BEFORE INSERT ON batch_items"
        " WHEN NEW.position NOT BETWEEN 1 AND (SELECT total FROM batches WHERE number = NEW.batch)"
        " BEGIN SELECT RAISE(ABORT, 'the list of a batch is never changed'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION gizqr_within_its_batch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NEW.position NOT BETWEEN 1 AND (SELECT total FROM batches WHERE number = NEW.batch) THEN"
        " RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',"
        " MESSAGE = 'the list of a batch is never changed'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER batch_items_are_not_added BEFORE INSERT ON batch_items"
        " FOR EACH ROW EXECUTE FUNCTION gizqr_within_its_batch()",
    ),
}
_LIST = "the list of a batch is never changed"
_BEGUN_WITH = ("number", "name", "product_key", "work_order", "who", "at", "total")


def upgrade() -> None:
    op.add_column("jobs", sa.Column("work_order", sa.Text, nullable=False, server_default=""))
    op.create_index("jobs_by_order", "jobs", ["product_key", "work_order", "state"])
    _create_batches()
    _create_batch_items()
    _guard()


def _guard() -> None:
    never_updated("orders_are_not_changed", "jobs", "what a job was opened with is never changed", ["work_order"])
    never_updated("batches_are_not_changed", "batches", "what a batch began with is never changed", _BEGUN_WITH)
    never_deleted("batches_are_not_deleted", "batches", "batches are never deleted")
    never_updated(
        "batch_items_are_not_changed", "batch_items", _LIST, ["batch", "position", "identity", "identity_kind"]
    )
    never_deleted("batch_items_are_not_deleted", "batch_items", "the list of a batch is never deleted")
    for statement in _LIST_STAYS[op.get_bind().dialect.name]:
        op.execute(statement)
    never_updated("batch_entries_are_not_changed", "batch_entries", "batch entries are never changed")
    never_deleted("batch_entries_are_not_deleted", "batch_entries", "batch entries are never deleted")


def _create_batches() -> None:
    op.create_table(
        "batches",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("product_key", sa.String(32), nullable=False),
        sa.Column("work_order", sa.Text, nullable=False),
        sa.Column("printer", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("waiting", sa.Integer, nullable=False),
        sa.Column("queued", sa.Integer, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.Column("skipped", sa.Integer, nullable=False),
        sa.Column("refused", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_batches"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "batch_entries",
        sa.Column("sequence", _NUMBER, nullable=False),
        sa.Column("batch", _NUMBER, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_batch_entries"),
        sa.ForeignKeyConstraint(["batch"], ["batches.number"], name="fk_batch_entries_batch"),
        sqlite_autoincrement=True,
    )
    op.create_index("batch_entries_by_batch", "batch_entries", ["batch", "sequence"])


def _create_batch_items() -> None:
    op.create_table(
        "batch_items",
        sa.Column("batch", _NUMBER, nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("identity", sa.String(15), nullable=False),
        sa.Column("identity_kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("job", _NUMBER),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("acted_by", sa.Text, nullable=False),
        sa.Column("acted_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("batch", "position", name="pk_batch_items"),
        sa.ForeignKeyConstraint(["batch"], ["batches.number"], name="fk_batch_items_batch"),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name="fk_batch_items_job"),
    )
    op.create_index("batch_items_by_state", "batch_items", ["batch", "state", "position"])
    # A job is made for one item at most.
    op.create_index("one_item_of_a_job", "batch_items", ["job"], unique=True)
