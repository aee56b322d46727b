"""Labels that another ledger brought, and what they are in conflict about."""

import sqlalchemy as sa
from alembic import op

from gizqr_station.ledger.migrations.guards import never_updated

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ORDER = ["product_key", "work_order", "state", "scan_back_due", "outcome"]
_MERGED = sa.text("origin != ''")
# How each database says that a label is contested, and that a label claims its device.
_CONTESTED = {"sqlite": "contested = 1", "postgresql": "contested"}
_LIVE = "(state NOT IN ('failed', 'voided')) AND "
_CLAIM = {"sqlite": f"{_LIVE}contested = 0", "postgresql": f"{_LIVE}NOT contested"}


def upgrade() -> None:
    op.add_column("jobs", sa.Column("origin", sa.String(32), nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("origin_job", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("jobs", sa.Column("contested", sa.Boolean, nullable=False, server_default=sa.false()))
    never_updated(
        "where_a_job_came_from_is_not_changed",
        "jobs",
        "what a job was opened with is never changed",
        ("origin", "origin_job"),
    )
    _index_anew()
    op.create_table(
        "merged_ledgers",
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("last_sequence", sa.BigInteger, nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("merged_at", sa.BigInteger, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("origin", name="pk_merged_ledgers"),
    )


def _index_anew() -> None:
    dialect = op.get_bind().dialect.name
    claim, contested = sa.text(_CLAIM[dialect]), sa.text(_CONTESTED[dialect])
    op.drop_index("one_live_label", "jobs")
    op.create_index(
        "one_live_label", "jobs", ["product_key", "identity"], unique=True, sqlite_where=claim, postgresql_where=claim
    )
    op.drop_index("jobs_of_order", "jobs")
    op.create_index("jobs_of_order", "jobs", [*_ORDER, "contested"])
    op.create_index(
        "jobs_of_origin", "jobs", ["origin", "origin_job"], unique=True, sqlite_where=_MERGED, postgresql_where=_MERGED
    )
    op.create_index("contested_jobs", "jobs", ["id"], sqlite_where=contested, postgresql_where=contested)
