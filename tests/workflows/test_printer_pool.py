"""One printer and one lane for each device, made anew between labels, and a line that may change its printer."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Tuning
from gizqr_station.domain.printer_setup_failures import LanguageUnsuited, PrinterLibraryMissing, PrinterUnknown
from gizqr_station.domain.settings_failures import SettingsUnreadable
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.printer_pool import PrinterPool
from tests.fake_bench import WAIT_S, FakePrinter
from tests.fake_desk import FakeDesk, FakeShelf, config_of

IMAGE = LabelImage(8, 1, 203, (b"\x00",))
UNSUITED = LanguageUnsuited("a", "zpl", "system", "pdf")


@pytest.fixture
def fakes() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def threads(fakes: FakeDesk) -> Iterator[PrinterPool]:
    pool = fakes.pool(ThreadLane)
    yield pool
    pool.close()


def test_a_printer_is_made_when_it_is_first_wanted_and_only_once(fakes: FakeDesk) -> None:
    pool = fakes.pool()
    assert (fakes.made, fakes.lanes) == ({}, [])
    for _ in range(2):
        assert pool.named("b").print_label("1", IMAGE, Stop()).outcome is PrintOutcome.ACCEPTED
    assert (list(fakes.made), fakes.lanes) == (["b"], ["printer:tcp://b:9100"])
    assert len(fakes.made["b"].printed) == 2


def test_a_name_that_is_not_set_up_is_told_with_those_that_are(fakes: FakeDesk) -> None:
    pool = fakes.pool()
    for ask in (pool.named, pool.config, lambda name: pool.submit(name, lambda _printer: None)):
        with pytest.raises(PrinterUnknown) as unknown:
            ask("c")
        assert (unknown.value.printer, unknown.value.known) == ("c", "a, b")


def test_a_printer_whose_settings_changed_is_made_anew(fakes: FakeDesk) -> None:
    pool = fakes.pool()
    assert pool.named("a").dpi == 203
    fakes.shelf.kept = (config_of("a", dpi=300), config_of("b"))
    assert pool.named("a").dpi == 203, "settings are looked at when somebody says so"
    pool.refresh()
    assert pool.named("a").dpi == 300


def test_settings_that_did_not_change_keep_the_printer_and_what_it_has_learnt(fakes: FakeDesk) -> None:
    pool = fakes.pool()
    pool.named("a")
    fakes.shelf.kept = (config_of("a"), config_of("b", tuning=Tuning(darkness=3)))
    pool.refresh()
    pool.named("a")
    pool.submit("a", lambda printer: printer.name)
    assert fakes.makes == [config_of("a")]


def test_the_old_printer_ends_its_label_before_the_new_one_begins(fakes: FakeDesk, threads: PrinterPool) -> None:
    printing, finish = threading.Event(), threading.Event()

    def wait(_job: str) -> None:
        printing.set()
        assert finish.wait(WAIT_S)

    old, new, caller = threads.named("a"), FakePrinter(name="a", dpi=300), ThreadLane("caller")
    fakes.made["a"].before = wait
    try:
        first = caller.submit(old.print_label, "1", IMAGE, Stop())
        assert printing.wait(WAIT_S)
        fakes.made["a"] = new
        fakes.shelf.kept = (config_of("a", dpi=300),)
        threads.refresh()
        looked = threads.submit("a", lambda printer: printer.dpi)
        assert not looked.done()
        finish.set()
        assert first.result(WAIT_S).outcome is PrintOutcome.ACCEPTED
        assert looked.result(WAIT_S) == 300
    finally:
        finish.set()
        caller.close()


def test_two_names_for_one_device_share_its_lane(fakes: FakeDesk) -> None:
    fakes.shelf = FakeShelf((config_of("a", "localhost"), config_of("b", "127.0.0.1"), config_of("c")), "a")
    pool = fakes.pool()
    for name in "abc":
        pool.named(name)
    assert fakes.lanes == ["printer:tcp://localhost:9100", "printer:tcp://c:9100"]


@pytest.mark.parametrize("failure", [UNSUITED, PrinterLibraryMissing("a", "Qt")], ids=["language", "library"])
def test_a_printer_that_cannot_be_made_refuses_labels_and_says_why(
    fakes: FakeDesk, failure: LanguageUnsuited | PrinterLibraryMissing
) -> None:
    fakes.cannot = {"a": failure}
    pool = fakes.pool()
    printer = pool.named("a")
    assert (printer.name, printer.dpi) == ("a", 203)
    report = printer.print_label("1", IMAGE, Stop())
    assert (report.outcome, report.bytes_sent, report.failure) == (PrintOutcome.REFUSED, 0, failure)
    assert printer.status(Stop()).failure is failure
    with pytest.raises(type(failure)):
        printer.calibrate(Stop())
    assert pool.named("b").status(Stop()).ready, "the others work all the same"


def test_the_line_prints_on_whichever_printer_is_chosen_for_it(fakes: FakeDesk) -> None:
    pool = fakes.pool()
    line = pool.line_printer
    line.print_label("1", IMAGE, Stop())
    assert (line.name, line.dpi) == ("a", 203)
    fakes.shelf.kept, fakes.shelf.line = (config_of("a"), config_of("b", dpi=300)), "b"
    pool.refresh()
    line.print_label("2", IMAGE, Stop())
    line.calibrate(Stop())
    assert (line.name, line.dpi) == ("b", 300)
    assert [job for job, _ in fakes.made["a"].printed] == ["1"]
    assert [job for job, _ in fakes.made["b"].printed] == ["2"]
    assert fakes.made["b"].calibrated == 1


def test_a_unit_can_hold_on_to_the_printer_that_its_record_names(fakes: FakeDesk) -> None:
    pool = fakes.pool()
    held = pool.line_printer.now()
    fakes.shelf.line = "b"
    pool.refresh()
    held.print_label("1", IMAGE, Stop())
    assert (held.name, len(fakes.made["a"].printed), "b" in fakes.made) == ("a", 1, False)


def test_looking_at_the_line_s_printer_finds_what_somebody_changed_in_the_file(fakes: FakeDesk) -> None:
    pool = fakes.pool()
    fakes.shelf.line = "b"
    assert pool.line_printer.status(Stop()).ready
    assert pool.line_printer.name == "b"


def test_settings_that_cannot_be_read_for_a_while_leave_the_line_its_printer(fakes: FakeDesk) -> None:
    pool = fakes.pool()
    fakes.shelf.broken = SettingsUnreadable("settings.toml", "half written")
    assert pool.line_printer.status(Stop()).ready
    assert pool.line_printer.print_label("1", IMAGE, Stop()).outcome is PrintOutcome.ACCEPTED
    with pytest.raises(SettingsUnreadable):
        pool.refresh()


def test_a_line_whose_printer_is_gone_from_the_settings_is_refused_and_not_broken(fakes: FakeDesk) -> None:
    fakes.shelf = replace(fakes.shelf, line="gone")
    line = fakes.pool().line_printer
    assert (line.name, line.dpi) == ("gone", 203)
    assert line.print_label("1", IMAGE, Stop()).outcome is PrintOutcome.REFUSED
    assert isinstance(line.status(Stop()).failure, PrinterUnknown)


def test_a_pool_that_is_closed_leaves_no_thread_behind(fakes: FakeDesk) -> None:
    pool = fakes.pool(ThreadLane)
    for name in "ab":
        assert pool.named(name).status(Stop()).ready
    pool.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("printer:")]
