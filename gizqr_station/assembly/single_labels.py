"""What prints one label without a line."""

import contextlib
from collections.abc import Callable, Iterator

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.codes import product_from
from gizqr_station.assembly.labels import label_painter, serial_codes
from gizqr_station.assembly.ledgers import begun_ledger
from gizqr_station.assembly.orders import labelled_here
from gizqr_station.assembly.people import people_of
from gizqr_station.assembly.pools import opened_sources
from gizqr_station.assembly.printers import label_printer
from gizqr_station.assembly.scanning import scan_rules
from gizqr_station.assembly.secrets import guarded_secrets
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.duty import Duty
from gizqr_station.workflows.provision import Bench

DutyOf = Callable[[SqlLedger], Duty]
"""Who works on this ledger."""


@contextlib.contextmanager
def single_bench(
    folder: DataFolder, settings: Settings, printer: str = "", *, duty: DutyOf | None = None
) -> Iterator[Bench]:
    """A bench on the folder's production ledger and this printer, or else the line's; whoever prints holds the folder.

    ``duty`` says who works there, from the ledger; without it nobody does once people are known.
    Raises what keeps any of its parts from being made, WrongLedgerKind for the ledger of a demo among them.
    """
    product, secrets = product_from(settings, folder), guarded_secrets(settings, folder)
    clock = SystemClock()
    with contextlib.ExitStack() as opened:
        ledger = opened.enter_context(contextlib.closing(begun_ledger(folder, settings.station.name)))
        labelled = labelled_here(settings, ledger)
        settings = labelled.settings
        if labelled.order is not None:
            product, secrets = product_from(settings, folder), guarded_secrets(settings, folder)
        sources = opened.enter_context(opened_sources(folder, settings, clock, ledger))
        yield Bench(
            product=product,
            station=settings.station.name,
            duty=duty(ledger) if duty else people_of(ledger, settings, locks=False).duty,
            demo=False,
            codes=sources.provider,
            painter=label_painter(folder, secrets),
            read_back=ZxingReadBack(),
            ledger=ledger,
            printer=label_printer(folder, settings, printer),
            clock=clock,
            allowance=labelled.allowance(folder),
            scan_rules=scan_rules(settings),
            serial_codes=serial_codes(folder),
            secrets=secrets,
            orders=ledger,
            rules=settings.reprints.rules(),
        )
