"""The one place where settings become parts and parts are joined."""

from gizqr_station.assembly.allowance import allowance_from
from gizqr_station.assembly.clock import SystemClock, local_midnight
from gizqr_station.assembly.codes import code_provider, product_from, task_client
from gizqr_station.assembly.labels import label_painter, trial_labels
from gizqr_station.assembly.ledgers import begun_ledger, existing_ledger, has_ledger, hold, ledger_to_look_into
from gizqr_station.assembly.printers import label_printer, printer_finder, printer_pool, printer_shelf
from gizqr_station.assembly.readers import (
    camera_scanner,
    local_macs_allowed,
    machine_ports,
    port_failure,
    profile_shelf,
    reader_for,
    reader_maker,
    serial_scanner,
    slot_shelf,
    wire_logs,
)
from gizqr_station.assembly.single_labels import single_bench
from gizqr_station.assembly.station import Station, open_station, watched_details

__all__ = [
    "Station",
    "SystemClock",
    "allowance_from",
    "begun_ledger",
    "camera_scanner",
    "code_provider",
    "existing_ledger",
    "has_ledger",
    "hold",
    "label_painter",
    "label_printer",
    "ledger_to_look_into",
    "local_macs_allowed",
    "local_midnight",
    "machine_ports",
    "open_station",
    "port_failure",
    "printer_finder",
    "printer_pool",
    "printer_shelf",
    "product_from",
    "profile_shelf",
    "reader_for",
    "reader_maker",
    "serial_scanner",
    "single_bench",
    "slot_shelf",
    "task_client",
    "trial_labels",
    "watched_details",
    "wire_logs",
]
