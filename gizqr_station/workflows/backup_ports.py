"""Copies of the ledger, as the workflows ask for them."""

from typing import Protocol

from gizqr_station.domain.stop import Stop


class LedgerCopies(Protocol):
    """Makes copies of the ledger while it is in use, and keeps them in their place."""

    def copy(self, *, who: str, stop: Stop) -> str:
        """A copy as of now, checked and told in the record; where it is. Raises a Failure, and leaves no half one."""
        ...
