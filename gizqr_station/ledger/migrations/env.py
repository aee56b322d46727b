"""What alembic runs for each upgrade: in the connection, and in the transaction, that the caller holds."""

from alembic import context

from gizqr_station.ledger.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # alembic does not trust SQLite with DDL in a transaction because of the driver's own BEGIN; ours is explicit
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
