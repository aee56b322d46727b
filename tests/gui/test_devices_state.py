"""What the devices page shows follows from what happened and what was pressed."""

from dataclasses import replace

import pytest

from gizqr_station.domain.device_failures import PortBusy, ProfileUnreadable
from gizqr_station.domain.reader_profile import AUTO
from gizqr_station.domain.serial_ports import PortName, SerialPort
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.domain.slot import MOST_SLOTS, SlotConfig
from gizqr_station.domain.wire_text import WireBytes
from gizqr_station.gui.devices_state import (
    MOST_LINES,
    DevicesState,
    Pane,
    after,
    chose_port,
    chose_slot,
    keeping_log,
    left,
    saving,
    stopping,
    trying,
    used_for,
    with_slot,
    without_slot,
)
from gizqr_station.gui.slots_state import SlotsState
from gizqr_station.gui.station_state import Band
from gizqr_station.workflows.device_happenings import (
    PortsSeen,
    ReadersKnown,
    SlotsKept,
    SlotsKnown,
    TrialBegun,
    TrialEnded,
    WireHeard,
    WireLogKept,
)
from gizqr_station.workflows.happenings import AtSlot, DeviceSeen, Happening, LineStopped
from tests.fake_bench import MAC, NOW, reading_of
from tests.fake_device_desk import CP2102, FT232, GAGENT, SLOT
from tests.gui.every_happening import EVERY_HAPPENING

SECOND = SlotConfig(2, "", PortName.parse("hub:1-1.2"))
TWIN = SerialPort("/dev/ttyUSB2", "0001", "1-1.3", 0x10C4, 0xEA60, "CP2102")
PLAIN = SerialPort("/dev/ttyS0")


def run(*happenings: Happening, start: DevicesState | None = None) -> DevicesState:
    state = start or DevicesState(SlotsState((SLOT,)))
    for happening in happenings:
        state = after(state, happening)
    return state


OPENED = run(SlotsKnown((SLOT,), (SLOT, SECOND)), ReadersKnown((GAGENT,)), PortsSeen((FT232, CP2102, PLAIN)))


def heard(data: bytes, *, missed: int = 0) -> WireHeard:
    return WireHeard((WireBytes(NOW, sent=False, data=data),), missed)


@pytest.mark.parametrize("first", EVERY_HAPPENING, ids=lambda each: type(each).__name__)
def test_whatever_happens_in_whatever_order_no_pane_goes_from_under_somebodys_hands(first: Happening) -> None:
    for second in EVERY_HAPPENING:
        for start in (DevicesState(SlotsState((SLOT,))), OPENED, chose_slot(OPENED, 1), trying(OPENED)):
            state = run(first, second, start=start)
            assert (state.pane, state.slot, state.reader, state.baud) == (
                start.pane, start.slot, start.reader, start.baud,
            )  # fmt: skip


def test_until_the_desk_speaks_the_page_is_opening() -> None:
    state = run(LineStopped())
    assert (state.opened, state.ended) == (False, True)
    assert (OPENED.opened, OPENED.ended) == (True, False)


def test_the_slots_of_the_settings_are_shown_and_that_they_count_later() -> None:
    assert (OPENED.kept, OPENED.changed) == ((SLOT, SECOND), True)
    assert run(SlotsKnown((SLOT,))).kept == (SLOT,)
    assert not run(SlotsKnown((SLOT,), (SLOT,))).changed


def test_how_each_slot_is_follows_its_line() -> None:
    assert run(AtSlot(1, DeviceSeen()), start=OPENED).bench.unit(1).band is Band.WORKING


# ports


def test_ports_that_were_there_are_not_new_and_one_that_comes_is_until_it_is_pressed() -> None:
    assert OPENED.fresh == frozenset()
    state = run(PortsSeen((FT232, CP2102, TWIN, PLAIN)), start=OPENED)
    assert state.fresh == {"/dev/ttyUSB2"}
    assert run(PortsSeen((FT232, CP2102, TWIN, PLAIN)), start=state).fresh == {"/dev/ttyUSB2"}
    assert chose_port(state, "/dev/ttyUSB2").fresh == frozenset()
    assert run(PortsSeen((FT232,)), start=state).fresh == frozenset()


def test_the_first_port_is_chosen_and_stays_while_it_is_there() -> None:
    assert OPENED.port == FT232
    assert run(PortsSeen((FT232, TWIN)), start=OPENED).port == FT232


def test_when_the_chosen_one_goes_one_that_comes_is_chosen_and_the_same_adapter_is_known_again() -> None:
    gone = run(PortsSeen((CP2102,)), start=chose_port(OPENED, FT232.device))
    assert gone.port == CP2102
    state = replace(gone, port=FT232)
    renamed = replace(FT232, device="/dev/ttyUSB7")
    assert run(PortsSeen((CP2102, TWIN, renamed)), start=state).port == renamed
    assert run(PortsSeen((CP2102, TWIN)), start=replace(gone, port=FT232)).port == TWIN
    assert run(PortsSeen(()), start=state).port == FT232


@pytest.mark.parametrize("busy", [trying(OPENED), chose_slot(OPENED, 1)], ids=["trial", "slot open"])
def test_nobodys_port_changes_while_something_is_under_way(busy: DevicesState) -> None:
    assert run(PortsSeen((CP2102, TWIN)), start=busy).port == FT232
    assert chose_port(trying(OPENED), CP2102.device).port == FT232


def test_a_port_is_called_what_lasts() -> None:
    assert str(OPENED.name_of_port) == "usb:A50285BI"
    twins = chose_port(run(PortsSeen((CP2102, TWIN)), start=OPENED), TWIN.device)
    assert str(twins.name_of_port) == "hub:1-1.3", "its serial number is another one's too"
    plain = chose_port(OPENED, PLAIN.device)
    assert str(plain.name_of_port) == "/dev/ttyS0"


def test_a_port_belongs_to_the_slot_that_names_it() -> None:
    assert [OPENED.user_of(port) for port in (FT232, CP2102, TWIN)] == [SLOT, SECOND, None]


# trials


def test_a_trial_runs_from_press_to_end() -> None:
    state = trying(OPENED)
    assert (state.trying, state.trial is not None and state.trial.port) == (True, "usb:A50285BI")
    state = run(TrialBegun("usb:A50285BI", AUTO), heard(b"boot"), start=state)
    assert (state.heard, state.lines[0][-4:]) == (1, "boot")
    state = run(TrialEnded(reading_of(MAC), None), start=state)
    assert not state.trying
    assert state.trial is not None
    assert state.trial.reading == reading_of(MAC)


def test_a_stop_is_remembered_even_when_the_trial_begins_after_it() -> None:
    state = run(TrialBegun("x", AUTO), start=stopping(trying(OPENED)))
    assert state.trial is not None
    assert state.trial.stopping


def test_the_next_trial_begins_with_an_empty_log() -> None:
    state = run(TrialBegun("x", AUTO), heard(b"boot", missed=7), TrialEnded(None, PortBusy("x")), start=trying(OPENED))
    state = run(WireLogKept("/logs/1.txt"), start=keeping_log(state))
    assert (state.missed, state.log_asked, state.log_kept) == (7, False, WireLogKept("/logs/1.txt"))
    again = run(TrialBegun("x", AUTO), start=trying(state))
    assert (again.lines, again.heard, again.missed, again.log_kept) == ((), 0, 0, None)


def test_a_flood_keeps_the_latest_lines() -> None:
    state = trying(OPENED)
    for number in range(MOST_LINES // 10 + 1):
        state = run(heard(bytes(range(160)) + bytes([number])), start=state)
    assert (len(state.lines), state.heard > MOST_LINES) == (MOST_LINES, True)


def test_without_a_port_nothing_is_tried() -> None:
    state = run(SlotsKnown((SLOT,)), PortsSeen(()))
    assert trying(state) == state


def test_what_auto_has_found_is_what_a_slot_gets() -> None:
    found = replace(reading_of(MAC), reader="gagent")
    state = run(TrialBegun("x", AUTO), TrialEnded(found, None), start=trying(OPENED))
    assert state.reader_to_keep == "gagent"
    assert replace(state, reader="at-cgsn").reader_to_keep == "at-cgsn", "a person chose another one since"
    by_hand = run(TrialBegun("x", "gagent"), TrialEnded(found, None), start=trying(replace(OPENED, reader="gagent")))
    assert replace(by_hand, reader=AUTO).reader_to_keep == AUTO, "this trial has looked for nothing else"
    unknown = replace(found, reader="esp-rom")
    assert run(TrialEnded(unknown, None), start=trying(OPENED)).reader_to_keep == AUTO


def test_broken_profiles_are_told() -> None:
    broken = ProfileUnreadable("lamp.toml", "x")
    assert run(ReadersKnown((GAGENT,), broken)).readers_failure is broken


# slots


def test_a_port_and_reader_go_into_a_slot_and_its_other_settings_stay() -> None:
    state = replace(OPENED, port=PLAIN, reader="gagent", baud=19200)
    assert used_for(state, 2) == (SLOT, replace(SECOND, port=PortName.parse("/dev/ttyS0"), baud=19200))


@pytest.mark.parametrize("found", ["gagent", "gone"])
def test_a_rate_that_was_typed_for_auto_goes_into_no_slot(found: str) -> None:
    state = trying(replace(OPENED, port=PLAIN, reader=AUTO, baud=115200))
    state = run(TrialBegun("/dev/ttyS0", AUTO), TrialEnded(replace(reading_of(MAC), reader=found), None), start=state)
    assert (used_for(state, 2)[1].reader, used_for(state, 2)[1].baud) == (AUTO if found == "gone" else found, 0)


def test_another_slot_comes_behind_the_last() -> None:
    third = used_for(chose_port(OPENED, PLAIN.device), 3)[2]
    assert (third.number, str(third.port), third.reader) == (3, "/dev/ttyS0", AUTO)
    eight = replace(OPENED, kept=tuple(SlotConfig(number, "", None) for number in range(1, MOST_SLOTS + 1)))
    assert len(used_for(eight, 9)) == MOST_SLOTS


def test_slots_have_no_gaps_and_the_last_one_stays() -> None:
    third = SlotConfig(3, "c", None)
    rest = without_slot((SLOT, SECOND, third), 2)
    assert [(slot.number, slot.name) for slot in rest] == [(1, "jig"), (2, "c")]
    assert without_slot((SLOT,), 1) == (SLOT,)


def test_saved_slots_are_shown_and_what_was_not_saved_is_not() -> None:
    changed = with_slot(OPENED, replace(SECOND, name="QA"))
    asked = saving(OPENED)
    assert asked.saving
    saved = run(SlotsKept(changed), start=asked)
    assert (saved.saving, saved.kept) == (False, changed)
    failed = run(SlotsKept(changed, SettingInvalid("settings.toml", "slots", "x")), start=asked)
    assert (failed.saving, failed.kept) == (False, OPENED.kept)
    assert failed.saved is not None


def test_esc_leaves_the_slot_and_saves_nothing() -> None:
    state = chose_slot(OPENED, 2)
    assert (state.pane, state.open_slot) == (Pane.SLOT, SECOND)
    assert (left(state).pane, left(state).kept) == (Pane.TRY, OPENED.kept)
