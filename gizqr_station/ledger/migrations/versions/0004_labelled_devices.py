"""How many devices of each product have a label that binds: counted once here, and kept up from now on."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# What differs between databases: each has its own entry, and one without is refused with a KeyError.
_GUARDS = {
    "sqlite": (
        "CREATE TRIGGER labelled_devices_are_not_deleted BEFORE DELETE ON labelled_devices"
        " BEGIN SELECT RAISE(ABORT, 'the count of devices is never deleted'); END",
    ),
}


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
    for guard in _GUARDS[op.get_bind().dialect.name]:
        op.execute(guard)
