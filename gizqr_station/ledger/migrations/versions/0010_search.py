"""What records are found by: an index of the parts of identities and serials, of hours, and of states by number.

The index says nothing that the jobs do not; it is filled by the very code that keeps it, and can be built anew by it.
"""

import sqlalchemy as sa
from alembic import op

from gizqr_station.ledger import search_postgres, search_sqlite
from gizqr_station.ledger.search_index import build_anew

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What differs between databases: each has its own entry, and one without is refused with a KeyError.
_INDEXES = {"sqlite": (search_sqlite.CREATE,), "postgresql": search_postgres.CREATE}


def upgrade() -> None:
    op.create_table(
        "record_hours",
        sa.Column("hour", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("first_job", _NUMBER, nullable=False),
        sa.Column("last_job", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("hour", name="pk_record_hours"),
    )
    op.create_index("jobs_by_state_and_number", "jobs", ["state", "id"])
    for statement in _INDEXES[op.get_bind().dialect.name]:
        op.execute(statement)
    build_anew(op.get_bind())
