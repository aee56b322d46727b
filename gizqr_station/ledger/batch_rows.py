"""The tables of batches, and their rows as the domain knows them; ``tables`` holds all others."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Row, String, Table, Text

from gizqr_station.domain.batch import Batch, BatchItem, BatchState, ItemState
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.ledger.rows import DAMAGE, identity_of, moment_of
from gizqr_station.ledger.tables import METADATA, Number
from gizqr_station.workflows.batch_ports import BatchMove

batches = Table(
    "batches",
    METADATA,
    Column("number", Number, primary_key=True),
    Column("name", Text, nullable=False),
    Column("product_key", String(32), nullable=False),
    Column("work_order", Text, nullable=False),
    Column("printer", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("total", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    *(Column(state.value, Integer, nullable=False) for state in ItemState),
    Column("station", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)
"""How many items stand in each state is kept here, changed in the very transaction in which an item changes: a list of
all batches is then quick, however long each of them is. ``station`` is where it runs, or ran last, in a ledger that
stations share."""

batch_entries = Table(
    "batch_entries",
    METADATA,
    Column("sequence", Number, primary_key=True),
    Column("batch", Number, ForeignKey("batches.number"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    sqlite_autoincrement=True,
)
Index("batch_entries_by_batch", batch_entries.c.batch, batch_entries.c.sequence)

batch_items = Table(
    "batch_items",
    METADATA,
    Column("batch", Number, ForeignKey("batches.number"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("identity", String(15), nullable=False),
    Column("identity_kind", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("job", Number, ForeignKey("jobs.id")),
    Column("reason", Text, nullable=False),
    Column("acted_by", Text, nullable=False),
    Column("acted_at", BigInteger, nullable=False),
)
Index("batch_items_by_state", batch_items.c.batch, batch_items.c.state, batch_items.c.position)
Index("one_item_of_a_job", batch_items.c.job, unique=True)


def batch_of(row: Row[Any], path: str) -> Batch:
    """A row of ``batches``; LedgerDamaged, naming the ledger by its path."""
    try:
        return Batch(
            number=int(row.number),
            name=row.name,
            product_key=row.product_key,
            order=row.work_order,
            printer=row.printer,
            who=row.who,
            at=moment_of(row.at),
            state=BatchState(row.state),
            counts={state: int(getattr(row, state.value)) for state in ItemState},
            reason=row.reason,
        )
    except DAMAGE as broken:
        raise LedgerDamaged(path, f"batch {row.number}: {broken}") from broken


def item_of(row: Row[Any], path: str) -> BatchItem:
    """A row of ``batch_items``; LedgerDamaged, naming the ledger by its path."""
    try:
        return BatchItem(int(row.position), identity_of(row), ItemState(row.state), row.job, row.reason)
    except DAMAGE as broken:
        raise LedgerDamaged(path, f"item {row.position} of batch {row.batch}: {broken}") from broken


def batch_move_of(row: Row[Any], path: str) -> BatchMove:
    """A row of ``batch_entries``; LedgerDamaged, naming the ledger by its path."""
    try:
        return BatchMove(BatchState(row.state), moment_of(row.at), row.who, row.evidence)
    except DAMAGE as broken:
        raise LedgerDamaged(path, f"batch entry {row.sequence}: {broken}") from broken
