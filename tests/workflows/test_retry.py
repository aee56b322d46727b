"""What the station tries again by itself, and how soon."""

import pytest

from gizqr_station.domain.device_failures import DeviceUnplugged
from gizqr_station.domain.failures import Failure, PrinterFailure
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.printer_failures import PrinterUnreachable
from gizqr_station.workflows.retry import _PASSING, retry_after_s
from tests.fake_bench import NOW

HOT_LOOP_S = 0.5


@pytest.mark.parametrize("leaf", _PASSING, ids=lambda leaf: leaf.code)
def test_nothing_is_tried_again_in_a_hot_loop(leaf: type[Failure]) -> None:
    assert _PASSING[leaf] >= HOT_LOOP_S


def test_a_port_that_fails_at_once_is_left_alone_for_a_moment() -> None:
    assert retry_after_s(DeviceUnplugged("ttyUSB0")) == HOT_LOOP_S


def test_of_the_printers_failures_only_the_one_that_sent_nothing_is_tried_again() -> None:
    assert [leaf for leaf in _PASSING if issubclass(leaf, PrinterFailure)] == [PrinterUnreachable]


def test_what_only_a_person_can_mend_is_not_tried_again() -> None:
    assert retry_after_s(AlreadyLabelled("00:91:1F:50:00:47", NOW, "bench-1", "L-000001", "verified")) is None
