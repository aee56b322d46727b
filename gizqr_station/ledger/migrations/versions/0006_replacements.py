"""What a label replaces, why, and who allowed it, and where a list runs; empty for labels and lists from before."""

import sqlalchemy as sa
from alembic import op

from gizqr_station.ledger.migrations.guards import never_updated

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_COLUMNS = ("replaces", "reason", "allowed_by")


def upgrade() -> None:
    op.add_column("jobs", sa.Column("replaces", sa.String(32), nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("reason", sa.Text, nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("allowed_by", sa.Text, nullable=False, server_default=""))
    op.add_column("batches", sa.Column("station", sa.Text, nullable=False, server_default=""))
    never_updated("replacements_are_not_changed", "jobs", "what a job was opened with is never changed", _COLUMNS)
