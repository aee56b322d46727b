"""The records desk: the newest search is answered, corrections show the device, exports are written down first."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from gizqr_station.domain.audit import Act, ActKind, SealedEntry
from gizqr_station.domain.correction_failures import NothingToSettle
from gizqr_station.domain.corrections import ReprintReason
from gizqr_station.domain.export_failures import UnknownFileKind
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.ledger_failures import DiskFull, LedgerBusy, NothingRecorded
from gizqr_station.domain.line_failures import FileNotWritten, ProgramFault, ScanNotUnderstood
from gizqr_station.domain.people import Permission
from gizqr_station.domain.people_failures import NotAllowed
from gizqr_station.domain.records import RecordQuery
from gizqr_station.workflows.happenings import JobChanged
from gizqr_station.workflows.lanes import InlineLane, Lane, ThreadLane
from gizqr_station.workflows.record_happenings import (
    LabelAwaited,
    OldLabelScanned,
    RecordDone,
    RecordProgress,
    RecordsFound,
    RecordWork,
    UnitSeen,
)
from gizqr_station.workflows.records_desk import RecordParts, RecordsDesk
from tests.ear import Ear
from tests.fake_bench import MAC, OTHER_MAC, WAIT_S, content_of
from tests.fake_duty import FakeDuty
from tests.fake_records import FakeEvidence, FakeRecordFiles, FakeSearch
from tests.workflows.correction_bench import CorrectionBench


@dataclass
class FakeTrail:
    """Remembers acts."""

    acts: list[tuple[Act, str]] = field(default_factory=list)
    broken: DiskFull | None = None

    def act(self, act: Act, *, who: str) -> SealedEntry:
        if self.broken is not None:
            raise self.broken
        self.acts.append((act, who))
        return SealedEntry  # type: ignore[return-value]


class FakeRecordsDesk:
    """The desk with QA at it, on a bench of fakes with two verified labels."""

    def __init__(self, name: str = "Zhang Min", lanes: Callable[[str], Lane] = lambda _: InlineLane()) -> None:
        self.ear = Ear()
        self.duty = FakeDuty(name=name)
        self.at = CorrectionBench(duty=self.duty)
        self.jobs = [self.at.labelled(MAC), self.at.labelled(OTHER_MAC)]
        self.at.told.clear()
        self.search = FakeSearch(self.at.ledger)
        self.files, self.evidence, self.trail = FakeRecordFiles(), FakeEvidence(), FakeTrail()
        self.corrections = self.at.desk
        self.corrections._tell = self.ear.hear
        self.corrections._scans._tell = self.ear.hear
        parts = RecordParts(self.at.bench, self.search, self.corrections, self.files, self.evidence, self.trail)  # type: ignore[arg-type]
        self.desk = RecordsDesk(parts, lanes, self.ear.hear)

    def done(self) -> RecordDone:
        """The last answer of that kind."""
        return next(told for told in reversed(self.ear.told) if isinstance(told, RecordDone))

    def kinds(self) -> list[str]:
        return [type(told).__name__ for told in self.ear.told if not isinstance(told, JobChanged)]

    def unit(self) -> UnitSeen:
        return next(told for told in reversed(self.ear.told) if isinstance(told, UnitSeen))


@pytest.fixture
def qa() -> FakeRecordsDesk:
    return FakeRecordsDesk()


@pytest.fixture
def threaded() -> Iterator[FakeRecordsDesk]:
    """With threads, as a station has them."""
    fakes = FakeRecordsDesk(lanes=ThreadLane)
    yield fakes
    fakes.desk.close()


# searches


def test_the_page_shows_the_newest_labels_when_it_is_opened(qa: FakeRecordsDesk) -> None:
    qa.desk.shown(True)
    (found,) = qa.ear.told
    assert isinstance(found, RecordsFound)
    assert (found.query, found.more) == (RecordQuery(), False)
    assert [job.identity for job in found.page.jobs] == [OTHER_MAC, MAC]
    qa.desk.shown(False)
    assert len(qa.ear.told) == 1


def test_the_page_shows_its_last_search_when_it_is_opened_again(qa: FakeRecordsDesk) -> None:
    qa.desk.search(RecordQuery("0047"))
    qa.desk.shown(True)
    assert [told.query for told in qa.ear.told if isinstance(told, RecordsFound)] == [RecordQuery("0047")] * 2


def test_of_searches_that_wait_only_the_newest_is_looked_for(threaded: FakeRecordsDesk) -> None:
    looking, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        looking.set()
        assert go_on.wait(WAIT_S)

    threaded.search.before = wait
    for text in ("0", "00", "004", "0047"):
        threaded.desk.search(RecordQuery(text))
        assert looking.wait(WAIT_S)
    go_on.set()
    found = threaded.ear.wait(RecordsFound)
    assert found.query == RecordQuery("0047")
    assert [query.text for query, _ in threaded.search.searched] == ["0", "0047"]


def test_a_page_that_ends_early_goes_on_by_itself(qa: FakeRecordsDesk) -> None:
    qa.search.short_pages = 1
    qa.desk.search(RecordQuery())
    found = [told for told in qa.ear.told if isinstance(told, RecordsFound)]
    assert [(len(each.page.jobs), each.more) for each in found] == [(1, False), (1, True)]
    assert found[-1].page.after is None


def test_a_search_that_goes_on_ends_when_something_else_is_asked_for(qa: FakeRecordsDesk) -> None:
    qa.search.short_pages = 1
    asked = iter([True])

    def ask() -> None:
        if next(asked, False):
            qa.desk.search(RecordQuery("0048"))

    qa.search.before = ask
    qa.desk.search(RecordQuery())
    assert [told.query.text for told in qa.ear.told if isinstance(told, RecordsFound)] == ["0048"]


def test_the_next_page_is_told_as_more(qa: FakeRecordsDesk) -> None:
    qa.desk.search(RecordQuery())
    qa.desk.more(RecordQuery(), qa.jobs[1].id)
    found = qa.ear.told[-1]
    assert isinstance(found, RecordsFound)
    assert (found.more, [job.identity for job in found.page.jobs]) == (True, [MAC])


def test_why_nothing_can_be_found_is_told(qa: FakeRecordsDesk) -> None:
    qa.search.broken = LedgerBusy("ledger.sqlite")
    qa.desk.search(RecordQuery())
    assert qa.ear.told == [RecordDone(RecordWork.SEARCH, failure=qa.search.broken)]


def test_a_look_shows_all_that_is_known_of_the_device(qa: FakeRecordsDesk) -> None:
    qa.desk.look(qa.jobs[0].id)
    unit = qa.unit()
    assert (unit.job, unit.jobs, unit.scanned) == (qa.jobs[0], (qa.jobs[0],), False)
    assert [entry.state for entry in unit.entries] == [
        JobState.INTENDED,
        JobState.SENT,
        JobState.SENT,
        JobState.VERIFIED,
    ]
    assert unit.image == qa.at.ledger.image(qa.jobs[0].id)
    assert (unit.standing.made, unit.standing.needs_second) == (0, False)


def test_a_look_at_nothing_is_told(qa: FakeRecordsDesk) -> None:
    qa.desk.look(99)
    assert isinstance(qa.done().failure, NothingRecorded)
    assert qa.done().work is RecordWork.LOOK


# corrections


def test_a_scan_leads_to_the_device(qa: FakeRecordsDesk) -> None:
    qa.desk.scanned(content_of(MAC))
    assert (qa.unit().job, qa.unit().scanned) == (qa.jobs[0], True)


def test_a_scan_of_nothing_is_told(qa: FakeRecordsDesk) -> None:
    qa.desk.scanned("what is this?")
    assert qa.done().work is RecordWork.SCAN
    assert isinstance(qa.done().failure, ScanNotUnderstood)


def test_a_reprint_is_awaited_scanned_back_and_shown(qa: FakeRecordsDesk) -> None:
    qa.desk.reprint(qa.jobs[0].id, ReprintReason.DAMAGED)
    assert [kind for kind in qa.kinds() if kind != "LabelDrawn"] == ["LabelAwaited", "RecordDone", "UnitSeen"]
    awaited = next(told for told in qa.ear.told if isinstance(told, LabelAwaited))
    assert (awaited.replaced.id, awaited.serial_too) == (qa.jobs[0].id, True)
    assert qa.done() == RecordDone(RecordWork.REPRINT, awaited.job)
    assert [job.state for job in qa.unit().jobs] == [JobState.SENT, JobState.VOIDED]
    qa.desk.scanned(awaited.job.draft.content)
    assert qa.done().failure is not None
    qa.desk.scanned(awaited.job.draft.label_serial)
    assert (qa.done().work, qa.done().failure) == (RecordWork.VERIFY, None)
    assert qa.unit().job.state is JobState.VERIFIED
    sequences = [entry.sequence for entry in qa.unit().entries]
    assert sequences == sorted(sequences)


def test_an_old_label_is_an_alarm_and_the_device_is_shown(qa: FakeRecordsDesk) -> None:
    qa.desk.void(qa.jobs[0].id, ReprintReason.REWORK)
    assert qa.done().work is RecordWork.VOID
    qa.desk.scanned(qa.jobs[0].draft.content)
    assert qa.kinds()[-2:] == ["OldLabelScanned", "UnitSeen"]
    alarm = next(told for told in qa.ear.told if isinstance(told, OldLabelScanned))
    qa.desk.old_label_destroyed(alarm.voided.id)
    assert qa.at.ledger.history(alarm.voided.id)[-1].evidence == "old label destroyed"
    assert qa.at.ledger.history(alarm.voided.id)[-1].who == "Zhang Min"


def test_a_refused_correction_changes_nothing_and_shows_the_device_as_it_is() -> None:
    operator = FakeRecordsDesk("Li Wei")
    operator.desk.void(operator.jobs[0].id, ReprintReason.REWORK)
    assert isinstance(operator.done().failure, NotAllowed)
    assert operator.unit().jobs == (operator.jobs[0],)
    assert operator.kinds() == ["UnitSeen", "RecordDone"]


def test_an_unknown_label_is_settled(qa: FakeRecordsDesk) -> None:
    qa.desk.reprint(qa.jobs[0].id, ReprintReason.DAMAGED)
    sent = qa.unit().job
    unknown = qa.at.ledger.move(sent, JobState.UNKNOWN, who="station")
    qa.desk.no_usable_label(unknown.id)
    assert (qa.done().work, qa.done().failure) == (RecordWork.SETTLE, None)
    assert qa.unit().job.state is JobState.VOIDED
    qa.desk.no_usable_label(qa.jobs[1].id)
    assert isinstance(qa.done().failure, NothingToSettle)


def test_what_is_awaited_can_be_given_up(qa: FakeRecordsDesk) -> None:
    qa.desk.reprint(qa.jobs[0].id, ReprintReason.DAMAGED)
    qa.desk.give_up_waiting()
    assert qa.corrections.awaited is None
    qa.desk.scanned(content_of(OTHER_MAC))
    assert qa.unit().job == qa.jobs[1]


# files


def test_an_export_is_written_down_and_then_written(qa: FakeRecordsDesk) -> None:
    query = RecordQuery("0047", states=frozenset({JobState.VERIFIED}))
    qa.desk.export(query, "/out/all.XLSX")
    assert qa.files.written == {"/out/all.XLSX": [qa.jobs[0]]}
    assert qa.done() == RecordDone(RecordWork.EXPORT, file="/out/all.XLSX", rows=1)
    ((act, who),) = qa.trail.acts
    assert (act.kind, act.subject, who) == (ActKind.EXPORT, "all.XLSX", "Zhang Min")
    assert act.facts == (("records", "labels"), ("text", "0047"), ("states", "verified"))
    assert qa.duty.asked[-1] == ("Zhang Min", Permission.EXPORT, "all.XLSX")


def test_nothing_is_exported_that_cannot_be_written_down(qa: FakeRecordsDesk) -> None:
    qa.trail.broken = DiskFull("ledger.sqlite")
    qa.desk.export(RecordQuery(), "all.csv")
    assert (qa.done().failure, qa.files.written) == (qa.trail.broken, {})
    qa.desk.evidence(qa.jobs[0].id, "unit.json")
    assert (qa.done().failure, qa.evidence.written) == (qa.trail.broken, [])


def test_an_operator_exports_nothing() -> None:
    operator = FakeRecordsDesk("Li Wei")
    operator.desk.export(RecordQuery(), "all.csv")
    assert isinstance(operator.done().failure, NotAllowed)
    operator.desk.evidence(operator.jobs[0].id, "unit.json")
    assert isinstance(operator.done().failure, NotAllowed)
    assert (operator.files.written, operator.evidence.written, operator.trail.acts) == ({}, [], [])


def test_a_file_of_another_kind_is_refused(qa: FakeRecordsDesk) -> None:
    qa.desk.export(RecordQuery(), "all.pdf")
    assert isinstance(qa.done().failure, UnknownFileKind)
    assert qa.trail.acts == []


def test_why_a_file_is_not_written_is_told(qa: FakeRecordsDesk) -> None:
    qa.files.broken = FileNotWritten("all.csv", "no room")
    qa.desk.export(RecordQuery(), "all.csv")
    assert qa.done() == RecordDone(RecordWork.EXPORT, file="all.csv", failure=qa.files.broken)


def test_an_export_tells_how_far_it_is_and_can_be_stopped(threaded: FakeRecordsDesk) -> None:
    going, go_on = threading.Event(), threading.Event()

    def endless(query: RecordQuery) -> Iterator[PrintJob]:
        del query
        while True:
            yield threaded.jobs[0]
            going.set()
            assert go_on.wait(WAIT_S)

    threaded.search.all_matching = endless  # type: ignore[method-assign]
    threaded.desk.export(RecordQuery(), "all.csv")
    assert going.wait(WAIT_S)
    assert threaded.ear.wait(RecordProgress).done == 1
    threaded.desk.stop_file_work()
    go_on.set()
    assert threaded.ear.wait(RecordDone) == RecordDone(RecordWork.EXPORT, file="all.csv")
    assert threaded.files.written == {}


def test_evidence_is_asked_for_and_written(qa: FakeRecordsDesk) -> None:
    qa.desk.evidence(qa.jobs[0].id, "unit.json")
    assert qa.evidence.written == [(qa.jobs[0], "unit.json", "Zhang Min")]
    assert qa.done() == RecordDone(RecordWork.EVIDENCE, qa.jobs[0], "unit.json", 7)
    assert qa.trail.acts[0][0].facts == (("records", "evidence"), ("file", "unit.json"))


def test_a_fault_of_the_program_is_an_answer_too(qa: FakeRecordsDesk) -> None:
    def break_down() -> None:
        raise KeyError("surprise")

    qa.search.before = break_down
    qa.desk.search(RecordQuery())
    assert isinstance(qa.done().failure, ProgramFault)


def test_a_desk_that_is_closed_takes_nothing_more(threaded: FakeRecordsDesk) -> None:
    threaded.desk.close()
    threaded.desk.search(RecordQuery())
    threaded.desk.export(RecordQuery(), "all.csv")
    assert threaded.ear.told == []
    assert threaded.files.written == {}
