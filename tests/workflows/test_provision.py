"""One device to a label, and what keeps a label from being made."""

from dataclasses import replace

import pytest

from gizqr_station.domain.code_failures import CodeIsIdentity, CodeMalformed, CodeNotUnique, ServiceUnreachable
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.device_failures import DeviceSwapped
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintOutcome
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.domain.ledger_failures import AlreadyLabelled, DiskFull
from gizqr_station.domain.printer_failures import PrinterConnectionLost, PrinterUnreachable, RibbonEnded, RollEnded
from gizqr_station.domain.product import CodeScheme
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.hand_over import HandedOver
from gizqr_station.workflows.happenings import CodeFetched, JobChanged, LabelDrawn
from gizqr_station.workflows.line_printer import LinePrinter
from gizqr_station.workflows.ports import PrintReport
from gizqr_station.workflows.provision import provision
from tests.fake_bench import MAC, OTHER_MAC, PRODUCT, FakeBench, FakePrinter, content_of, reading_of


def made(fakes: FakeBench, *, stop: Stop | None = None, swapped: Failure | None = None) -> HandedOver:
    def still_there() -> None:
        if swapped is not None:
            raise swapped

    return provision(
        fakes.bench(), reading_of(MAC), stop or Stop(), fakes.told.append, still_there=still_there, scan_back_due=True
    )


def test_a_device_gets_the_code_the_label_and_the_record_that_are_its_own() -> None:
    fakes = FakeBench()
    job = made(fakes).job
    assert (job.state, job.outcome) == (JobState.SENT, PrintOutcome.ACCEPTED)
    assert (job.identity, job.draft.content) == (MAC, content_of(MAC))
    assert job.draft.image_digest == fakes.printer.printed[0][1].digest
    assert fakes.painter.painted[0].identity == "00:91:1F:50:00:47"
    assert [type(told) for told in fakes.told] == [CodeFetched, LabelDrawn, JobChanged, JobChanged, JobChanged]


def test_the_intent_is_in_the_ledger_before_the_printer_gets_a_byte() -> None:
    fakes = FakeBench()
    seen: list[JobState] = []
    fakes.printer.before = lambda job: seen.append(fakes.ledger.kept.jobs[int(job)].state)
    made(fakes)
    assert seen == [JobState.SENT]


def test_the_same_mac_is_refused_before_anything_is_drawn() -> None:
    fakes = FakeBench()
    made(fakes)
    with pytest.raises(AlreadyLabelled) as refused:
        made(fakes)
    assert (refused.value.label_serial, refused.value.station) == ("L-000001", "bench-1")
    assert len(fakes.painter.painted) == len(fakes.printer.printed) == 1


def test_a_label_that_does_not_read_back_never_reaches_the_printer_or_the_ledger() -> None:
    fakes = FakeBench()
    fakes.read_back.failure = ReadBackDiffers("this", "that")
    with pytest.raises(ReadBackDiffers):
        made(fakes)
    assert (fakes.printer.printed, fakes.ledger.kept.jobs) == ([], {})


def test_a_device_swapped_at_the_last_moment_gets_no_label() -> None:
    fakes = FakeBench()
    with pytest.raises(DeviceSwapped):
        made(fakes, swapped=DeviceSwapped("one", "other"))
    assert (fakes.printer.printed, fakes.ledger.kept.jobs) == ([], {})


def test_without_a_code_nothing_is_drawn() -> None:
    fakes = FakeBench()
    fakes.codes.failures = [ServiceUnreachable("qr")]
    with pytest.raises(ServiceUnreachable):
        made(fakes)
    assert fakes.painter.painted == []


def test_a_stop_before_the_intent_leaves_nothing_behind() -> None:
    fakes, stop = FakeBench(), Stop()
    stop.set()
    with pytest.raises(Stopped):
        made(fakes, stop=stop)
    assert fakes.ledger.kept.jobs == {}


@pytest.mark.parametrize(
    ("report", "state"),
    [
        (PrintReport(PrintOutcome.CONFIRMED, 9), JobState.PRINTED),
        (PrintReport(PrintOutcome.ACCEPTED, 9), JobState.SENT),
        (PrintReport(PrintOutcome.UNKNOWN, 4, PrinterConnectionLost("p", 4, 9)), JobState.UNKNOWN),
        (PrintReport(PrintOutcome.REFUSED, 0, PrinterUnreachable("p", "a")), JobState.FAILED),
    ],
)
def test_what_the_printer_knows_is_what_is_written(report: PrintReport, state: JobState) -> None:
    fakes = FakeBench()
    fakes.printer.reports = [report]
    result = made(fakes)
    assert (result.job.state, result.failure) == (state, report.failure)
    assert fakes.ledger.kept.jobs[result.job.id].state is state


def test_a_ledger_that_fills_up_before_sending_keeps_the_label_from_the_printer() -> None:
    fakes = FakeBench()
    full = DiskFull("ledger")

    def fill(happening: object) -> None:
        fakes.ledger.failing = full if isinstance(happening, JobChanged) else None

    result = provision(fakes.bench(), reading_of(MAC), Stop(), fill, still_there=lambda: None, scan_back_due=True)
    assert (result.job.state, result.failure) == (JobState.INTENDED, full)
    assert fakes.printer.printed == []


def test_a_ledger_that_fills_up_while_sending_leaves_the_label_for_a_person_to_settle() -> None:
    fakes = FakeBench()
    full = DiskFull("ledger")

    def fill(_job: str) -> None:
        fakes.ledger.failing = full

    fakes.printer.before = fill
    result = made(fakes)
    assert (result.job.state, result.failure) == (JobState.SENT, full)


def test_a_code_that_does_not_bind_is_marked_on_the_label_and_in_the_ledger() -> None:
    fakes = FakeBench()
    fakes.codes.source = CodeSource.SANDBOX
    job = made(fakes).job
    assert (job.draft.test, job.mark, fakes.painter.painted[0].mark) == (True, "TEST", "TEST")


def test_a_demo_marks_every_label() -> None:
    assert made(FakeBench(demo=True)).job.mark == "TEST"


def test_a_label_after_a_voided_one_has_the_same_code_a_new_serial_and_a_revision_mark() -> None:
    fakes = FakeBench()
    first = made(fakes).job
    fakes.ledger.move(first, JobState.VOIDED, who="QA")
    fakes.codes.source = CodeSource.POOL
    second = made(fakes).job
    assert (second.mark, fakes.painter.painted[1].mark) == ("R1", "R1")
    assert second.draft.content == first.draft.content
    assert second.draft.label_serial != first.draft.label_serial
    assert len(fakes.codes.asked) == 1


def test_a_sandbox_code_of_an_earlier_label_is_not_carried_on_once_the_service_is_there() -> None:
    fakes = FakeBench()
    fakes.codes.source = CodeSource.SANDBOX
    fakes.ledger.move(made(fakes).job, JobState.VOIDED, who="QA")
    fakes.codes.source = CodeSource.SERVICE
    assert made(fakes).job.mark == "R1"
    assert len(fakes.codes.asked) == 2


def test_a_corrected_list_or_template_is_asked_anew_for_a_replaced_label() -> None:
    fakes = FakeBench(product=replace(PRODUCT, scheme=CodeScheme.LINK))
    fakes.codes.source = CodeSource.LINK
    fakes.ledger.move(made(fakes).job, JobState.VOIDED, who="QA")
    made(fakes)
    assert len(fakes.codes.asked) == 2


@pytest.mark.parametrize("content", ["00911F500047", "00:91:1f:50:00:47", "861193040496508", "01911f500047"])
def test_a_code_that_scans_like_the_module_itself_proves_nothing_and_is_refused(content: str) -> None:
    fakes = FakeBench()
    fakes.codes.content = content
    with pytest.raises(CodeIsIdentity):
        made(fakes)
    assert (fakes.printer.printed, fakes.ledger.kept.jobs) == ([], {})


@pytest.mark.parametrize("content", ["lamp 00911f500047 ", "\tlamp"])
def test_a_code_that_no_scanner_gives_back_as_it_is_could_never_be_verified(content: str) -> None:
    fakes = FakeBench()
    fakes.codes.content = content
    with pytest.raises(CodeMalformed):
        made(fakes)
    assert fakes.printer.printed == []


def test_a_code_that_another_device_has_already_is_refused() -> None:
    fakes = FakeBench()
    made(fakes)
    fakes.codes.content = content_of(MAC)
    with pytest.raises(CodeNotUnique) as refused:
        provision(
            fakes.bench(), reading_of(OTHER_MAC), Stop(), fakes.told.append, still_there=lambda: None,
            scan_back_due=True,
        )  # fmt: skip
    assert refused.value.other == MAC.readable
    assert len(fakes.printer.printed) == 1


def test_a_failed_label_is_no_revision() -> None:
    fakes = FakeBench(product=replace(PRODUCT))
    fakes.printer.reports = [PrintReport(PrintOutcome.REFUSED, 0, PrinterUnreachable("p", "a"))]
    made(fakes)
    assert made(fakes).job.mark == ""


@pytest.mark.parametrize("content", ["GIZQR:ROLL", "GIZQR:RIBBON", "gizqr:roll", "GIZQR:", "GIZQR:anything at all"])
def test_a_label_that_would_be_obeyed_as_a_command_is_refused(content: str) -> None:
    fakes = FakeBench()
    fakes.codes.content = content
    with pytest.raises(CodeMalformed) as refused:
        made(fakes)
    assert refused.value.found == "command"
    assert (fakes.printer.printed, fakes.ledger.kept.jobs, fakes.painter.painted) == ([], {}, [])


@pytest.mark.parametrize(("kind", "ended"), [(SupplyKind.LABELS, RollEnded), (SupplyKind.RIBBON, RibbonEnded)])
def test_an_ended_roll_stops_before_anything_is_asked_drawn_or_opened(kind: SupplyKind, ended: type[Failure]) -> None:
    fakes = FakeBench()
    fakes.ledger.load_supply("fake printer", kind, 1, 0, who="Li Wei")
    fakes.ledger.use_supply("fake printer", 1)
    with pytest.raises(ended):
        made(fakes)
    assert (fakes.codes.asked, fakes.painter.painted, fakes.ledger.kept.jobs) == ([], [], {})


def test_a_roll_that_ends_while_the_label_is_drawn_stops_before_the_intent() -> None:
    fakes = FakeBench()
    fakes.ledger.load_supply("fake printer", SupplyKind.LABELS, 1, 0, who="Li Wei")

    def use(happening: object) -> None:
        if isinstance(happening, LabelDrawn):
            fakes.ledger.use_supply("fake printer", 1)

    with pytest.raises(RollEnded):
        provision(fakes.bench(), reading_of(MAC), Stop(), use, still_there=lambda: None, scan_back_due=True)
    assert (fakes.ledger.kept.jobs, fakes.printer.printed) == ({}, [])


def test_the_last_label_of_a_roll_is_printed_and_counted() -> None:
    fakes = FakeBench()
    fakes.ledger.load_supply("fake printer", SupplyKind.LABELS, 1, 0, who="Li Wei")
    assert made(fakes).job.state is JobState.SENT
    assert [supply.left for supply in fakes.ledger.supplies("fake printer")] == [0]


def test_a_unit_ends_on_the_printer_that_its_record_names_though_another_is_chosen_meanwhile() -> None:
    fakes = FakeBench()
    other = FakePrinter(name="other printer")
    chosen = [fakes.printer]
    bench = replace(fakes.bench(), printer=LinePrinter(lambda: chosen[-1], lambda: None))

    def choose(happening: object) -> None:
        if isinstance(happening, LabelDrawn):
            chosen.append(other)

    job = provision(bench, reading_of(MAC), Stop(), choose, still_there=lambda: None, scan_back_due=True).job
    assert job.draft.printer == "fake printer"
    assert (len(fakes.printer.printed), other.printed) == (1, [])
