"""What the lists page shows follows from what happened and what was pressed."""

from dataclasses import replace

import pytest

from gizqr_station.domain.batch import Batch, BatchState, ItemState
from gizqr_station.domain.identity_failures import WrongLength
from gizqr_station.domain.identity_list import CheckedList, ListLine, Verdict
from gizqr_station.domain.list_failures import BatchUnderWay, ColumnUnclear
from gizqr_station.domain.printer_failures import MediaOut
from gizqr_station.domain.worst_first import worst_first
from gizqr_station.gui.lists_state import (
    ListsState,
    Pane,
    after,
    asking,
    back_to_list,
    checking,
    chose_batch,
    chose_none,
    pausing,
    showing_only,
)
from gizqr_station.workflows.batch_happenings import (
    BatchesSeen,
    BatchRefused,
    BatchSeen,
    ListChecked,
    ListChecking,
    ListFolderSeen,
)
from gizqr_station.workflows.happenings import Happening, LineStopped, PrintersKnown
from tests.fake_bench import MAC, NOW
from tests.gui.every_happening import EVERY_HAPPENING
from tests.gui.samples import PRINTERS

CHECKED = CheckedList(
    "plug.csv",
    (
        ListLine(1, "00911f500047", Verdict.GOOD, MAC),
        ListLine(2, "00911f5000", Verdict.BAD, failure=WrongLength("00911f5000", 10)),
        ListLine(3, "00911f500047", Verdict.REPEATED, MAC, first=1),
    ),
)
BATCH = Batch(
    7, "plug.csv", "key", "", "zebra", "Li Wei", NOW, BatchState.RUNNING, {ItemState.SENT: 4, ItemState.WAITING: 6}
)
EARLIER = replace(BATCH, number=4, state=BatchState.PAUSED)
PAUSED = replace(BATCH, state=BatchState.PAUSED)


def run(*happenings: Happening, start: ListsState | None = None) -> ListsState:
    state = start or ListsState()
    for happening in happenings:
        state = after(state, happening)
    return state


def answer(request: int, checked: CheckedList | None = CHECKED) -> ListChecked:
    return ListChecked(checked, None, None if checked is None else worst_first(checked), request)


OPENED = run(PrintersKnown(PRINTERS, "zebra"), BatchesSeen((EARLIER,)))
JUDGED = run(answer(1), start=checking(OPENED, "plug.csv"))


def test_nothing_may_begin_before_a_list_was_judged() -> None:
    assert [state.may_begin for state in (ListsState(), OPENED, checking(OPENED, "x"), JUDGED)] == [
        False, False, False, True,
    ]  # fmt: skip


def test_the_worst_lines_come_first_and_are_counted() -> None:
    assert [line.number for line in JUDGED.lines] == [2, 3, 1]
    assert (JUDGED.good, JUDGED.counts[Verdict.BAD], JUDGED.counts[Verdict.LABELLED]) == (1, 1, 0)


def test_one_verdict_is_shown_alone_until_it_is_pressed_again() -> None:
    bad = showing_only(JUDGED, Verdict.BAD)
    assert ([line.number for line in bad.lines], bad.only) == ([2], Verdict.BAD)
    assert showing_only(bad, Verdict.BAD).lines == JUDGED.lines
    assert showing_only(OPENED, Verdict.BAD) == OPENED


def test_the_answer_to_an_earlier_list_is_none_to_the_one_that_was_handed_over_after_it() -> None:
    second = checking(checking(OPENED, "a.csv"), "b.csv")
    assert run(answer(1), start=second) == second
    assert run(ListChecked(None, ColumnUnclear("a.csv", "a, b"), request=1), start=second) == second
    assert run(answer(2), start=second).pane is Pane.VERDICT


def test_a_list_that_was_given_up_does_not_come_back() -> None:
    given_up = chose_none(checking(OPENED, "plug.csv"))
    assert run(answer(1), ListChecking("plug.csv", 10), start=given_up) == given_up


def test_how_far_it_is_is_shown_while_a_list_is_looked_through() -> None:
    state = run(ListChecking("plug.csv", 2000), start=checking(OPENED, "/a/plug.csv"))
    assert (state.name, state.done) == ("plug.csv", 2000)


def test_a_list_that_cannot_be_used_leads_back_to_the_choice_and_says_why() -> None:
    why = ColumnUnclear("plug.csv", "a, b")
    state = run(ListChecked(None, why, request=1), start=checking(OPENED, "plug.csv"))
    assert (state.pane, state.failure) == (Pane.CHOOSE, why)
    assert checking(state, "other.csv").failure is None


def test_whoever_named_a_folder_chooses_from_it() -> None:
    folder = ListFolderSeen("/lists", ())
    state = run(folder, answer(1, None), start=checking(OPENED, "/lists"))
    assert (state.pane, state.folder, state.failure) == (Pane.CHOOSE, folder, None)


def test_the_batch_that_was_begun_is_looked_at_and_its_list_is_forgotten() -> None:
    state = run(BatchSeen(BATCH), start=asking(JUDGED))
    assert (state.pane, state.chosen, state.asked, state.list_waits) == (Pane.BATCH, 7, False, False)


def test_a_batch_that_paused_before_it_was_seen_to_run_is_looked_at_too() -> None:
    state = run(BatchSeen(PAUSED, MediaOut("zebra")), start=asking(JUDGED))
    assert (state.pane, state.chosen, state.asked) == (Pane.BATCH, 7, False)
    assert isinstance(state.paused_by[7], MediaOut)


def test_a_running_batch_does_not_call_anybody_away_from_another_list() -> None:
    state = run(BatchSeen(BATCH), start=JUDGED)
    assert (state.pane, state.running, state.may_begin) == (Pane.VERDICT, BATCH, False)


def test_a_list_that_waits_for_its_yes_is_still_there_after_a_look_at_a_batch() -> None:
    looked = chose_batch(JUDGED, 4)
    assert (looked.list_waits, looked.may_begin) == (True, False)
    assert back_to_list(looked) == JUDGED
    gone_on = run(BatchSeen(replace(EARLIER, state=BatchState.RUNNING)), start=asking(looked))
    assert (gone_on.list_waits, gone_on.asked) == (True, False)


def test_what_is_refused_is_said_where_it_was_asked_and_may_be_asked_again() -> None:
    state = run(BatchRefused(BatchUnderWay(4)), start=asking(JUDGED))
    assert (state.pane, state.asked, state.may_begin) == (Pane.VERDICT, False, True)
    assert isinstance(state.failure, BatchUnderWay)


def test_nothing_is_asked_twice() -> None:
    assert not asking(JUDGED).may_begin


def test_why_a_batch_paused_is_kept_until_it_goes_on() -> None:
    why = MediaOut("zebra")
    paused = run(BatchSeen(PAUSED, why), start=OPENED)
    assert paused.paused_by == {7: why}
    assert run(BatchesSeen((PAUSED, EARLIER)), start=paused).paused_by == {7: why}
    assert run(BatchSeen(BATCH), start=paused).paused_by == {}


def test_the_pace_counts_only_while_it_prints() -> None:
    state = run(BatchSeen(BATCH, None, 3.0), start=OPENED)
    assert state.minutes_left == 2.0
    assert run(BatchSeen(PAUSED), start=state).minutes_left is None
    assert run(BatchSeen(BATCH), start=OPENED).minutes_left is None


def test_a_batch_pauses_once() -> None:
    state = pausing(run(BatchSeen(BATCH), start=OPENED))
    assert run(BatchSeen(BATCH), start=state).pausing
    assert not run(BatchSeen(PAUSED), start=state).pausing


def test_batches_stand_newest_first() -> None:
    state = run(BatchSeen(BATCH), start=OPENED)
    assert [batch.number for batch in state.batches] == [7, 4]


def test_a_chosen_printer_stays_chosen_until_it_is_gone() -> None:
    chosen = replace(JUDGED, printer="clone")
    assert run(PrintersKnown(PRINTERS, "zebra"), start=chosen).printer == "clone"
    assert run(PrintersKnown(PRINTERS[:1], "zebra"), start=chosen).printer == "zebra"


def test_without_a_printer_nothing_may_begin() -> None:
    assert not run(PrintersKnown((), ""), start=JUDGED).may_begin


def test_a_station_that_did_not_open_is_said() -> None:
    assert run(LineStopped()).ended


@pytest.mark.parametrize("happening", EVERY_HAPPENING, ids=lambda each: type(each).__name__)
def test_no_happening_breaks_the_page_wherever_it_is(happening: Happening) -> None:
    for state in (ListsState(), OPENED, checking(OPENED, "x"), JUDGED, asking(JUDGED), chose_batch(OPENED, 4)):
        assert isinstance(after(state, happening), ListsState)
