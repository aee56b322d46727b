"""How many devices of each product have a label that binds: counted once here, and kept up from now on."""

import sqlalchemy as sa
from alembic import op

from gizqr_station.ledger.migrations.guards import never_deleted

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "labelled_devices",
        sa.Column("product_key", sa.String(32), nullable=False),
        sa.Column("devices", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("product_key", name="pk_labelled_devices"),
    )
    jobs = sa.table(
        "jobs",
        sa.column("product_key", sa.String),
        sa.column("identity", sa.String),
        sa.column("test", sa.Boolean),
        sa.column("state", sa.String),
    )
    devices = sa.table("labelled_devices", sa.column("product_key"), sa.column("devices"))
    counted = (
        sa.select(jobs.c.product_key, sa.func.count(jobs.c.identity.distinct()))
        .where(sa.not_(jobs.c.test), jobs.c.state != "failed")
        .group_by(jobs.c.product_key)
    )
    op.execute(devices.insert().from_select(["product_key", "devices"], counted))
    never_deleted("labelled_devices_are_not_deleted", "labelled_devices", "the count of devices is never deleted")
