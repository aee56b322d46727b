"""A raw queue of a real cupsd: the table "what each failure looks like", line by line."""

from pathlib import Path

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.print_queue_failures import (
    PrinterUnsuitable,
    QueueIsRaw,
    QueueRejects,
    QueueResends,
    QueueStopped,
    QueueUnknown,
    SpoolerSilent,
)
from gizqr_station.domain.printer import Language, Patience
from gizqr_station.domain.printer_failures import PrintAborted, PrinterBusy, PrintUnconfirmed
from gizqr_station.domain.printer_setup_failures import CannotCalibrate
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.ipp.cups_queue import CupsQueue
from gizqr_station.workflows.ports import PrintReport
from tests.printing.ipp.bench_printer import BenchPrinter, bench_printer
from tests.printing.ipp.inline import InThread
from tests.printing.ipp.last_moment import ChangedAtTheLastMoment
from tests.printing.ipp.private_cups import PrivateCups
from tests.printing.ipp.programs import free_port, until
from tests.printing.ipp.samples import QUICK, label, noise, queue

_KEPT = ("stop-printer", "retry-job")


def test_a_label_is_accepted_and_arrives_byte_for_byte(cups: PrivateCups, bench: BenchPrinter) -> None:
    printer = queue(cups.queue(bench.device))
    report = printer.print_label("17", label(), Stop())
    assert report.outcome is PrintOutcome.ACCEPTED
    (came,) = bench.whole
    assert report == PrintReport(PrintOutcome.ACCEPTED, len(came), None)
    assert b"^XA" in came
    assert came.count(b"^PQ1") == 1


def test_the_look_behind_a_label_of_ours_does_not_call_the_queue_busy(cups: PrivateCups, bench: BenchPrinter) -> None:
    name = cups.queue(bench.device)
    for number, keeps_open in enumerate([False, False, False, True]):
        bench.keeps_open = keeps_open
        assert queue(name).print_label(f"{70 + number}", label(), Stop()).outcome is PrintOutcome.ACCEPTED
        assert queue(name).status(Stop()).ready


def test_a_queue_on_another_machine_is_asked_over_its_port(
    cups: PrivateCups, bench: BenchPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = cups.queue(bench.device)
    monkeypatch.setenv("CUPS_SERVER", "/nowhere")
    report = queue(f"cups://127.0.0.1:{cups.port}/{name}").print_label("18", label(), Stop())
    assert report.outcome is PrintOutcome.ACCEPTED
    assert len(bench.whole) == 1


def test_the_job_carries_the_ledgers_id_and_ends_by_itself_should_the_station_die(
    cups: PrivateCups, bench: BenchPrinter
) -> None:
    name = cups.queue(bench.device)
    queue(name).print_label("4711", label(), Stop())
    assert "4711" in cups.attributes(name, "completed")
    assert "job-cancel-after (integer) = 7" in cups.attributes(name, "completed")


def test_a_printer_that_keeps_the_line_open_has_taken_the_label_and_does_not_block_the_next(
    cups: PrivateCups, bench: BenchPrinter
) -> None:
    bench.keeps_open = True
    name = cups.queue(bench.device)
    patient = queue(name, patience=Patience(total_s=60))
    assert _well_before_its_time(patient, "20").outcome is PrintOutcome.ACCEPTED
    assert cups.jobs(name) == []
    assert queue(name).print_label("21", label(), Stop()).outcome is PrintOutcome.ACCEPTED
    assert len(bench.whole) == 2
    assert bench.whole[0] != b""


def test_a_reset_that_cups_calls_completed_is_accepted_and_never_confirmed(
    cups: PrivateCups, bench: BenchPrinter
) -> None:
    bench.reset_after = 40
    report = queue(cups.queue(bench.device)).print_label("22", label(), Stop())
    assert report.outcome in {PrintOutcome.ACCEPTED, PrintOutcome.UNKNOWN}
    assert len(bench.whole) == 1


@pytest.mark.parametrize(
    "policy", ["abort-job", "retry-current-job", *(pytest.param(one, marks=pytest.mark.slow) for one in _KEPT)]
)
def test_a_reset_in_mid_label_is_unknown_and_is_not_sent_again_whatever_the_error_policy(
    cups: PrivateCups, policy: str
) -> None:
    with bench_printer(small_buffer=True) as bench:
        bench.reset_after = 100_000
        name = cups.queue(bench.device)
        printer = ChangedAtTheLastMoment(name, QUICK, lambda: cups.repeat(name, policy))
        report = printer.print_label("23", noise(), Stop())
        assert report.outcome is PrintOutcome.UNKNOWN
        assert isinstance(report.failure, PrintAborted)
        assert cups.jobs(name) == []
        bench.reset_after = None
        before = len(bench.received)
        cups.run("cupsenable", name)
        cups.repeat(name, "abort-job")
        # Another job goes through the same queue: had CUPS kept ours, it would go first.
        assert queue(name).print_label("24", label(), Stop()).outcome is PrintOutcome.ACCEPTED
        assert [len(data) < 100_000 for data in bench.received[before:]] == [True]


def test_a_printer_that_stalls_in_mid_label_is_unknown_and_the_job_is_cancelled(cups: PrivateCups) -> None:
    with bench_printer(small_buffer=True) as bench:
        bench.stall_after = 50_000
        name = cups.queue(bench.device)
        report = queue(name).print_label("25", noise(), Stop())
        assert report.outcome is PrintOutcome.UNKNOWN
        assert isinstance(report.failure, PrintUnconfirmed)
        assert cups.jobs(name) == []


def test_a_printer_that_is_off_is_unknown_and_prints_nothing_when_it_comes_back(cups: PrivateCups) -> None:
    port = free_port()
    name = cups.queue(f"socket://127.0.0.1:{port}")
    report = queue(name).print_label("26", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert isinstance(report.failure, PrintUnconfirmed)
    assert cups.jobs(name) == []


@pytest.mark.parametrize("policy", ["abort-job", "stop-printer", "retry-job", "retry-current-job"])
@pytest.mark.slow
def test_a_printer_that_cups_gives_up_is_unknown_and_nothing_waits_any_more(cups: PrivateCups, policy: str) -> None:
    name = cups.queue(f"socket://127.0.0.1:{free_port()}/?contimeout=2")
    patient = Patience(connect_s=1, stall_s=1, total_s=9, confirm_s=1)
    printer = ChangedAtTheLastMoment(name, patient, lambda: cups.repeat(name, policy))
    report = printer.print_label("27", label(), Stop())
    assert report.outcome is PrintOutcome.UNKNOWN
    assert cups.jobs(name) == []


def test_a_stopped_queue_refuses_with_the_words_of_who_stopped_it(cups: PrivateCups, bench: BenchPrinter) -> None:
    name = cups.queue(bench.device)
    cups.run("cupsdisable", "-r", "label roll change", name)
    report = queue(name).print_label("28", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, QueueStopped)
    assert report.failure.reason == "label roll change"
    assert isinstance(queue(name).status(Stop()).failure, QueueStopped)
    assert cups.jobs(name, "all") == []


def test_a_queue_that_is_stopped_between_the_look_and_the_job_refuses_and_keeps_nothing(
    cups: PrivateCups, bench: BenchPrinter
) -> None:
    name = cups.queue(bench.device)
    printer = ChangedAtTheLastMoment(
        name, Patience(total_s=60), lambda: cups.run("cupsdisable", "-r", "too late", name)
    )
    report = _well_before_its_time(printer, "29")
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, QueueStopped)
    cups.run("cupsenable", name)
    assert queue(name).print_label("30", label(), Stop()).outcome is PrintOutcome.ACCEPTED
    assert len(bench.whole) == 1


def test_a_queue_that_takes_no_jobs_refuses(cups: PrivateCups, bench: BenchPrinter) -> None:
    name = cups.queue(bench.device)
    cups.run("cupsreject", name)
    report = queue(name).print_label("31", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, QueueRejects)
    assert isinstance(queue(name).status(Stop()).failure, QueueRejects)


def test_a_queue_that_holds_new_jobs_refuses(cups: PrivateCups, bench: BenchPrinter) -> None:
    name = cups.queue(bench.device)
    cups.run("lpadmin", "-p", name, "-o", "job-hold-until-default=indefinite")
    report = queue(name).print_label("32", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, QueueStopped)
    assert report.failure.reason == "job-hold-until indefinite"
    assert isinstance(queue(name).status(Stop()).failure, QueueStopped)


def test_a_job_that_is_held_before_it_began_is_cancelled_and_refused(cups: PrivateCups, bench: BenchPrinter) -> None:
    name = cups.queue(bench.device)
    printer = ChangedAtTheLastMoment(
        name, Patience(total_s=60), lambda: cups.run("lpadmin", "-p", name, "-o", "job-hold-until-default=indefinite")
    )
    report = _well_before_its_time(printer, "33")
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, QueueStopped)
    assert cups.jobs(name) == []
    assert bench.whole == []


def test_a_job_that_somebody_else_cancels_is_unknown(cups: PrivateCups) -> None:
    with bench_printer(small_buffer=True) as bench:
        bench.stall_after = 50_000
        name = cups.queue(bench.device)
        with InThread(lambda: queue(name).print_label("34", noise(), Stop())) as printing:
            until(lambda: bench.whole, "first bytes")
            cups.run("cancel", "-a", name)
        assert printing.result.outcome is PrintOutcome.UNKNOWN
        assert isinstance(printing.result.failure, PrintAborted)


def test_a_queue_that_still_sends_another_job_is_busy(cups: PrivateCups, bench: BenchPrinter, tmp_path: Path) -> None:
    bench.stall_after = 0
    name = cups.queue(bench.device)
    other = tmp_path / "other"
    other.write_bytes(b"x" * 1000)
    cups.run("lp", "-d", name, "-o", "raw", str(other))
    until(lambda: bench.received, "the other job is being sent")
    assert isinstance(queue(name).status(Stop()).failure, PrinterBusy)
    report = queue(name).print_label("35", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, PrinterBusy)
    assert len(cups.jobs(name, "all")) == 1, "a job of ours was put behind it"
    bench.let_go.set()
    until(lambda: not cups.jobs(name), "the other job is over")
    assert queue(name).print_label("35", label(), Stop()).outcome is PrintOutcome.ACCEPTED


def test_a_job_of_another_that_is_held_lets_ours_pass(cups: PrivateCups, bench: BenchPrinter, tmp_path: Path) -> None:
    name = cups.queue(bench.device)
    other = tmp_path / "other"
    other.write_bytes(b"x" * 1000)
    cups.run("lp", "-d", name, "-o", "raw", "-H", "hold", str(other))
    assert queue(name).status(Stop()).ready
    assert queue(name).print_label("36", label(), Stop()).outcome is PrintOutcome.ACCEPTED
    assert len(cups.jobs(name)) == 1


def test_an_unknown_queue_refuses(cups: PrivateCups) -> None:
    report = queue("nobody").print_label("37", label(), Stop())
    assert (report.outcome, report.bytes_sent) == (PrintOutcome.REFUSED, 0)
    assert isinstance(report.failure, QueueUnknown)
    assert isinstance(queue("nobody").status(Stop()).failure, QueueUnknown)


def test_a_print_server_that_is_down_refuses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "cups.sock"))
    report = queue("any").print_label("38", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, SpoolerSilent)
    assert isinstance(queue("any").status(Stop()).failure, SpoolerSilent)


def test_a_document_is_never_sent_to_a_raw_queue(cups: PrivateCups, bench: BenchPrinter) -> None:
    name = cups.queue(bench.device)
    for language in (Language.PNG, Language.PDF):
        report = queue(name, language).print_label("39", label(), Stop())
        assert report.outcome is PrintOutcome.REFUSED
        assert isinstance(report.failure, QueueIsRaw)
        assert isinstance(queue(name, language).status(Stop()).failure, QueueIsRaw)
    assert cups.jobs(name, "all") == []


def test_stop_ends_the_waiting_and_leaves_no_job_behind(cups: PrivateCups) -> None:
    with bench_printer(small_buffer=True) as bench:
        bench.stall_after = 50_000
        name, stop = cups.queue(bench.device), Stop()
        with InThread(lambda: queue(name, patience=Patience()).print_label("40", noise(), stop)) as printing:
            until(lambda: bench.whole, "first bytes")
            stop.set()
        assert printing.result.outcome is PrintOutcome.UNKNOWN
        assert cups.jobs(name) == []


def test_stopped_before_it_began_nothing_is_sent(cups: PrivateCups, bench: BenchPrinter) -> None:
    name, stop = cups.queue(bench.device), Stop()
    stop.set()
    assert queue(name).print_label("41", label(), stop).outcome is PrintOutcome.REFUSED
    assert cups.jobs(name, "all") == []


def test_dots_of_another_resolution_are_refused(cups: PrivateCups, bench: BenchPrinter) -> None:
    image = label()
    other = type(image)(image.width, image.height, 300, image.rows)
    report = queue(cups.queue(bench.device)).print_label("42", other, Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, PrinterUnsuitable)


def test_media_is_measured_over_a_raw_queue_only(cups: PrivateCups, bench: BenchPrinter) -> None:
    name = cups.queue(bench.device)
    queue(name).calibrate(Stop())
    assert b"~JC" in bench.whole[0]
    with pytest.raises(CannotCalibrate):
        queue(name, Language.PDF).calibrate(Stop())
    cups.run("cupsdisable", name)
    with pytest.raises(QueueStopped):
        queue(name).calibrate(Stop())


def test_the_state_of_a_queue_is_never_the_printers_own_word(cups: PrivateCups, bench: BenchPrinter) -> None:
    status = queue(cups.queue(bench.device)).status(Stop())
    assert status.ready
    assert not status.told
    assert status.said == "idle"


@pytest.mark.parametrize("policy", ["stop-printer", "retry-job", "retry-current-job"])
def test_a_queue_that_would_repeat_a_label_by_itself_is_sent_nothing(
    cups: PrivateCups, bench: BenchPrinter, policy: str
) -> None:
    name = cups.queue(bench.device, policy=policy)
    report = queue(name).print_label("60", label(), Stop())
    assert report.outcome is PrintOutcome.REFUSED
    assert isinstance(report.failure, QueueResends)
    assert report.failure.policy == policy
    assert isinstance(queue(name).status(Stop()).failure, QueueResends)
    assert (bench.received, cups.jobs(name, "all")) == ([], [])


def _well_before_its_time(printer: CupsQueue, job_name: str) -> PrintReport:
    with InThread(lambda: printer.print_label(job_name, label(), Stop())) as printing:
        until(lambda: printing.done, "the end, without waiting for what only a person can change", 20)
    return printing.result
