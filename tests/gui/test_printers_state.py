"""What the printers page shows follows from what happened and what was pressed, and from nothing else."""

from dataclasses import replace
from typing import get_args

import pytest

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.print_queue_failures import QueueWaits
from gizqr_station.domain.printer import FoundPrinter, PrinterStatus
from gizqr_station.domain.printer_failures import MediaOut
from gizqr_station.domain.printer_setup_failures import LanguageUnanswered, MediaDiffers, PrinterNameTaken
from gizqr_station.gui.printer_draft import Field
from gizqr_station.gui.printers_state import (
    Pane,
    PrintersState,
    adding,
    after,
    asking,
    chose,
    editing,
    left,
    saving,
)
from gizqr_station.workflows.happenings import (
    AtSlot,
    DeskDone,
    DeskWork,
    DeviceRead,
    DeviceSeen,
    FaultSeen,
    Happening,
    HealthSeen,
    LineStopped,
    Part,
    PrinterFound,
    PrinterLooked,
    PrintersKnown,
    QueueSeen,
    ScanRefused,
    SearchEnded,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from tests.fake_bench import MAC, NOW, reading_of
from tests.gui.every_happening import EVERY_HAPPENING
from tests.gui.samples import CLONE, JOB, OFFICE, PRINTERS, ZEBRA, waiting

READY = PrinterLooked("zebra", PrinterStatus(told=True))
FOUND = FoundPrinter(CLONE.address, "A clone")
KNOWN = PrintersKnown(PRINTERS, "zebra")
WAITS = QueueWaits("zebra", 2)


def run(*happenings: Happening, start: PrintersState | None = None) -> PrintersState:
    state = start or PrintersState()
    for happening in happenings:
        state = after(state, happening)
    return state


OPENED = run(KNOWN)


def test_every_kind_of_happening_is_walked() -> None:
    assert {type(happening) for happening in EVERY_HAPPENING} == set(get_args(Happening))


@pytest.mark.parametrize("first", EVERY_HAPPENING, ids=lambda each: type(each).__name__)
def test_whatever_happens_in_whatever_order_nothing_is_lost_that_somebody_types(first: Happening) -> None:
    for second in EVERY_HAPPENING:
        for start in (PrintersState(), OPENED, adding(OPENED), editing(OPENED, ZEBRA, "zebra")):
            state = run(first, second, start=start)
            assert (state.pane, state.editing) == (start.pane, start.editing)


def test_until_the_printers_are_known_the_page_is_opening() -> None:
    assert not PrintersState().opened
    assert (OPENED.opened, OPENED.chosen, OPENED.printer) == (True, "zebra", ZEBRA)


def test_a_station_that_does_not_open_is_said_to_have_ended() -> None:
    state = run(UnitRefused(ProgramFault("x"), None), LineStopped())
    assert (state.opened, state.ended) == (False, True)


def test_the_lines_printer_is_looked_at_first_and_another_one_when_it_goes() -> None:
    state = chose(run(PrintersKnown(PRINTERS, "clone")), "office")
    assert run(PrintersKnown((ZEBRA, CLONE), "clone"), start=state).chosen == "clone"
    assert run(PrintersKnown((), ""), start=state).chosen == ""


def test_what_was_seen_is_forgotten_when_the_settings_change() -> None:
    state = run(KNOWN, READY)
    assert run(KNOWN, start=state).looked == {"zebra": READY}
    changed = replace(ZEBRA, dpi=300)
    assert run(PrintersKnown((changed, CLONE), "zebra"), start=state).looked == {}


def test_a_printer_that_is_found_twice_is_one() -> None:
    better = replace(FOUND, says="A clone, model 2")
    other = replace(FOUND, address=OFFICE.address)
    state = run(PrinterFound(FOUND), PrinterFound(other), PrinterFound(better), start=adding(OPENED))
    assert state.found == (better, other), "by kind, then name: not by who came last"
    assert state.searching
    assert not run(SearchEnded(), start=state).searching


def test_a_new_search_begins_with_nothing() -> None:
    state = run(PrinterFound(FOUND), SearchEnded(), start=adding(OPENED))
    assert adding(state).found == ()


def test_saving_leads_back_to_the_printer_under_its_new_name() -> None:
    renamed = replace(ZEBRA, name="zebra 2")
    state = saving(editing(OPENED, ZEBRA, "zebra"), renamed)
    assert state.editing is not None
    assert state.editing.saving
    state = run(PrintersKnown((renamed, CLONE), "zebra 2"), DeskDone(DeskWork.SAVE, "zebra 2"), start=state)
    assert (state.pane, state.editing, state.chosen, state.asked) == (Pane.LOOK, None, "zebra 2", frozenset())


def test_saving_that_fails_stays_with_the_fields_and_says_why() -> None:
    taken = PrinterNameTaken("clone")
    mine = replace(ZEBRA, name="clone")
    state = run(DeskDone(DeskWork.SAVE, "clone", taken), start=saving(editing(OPENED, ZEBRA, "zebra"), mine))
    assert (state.pane, state.asked) == (Pane.EDIT, frozenset())
    assert state.editing is not None
    assert (state.editing.config, state.editing.saving, state.editing.because) == (mine, False, taken)
    assert state.editing.marked is Field.NAME


@pytest.mark.parametrize(
    ("failure", "field"),
    [(LanguageUnanswered("zebra", "ZPL"), Field.LANGUAGE), (MediaDiffers("zebra", "40", "50"), Field.WIDTH)],
)
def test_the_first_wrong_choice_is_explained_where_it_is_changed(failure: LanguageUnanswered, field: Field) -> None:
    state = run(KNOWN, PrinterLooked("zebra", PrinterStatus(failure)))
    opened = editing(state, ZEBRA, "zebra").editing
    assert opened is not None
    assert (opened.because, opened.marked) == (failure, field)


def test_what_no_setting_can_mend_is_not_said_beside_the_fields() -> None:
    state = run(KNOWN, PrinterLooked("zebra", PrinterStatus(MediaOut("zebra"))))
    opened = editing(state, ZEBRA, "zebra").editing
    assert opened is not None
    assert opened.because is None


def test_discarding_a_new_printer_leads_back_to_what_was_found() -> None:
    state = run(PrinterFound(FOUND), start=adding(OPENED))
    back = left(editing(state, CLONE, ""))
    assert (back.pane, back.found) == (Pane.ADD, (FOUND,))
    assert left(back).pane is Pane.LOOK
    assert left(editing(OPENED, ZEBRA, "zebra")).pane is Pane.LOOK


@pytest.mark.parametrize("work", [DeskWork.TEST_LABEL, DeskWork.CALIBRATE, DeskWork.NEW_ROLL])
def test_an_answer_ends_the_work_of_its_own_printer_alone(work: DeskWork) -> None:
    state = asking(asking(OPENED, work, "zebra"), work, "clone")
    state = run(DeskDone(work, "zebra"), start=state)
    assert (state.is_asked(work, "zebra"), state.is_asked(work, "clone"), state.is_asked(work)) == (False, True, True)
    assert state.done == DeskDone(work, "zebra")


def test_an_old_answer_is_gone_when_something_new_is_asked_or_another_printer_is_chosen() -> None:
    done = run(DeskDone(DeskWork.TEST_LABEL, "zebra", None, PrintOutcome.ACCEPTED), start=OPENED)
    assert done.done is not None
    assert asking(done, DeskWork.CALIBRATE, "zebra").done is None
    assert chose(done, "clone").done is None


def test_an_answer_about_the_queue_is_told_at_the_queue() -> None:
    state = run(DeskDone(DeskWork.QUEUE, "zebra", WAITS), start=asking(OPENED, DeskWork.QUEUE, ""))
    assert (state.is_asked(DeskWork.QUEUE), state.queue_done, state.done) == (
        False,
        DeskDone(DeskWork.QUEUE, "zebra", WAITS),
        None,
    )


def test_labels_from_before_are_said_to_be_from_before_until_the_last_one_is_settled() -> None:
    held, free = waiting(1, reason="station restarted"), waiting(2)
    state = run(KNOWN, HealthSeen(Part.PRINTER, None, "zebra", NOW, WAITS), QueueSeen((held, free)))
    assert (state.held, state.from_before) == (1, True)
    state = run(QueueSeen((free,)), QueueSeen((held,)), start=state)
    assert (state.held, state.from_before) == (1, False)


@pytest.mark.parametrize(
    "telling",
    [
        UnitRefused(WAITS, None),
        ScanRefused(WAITS),
        FaultSeen(WAITS),
        HealthSeen(Part.PRINTER, WAITS, "", NOW),
        PrinterLooked("zebra", PrinterStatus(warning=WAITS)),
    ],
    ids=lambda each: type(each).__name__,
)
def test_whoever_tells_that_labels_wait_is_heard(telling: Happening) -> None:
    assert run(telling).from_before


def test_a_label_goes_only_to_a_printer_of_its_own_resolution_and_not_to_its_own() -> None:
    assert OPENED.suitable_for(waiting(1, "zebra")) == ("clone",)
    assert OPENED.suitable_for(waiting(1, "office", dpi=300)) == ()
    assert OPENED.suitable_for(waiting(1, "gone")) == ("zebra", "clone")


@pytest.mark.parametrize(
    ("happening", "under_way"),
    [(DeviceSeen(), True), (DeviceRead(reading_of(MAC)), True), (WaitingForDevice(), False), (UnitDone(JOB), False)],
)
def test_a_unit_is_on_its_way_from_its_device_to_its_end(happening: Happening, *, under_way: bool) -> None:
    assert (
        run(happening, start=replace(OPENED, under_way=frozenset() if under_way else frozenset({0}))).unit_under_way
        is under_way
    )


def test_a_unit_is_on_its_way_while_any_slot_has_one() -> None:
    state = run(AtSlot(1, DeviceSeen()), AtSlot(2, DeviceSeen()), AtSlot(1, UnitDone(JOB)), start=OPENED)
    assert state.unit_under_way
    assert not run(AtSlot(2, WaitingForDevice()), start=state).unit_under_way
