"""What is said of a label that was sent is another thing than what is said of one that was not."""

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer_failures import (
    CoverOpen,
    LabelHeldBack,
    MediaOut,
    PrinterConnectionLost,
    PrinterPaused,
    PrintUnconfirmed,
    RibbonOut,
)
from gizqr_station.workflows.hand_over import reported
from gizqr_station.workflows.ports import PrintReport
from gizqr_station.workflows.retry import retry_after_s
from tests.fake_bench import FakePrinter

PRINTER = FakePrinter()


@pytest.mark.parametrize("fault", [MediaOut("p"), RibbonOut("p"), CoverOpen("p"), PrinterPaused("p")])
def test_a_fault_behind_a_label_says_that_the_label_may_still_come_out(fault: Failure) -> None:
    failure = reported(PRINTER, PrintReport(PrintOutcome.UNKNOWN, 9, fault)).failure
    assert isinstance(failure, LabelHeldBack)
    assert (failure.printer, failure.cause) == ("fake printer", fault)
    assert retry_after_s(failure) is None


def test_a_fault_before_a_label_passes_when_it_is_mended() -> None:
    report = PrintReport(PrintOutcome.REFUSED, 0, MediaOut("p"))
    assert reported(PRINTER, report) == report
    assert retry_after_s(MediaOut("p")) is not None


@pytest.mark.parametrize("failure", [PrinterConnectionLost("p", 4, 9), PrintUnconfirmed("p", 1.0), None])
def test_what_is_said_of_sent_labels_anyway_stays_as_it_is(failure: Failure | None) -> None:
    outcome = PrintOutcome.UNKNOWN if failure else PrintOutcome.ACCEPTED
    report = PrintReport(outcome, 9, failure)
    assert reported(PRINTER, report) == report
