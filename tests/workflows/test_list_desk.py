"""The list desk: a list is looked through, printed after one yes, paused and let go on; each request is answered."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest

from gizqr_station.domain.batch import Batch, BatchState, ItemState
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_list import ListText, RawLine, Verdict
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.ledger_failures import DiskFull
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.list_failures import BatchUnderWay, BatchUnknown, LabelsInDoubt, ListEmpty, ListUnreadable
from gizqr_station.domain.printer_failures import PrinterConnectionLost
from gizqr_station.domain.printer_setup_failures import PrinterUnknown
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.batch import begin_batch
from gizqr_station.workflows.batch_happenings import (
    BatchesSeen,
    BatchRefused,
    BatchSeen,
    ListChecked,
    ListChecking,
    ListFolderSeen,
)
from gizqr_station.workflows.happenings import Happening, PrintersKnown
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.list_desk import ListDesk, ListParts
from gizqr_station.workflows.list_ports import ListFile
from gizqr_station.workflows.ports import PrintReport
from tests.ear import Ear
from tests.fake_bench import NOW, WAIT_S, FakeBench
from tests.fake_desk import FakeDesk
from tests.workflows.batch_bench import mac

FILE = ListFile("/lists/plug.csv", "plug.csv", NOW, 120)


@dataclass
class FakeLists:
    """Files and folders in memory."""

    files: dict[str, ListText] = field(default_factory=dict)
    folders: dict[str, tuple[ListFile, ...]] = field(default_factory=lambda: {"/lists": (FILE,)})
    opened: threading.Event = field(default_factory=threading.Event)
    """Cleared, a file takes its time to be read."""
    faulty: bool = False

    def __post_init__(self) -> None:
        self.opened.set()

    def lines(self, path: str, stop: Stop) -> ListText:
        while not self.opened.wait(0.01):
            stop.check()
        if self.faulty:
            raise RuntimeError("a fault of the program")
        if path not in self.files:
            raise ListUnreadable(path, "No such file or directory")
        return self.files[path]

    def lines_of(self, text: str, name: str, stop: Stop) -> ListText:
        return ListText(name, tuple(RawLine(at, line) for at, line in enumerate(text.split(), start=1)))

    def is_folder(self, path: str) -> bool:
        return path in self.folders

    def lists_in(self, folder: str) -> tuple[str, tuple[ListFile, ...]]:
        folder = folder or "/lists"
        if folder not in self.folders:
            raise ListUnreadable(folder, "No such file or directory")
        return folder, self.folders[folder]


@dataclass
class ListBench:
    """A desk on fakes, with lanes of its own."""

    lists: FakeLists = field(default_factory=FakeLists)
    fakes: FakeBench = field(default_factory=FakeBench)
    printers: FakeDesk = field(default_factory=FakeDesk)
    ear: Ear = field(default_factory=Ear)

    def __post_init__(self) -> None:
        pool = self.printers.pool()
        bench = replace(self.fakes.bench(), printer=pool.line_printer)
        self.desk = ListDesk(ListParts(self.lists, self.lists, bench, pool), ThreadLane, self.ear.hear)

    def checked(self, text: str) -> ListChecked:
        self.desk.check_text(text, "clipboard")
        return self.ear.wait(ListChecked)

    def seen(self, state: BatchState) -> BatchSeen:
        return self.ear.wait(BatchSeen, lambda told: told.batch.state is state)

    def printed(self, printer: str = "a") -> list[str]:
        jobs = self.fakes.ledger.kept.jobs
        made = self.printers.made.get(printer)
        return [] if made is None else [str(jobs[int(name)].identity) for name, _ in made.printed]


@pytest.fixture
def bench() -> Iterator[ListBench]:
    made = ListBench()
    yield made
    made.desk.close()


def some(count: int) -> str:
    return " ".join(str(mac(number)) for number in range(count))


def held_up(bench: ListBench, at: int) -> tuple[threading.Event, threading.Event]:
    """The printer stops in front of this label (from 1) until it is let go on: reached, go on."""
    reached, onward = threading.Event(), threading.Event()
    labels = iter(range(1, 10_000))
    printer = bench.printers.make(bench.printers.shelf.kept[0])

    def before(_job: str) -> None:
        if next(labels) == at:
            reached.set()
            assert onward.wait(WAIT_S)

    printer.before = before  # type: ignore[attr-defined]
    return reached, onward


def test_who_looks_is_told_of_printers_and_of_earlier_batches(bench: ListBench) -> None:
    bench.desk.shown(visible=True)
    assert bench.ear.wait(PrintersKnown) == PrintersKnown(bench.printers.shelf.kept, "a")
    assert bench.ear.wait(BatchesSeen).batches == ()


def test_the_lists_of_a_folder_are_shown_or_why_they_are_not(bench: ListBench) -> None:
    bench.desk.look_in("")
    assert bench.ear.wait(ListFolderSeen) == ListFolderSeen("/lists", (FILE,))
    bench.desk.look_in("/gone")
    failed = bench.ear.wait(ListFolderSeen)
    assert (failed.folder, failed.files, type(failed.failure)) == ("/gone", (), ListUnreadable)


def test_a_folder_that_was_named_as_a_file_is_looked_into(bench: ListBench) -> None:
    bench.desk.check_file("/lists")
    assert bench.ear.wait(ListFolderSeen).files == (FILE,)
    assert bench.ear.wait(ListChecked) == ListChecked(None)


def test_every_line_of_a_list_is_judged_and_nothing_is_printed(bench: ListBench) -> None:
    checked = bench.checked(f"{mac(1)} {mac(2)} {mac(1)} 01911f500047").checked
    assert checked is not None
    assert [line.verdict for line in checked.lines] == [Verdict.GOOD, Verdict.GOOD, Verdict.REPEATED, Verdict.BAD]
    assert bench.printed() == []
    assert bench.fakes.ledger.kept.jobs == {}


def test_a_list_that_cannot_be_read_says_why(bench: ListBench) -> None:
    bench.desk.check_file("/gone.csv")
    told = bench.ear.wait(ListChecked)
    assert (told.checked, type(told.failure)) == (None, ListUnreadable)


def test_a_fault_of_the_program_is_answered_too(bench: ListBench) -> None:
    bench.lists.faulty = True
    bench.desk.check_file("/plug.csv", 3)
    told = bench.ear.wait(ListChecked)
    assert (type(told.failure), told.request) == (ProgramFault, 3)


def test_after_one_yes_the_good_ones_are_printed_once_and_in_order(bench: ListBench) -> None:
    bench.checked(f"{some(25)} {mac(3)} zzz")
    bench.desk.begin("a")
    done = bench.seen(BatchState.DONE)
    assert bench.printed() == some(25).split()
    assert (done.batch.name, done.batch.counts[ItemState.SENT], done.failure) == ("clipboard", 25, None)


def test_without_a_yes_nothing_is_printed_and_a_yes_counts_once(bench: ListBench) -> None:
    bench.desk.begin("a")
    assert isinstance(bench.ear.wait(BatchRefused).failure, ListEmpty)
    bench.checked(some(2))
    bench.desk.begin("a")
    bench.seen(BatchState.DONE)
    bench.ear.wait(BatchesSeen, lambda told: told.batches[0].state is BatchState.DONE)
    bench.desk.begin("a")
    assert isinstance(bench.ear.wait(BatchRefused).failure, (ListEmpty, BatchUnderWay))
    assert bench.printed() == some(2).split()


def test_a_list_that_was_given_up_cannot_be_said_yes_to(bench: ListBench) -> None:
    bench.checked(some(2))
    bench.desk.stop_checking()
    bench.desk.begin("a")
    assert isinstance(bench.ear.wait(BatchRefused).failure, ListEmpty)
    assert bench.printed() == []


def test_a_list_that_is_given_up_in_the_last_moment_cannot_be_said_yes_to(bench: ListBench) -> None:
    hear = bench.ear.hear

    def gives_up(happening: Happening) -> None:
        if isinstance(happening, ListChecking):
            bench.desk.stop_checking()
        hear(happening)

    bench.desk = ListDesk(bench.desk._parts, ThreadLane, gives_up)
    bench.desk.check_text(some(2), "clipboard")
    bench.ear.wait(ListChecking)
    bench.desk.look_in("")
    bench.ear.wait(ListFolderSeen)
    bench.desk.begin("a")
    assert isinstance(bench.ear.wait(BatchRefused).failure, ListEmpty)
    assert bench.printed() == []


def test_a_list_gives_way_to_the_one_that_was_handed_over_after_it(bench: ListBench) -> None:
    bench.lists.files["/slow.csv"] = ListText("slow.csv", (RawLine(1, str(mac(7))),))
    bench.lists.opened.clear()
    bench.desk.check_file("/slow.csv")
    told = bench.checked(some(2))
    assert told.checked is not None
    assert told.checked.name == "clipboard"
    bench.desk.begin("a")
    bench.seen(BatchState.DONE)
    assert bench.printed() == some(2).split()


def test_the_printer_that_was_chosen_prints(bench: ListBench) -> None:
    bench.checked(some(3))
    bench.desk.begin("b")
    assert bench.seen(BatchState.DONE).batch.printer == "b"
    assert (bench.printed("a"), bench.printed("b")) == ([], some(3).split())


def test_a_printer_that_is_not_set_up_any_more_is_refused(bench: ListBench) -> None:
    bench.checked(some(1))
    bench.desk.begin("sold")
    assert isinstance(bench.ear.wait(BatchRefused).failure, PrinterUnknown)
    assert bench.fakes.ledger.batches() == []


def test_what_was_not_begun_waits_for_another_yes(bench: ListBench) -> None:
    bench.checked(some(2))
    bench.desk.begin("sold")
    bench.ear.wait(BatchRefused)
    bench.ear.wait(BatchesSeen)
    bench.desk.begin("a")
    bench.seen(BatchState.DONE)
    assert bench.printed() == some(2).split()


def test_a_yes_counts_only_for_the_list_that_it_was_said_to(bench: ListBench) -> None:
    bench.desk.check_text(some(2), "first", 1)
    bench.ear.wait(ListChecked)
    bench.desk.check_text(str(mac(9)), "second", 2)
    assert bench.ear.wait(ListChecked).request == 2
    bench.desk.begin("a", 1)
    assert isinstance(bench.ear.wait(BatchRefused).failure, ListEmpty)
    assert bench.printed() == []


def test_another_batch_is_cancelled_while_one_prints(bench: ListBench) -> None:
    reached, onward = held_up(bench, at=1)
    other = begin_batch(bench.fakes.bench(), "other", [mac(50)]).number
    bench.checked(some(2))
    bench.desk.begin("a")
    assert reached.wait(WAIT_S)
    bench.desk.cancel(other)
    assert bench.seen(BatchState.CANCELLED).batch.number == other
    onward.set()
    bench.seen(BatchState.DONE)
    assert bench.printed() == some(2).split()


def test_the_worst_lines_are_told_first_with_their_counts(bench: ListBench) -> None:
    seen = bench.checked(f"{mac(1)} zzz").worst_first
    assert seen is not None
    assert ([line.text for line in seen.lines], seen.counts[Verdict.GOOD]) == (["zzz", str(mac(1))], 1)


def test_a_paused_batch_goes_on_where_it_stopped(bench: ListBench) -> None:
    reached, onward = held_up(bench, at=4)
    bench.checked(some(10))
    bench.desk.begin("a")
    assert reached.wait(WAIT_S)
    bench.desk.pause()
    onward.set()
    paused = bench.seen(BatchState.PAUSED)
    assert bench.printed() == some(4).split()
    assert paused.batch.left == 6
    bench.ear.wait(BatchesSeen, lambda told: told.batches[0].state is BatchState.PAUSED)
    bench.desk.go_on(paused.batch.number)
    bench.seen(BatchState.DONE)
    assert bench.printed() == some(10).split()


def test_one_batch_prints_at_a_time_and_the_list_that_waits_is_not_forgotten(bench: ListBench) -> None:
    reached, onward = held_up(bench, at=1)
    bench.checked(some(2))
    bench.desk.begin("a")
    assert reached.wait(WAIT_S)
    bench.checked(str(mac(99)))
    bench.desk.begin("a")
    assert isinstance(bench.ear.wait(BatchRefused).failure, BatchUnderWay)
    bench.desk.cancel(1)
    assert isinstance(bench.ear.wait(BatchRefused).failure, BatchUnderWay)
    onward.set()
    bench.seen(BatchState.DONE)
    bench.ear.wait(BatchesSeen, lambda told: told.batches[0].state is BatchState.DONE)
    bench.desk.begin("a")
    bench.seen(BatchState.DONE)
    assert bench.printed() == [*some(2).split(), str(mac(99))]


def test_a_cancelled_batch_prints_nothing_more(bench: ListBench) -> None:
    reached, onward = held_up(bench, at=2)
    bench.checked(some(5))
    bench.desk.begin("a")
    assert reached.wait(WAIT_S)
    bench.desk.pause()
    onward.set()
    number = bench.seen(BatchState.PAUSED).batch.number
    bench.ear.wait(BatchesSeen, lambda told: told.batches[0].state is BatchState.PAUSED)
    bench.desk.cancel(number)
    bench.seen(BatchState.CANCELLED)
    bench.desk.go_on(number)
    bench.ear.wait(BatchRefused)
    assert bench.printed() == some(2).split()


def test_a_batch_that_nobody_knows_is_refused(bench: ListBench) -> None:
    bench.desk.go_on(7)
    assert isinstance(bench.ear.wait(BatchRefused).failure, BatchUnknown)
    bench.desk.cancel(7)
    assert isinstance(bench.ear.wait(BatchRefused).failure, BatchUnknown)


def test_a_label_in_doubt_pauses_and_says_whose_it_is(bench: ListBench) -> None:
    lost: Failure = PrinterConnectionLost("a", 1000, 2000)
    bench.printers.make(bench.printers.shelf.kept[0]).reports.append(  # type: ignore[attr-defined]
        PrintReport(PrintOutcome.UNKNOWN, 1000, lost)
    )
    bench.checked(some(3))
    bench.desk.begin("a")
    why = bench.seen(BatchState.PAUSED).failure
    assert isinstance(why, LabelsInDoubt)
    assert why.identity == mac(0).readable
    assert bench.printed() == [str(mac(0))]


def test_a_batch_that_still_says_it_runs_though_nothing_prints_can_go_on(bench: ListBench) -> None:
    bench.checked(some(2))
    reached, onward = held_up(bench, at=1)
    bench.desk.begin("a")
    assert reached.wait(WAIT_S)
    bench.desk.pause()
    onward.set()
    number = bench.seen(BatchState.PAUSED).batch.number
    bench.ear.wait(BatchesSeen, lambda told: told.batches[0].state is BatchState.PAUSED)
    bench.fakes.ledger.move_batch(number, BatchState.RUNNING, who="a fault")
    bench.desk.go_on(number)
    bench.seen(BatchState.DONE)
    assert bench.printed() == some(2).split()


def test_after_a_fault_of_the_program_it_is_told_as_paused_and_can_be_cancelled(bench: ListBench) -> None:
    def breaks(_job: str) -> None:
        raise RuntimeError("a fault of the program")

    bench.printers.make(bench.printers.shelf.kept[0]).before = breaks  # type: ignore[attr-defined]
    bench.checked(some(2))
    bench.desk.begin("a")
    number = bench.ear.wait(BatchesSeen, lambda told: told.batches[0].state is BatchState.PAUSED).batches[0].number
    assert isinstance(bench.ear.wait(BatchRefused).failure, ProgramFault)
    bench.desk.cancel(number)
    bench.seen(BatchState.CANCELLED)


def test_one_whose_pause_cannot_be_written_is_told_as_paused_and_can_be_cancelled_later(bench: ListBench) -> None:
    reached, onward = held_up(bench, at=1)
    bench.checked(some(2))
    bench.desk.begin("a")
    assert reached.wait(WAIT_S)
    bench.fakes.ledger.failing = DiskFull("ledger")
    onward.set()
    number = bench.seen(BatchState.PAUSED).batch.number
    told = bench.ear.wait(BatchesSeen).batches[0]
    assert (told.state, told.reason, bench.fakes.ledger.batch(number).state) == (
        BatchState.PAUSED,
        "stopped",
        BatchState.RUNNING,
    )
    bench.desk.cancel(number)
    assert isinstance(bench.ear.wait(BatchRefused).failure, DiskFull)
    bench.fakes.ledger.failing = None
    bench.desk.cancel(number)
    bench.seen(BatchState.CANCELLED)


def test_one_that_the_ledger_has_as_running_though_nothing_prints_is_paused_as_soon_as_the_run_has_ended(
    bench: ListBench,
) -> None:
    reached, onward = held_up(bench, at=1)
    bench.checked(some(2))
    bench.desk.begin("a")
    assert reached.wait(WAIT_S)
    ledger, full = bench.fakes.ledger, DiskFull("ledger")

    def end_unwritten(*_given: object, **_named: object) -> Batch:
        vars(ledger).pop("move_batch")
        raise full

    vars(ledger)["move_batch"] = end_unwritten
    onward.set()
    assert bench.seen(BatchState.PAUSED).failure is full
    bench.ear.wait(BatchesSeen)
    assert ledger.batches()[0].state is BatchState.PAUSED


def test_the_one_that_prints_is_told_as_running_whoever_looks(bench: ListBench) -> None:
    reached, onward = held_up(bench, at=1)
    bench.checked(some(2))
    bench.desk.begin("a")
    assert reached.wait(WAIT_S)
    bench.desk.shown(visible=True)
    bench.ear.wait(PrintersKnown)
    assert bench.ear.wait(BatchesSeen).batches[0].state is BatchState.RUNNING
    onward.set()
    bench.seen(BatchState.DONE)


def test_closing_pauses_what_prints_after_its_label() -> None:
    bench = ListBench()
    reached, onward = held_up(bench, at=3)
    bench.checked(some(9))
    bench.desk.begin("a")
    assert reached.wait(WAIT_S)
    closing = threading.Thread(target=_closed, args=(bench.desk.close, onward))
    closing.start()
    onward.set()
    closing.join(WAIT_S)
    assert not closing.is_alive()
    (batch,) = bench.fakes.ledger.batches()
    assert batch.state is BatchState.PAUSED
    assert 3 <= len(bench.printed()) <= 4


def _closed(close: Callable[[], None], onward: threading.Event) -> None:
    close()
    onward.set()
