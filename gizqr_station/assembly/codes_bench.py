"""What fetches, lists, imports and exports codes without a line."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.codes import product_from
from gizqr_station.assembly.ledgers import existing_ledger, has_ledger
from gizqr_station.assembly.orders import labelled_here
from gizqr_station.assembly.pools import code_sources
from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.code_happenings import PoolSeen
from gizqr_station.workflows.codes_seen import PooledScheme, pool_seen, required


@dataclass(frozen=True, slots=True)
class CodesBench:
    """The product, what may be labelled, what has a label already, and the pool."""

    product: Product
    allowance: Allowance
    ledger: SqlLedger | None
    """None where no label was ever recorded."""
    pooled: PooledScheme

    def seen(self, stop: Stop) -> PoolSeen:
        """The pool against the order."""
        return pool_seen(self.allowance, self.pooled, self.left(), stop)

    def left(self) -> int | None:
        """How many devices may still register; None without a limit."""
        quota = self.allowance.quota
        if quota is None:
            return None
        return quota.left(0 if self.ledger is None else self.ledger.devices_labelled(self.product.key))


@contextlib.contextmanager
def codes_bench(folder: DataFolder, settings: Settings) -> Iterator[CodesBench]:
    """Beside a station that runs, too: the pool's file is shared, and who fetches holds the fetching.

    Raises SchemeNeedsNoPool, PoolUnreadable, and what is wrong with settings, order or ledger.
    """
    product_from(settings, folder)  # what is wrong with the settings is told before anything is opened
    with contextlib.ExitStack() as opened:
        ledger = existing_ledger(folder) if has_ledger(folder) else None
        if ledger is not None:
            opened.callback(ledger.close)
        labelled = labelled_here(settings, ledger)
        settings = labelled.settings
        product, allowance = product_from(settings, folder), labelled.allowance(folder)
        sources = code_sources(folder, settings, SystemClock(), ledger)
        opened.callback(sources.close)
        pooled = required(sources.pooled, product)
        if sources.broken is not None:
            raise sources.broken
        yield CodesBench(product, allowance, ledger, pooled)
