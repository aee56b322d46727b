"""Which service issued a label's code: a deployment's App binds no other's; empty for labels from before."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What differs between databases: each has its own entry, and one without is refused with a KeyError.
_GUARDS = {
    "sqlite": (
        "CREATE TRIGGER code_services_are_not_changed BEFORE UPDATE OF code_service ON jobs"
        " BEGIN SELECT RAISE(ABORT, 'what a job was opened with is never changed'); END",
    ),
}


def upgrade() -> None:
    op.add_column("jobs", sa.Column("code_service", sa.Text, nullable=False, server_default=""))
    for guard in _GUARDS[op.get_bind().dialect.name]:
        op.execute(guard)
