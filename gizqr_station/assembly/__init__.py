"""The one place where settings become parts and parts are joined."""

from gizqr_station.assembly.clock import SystemClock, local_midnight
from gizqr_station.assembly.codes import code_provider, product_from, task_client
from gizqr_station.assembly.labels import label_painter, trial_labels
from gizqr_station.assembly.ledgers import begun_ledger, existing_ledger, hold
from gizqr_station.assembly.printers import label_printer, printer_finder, printer_pool, printer_shelf
from gizqr_station.assembly.readers import device_reader
from gizqr_station.assembly.single_labels import single_bench
from gizqr_station.assembly.station import Station, open_station, watched_details

__all__ = [
    "Station",
    "SystemClock",
    "begun_ledger",
    "code_provider",
    "device_reader",
    "existing_ledger",
    "hold",
    "label_painter",
    "label_printer",
    "local_midnight",
    "open_station",
    "printer_finder",
    "printer_pool",
    "printer_shelf",
    "product_from",
    "single_bench",
    "task_client",
    "trial_labels",
    "watched_details",
]
