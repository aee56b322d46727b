"""A small disk to fill."""

from tests.ledger.conftest import small_disk

__all__ = ["small_disk"]
