"""A list that is being labelled: kept in the ledger, so that it goes on where it stopped."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from gizqr_station.domain.identity import Identity


class BatchState(Enum):
    """What is going on with a batch."""

    READY = "ready"
    """Accepted by a person; nothing printed yet."""
    RUNNING = "running"
    PAUSED = "paused"
    """A person, a failure or the end of the program stopped it; a person lets it go on."""
    DONE = "done"
    CANCELLED = "cancelled"


BATCH_MOVES: dict[BatchState, frozenset[BatchState]] = {
    BatchState.READY: frozenset({BatchState.RUNNING, BatchState.CANCELLED}),
    BatchState.RUNNING: frozenset({BatchState.PAUSED, BatchState.DONE, BatchState.CANCELLED}),
    BatchState.PAUSED: frozenset({BatchState.RUNNING, BatchState.CANCELLED}),
    BatchState.DONE: frozenset(),
    BatchState.CANCELLED: frozenset(),
}


class ItemState(Enum):
    """What became of one identity of a batch."""

    WAITING = "waiting"
    QUEUED = "queued"
    """It has a job, which waits for its printer."""
    SENT = "sent"
    """Its label went out, as far as its job says."""
    SKIPPED = "skipped"
    """A live label of it existed already when its turn came."""
    REFUSED = "refused"
    """No label could be made of it; the reason is the failure's code."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One list that a person accepted."""

    number: int
    name: str
    """Of the file, or what it was made of."""
    product_key: str
    order: str
    printer: str
    who: str
    at: datetime
    state: BatchState
    counts: dict[ItemState, int]
    reason: str = ""
    """Why it is paused: a failure's code, ``paused``, ``stopped``."""

    @property
    def total(self) -> int:
        """All identities of it."""
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """Those that nothing was sent of yet."""
        return self.counts.get(ItemState.WAITING, 0) + self.counts.get(ItemState.QUEUED, 0)


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One identity of a batch."""

    position: int
    """From 1, the order of printing."""
    identity: Identity
    state: ItemState
    job: int | None = None
    reason: str = ""
