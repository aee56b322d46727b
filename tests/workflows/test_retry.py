"""What the station tries again by itself, and how soon."""

import pytest

from gizqr_station.domain.device_failures import DeviceUnplugged
from gizqr_station.domain.failures import Failure, PrinterFailure, leaves
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.printer_failures import MediaOut
from gizqr_station.workflows.retry import _PASSING, LONGEST_PAUSE_S, retry_after_s
from tests.fake_bench import NOW

HOT_LOOP_S = 0.5


@pytest.mark.parametrize("leaf", _PASSING, ids=lambda leaf: leaf.code)
def test_nothing_is_tried_again_in_a_hot_loop(leaf: type[Failure]) -> None:
    assert _PASSING[leaf] >= HOT_LOOP_S


def test_a_port_that_fails_at_once_is_left_alone_for_a_moment() -> None:
    assert retry_after_s(DeviceUnplugged("ttyUSB0")) == HOT_LOOP_S


# What a printer, a spooler or a count says when nothing was sent, and that a person at the printer puts right.
PASSING_AT_THE_PRINTER = {
    "PrinterUnreachable", "MediaOut", "RibbonOut", "CoverOpen", "PrinterPaused", "PrinterOffline", "MediaJam",
    "PrinterOverheated", "PrinterSilent", "PrinterFault", "PrinterBusy", "MediaDiffers", "SpoolerSilent",
    "QueueStopped", "QueueRejects", "PrinterPortDenied", "PrinterPortMissing", "RollEnded", "RibbonEnded",
    "LabelNotTaken",
}  # fmt: skip
# What is only ever known after bytes have gone out: a label may be out there.
AFTER_BYTES = {
    "PrinterStalled", "PrinterConnectionLost", "PrintAborted", "PrintUnconfirmed", "LabelCountDiffers",
}  # fmt: skip


def test_of_the_printers_failures_those_pass_that_sent_nothing_and_are_put_right_at_the_printer() -> None:
    passing = {leaf.__name__ for leaf in _PASSING if issubclass(leaf, PrinterFailure)}
    assert passing == PASSING_AT_THE_PRINTER
    assert not passing & AFTER_BYTES
    assert {leaf.__name__ for leaf in leaves(PrinterFailure)} >= passing | AFTER_BYTES


@pytest.mark.parametrize(
    ("records", "pause_s"), [(0, 2.0), (1, 2.0), (2, 4.0), (3, 8.0), (9, LONGEST_PAUSE_S), (5000, LONGEST_PAUSE_S)]
)
def test_each_record_that_a_unit_leaves_doubles_the_pause(records: int, pause_s: float) -> None:
    assert retry_after_s(MediaOut("p"), records) == pause_s


def test_what_only_a_person_can_mend_is_not_tried_again() -> None:
    assert retry_after_s(AlreadyLabelled("00:91:1F:50:00:47", NOW, "bench-1", "L-000001", "verified")) is None
