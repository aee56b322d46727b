"""A cupsd that ends, dies and comes back: what is not known stays unknown, and nothing is printed for nobody."""

from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.print_queue_failures import SpoolerSilent
from gizqr_station.domain.printer import Patience
from gizqr_station.domain.printer_failures import LabelHeldBack, PrintAborted, PrinterBusy
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.ipp.client import Limits
from gizqr_station.printing.ipp.messages import Said, Tag
from gizqr_station.printing.ipp.server import Server
from gizqr_station.printing.ipp.service import IppService
from tests.printing.ipp.bench_printer import BenchPrinter, bench_printer
from tests.printing.ipp.inline import InThread
from tests.printing.ipp.last_moment import ChangedAtTheLastMoment
from tests.printing.ipp.private_cups import ONLY_THE_OWNER, PrivateCups
from tests.printing.ipp.programs import free_port, until
from tests.printing.ipp.samples import label, noise, queue

_LONG = Patience(connect_s=1.0, stall_s=1.0, total_s=25.0, confirm_s=1.0)
_SHORT = Patience(connect_s=1.0, stall_s=1.0, total_s=2.0, confirm_s=1.0)


@pytest.mark.parametrize("how", [pytest.param("end", marks=pytest.mark.slow), "kill"])
def test_a_server_that_goes_away_in_mid_label_is_unknown_and_its_job_is_cancelled_when_it_is_back(
    own_cups: PrivateCups, how: str
) -> None:
    with bench_printer(small_buffer=True) as bench:
        bench.stall_after = 50_000
        name = own_cups.lasting_queue(bench.device)
        printer = queue(name, patience=_SHORT)
        with InThread(lambda: printer.print_label("50", noise(), Stop())) as printing:
            until(lambda: bench.whole, "first bytes")
            (own_cups.end if how == "end" else own_cups.kill)()
        assert printing.result.outcome is PrintOutcome.UNKNOWN
        assert isinstance(printing.result.failure, LabelHeldBack)
        assert isinstance(printing.result.failure.cause, SpoolerSilent)
        assert isinstance(printer.status(Stop()).failure, SpoolerSilent)
        own_cups.end()  # the backend that outlived a killed server, too
        own_cups.start()  # and CUPS begins at once to send anew what it had not finished
        assert printer.status(Stop()).ready
        assert own_cups.jobs(name) == []
        bench.let_go.set()
        assert printer.print_label("51", label(), Stop()).outcome is PrintOutcome.ACCEPTED
        assert all(len(data) < 9_000_000 for data in bench.whole)
        assert len(bench.whole[-1]) < 50_000


def test_a_small_label_that_cups_has_when_it_ends_may_come_out_and_the_next_waits_for_it(own_cups: PrivateCups) -> None:
    """Nobody may say that none came out: CUPS sends the whole label by itself as soon as it is back."""
    port = free_port()
    name = own_cups.lasting_queue(f"socket://127.0.0.1:{port}")
    printer = queue(name, patience=replace(_SHORT, total_s=4.0))
    with InThread(lambda: printer.print_label("61", label(), Stop())) as printing:
        until(lambda: "processing" in queue(name).status(Stop()).said, "CUPS tries a printer that does not take it")
        own_cups.end()
    report = printing.result
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, LabelHeldBack)
    assert isinstance(report.failure.cause, SpoolerSilent)
    with bench_printer(port=port) as bench:
        bench.keeps_open = True
        own_cups.start()
        until(lambda: any(b"^PQ1" in data for data in bench.whole), "the whole label")
        started_anew = queue(name)
        assert isinstance(started_anew.status(Stop()).failure, PrinterBusy)
        assert isinstance(started_anew.print_label("62", label(), Stop()).failure, PrinterBusy)
        assert len(own_cups.jobs(name)) == 1, "what may be of another was cancelled, or a label put behind it"
        assert printer.status(Stop()).ready, "who sent it cancels it"
        assert own_cups.jobs(name) == []
        assert started_anew.status(Stop()).ready


def test_a_server_that_comes_back_in_time_is_asked_on_and_its_stuck_job_is_cancelled(own_cups: PrivateCups) -> None:
    with bench_printer(small_buffer=True) as bench:
        bench.stall_after = 50_000
        name = own_cups.lasting_queue(bench.device)
        with InThread(lambda: queue(name, patience=_SHORT).print_label("52", noise(), Stop())) as printing:
            until(lambda: bench.whole, "first bytes")
            own_cups.end()
            own_cups.start()
        assert printing.result.outcome is PrintOutcome.UNKNOWN
        assert isinstance(printing.result.failure, PrintAborted)
        assert own_cups.jobs(name) == []


def test_a_label_that_cups_sent_twice_is_unknown_even_when_it_says_completed(own_cups: PrivateCups) -> None:
    with bench_printer(small_buffer=True) as bench:
        bench.reset_after = 50_000
        name = own_cups.queue(bench.device)
        printer = ChangedAtTheLastMoment(name, _LONG, lambda: own_cups.repeat(name, "retry-current-job"))
        with InThread(lambda: printer.print_label("59", noise(), Stop())) as printing:
            until(lambda: len(bench.received) > 1, "CUPS sends it again")
            bench.reset_after = None
        assert printing.result.outcome is PrintOutcome.UNKNOWN
        assert own_cups.jobs(name) == []


def test_a_server_killed_just_after_a_label_prints_no_second_one_when_it_is_back(
    own_cups: PrivateCups, bench: BenchPrinter
) -> None:
    name = own_cups.lasting_queue(bench.device)
    printer = queue(name)
    assert printer.print_label("53", label(), Stop()).outcome is PrintOutcome.ACCEPTED
    own_cups.kill()
    own_cups.end()
    own_cups.start()
    report = printer.print_label("54", label(), Stop())
    assert report.outcome in {PrintOutcome.ACCEPTED, PrintOutcome.REFUSED}
    assert len(bench.whole) == 1 + (report.outcome is PrintOutcome.ACCEPTED)


def test_a_number_that_was_given_out_again_is_not_taken_for_our_job(
    own_cups: PrivateCups, bench: BenchPrinter, tmp_path: Path
) -> None:
    bench.stall_after = 0
    name = own_cups.lasting_queue(bench.device)
    printer = queue(name, patience=_SHORT)
    with InThread(lambda: printer.print_label("55", label(), Stop())) as printing:
        until(lambda: bench.received, "connection")
        own_cups.kill()
        own_cups.forget_jobs()
        own_cups.end()
        own_cups.start()
        other = tmp_path / "other"
        other.write_bytes(b"x" * 1000)
        assert own_cups.run("lp", "-d", name, "-o", "raw", "-t", "not ours", str(other)).startswith("request id")
    assert printing.result.outcome is PrintOutcome.UNKNOWN
    assert isinstance(printing.result.failure, PrintAborted)
    assert len(own_cups.jobs(name)) == 1, "the job of another was cancelled"
    assert isinstance(printer.print_label("56", label(), Stop()).failure, PrinterBusy)


def test_the_owner_may_cancel_over_the_domain_socket_where_cups_asks_who_it_is(
    folder_for_lp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = folder_for_lp / "strict"
    at.mkdir()
    cups = PrivateCups(at, ONLY_THE_OWNER)
    monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
    try:
        cups.start()
        with bench_printer(small_buffer=True) as bench:
            bench.stall_after = 50_000
            name = cups.queue(bench.device)
            report = queue(name).print_label("57", noise(), Stop())
            assert report.outcome is PrintOutcome.UNKNOWN
            assert cups.jobs(name) == []
    finally:
        cups.end()


@pytest.mark.slow
def test_a_job_whose_station_died_is_ended_by_cups_itself(own_cups: PrivateCups) -> None:
    with bench_printer(small_buffer=True) as bench:
        bench.stall_after = 50_000
        name = own_cups.queue(bench.device)
        service = IppService(Server("localhost", socket=str(own_cups.socket)), f"/printers/{name}")
        about = (Said("job-cancel-after", Tag.INTEGER, 3),)
        limits = Limits(5, 5, 5)
        service.print_job("58", "application/vnd.cups-raw", bytes(8_000_000), about, limits, Stop())
        until(lambda: bench.whole, "first bytes")
        assert own_cups.jobs(name) != []
        until(lambda: own_cups.jobs(name) == [], "CUPS ends it", 30)
