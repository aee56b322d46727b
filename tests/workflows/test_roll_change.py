"""An ended roll stops the line, a new one lets it go on; a command barcode is never anything else."""

import threading
from collections.abc import Callable

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.ledger_failures import DiskFull
from gizqr_station.domain.line_failures import CommandUnknown, SupplyNotCounted
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.printer_failures import MediaOut, PrinterConnectionLost, RibbonEnded, RollEnded
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import Supply, SupplyKind
from gizqr_station.workflows import retry
from gizqr_station.workflows.happenings import (
    DeskDone,
    DeskWork,
    LabelKnown,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from gizqr_station.workflows.ports import PrintReport
from tests.fake_bench import MAC, WAIT_S, FakeBench, content_of
from tests.workflows.test_line import RunningLine, running

PRINTER = "fake printer"
LABELS, RIBBON = SupplyKind.LABELS, SupplyKind.RIBBON


@pytest.fixture
def fakes() -> FakeBench:
    """A bench whose printer's rolls are counted."""
    fakes = FakeBench()
    for kind in SupplyKind:
        fakes.ledger.load_supply(PRINTER, kind, 10, 3, who="lead")
    return fakes


def left(fakes: FakeBench) -> list[int]:
    return [supply.left for supply in fakes.ledger.supplies(PRINTER)]


def idle(line: RunningLine) -> None:
    line.wait(WaitingForDevice)


def waiting_for_the_label(line: RunningLine) -> None:
    line.fakes.reader.plug(MAC)
    line.wait(ScanBackDue)


def waiting_for_it_to_leave(line: RunningLine) -> None:
    waiting_for_the_label(line)
    line.line.scanned(content_of(MAC))
    line.wait(UnitDone)


def refused(line: RunningLine) -> None:
    line.fakes.printer.off = MediaOut(PRINTER)
    line.fakes.printer.reports = [PrintReport(PrintOutcome.REFUSED, 0, line.fakes.printer.off)]
    line.fakes.reader.plug(MAC)
    line.wait(UnitRefused)


def settling(line: RunningLine) -> None:
    lost = PrinterConnectionLost(PRINTER, 4, 9)
    line.fakes.printer.reports = [PrintReport(PrintOutcome.UNKNOWN, 4, lost)]
    line.fakes.reader.plug(MAC)
    line.wait(SettlementDue)


WAITS = [idle, waiting_for_the_label, waiting_for_it_to_leave, refused, settling]
Wait = Callable[[RunningLine], None]


@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: wait.__name__)
@pytest.mark.parametrize(("text", "kind"), [("GIZQR:ROLL", LABELS), ("gizqr:ribbon\r", RIBBON)])
def test_a_new_roll_is_told_by_scan_in_any_wait_and_is_nothing_else(
    fakes: FakeBench, wait: Wait, text: str, kind: SupplyKind
) -> None:
    fakes.ledger.use_supply(PRINTER, 5)
    with running(fakes) as line:
        wait(line)
        states = {number: job.state for number, job in fakes.ledger.kept.jobs.items()}
        before = left(fakes)
        line.line.scanned(text)
        assert line.wait(DeskDone) == DeskDone(DeskWork.NEW_ROLL, PRINTER)
        full = [10, before[1]] if kind is LABELS else [before[0], 10]
        assert left(fakes) == full
        assert {number: job.state for number, job in fakes.ledger.kept.jobs.items()} == states
        assert fakes.ledger.kept.loads[-1] == (PRINTER, kind, 10, 3, "Li Wei")
    assert not any(isinstance(told, LabelKnown) for told in fakes.told)


@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: wait.__name__)
@pytest.mark.parametrize("kind", SupplyKind, ids=lambda kind: kind.value)
def test_a_new_roll_is_told_by_key_in_any_wait(fakes: FakeBench, wait: Wait, kind: SupplyKind) -> None:
    with running(fakes) as line:
        wait(line)
        line.line.new_roll(kind)
        line.wait(DeskDone)
    assert fakes.ledger.kept.loads[-1] == (PRINTER, kind, 10, 3, "Li Wei")


@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: wait.__name__)
def test_a_command_that_nobody_knows_is_refused_by_name_and_changes_nothing(fakes: FakeBench, wait: Wait) -> None:
    with running(fakes) as line:
        wait(line)
        states = {number: job.state for number, job in fakes.ledger.kept.jobs.items()}
        line.line.scanned("GIZQR:VOID")
        failure = line.wait(ScanRefused).failure
        assert isinstance(failure, CommandUnknown)
        assert failure.text == "GIZQR:VOID"
        assert {number: job.state for number, job in fakes.ledger.kept.jobs.items()} == states
    assert len(fakes.ledger.kept.loads) == 2


def test_where_nobody_counts_a_new_roll_is_said_to_change_nothing() -> None:
    fakes = FakeBench()
    fakes.ledger.load_supply(PRINTER, LABELS, 10, 3, who="lead")
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        line.line.scanned("GIZQR:RIBBON")
        failure = line.wait(ScanRefused).failure
        assert isinstance(failure, SupplyNotCounted)
        assert (failure.printer, failure.supply) == (PRINTER, "ribbon")
    assert fakes.ledger.supplies(PRINTER) == (Supply(PRINTER, LABELS, 10, 10, 3),)
    assert not any(isinstance(told, DeskDone) for told in fakes.told)


def test_a_new_roll_that_cannot_be_written_down_is_said_and_not_counted(fakes: FakeBench) -> None:
    fakes.ledger.use_supply(PRINTER, 5)
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        fakes.ledger.failing = DiskFull("ledger")
        line.line.new_roll(LABELS)
        assert isinstance(line.wait(ScanRefused).failure, DiskFull)
        assert left(fakes) == [5, 5]


@pytest.mark.parametrize(("kind", "ended"), [(LABELS, RollEnded), (RIBBON, RibbonEnded)])
def test_an_ended_roll_stops_the_unit_before_a_record_and_a_new_one_lets_it_go_on_at_once(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch, kind: SupplyKind, ended: type[Failure]
) -> None:
    monkeypatch.setitem(retry._PASSING, ended, 3600.0)
    fakes.ledger.load_supply(PRINTER, kind, 1, 0, who="lead")
    fakes.ledger.use_supply(PRINTER, 1)
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        assert isinstance(line.wait(UnitRefused).failure, ended)
        assert (fakes.ledger.kept.jobs, fakes.printer.printed) == ({}, [])
        line.line.scanned("GIZQR:ROLL" if kind is LABELS else "GIZQR:RIBBON")
        line.wait(ScanBackDue)
    assert len(fakes.printer.printed) == 1


def test_a_roll_that_was_counted_anew_elsewhere_lets_the_unit_go_on_by_itself(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retry._PASSING, RollEnded, 0.01)
    fakes.ledger.use_supply(PRINTER, 10)
    asked_three_times = threading.Event()
    status = fakes.printer.status

    def asked(stop: Stop) -> PrinterStatus:
        if fakes.printer.asked == 2:
            asked_three_times.set()
        return status(stop)

    monkeypatch.setattr(fakes.printer, "status", asked)
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(UnitRefused)
        assert asked_three_times.wait(WAIT_S)
        fakes.ledger.load_supply(PRINTER, LABELS, 10, 3, who="desk")
        fakes.ledger.load_supply(PRINTER, RIBBON, 10, 3, who="desk")
        line.wait(ScanBackDue)
    assert len([told for told in fakes.told if isinstance(told, UnitRefused)]) == 1
    assert len(fakes.ledger.kept.jobs) == 1


def test_a_new_roll_does_not_send_a_label_to_a_printer_that_is_not_ready(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retry._PASSING, MediaOut, 3600.0)
    with running(fakes) as line:
        refused(line)
        line.line.new_roll(LABELS)
        line.wait(DeskDone)
        line.line.scanned("www.hi-flying.com")
        line.wait(ScanRefused)
        assert len(fakes.ledger.kept.jobs) == 1
        fakes.printer.off = None
        line.line.new_roll(LABELS)
        line.wait(ScanBackDue)
    assert [job.state for job in fakes.ledger.kept.jobs.values()] == [JobState.FAILED, JobState.SENT]


def test_a_new_roll_is_no_word_on_anything_but_the_printer(fakes: FakeBench) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        waiting_for_it_to_leave(line)
        fakes.reader.unplug()
        line.wait(WaitingForDevice)
        fakes.reader.plug(MAC)
        line.wait(UnitRefused)
        line.line.new_roll(LABELS)
        line.wait(DeskDone)
        line.line.scanned("www.hi-flying.com")
        line.wait(ScanRefused)
    assert len([told for told in fakes.told if isinstance(told, UnitRefused)]) == 1
