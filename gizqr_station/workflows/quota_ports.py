"""The part of the ledger that knows how many devices of a product have a label that binds."""

from collections.abc import Iterable
from typing import Protocol

from gizqr_station.domain.identity import Identity


class DeviceCounter(Protocol):
    """Counts as ``domain.quota`` says: each identity once, from its first label that may have gone out."""

    def devices_labelled(self, product_key: str) -> int:
        """How many identities count, those whose first label waits or is being printed among them; at once."""
        ...

    def devices_among(self, product_key: str, identities: Iterable[Identity]) -> frozenset[Identity]:
        """Those of these that count already and need no registration more; a few queries for lists of any length."""
        ...
