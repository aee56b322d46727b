"""What prints one label without a line."""

import contextlib
from collections.abc import Iterator

from gizqr_station.assembly.allowance import allowance_from
from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.codes import product_from
from gizqr_station.assembly.labels import label_painter
from gizqr_station.assembly.ledgers import begun_ledger
from gizqr_station.assembly.pools import opened_sources
from gizqr_station.assembly.printers import label_printer
from gizqr_station.assembly.scanning import scan_rules
from gizqr_station.assembly.secrets import guarded_secrets
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.provision import Bench


@contextlib.contextmanager
def single_bench(folder: DataFolder, settings: Settings, printer: str = "") -> Iterator[Bench]:
    """A bench on the folder's production ledger and this printer, or else the line's; whoever prints holds the folder.

    Raises what keeps any of its parts from being made, WrongLedgerKind for the ledger of a demo among them.
    """
    product = product_from(settings, folder)
    secrets = guarded_secrets(settings, folder)
    clock = SystemClock()
    with (
        contextlib.closing(begun_ledger(folder, settings.station.name)) as ledger,
        opened_sources(folder, settings, clock, ledger) as sources,
    ):
        yield Bench(
            product=product,
            station=settings.station.name,
            operator=settings.station.operator,
            demo=False,
            codes=sources.provider,
            painter=label_painter(folder, secrets),
            read_back=ZxingReadBack(),
            ledger=ledger,
            printer=label_printer(folder, settings, printer),
            clock=clock,
            allowance=allowance_from(settings, folder),
            scan_rules=scan_rules(settings),
            secrets=secrets,
        )
