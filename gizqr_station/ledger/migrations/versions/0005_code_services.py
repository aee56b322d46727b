"""Which service issued a label's code: a deployment's App binds no other's; empty for labels from before."""

import sqlalchemy as sa
from alembic import op

from gizqr_station.ledger.migrations.guards import never_updated

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("code_service", sa.Text, nullable=False, server_default=""))
    never_updated(
        "code_services_are_not_changed", "jobs", "what a job was opened with is never changed", ["code_service"]
    )
