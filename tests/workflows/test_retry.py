"""What the station tries again by itself, and how soon."""

import pytest

from gizqr_station.domain.code_failures import (
    AnswerTooLarge,
    CertificateRefused,
    KeyRefused,
    ProductUnknown,
    ProxyRefused,
    RequestRefused,
    ServiceThrottles,
    ZipRefused,
)
from gizqr_station.domain.device_failures import DeviceUnplugged
from gizqr_station.domain.failures import Failure, PrinterFailure, leaves
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.pool_failures import PoolBusy, PoolUnreadable
from gizqr_station.domain.printer_failures import MediaOut
from gizqr_station.workflows.retry import _PASSING, LONGEST_PAUSE_S, retry_after_s
from tests.fake_bench import NOW

HOT_LOOP_S = 0.5


@pytest.mark.parametrize("leaf", _PASSING, ids=lambda leaf: leaf.code)
def test_nothing_is_tried_again_in_a_hot_loop(leaf: type[Failure]) -> None:
    assert _PASSING[leaf] >= HOT_LOOP_S


def test_a_locked_pool_passes_and_a_damaged_one_does_not() -> None:
    assert retry_after_s(PoolBusy("codes.sqlite")) == 2.0
    assert retry_after_s(PoolUnreadable("codes.sqlite", "damaged")) is None


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


# What the network and the service do to a call and may not do to the next one.
PASSING_ON_THE_WAY_TO_A_CODE = {
    "ServiceUnreachable", "ServiceSlow", "ServiceFault", "ConnectionCut", "AnswerTooSlow", "NameUnknown",
    "ServiceThrottles", "AnswerNotUnderstood", "AnswerBroken", "WebPageAnswered", "ProxyRefused", "CertificateRefused",
    "TaskNotReady",
}  # fmt: skip


def test_of_the_services_failures_those_pass_that_are_the_networks_or_the_moments() -> None:
    assert {leaf.__name__ for leaf in _PASSING} >= PASSING_ON_THE_WAY_TO_A_CODE
    for failure in (
        KeyRefused("http://x", 401),
        ProductUnknown("0" * 32),
        RequestRefused(400, ""),
        ZipRefused("/static/zipfiles/1.zip", "CRC"),
        AnswerTooLarge("http://x", 1),
    ):
        assert retry_after_s(failure) is None


@pytest.mark.parametrize(("asked_s", "pause_s"), [(0.0, 1.0), (0.3, 1.0), (7.0, 7.0), (119.9, 119.9)])
def test_a_service_that_asks_for_a_pause_gets_it(asked_s: float, pause_s: float) -> None:
    for records in range(6):
        assert (retry_after_s(ServiceThrottles("http://x", asked_s), records) or 0) >= pause_s
    assert retry_after_s(ServiceThrottles("http://x", asked_s)) == pause_s


def test_what_only_the_it_department_mends_is_not_asked_every_few_seconds() -> None:
    assert (retry_after_s(CertificateRefused("https://x", "expired")) or 0) >= 30
    assert (retry_after_s(ProxyRefused("proxy:3128", "HTTP 407")) or 0) >= 30


@pytest.mark.parametrize(
    ("records", "pause_s"), [(0, 2.0), (1, 2.0), (2, 4.0), (3, 8.0), (9, LONGEST_PAUSE_S), (5000, LONGEST_PAUSE_S)]
)
def test_each_record_that_a_unit_leaves_doubles_the_pause(records: int, pause_s: float) -> None:
    assert retry_after_s(MediaOut("p"), records) == pause_s


def test_what_only_a_person_can_mend_is_not_tried_again() -> None:
    assert retry_after_s(AlreadyLabelled("00:91:1F:50:00:47", NOW, "bench-1", "L-000001", "verified")) is None
