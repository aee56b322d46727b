"""Every way to scan a label and the one that it replaced: at a free line, while a label is awaited, and at the desk.

The old and the new label say the same; the small code with the serial alone tells them apart.
"""

from dataclasses import dataclass, replace

import pytest

from gizqr_station.domain.correction_failures import LargeCodeNext, SmallCodeNext
from gizqr_station.domain.corrections import ReprintReason
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.ledger_failures import DiskFull, NothingRecorded
from gizqr_station.domain.line_failures import LabelVoided, ScanNotUnderstood, WrongLabel
from gizqr_station.domain.printer_failures import CoverOpen
from gizqr_station.domain.scan_rules import PLAIN
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.correction_scans import DeskScan
from gizqr_station.workflows.happenings import Happening, JobChanged, LabelKnown, ScanRefused
from gizqr_station.workflows.label_scan import idle_scan, label_scan
from gizqr_station.workflows.ports import PrintReport
from gizqr_station.workflows.provision import provision
from gizqr_station.workflows.record_happenings import OldLabelScanned
from tests.fake_bench import MAC, OTHER_MAC, content_of, reading_of
from tests.workflows.correction_bench import CorrectionBench


@dataclass
class Floor:
    """A desk and a line on one ledger, and a device whose label was replaced."""

    desk: CorrectionBench
    old: PrintJob
    new: PrintJob
    told: list[Happening]

    def scan(self, text: str) -> list[Happening]:
        """At a free line; what was told of it."""
        self.told.clear()
        assert idle_scan(self.desk.bench, text, self.told.append) is None
        return list(self.told)

    def scan_for(self, expected: PrintJob, text: str, *, any_open: bool = False) -> PrintJob:
        self.told.clear()
        return label_scan(self.desk.bench, expected, text, self.told.append, any_open=any_open)

    @property
    def alarms(self) -> list[tuple[int, int, bool]]:
        """Voided, replacement or 0, certain."""
        heard = [told for told in self.told if isinstance(told, OldLabelScanned)]
        return [(each.voided.id, each.replacement.id if each.replacement else 0, each.certain) for each in heard]

    @property
    def refusal(self) -> Failure | None:
        return next((told.failure for told in self.told if isinstance(told, ScanRefused)), None)

    def stands(self, job: PrintJob) -> JobState:
        return self.desk.stands(job)

    def notes(self, job: PrintJob) -> list[str]:
        """But for what the printer said."""
        entries = self.desk.ledger.history(job.id)
        return [entry.evidence for entry in entries if entry.kind == "note" and "bytes" not in entry.evidence]


def floor(*, verified: bool = True, small_codes: bool = True) -> Floor:
    desk = CorrectionBench(small_codes=small_codes)
    old = desk.labelled()
    new = desk.reprint(old).job
    desk.desk.give_up_waiting()
    if verified:
        new = desk.ledger.move(new, JobState.VERIFIED, who="Li Wei")
    return Floor(desk, desk.ledger.job(old.id), new, [])


def awaited(at: Floor) -> PrintJob:
    """Another unit's label, which a line waits for."""
    return provision(
        at.desk.bench, reading_of(OTHER_MAC), Stop(), lambda _: None, still_there=lambda: None, scan_back_due=True
    ).job


QR = content_of(MAC)


# at a free line


@pytest.mark.parametrize("small_codes", [True, False])
def test_the_large_code_of_a_replaced_label_may_be_the_old_ones(small_codes: bool) -> None:
    at = floor(small_codes=small_codes)
    assert [type(told) for told in at.scan(QR)] == [LabelKnown, OldLabelScanned]
    assert at.alarms == [(at.old.id, at.new.id, False)]
    assert at.notes(at.old) == []


def test_the_small_code_of_the_new_label_says_that_all_is_well() -> None:
    at = floor()
    assert at.scan(at.new.draft.label_serial) == [LabelKnown(at.new)]


def test_the_serial_of_the_old_label_is_an_alarm_and_written_down_with_station_and_name() -> None:
    at = floor()
    at.scan(at.old.draft.label_serial)
    assert at.alarms == [(at.old.id, at.new.id, True)]
    assert isinstance(at.refusal, LabelVoided)
    assert at.notes(at.old) == ["scanned at bench-1 although it is voided"]
    assert at.desk.ledger.history(at.old.id)[-1].who == "Li Wei"


def test_an_alarm_is_told_even_where_it_cannot_be_written_down() -> None:
    at = floor()
    at.desk.ledger.failing = DiskFull("ledger")
    at.scan(at.old.draft.label_serial)
    assert at.alarms == [(at.old.id, at.new.id, True)]
    assert isinstance(at.refusal, DiskFull)


def test_where_a_device_has_no_label_any_more_the_large_code_is_the_old_ones_for_certain() -> None:
    at = floor()
    at.desk.ledger.move(at.new, JobState.VOIDED, who="QA")
    at.scan(QR)
    assert at.alarms == [(at.new.id, 0, True)]
    assert isinstance(at.refusal, LabelVoided)


def test_where_a_replacement_was_never_printed_the_large_code_is_the_old_ones_for_certain() -> None:
    desk = CorrectionBench()
    old = desk.labelled()
    desk.printer.reports.append(PrintReport(PrintOutcome.REFUSED, 0, CoverOpen("fake printer")))
    with pytest.raises(Failure):
        desk.reprint(old)
    at = Floor(desk, old, old, [])
    at.scan(QR)
    assert at.alarms == [(old.id, 0, True)]


def test_a_label_that_waits_to_be_sent_is_nowhere_to_be_scanned() -> None:
    at = floor()
    draft = at.new.draft
    at.desk.ledger.move(at.new, JobState.VOIDED, who="QA")
    waiting = provisional(at, draft.revision + 1)
    at.scan(QR)
    assert at.alarms == [(at.new.id, 0, True)]
    assert at.stands(waiting) is JobState.INTENDED


def provisional(at: Floor, revision: int) -> PrintJob:
    serial = at.desk.ledger.next_label_serial()
    draft = replace(at.new.draft, label_serial=serial, revision=revision, replaces=at.new.draft.label_serial)
    image = at.desk.ledger.image(at.new.id)
    assert image is not None
    return at.desk.ledger.open(draft, image)


@pytest.mark.parametrize("small_first", [True, False])
def test_an_open_replacement_is_verified_at_a_free_line_by_both_codes(small_first: bool) -> None:
    at = floor(verified=False)
    codes = [at.new.draft.label_serial, QR]
    first, second = codes if small_first else codes[::-1]
    at.scan(first)
    assert isinstance(at.refusal, LargeCodeNext if small_first else SmallCodeNext)
    assert at.stands(at.new) is JobState.SENT
    assert [type(told) for told in at.scan(second)] == [JobChanged, LabelKnown]
    assert at.stands(at.new) is JobState.VERIFIED


def test_one_code_scanned_twice_is_not_both() -> None:
    at = floor(verified=False)
    for text in (QR, QR, at.old.draft.label_serial, QR):
        at.scan(text)
    assert at.stands(at.new) is JobState.SENT


def test_a_replacement_without_room_for_a_small_code_is_verified_by_its_large_one_and_the_record_says_so() -> None:
    at = floor(verified=False, small_codes=False)
    at.scan(QR)
    assert at.stands(at.new) is JobState.VERIFIED
    assert at.desk.ledger.history(at.new.id)[-1].evidence == "scanned back; a voided label says the same"


def test_the_typed_serial_of_a_first_label_proves_nothing() -> None:
    desk = CorrectionBench()
    first = desk.labelled(state=JobState.SENT)
    at = Floor(desk, first, first, [])
    assert at.scan("L-000001") == [LabelKnown(first)]
    assert at.stands(first) is JobState.SENT


@pytest.mark.parametrize("text", ["L-999999", "F7-000001", "SN-1234567"])
def test_a_serial_that_no_label_has_is_not_understood(text: str) -> None:
    at = floor()
    at.scan(text)
    assert isinstance(at.refusal, ScanNotUnderstood)
    assert at.alarms == []


# while a label is awaited


@pytest.mark.parametrize("small_first", [True, False])
def test_an_awaited_replacement_needs_both_of_its_codes(small_first: bool) -> None:
    at = floor(verified=False)
    codes = [at.new.draft.label_serial, QR]
    first, second = codes if small_first else codes[::-1]
    with pytest.raises(LargeCodeNext if small_first else SmallCodeNext):
        at.scan_for(at.new, first)
    assert at.scan_for(at.new, second).state is JobState.VERIFIED


def test_the_old_labels_codes_do_not_verify_the_new_one() -> None:
    at = floor(verified=False)
    with pytest.raises(SmallCodeNext):
        at.scan_for(at.new, QR)
    with pytest.raises(LabelVoided):
        at.scan_for(at.new, at.old.draft.label_serial)
    assert at.alarms == [(at.old.id, at.new.id, True)]
    assert at.stands(at.new) is JobState.SENT
    assert at.notes(at.new)[-1] == "voided label scanned: L-000001"


def test_the_serial_of_an_awaited_first_label_is_not_its_code() -> None:
    at = floor()
    expected = awaited(at)
    with pytest.raises(LargeCodeNext):
        at.scan_for(expected, expected.draft.label_serial)
    assert at.stands(expected) is JobState.SENT


def test_an_old_label_is_a_wrong_label_and_an_alarm_while_another_units_label_is_awaited() -> None:
    at = floor()
    expected = awaited(at)
    with pytest.raises(WrongLabel):
        at.scan_for(expected, QR)
    assert at.alarms == [(at.old.id, at.new.id, False)]
    with pytest.raises(LabelVoided):
        at.scan_for(expected, at.old.draft.label_serial)
    assert at.alarms == [(at.old.id, at.new.id, True)]
    with pytest.raises(WrongLabel):
        at.scan_for(expected, at.new.draft.label_serial)
    assert at.alarms == []
    assert at.stands(expected) is JobState.SENT
    assert at.notes(expected) == [
        f"wrong label scanned: {MAC.readable}",
        "voided label scanned: L-000001",
        f"wrong label scanned: {MAC.readable}",
    ]


def test_a_label_that_is_voided_for_certain_stops_a_line_that_awaits_another() -> None:
    at = floor()
    at.desk.ledger.move(at.new, JobState.VOIDED, who="QA")
    expected = awaited(at)
    with pytest.raises(LabelVoided):
        at.scan_for(expected, QR)
    assert at.alarms == [(at.new.id, 0, True)]


@pytest.mark.parametrize("small_first", [True, False])
def test_at_start_up_a_replacement_that_is_still_open_needs_both_codes_too(small_first: bool) -> None:
    at = floor(verified=False)
    expected = awaited(at)
    codes = [at.new.draft.label_serial, QR]
    first, second = codes if small_first else codes[::-1]
    with pytest.raises(LargeCodeNext if small_first else SmallCodeNext):
        at.scan_for(expected, first, any_open=True)
    found = at.scan_for(expected, second, any_open=True)
    assert (found.id, found.state, at.stands(expected)) == (at.new.id, JobState.VERIFIED, JobState.SENT)


def test_a_serial_that_no_label_has_verifies_nothing() -> None:
    at = floor(verified=False)
    with pytest.raises(ScanNotUnderstood):
        at.scan_for(at.new, "L-999999")


# at the desk


def at_desk(at: Floor, text: str) -> DeskScan:
    at.desk.told.clear()
    return at.desk.desk.scanned(text)


def test_the_desk_tells_old_from_new() -> None:
    at = floor()
    assert at_desk(at, at.new.draft.label_serial) == DeskScan(at.new)
    unsure = at_desk(at, QR)
    assert (unsure.job, unsure.alarm) == (at.new, OldLabelScanned(at.old, at.new, certain=False))
    sure = at_desk(at, at.old.draft.label_serial)
    assert (sure.job.id, sure.alarm) == (at.old.id, OldLabelScanned(at.old, at.new, certain=True))
    assert [told for told in at.desk.told if isinstance(told, OldLabelScanned)] == [sure.alarm]
    assert at.notes(at.old) == ["scanned at bench-1 although it is voided"]


def test_the_desk_finds_a_unit_by_its_device() -> None:
    at = floor()
    assert at_desk(at, str(MAC)) == DeskScan(at.new)
    assert at_desk(at, MAC.readable) == DeskScan(at.new)
    with pytest.raises(NothingRecorded):
        at_desk(at, str(OTHER_MAC))
    with pytest.raises(NothingRecorded):
        at_desk(at, "L-999999")
    with pytest.raises(ScanNotUnderstood):
        at_desk(at, "www.hi-flying.com")


def test_the_desk_names_the_label_behind_one_that_was_never_printed() -> None:
    at = floor()
    at.desk.printer.reports.append(PrintReport(PrintOutcome.REFUSED, 0, CoverOpen("fake printer")))
    with pytest.raises(Failure):
        at.desk.reprint(at.new, ReprintReason.LOST)
    assert at_desk(at, str(MAC)).job.id == at.new.id
    assert at_desk(at, QR).alarm == OldLabelScanned(at.desk.ledger.job(at.new.id), None, certain=True)


def test_an_open_replacement_is_found_at_the_desk_by_both_codes() -> None:
    at = floor(verified=False)
    with pytest.raises(SmallCodeNext):
        at_desk(at, QR)
    assert at_desk(at, at.new.draft.label_serial).verified


def test_a_label_serial_is_taken_whatever_codes_a_scanner_is_set_to() -> None:
    at = floor(verified=False)
    at.desk.bench = replace(at.desk.bench, scan_rules=replace(PLAIN, symbologies=frozenset("Q")))
    at.scan(f"]Q1{QR}")
    at.scan(f"]d1{at.new.draft.label_serial}")
    assert at.stands(at.new) is JobState.VERIFIED
