"""The first tables: meta, serials, jobs, entries, images, and the triggers that keep the record append-only."""

import sqlalchemy as sa
from alembic import op

from gizqr_station.ledger.migrations.guards import never_deleted, never_updated

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LIVE = sa.text("state NOT IN ('failed', 'voided')")

_DRAFT_COLUMNS = (
    "id", "label_serial", "identity", "identity_kind", "product_key", "product_name", "content", "content_digest",
    "code_source", "code_task", "image_digest", "template", "dpi", "printer", "station", "operator", "revision", "test",
    "scan_back_due", "opened_at",
)  # fmt: skip


def upgrade() -> None:
    _create_meta_and_serials()
    _create_jobs()
    _create_entries_and_images()
    never_updated("entries_are_not_changed", "entries", "entries are never changed")
    never_deleted("entries_are_not_deleted", "entries", "entries are never deleted")
    never_updated("drafts_are_not_changed", "jobs", "what a job was opened with is never changed", _DRAFT_COLUMNS)
    never_deleted("jobs_are_not_deleted", "jobs", "jobs are never deleted")
    never_updated("images_are_not_changed", "images", "images are never changed")
    never_deleted("images_are_not_deleted", "images", "images are never deleted")
    if op.get_bind().dialect.name == "postgresql":
        _create_writers()


def _create_meta_and_serials() -> None:
    op.create_table(
        "meta",
        sa.Column("ledger_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("openings", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("ledger_id", name="pk_meta"),
    )
    serials = op.create_table(
        "serials",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_serials"),
    )
    op.bulk_insert(serials, [{"name": "label", "last": 0}])


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("label_serial", sa.String(32), nullable=False),
        sa.Column("identity", sa.String(15), nullable=False),
        sa.Column("identity_kind", sa.String(8), nullable=False),
        sa.Column("product_key", sa.String(32), nullable=False),
        sa.Column("product_name", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("content_digest", sa.String(64), nullable=False),
        sa.Column("code_source", sa.String(16), nullable=False),
        sa.Column("code_task", sa.Text, nullable=False),
        sa.Column("image_digest", sa.String(64), nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("dpi", sa.Integer, nullable=False),
        sa.Column("printer", sa.Text, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("scan_back_due", sa.Boolean, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("moved_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.UniqueConstraint("label_serial", name="uq_jobs_label_serial"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "one_live_label", "jobs", ["product_key", "identity"], unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
    )
    op.create_index("jobs_by_identity", "jobs", ["identity", "product_key", "state"])
    op.create_index("jobs_by_state", "jobs", ["state", "moved_at"])
    op.create_index("jobs_by_content", "jobs", ["content_digest"])


def _create_entries_and_images() -> None:
    op.create_table(
        "entries",
        sa.Column("sequence", _NUMBER, nullable=False),
        sa.Column("job", _NUMBER, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_entries"),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name="fk_entries_job"),
        sqlite_autoincrement=True,
    )
    op.create_index("entries_by_job", "entries", ["job", "sequence"])
    op.create_table(
        "images",
        sa.Column("job", _NUMBER, nullable=False, autoincrement=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("dpi", sa.Integer, nullable=False),
        sa.Column("dots", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("job", name="pk_images"),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name="fk_images_job"),
    )


def _create_writers() -> None:
    """How far each program has written: what a COMMIT whose answer was lost is found out by."""
    op.create_table(
        "writers",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_writers"),
    )
