"""What the store needs from a database, whichever it is."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection


class Database(Protocol):
    """Gives out connections within transactions, and turns the driver's errors into ledger failures.

    An IntegrityError passes untouched through ``writing``: only the writer knows what its rows collided with.
    """

    @property
    def path(self) -> str:
        """As shown to people: a file, or an address without secrets."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one moment of the ledger."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that alone may write; durable when the block has ended, undone if it raised."""
        ...

    def require_room(self) -> None:
        """Raise DiskFull where something new is not to be begun, for it could not be written to its end."""
        ...

    def complaint(self, *, thorough: bool) -> str:
        """What the database finds wrong with its own file; empty when nothing. Thorough also compares the indexes."""
        ...

    def close(self) -> None:
        """Give back every connection."""
        ...
