"""A label in hand is finished when a batch is paused; everything else stops at once."""

import threading
import time

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.finishing_printer import FinishingPrinter, LaterStop
from gizqr_station.workflows.ports import PrintReport
from tests.fake_bench import FakePrinter

IMAGE = LabelImage(8, 1, 203, (b"\xff",))


class AttentivePrinter(FakePrinter):
    """Looks at its stop in mid label, and says what it saw."""

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        self.before(job_name)
        outcome = PrintOutcome.UNKNOWN if stop.asked else PrintOutcome.CONFIRMED
        return PrintReport(outcome, 9)

    def status(self, stop: Stop) -> PrinterStatus:
        stop.check()
        return PrinterStatus()

    def calibrate(self, stop: Stop) -> None:
        stop.check()


def test_a_label_that_was_begun_does_not_hear_of_a_stop_at_once() -> None:
    printer, stop = AttentivePrinter(), Stop()
    printer.before = lambda _: stop.set()
    assert FinishingPrinter(printer, grace_s=60).print_label("1", IMAGE, stop).outcome is PrintOutcome.CONFIRMED
    assert FinishingPrinter(printer, grace_s=0).print_label("2", IMAGE, stop).outcome is PrintOutcome.UNKNOWN


def test_between_labels_a_stop_is_heard_at_once() -> None:
    stop = Stop()
    stop.set()
    printer = FinishingPrinter(AttentivePrinter(), grace_s=60)
    for look in (printer.status, printer.calibrate):
        with pytest.raises(Stopped):
            look(stop)
    assert (printer.name, printer.dpi) == ("fake printer", 203)


def test_a_sleep_goes_on_through_the_grace_and_ends_with_it() -> None:
    stop = Stop()
    later = LaterStop(stop, 0.05)
    later.sleep(0.001)
    stop.set()
    later.check()
    later.sleep(0.001)
    with pytest.raises(Stopped):
        later.sleep(60)
    assert later.asked
    with pytest.raises(Stopped):
        later.check()
    with pytest.raises(Stopped):
        later.sleep(0.0)


def test_a_stop_that_comes_in_mid_sleep_is_heard_after_the_grace() -> None:
    stop = Stop()
    later = LaterStop(stop, 0.02)
    setter = threading.Timer(0.02, stop.set)
    setter.start()
    began = time.monotonic()
    with pytest.raises(Stopped):
        later.sleep(60)
    assert time.monotonic() - began < 30
    setter.join()


def test_it_can_be_stopped_by_itself() -> None:
    later = LaterStop(Stop(), 60)
    later.set()
    assert later.asked
    with pytest.raises(Stopped):
        later.check()
