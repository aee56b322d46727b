"""The line: one unit after the other, and nothing that two labels could come of."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from gizqr_station.domain.batch import BatchState
from gizqr_station.domain.code_failures import KeyRefused, ServiceUnreachable
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.device_failures import (
    AnswerTooShort,
    DeviceSwapped,
    ModuleInfoUnsupported,
    OnlyNoise,
    PortAmbiguous,
    PortBusy,
    RateRefused,
    SaidOnlyOnce,
    SaidTwoIdentities,
)
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.identity_failures import EmptyMac, ImeiIsImsi, LocallyAdministeredMac
from gizqr_station.domain.job import JobDraft, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import AlreadyLabelled, DiskFull
from gizqr_station.domain.line_failures import (
    DeviceNotLabelScanned,
    ScanNotUnderstood,
    ScanTooEarly,
    UnplugFirst,
    WrongLabel,
)
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.printer_failures import MediaOut, PrinterBusy, PrinterConnectionLost, PrinterUnreachable
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows import retry, unheld
from gizqr_station.workflows.batch_ports import BatchDraft
from gizqr_station.workflows.happenings import (
    DeviceSeen,
    Happening,
    LabelKnown,
    LineStopped,
    QueueSeen,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    Tally,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.line import Line
from gizqr_station.workflows.ports import PrintReport
from tests.contracts.ledger_samples import IMAGE, draft
from tests.ear import Ear
from tests.fake_bench import MAC, NOW, OTHER_MAC, PRODUCT, WAIT_S, FakeBench, content_of

LOST = PrintReport(PrintOutcome.UNKNOWN, 4, PrinterConnectionLost("p", 4, 9))
OFF = PrintReport(PrintOutcome.REFUSED, 0, PrinterUnreachable("p", "a"))


class RunningLine:
    """A line on its own threads, and a test that waits for what it tells."""

    def __init__(self, fakes: FakeBench) -> None:
        self.fakes = fakes
        self.ear = Ear(fakes.told)
        self.wait = self.ear.wait
        self.stop = Stop()
        self._reader_lane = ThreadLane("read")
        self._lane = ThreadLane("line")
        self.line = Line(fakes.bench(), fakes.reader, self._reader_lane, self.ear.hear, lambda: NOW)
        self.run = self._lane.submit(self.line.run, self.stop)

    def close(self) -> None:
        self.stop.set()
        self._lane.close()
        self._reader_lane.close()
        self.run.result(0)


@contextlib.contextmanager
def running(fakes: FakeBench) -> Iterator[RunningLine]:
    line = RunningLine(fakes)
    try:
        yield line
    finally:
        line.close()


@pytest.fixture
def fakes() -> FakeBench:
    return FakeBench()


def test_plug_scan_back_and_verified_without_a_click(fakes: FakeBench) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        fakes.reader.plug(MAC)
        due = line.wait(ScanBackDue)
        line.line.scanned(content_of(MAC))
        done = line.wait(UnitDone)
        assert (done.job.id, done.job.state) == (due.job.id, JobState.VERIFIED)
        fakes.reader.unplug()
        line.wait(WaitingForDevice)
    assert len(fakes.printer.printed) == 1


def test_the_next_unit_waits_until_the_label_was_scanned_back(fakes: FakeBench) -> None:
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
        fakes.reader.plug(OTHER_MAC)
        line.line.scanned(str(OTHER_MAC))
        refused = line.wait(ScanRefused)
        assert isinstance(refused.failure, ScanTooEarly)
        assert len(fakes.printer.printed) == 1


def test_a_unit_that_stays_plugged_in_is_not_read_again(fakes: FakeBench) -> None:
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
        line.line.scanned(content_of(MAC))
        line.wait(UnitDone)
        fakes.reader.plug(OTHER_MAC)
        line.line.scanned(content_of(MAC))
        line.wait(LabelKnown)
        assert sum(isinstance(told, WaitingForDevice) for told in fakes.told) == 1


def test_another_devices_label_stops_the_unit_names_both_and_is_written_down(fakes: FakeBench) -> None:
    with running(fakes) as line:
        fakes.reader.plug(OTHER_MAC)
        line.wait(ScanBackDue)
        line.line.scanned(content_of(OTHER_MAC))
        line.wait(UnitDone)
        fakes.reader.unplug()
        line.wait(WaitingForDevice)
        fakes.reader.plug(MAC)
        due = line.wait(ScanBackDue)
        line.line.scanned(content_of(OTHER_MAC))
        failure = line.wait(ScanRefused).failure
        assert isinstance(failure, WrongLabel)
        assert (failure.expected, failure.found) == (MAC.readable, OTHER_MAC.readable)
        assert fakes.ledger.history(due.job.id)[-1].evidence == f"wrong label scanned: {OTHER_MAC.readable}"
        line.line.scanned(content_of(MAC))
        assert line.wait(UnitDone).job.state is JobState.VERIFIED


def test_scanning_the_device_itself_verifies_nothing(fakes: FakeBench) -> None:
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
        line.line.scanned(MAC.readable)
        assert isinstance(line.wait(ScanRefused).failure, DeviceNotLabelScanned)


def test_a_scanned_identity_starts_a_unit_and_needs_no_unplugging(fakes: FakeBench) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        line.line.scanned("ACCF232BE530")
        line.wait(ScanBackDue)
        line.line.scanned(content_of(MacAddress("accf232be530")))
        line.wait(UnitDone)
        line.wait(WaitingForDevice)


@pytest.mark.parametrize(
    ("text", "failure"), [("02911f500047", LocallyAdministeredMac), ("www.hi-flying.com", ScanNotUnderstood)]
)
def test_a_scan_that_is_no_device_is_said_and_changes_nothing(fakes: FakeBench, text: str, failure: type) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        line.line.scanned(text)
        assert isinstance(line.wait(ScanRefused).failure, failure)
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)


def test_a_device_scanned_while_another_is_being_read_is_stopped(fakes: FakeBench) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        fakes.reader.answering.clear()
        fakes.reader.plug(MAC)
        line.line.scanned(str(OTHER_MAC))
        assert fakes.reader.looked_at.wait(WAIT_S)
        fakes.reader.answering.set()
        refused = line.wait(UnitRefused)
        assert isinstance(refused.failure, DeviceSwapped)
        assert fakes.printer.printed == []


def test_a_slow_device_is_said_to_be_read_and_said_to_be_gone_again(fakes: FakeBench) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        fakes.reader.answering.clear()
        fakes.reader.plug(MAC)
        line.wait(DeviceSeen)
        fakes.reader.unplug()
        line.wait(WaitingForDevice)


def test_after_a_swap_the_device_is_read_afresh(fakes: FakeBench) -> None:
    fakes.reader.swapped_for = DeviceSwapped("one", "other")
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(UnitRefused)
        fakes.reader.swapped_for = None
        fakes.reader.plug(OTHER_MAC)
        line.line.try_again()
        assert line.wait(ScanBackDue).job.identity == OTHER_MAC


def test_the_same_device_scanned_and_plugged_in_is_one_unit(fakes: FakeBench) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        fakes.reader.gone = False
        line.line.scanned(str(MAC))
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
        line.line.scanned(content_of(MAC))
        line.wait(UnitDone)
        fakes.reader.unplug()
        line.wait(WaitingForDevice)
    assert not any(isinstance(told, UnitRefused) for told in fakes.told)


@pytest.mark.parametrize("said", [ModuleInfoUnsupported("ttyUSB0"), ImeiIsImsi("460001234567890")])
def test_a_module_that_will_not_tell_is_labelled_by_its_scan_and_must_leave_afterwards(
    fakes: FakeBench, said: Failure
) -> None:
    with running(fakes) as line:
        fakes.reader.fail(said)
        line.wait(UnitRefused)
        line.line.scanned(str(MAC))
        fakes.reader.fail(said)
        line.wait(ScanBackDue)
        line.line.scanned(content_of(MAC))
        line.wait(UnitDone)
        assert isinstance(fakes.told[-1], UnitDone)
        fakes.reader.unplug()
        line.wait(WaitingForDevice)


@pytest.mark.parametrize(
    "failure", [PortBusy("ttyUSB0"), PortAmbiguous("usb:1", "a, b"), RateRefused("ttyUSB0", 74880)]
)
def test_a_port_that_cannot_be_opened_stays_refused_until_its_pause_is_over(fakes: FakeBench, failure: Failure) -> None:
    with running(fakes) as line:
        for _ in range(3):
            fakes.reader.fail(failure)
        fakes.reader.gone = True  # nothing is open, so nothing is there to leave
        assert line.wait(UnitRefused).retry_in_s is not None
        line.line.scanned("zzz")
        line.wait(ScanRefused)
        assert not any(isinstance(told, WaitingForDevice) for told in after_the_first_refusal(fakes))


def after_the_first_refusal(fakes: FakeBench) -> list[Happening]:
    first = next(at for at, told in enumerate(fakes.told) if isinstance(told, UnitRefused))
    return fakes.told[first:]


@pytest.mark.parametrize(
    "said",
    [
        SaidTwoIdentities("ttyUSB0", str(MAC), str(OTHER_MAC)),
        SaidOnlyOnce("ttyUSB0", str(OTHER_MAC)),
        AnswerTooShort("ttyUSB0", "11 bytes"),
        EmptyMac("000000000000"),
    ],
    ids=lambda said: type(said).__name__,
)
def test_a_scan_does_not_speak_for_a_plugged_in_device_that_leaves_a_doubt_who_it_is(
    fakes: FakeBench, said: Failure
) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        fakes.reader.answering.clear()
        fakes.reader.fail(said)
        line.line.scanned(str(MAC))
        fakes.reader.answering.set()
        assert line.wait(UnitRefused).failure is said
    assert fakes.printer.printed == []


def test_after_a_refused_scan_the_port_is_watched_again(fakes: FakeBench) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        line.line.scanned(str(MAC))
        line.wait(ScanBackDue)
        line.line.scanned(content_of(MAC))
        line.wait(UnitDone)
        line.wait(WaitingForDevice)
        line.line.scanned(str(MAC))
        assert isinstance(line.wait(UnitRefused).failure, AlreadyLabelled)
        fakes.reader.plug(OTHER_MAC)
        assert line.wait(ScanBackDue).job.identity == OTHER_MAC


def test_a_scanned_unit_is_given_up_when_another_device_is_plugged_in(fakes: FakeBench) -> None:
    fakes.printer.off = MediaOut("p")
    fakes.printer.reports = [PrintReport(PrintOutcome.REFUSED, 0, MediaOut("p"))]
    with running(fakes) as line:
        line.line.scanned(str(MAC))
        assert line.wait(UnitRefused).retry_in_s is not None
        fakes.reader.plug(OTHER_MAC)
        assert line.wait(UnitRefused).retry_in_s is None
        fakes.printer.off = None
        due = line.wait(ScanBackDue)
        assert due.job.identity == OTHER_MAC
    assert [job for job, _ in fakes.printer.printed] == [str(due.job.id)]


def test_a_scanned_unit_is_given_up_after_a_time(fakes: FakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unheld, "UNHELD_S", 0.05)
    fakes.printer.off = MediaOut("p")
    fakes.printer.reports = [PrintReport(PrintOutcome.REFUSED, 0, MediaOut("p"))]
    with running(fakes) as line:
        line.line.scanned(str(MAC))
        line.wait(UnitRefused)
        assert line.wait(UnitRefused).retry_in_s is None
        fakes.printer.off = None
        line.wait(WaitingForDevice)
    assert fakes.printer.printed == []


def unknown_label(fakes: FakeBench) -> PrintJob:
    """A label of the queue that was sent, and may have come out or not."""
    ledger = fakes.ledger
    image = LabelImage(8, 8, 203, (b"\x55",) * 8)
    drawn = draft(ledger.next_label_serial(), identity=OTHER_MAC, image_digest=image.digest, content="x")
    taken = ledger.take(ledger.enqueue(drawn, image, who="qa").id, who="qa")
    return ledger.move(taken, JobState.UNKNOWN, who="qa", outcome=PrintOutcome.UNKNOWN)


@pytest.mark.parametrize("how", ["scan", "no usable label"])
def test_a_label_of_the_queue_that_nobody_can_account_for_is_asked_for_while_the_line_is_free(
    fakes: FakeBench, how: str
) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        job = unknown_label(fakes)
        line.line.look_at_open_jobs()
        assert line.wait(SettlementDue).job == job
        if how == "scan":
            line.line.scanned("x")
        else:
            line.line.no_usable_label(job.id)
        line.wait(WaitingForDevice)
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
    assert fakes.ledger.job(job.id).state is (JobState.VERIFIED if how == "scan" else JobState.VOIDED)


def test_a_label_of_the_queue_is_asked_for_after_the_unit_that_is_on_its_way(fakes: FakeBench) -> None:
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
        job = unknown_label(fakes)
        line.line.look_at_open_jobs()
        line.line.scanned(content_of(MAC))
        line.wait(UnitDone)
        fakes.reader.unplug()
        assert line.wait(SettlementDue).job == job


def test_another_device_scanned_while_one_is_refused_is_told_to_wait(fakes: FakeBench) -> None:
    fakes.codes.failures = [KeyRefused("qr", 401)]
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(UnitRefused)
        line.line.scanned(str(OTHER_MAC))
        assert isinstance(line.wait(ScanRefused).failure, UnplugFirst)
        line.line.scanned(str(MAC))
        assert line.wait(ScanBackDue).job.identity == MAC


def test_the_next_device_scanned_before_the_last_is_unplugged_is_told_to_wait(fakes: FakeBench) -> None:
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
        line.line.scanned(content_of(MAC))
        line.wait(UnitDone)
        line.line.scanned(str(OTHER_MAC))
        assert isinstance(line.wait(ScanRefused).failure, UnplugFirst)


def test_a_label_nobody_can_account_for_is_asked_for_and_a_scan_settles_it(fakes: FakeBench) -> None:
    fakes.printer.reports = [LOST]
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        due = line.wait(SettlementDue)
        assert (due.job.state, due.failure) == (JobState.UNKNOWN, LOST.failure)
        line.line.scanned(content_of(MAC))
        assert line.wait(UnitDone).job.state is JobState.VERIFIED
    assert len(fakes.printer.printed) == 1


def test_no_usable_label_voids_it_and_only_then_prints_one_with_a_revision(fakes: FakeBench) -> None:
    fakes.printer.reports = [LOST]
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        first = line.wait(SettlementDue).job
        line.line.no_usable_label(first.id)
        second = line.wait(ScanBackDue).job
        assert (second.mark, fakes.ledger.kept.jobs[first.id].state) == ("R1", JobState.VOIDED)
        # The same press once more, late or bounced, is about a job that has ended.
        line.line.no_usable_label(first.id)
        line.line.scanned(content_of(MAC))
        assert line.wait(UnitDone).job.id == second.id
    assert len(fakes.ledger.kept.jobs) == 2


def test_a_printer_that_is_off_leaves_one_failed_record_and_is_tried_again_when_it_is_back(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retry._PASSING, PrinterUnreachable, 0.01)
    fakes.printer.reports = [OFF]
    fakes.printer.off = OFF.failure
    knocks = threading.Event()
    status = fakes.printer.status

    def knocked(stop: Stop) -> PrinterStatus:
        answer = status(stop)
        knocks.set()
        return answer

    monkeypatch.setattr(fakes.printer, "status", knocked)
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        refused = line.wait(UnitRefused)
        assert refused.job is not None
        assert (refused.job.state, refused.retry_in_s) == (JobState.FAILED, 0.01)
        for _ in range(3):
            knocks.clear()
            assert knocks.wait(WAIT_S)
        assert len(fakes.ledger.kept.jobs) == 1
        fakes.printer.off = None
        job = line.wait(ScanBackDue).job
        assert job.mark == ""
    assert len(fakes.printer.printed) == 1


def test_a_failure_that_usually_passes_is_put_before_a_person_when_bytes_had_gone_out(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retry._PASSING, PrinterConnectionLost, 0.01)
    fakes.printer.reports = [LOST]
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        due = line.wait(SettlementDue)
        assert (due.job.state, due.failure) == (JobState.UNKNOWN, LOST.failure)
        line.line.try_again()
        line.line.scanned(str(MAC))
        assert isinstance(line.wait(ScanRefused).failure, DeviceNotLabelScanned)
        assert (len(fakes.ledger.kept.jobs), len(fakes.printer.printed)) == (1, 1)
        line.line.scanned(content_of(MAC))
        line.wait(UnitDone)
    assert not any(isinstance(told, UnitRefused) for told in fakes.told)
    assert len(fakes.printer.printed) == 1


def test_a_printer_that_looks_ready_and_refuses_all_the_same_is_tried_less_and_less(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retry._PASSING, PrinterBusy, 0.01)
    fakes.printer.reports = [PrintReport(PrintOutcome.REFUSED, 0, PrinterBusy("p"))] * 4
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        pauses = [line.wait(UnitRefused).retry_in_s for _ in range(4)]
        line.wait(ScanBackDue)
        line.line.scanned(content_of(MAC))
        line.wait(UnitDone)
        fakes.reader.unplug()
        line.wait(WaitingForDevice)
        fakes.printer.reports = [PrintReport(PrintOutcome.REFUSED, 0, PrinterBusy("p"))]
        fakes.reader.plug(OTHER_MAC)
        pauses.append(line.wait(UnitRefused).retry_in_s)
    assert pauses == [0.01, 0.02, 0.04, 0.08, 0.01]


def test_the_unit_is_not_lost_while_the_service_is_away(fakes: FakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(retry._PASSING, ServiceUnreachable, 0.01)
    fakes.codes.failures = [ServiceUnreachable("qr")] * 3
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(UnitRefused)
        line.wait(ScanBackDue)
    assert len(fakes.codes.asked) == 4


def test_what_only_a_person_can_mend_waits_for_the_person(fakes: FakeBench) -> None:
    fakes.codes.failures = [KeyRefused("qr", 401)]
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        assert line.wait(UnitRefused).retry_in_s is None
        line.line.try_again()
        line.wait(ScanBackDue)


def test_the_same_device_again_is_refused_with_when_and_where(fakes: FakeBench) -> None:
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
        line.line.scanned(content_of(MAC))
        line.wait(UnitDone)
        fakes.reader.unplug()
        line.wait(WaitingForDevice)
        fakes.reader.plug(MAC)
        failure = line.wait(UnitRefused).failure
        assert isinstance(failure, AlreadyLabelled)
        assert (failure.station, failure.state, failure.label_serial) == ("bench-1", "verified", "L-000001")
    assert len(fakes.printer.printed) == 1


def test_a_device_fault_is_said_and_the_next_plug_is_read_afresh(fakes: FakeBench) -> None:
    with running(fakes) as line:
        fakes.reader.fail(OnlyNoise("ttyUSB0", 512, 9600))
        assert isinstance(line.wait(UnitRefused).failure, OnlyNoise)
        fakes.reader.unplug()
        line.wait(WaitingForDevice)
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)


def test_a_swap_just_before_printing_is_caught(fakes: FakeBench) -> None:
    fakes.reader.swapped_for = DeviceSwapped("one", "other")
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        assert isinstance(line.wait(UnitRefused).failure, DeviceSwapped)
    assert (fakes.printer.printed, fakes.ledger.kept.jobs) == ([], {})


def test_without_scan_back_a_unit_is_done_but_never_verified() -> None:
    fakes = FakeBench(product=replace(PRODUCT, scan_back_every=0))
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        counted = line.wait(Tally, lambda told: told.handed_over == 1)
        assert counted.verified == 0
        assert line.wait(UnitDone).job.state is JobState.SENT
    assert not any(isinstance(told, ScanBackDue) for told in fakes.told)


def test_one_in_two_is_scanned_back() -> None:
    fakes = FakeBench(product=replace(PRODUCT, scan_back_every=2))
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
        line.line.scanned(content_of(MAC))
        line.wait(UnitDone)
        fakes.reader.unplug()
        line.wait(WaitingForDevice)
        fakes.reader.plug(OTHER_MAC)
        assert line.wait(UnitDone).job.state is JobState.SENT


def _left_behind(fakes: FakeBench, mac: str, state: JobState) -> int:
    """A job of an earlier run that was interrupted in this state."""
    identity = MacAddress(mac)
    image = LabelImage(8, 1, 203, (b"\x00",))
    draft = JobDraft(
        fakes.ledger.next_label_serial(), identity, PRODUCT.key, PRODUCT.name, content_of(identity),
        CodeSource.SERVICE, "", image.digest, "40x30", 203, "printer", "bench-1", "Li Wei", 0,
        test=False, scan_back_due=True,
    )  # fmt: skip
    job = fakes.ledger.open(draft, image)
    if state is not JobState.INTENDED:
        job = fakes.ledger.move(job, JobState.SENT, who="Li Wei")
    return job.id


def test_after_a_restart_what_was_never_sent_is_failed_and_what_was_sent_is_asked_for(fakes: FakeBench) -> None:
    never_sent = _left_behind(fakes, "00911f500001", JobState.INTENDED)
    sent = _left_behind(fakes, "00911f500002", JobState.SENT)
    with running(fakes) as line:
        asked = line.wait(SettlementDue)
        assert (asked.job.id, asked.job.state) == (sent, JobState.UNKNOWN)
        assert fakes.ledger.kept.jobs[never_sent].state is JobState.FAILED
        line.line.scanned(str(MAC))
        assert isinstance(line.wait(ScanRefused).failure, ScanTooEarly)
        line.line.scanned(content_of(asked.job.identity))
        line.wait(WaitingForDevice)
    assert fakes.ledger.kept.jobs[sent].state is JobState.VERIFIED
    assert fakes.printer.printed == []


def test_after_a_restart_jobs_that_waited_are_held_and_told_of_and_none_is_sent(fakes: FakeBench) -> None:
    drawn = draft(fakes.ledger.next_label_serial(), printer="fake printer")
    job = fakes.ledger.enqueue(drawn, IMAGE, who="batch")
    with running(fakes) as line:
        seen = line.wait(QueueSeen)
        assert [(queued.job.id, queued.held, queued.reason) for queued in seen.jobs] == [
            (job.id, True, "station restarted")
        ]
        line.wait(WaitingForDevice)
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
    assert fakes.ledger.kept.jobs[job.id].state is JobState.INTENDED
    assert len(fakes.printer.printed) == 1


def test_after_a_restart_a_batch_that_was_under_way_is_paused(fakes: FakeBench) -> None:
    drawn = BatchDraft("list.csv", PRODUCT.key, "", "fake printer", (MAC,))
    batch = fakes.ledger.begin_batch(drawn, who="qa")
    fakes.ledger.move_batch(batch.number, BatchState.RUNNING, who="qa")
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        assert fakes.ledger.batch(batch.number).state is BatchState.PAUSED


def test_without_a_queue_nothing_is_said_of_one(fakes: FakeBench) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
    assert not any(isinstance(told, QueueSeen) for told in fakes.told)


def test_after_a_restart_the_labels_on_the_bench_may_be_scanned_in_any_order(fakes: FakeBench) -> None:
    first = _left_behind(fakes, "00911f500001", JobState.SENT)
    second = _left_behind(fakes, "00911f500002", JobState.SENT)
    with running(fakes) as line:
        line.wait(SettlementDue)
        line.line.scanned(fakes.ledger.kept.jobs[second].draft.content)
        assert line.wait(SettlementDue).job.id == first
        line.line.no_usable_label(first)
        line.wait(WaitingForDevice)
    assert fakes.ledger.kept.jobs[second].state is JobState.VERIFIED
    assert fakes.ledger.kept.jobs[first].state is JobState.VOIDED
    assert fakes.printer.printed == []


def test_a_full_disk_stops_the_unit_and_space_lets_it_go_on(fakes: FakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(retry._PASSING, DiskFull, 0.01)
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        fakes.ledger.failing = DiskFull("ledger")
        fakes.reader.plug(MAC)
        assert isinstance(line.wait(UnitRefused).failure, DiskFull)
        assert fakes.printer.printed == []
        fakes.ledger.failing = None
        line.wait(ScanBackDue)


def test_a_fault_of_the_program_ends_the_line_and_is_said(fakes: FakeBench) -> None:
    def broken(_job: str) -> None:
        raise RuntimeError("a bug")

    fakes.printer.before = broken
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        assert line.wait(UnitRefused).failure.code == "E-LIN-04"
        line.wait(LineStopped)


def test_a_stop_ends_a_line_that_waits(fakes: FakeBench) -> None:
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        line.stop.set()
        line.wait(LineStopped)


def test_a_full_disk_at_the_start_is_waited_out(fakes: FakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(retry._PASSING, DiskFull, 0.01)
    fakes.ledger.failing = DiskFull("ledger")
    with running(fakes) as line:
        assert isinstance(line.wait(UnitRefused).failure, DiskFull)
        fakes.ledger.failing = None
        line.wait(WaitingForDevice)


def test_an_intent_that_could_not_be_marked_is_failed_before_the_next_unit(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retry._PASSING, DiskFull, 0.01)
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        move = fakes.ledger.move

        def full(*_: object, **__: object) -> PrintJob:
            raise DiskFull("ledger")

        fakes.ledger.move = full  # type: ignore[method-assign]
        fakes.reader.plug(MAC)
        job = line.wait(UnitRefused).job
        assert job is not None
        assert (job.state, fakes.printer.printed) == (JobState.INTENDED, [])
        fakes.ledger.move = move  # type: ignore[method-assign]
        assert line.wait(ScanBackDue).job.id != job.id
    assert fakes.ledger.kept.jobs[job.id].state is JobState.FAILED


def test_a_job_that_was_sent_although_the_ledger_said_no_is_put_before_a_person(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retry._PASSING, DiskFull, 0.01)
    other: list[int] = []
    with running(fakes) as line:
        line.wait(WaitingForDevice)
        move = fakes.ledger.move

        def written_but_failed(job: PrintJob, state: JobState, **how: str) -> PrintJob:
            fakes.ledger.move = move  # type: ignore[method-assign]
            move(job, state, **how)  # type: ignore[arg-type]
            other.append(_left_behind(fakes, "00911f500009", JobState.SENT))
            raise DiskFull("ledger")

        fakes.ledger.move = written_but_failed  # type: ignore[method-assign,assignment]
        fakes.reader.plug(MAC)
        asked = line.wait(SettlementDue)
        assert asked.job.state is JobState.UNKNOWN
        # What others do in the same ledger meanwhile is none of this unit's business.
        assert fakes.ledger.kept.jobs[other[0]].state is JobState.SENT
        line.line.no_usable_label(asked.job.id)
        assert line.wait(ScanBackDue).job.mark == "R1"
    assert len(fakes.printer.printed) == 1


def test_a_replaced_label_is_scanned_back_even_where_its_turn_would_not_be() -> None:
    fakes = FakeBench(product=replace(PRODUCT, scan_back_every=2))
    fakes.printer.reports = [LOST]
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.line.no_usable_label(line.wait(SettlementDue).job.id)
        assert line.wait(ScanBackDue).job.mark == "R1"


def test_a_sent_label_that_never_came_out_can_be_voided_before_its_device_leaves() -> None:
    fakes = FakeBench(product=replace(PRODUCT, scan_back_every=0))
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        sent = line.wait(UnitDone).job
        line.line.no_usable_label(sent.id)
        replaced = line.wait(ScanBackDue).job
        assert (replaced.mark, fakes.ledger.kept.jobs[sent.id].state) == ("R1", JobState.VOIDED)


def test_a_verified_label_is_not_voided_by_a_late_press(fakes: FakeBench) -> None:
    with running(fakes) as line:
        fakes.reader.plug(MAC)
        line.wait(ScanBackDue)
        line.line.scanned(content_of(MAC))
        job = line.wait(UnitDone).job
        line.line.no_usable_label(job.id)
        fakes.reader.unplug()
        line.wait(WaitingForDevice)
    assert fakes.ledger.kept.jobs[job.id].state is JobState.VERIFIED
