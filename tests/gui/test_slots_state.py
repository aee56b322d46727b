"""Which slot the page shows follows from what happened in all of them, and from nothing else."""

import random
from dataclasses import replace
from typing import get_args

import pytest

from gizqr_station.domain.device_failures import PortDenied, PortMissing
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.line_failures import ProgramFault, ScanNotUnderstood, WrongLabel
from gizqr_station.domain.printer_failures import RollEnded
from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.slots_state import IN_HAND, SlotsState, after, calmed, pin
from gizqr_station.gui.station_state import Band
from gizqr_station.workflows.happenings import (
    AtSlot,
    DeskDone,
    DeskWork,
    DeviceRead,
    DeviceSeen,
    FaultSeen,
    Happening,
    HealthSeen,
    JobChanged,
    LabelKnown,
    LineStopped,
    Part,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    Tally,
    TurnAwaited,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from tests.fake_bench import NOW, reading_of
from tests.gui.every_happening import EVERY_HAPPENING, OF_A_UNIT
from tests.gui.samples import JOB

SLOTS = tuple(SlotConfig(number, "", PortName.parse(f"hub:1-1.{number}")) for number in range(1, 5))
FREE: list[Happening] = [AtSlot(slot.number, WaitingForDevice()) for slot in SLOTS]
UNREAD = ScanNotUnderstood("x")


def mac(slot: int) -> MacAddress:
    return MacAddress(f"00911f50000{slot}")


def job(slot: int, state: JobState = JobState.SENT) -> PrintJob:
    return replace(JOB, id=100 + slot, draft=replace(JOB.draft, identity=mac(slot)), state=state)


def at(slot: int, *happenings: Happening) -> list[Happening]:
    return [AtSlot(slot, happening) for happening in happenings]


def read(slot: int) -> list[Happening]:
    return at(slot, DeviceSeen(), DeviceRead(reading_of(mac(slot))))


def due(slot: int) -> list[Happening]:
    return [*read(slot), *at(slot, JobChanged(job(slot)), ScanBackDue(job(slot)))]


def done(slot: int) -> list[Happening]:
    verified = job(slot, JobState.VERIFIED)
    return at(slot, JobChanged(verified), UnitDone(verified))


def refused(slot: int, *, retry_s: float | None = None) -> list[Happening]:
    return [*read(slot), *at(slot, UnitRefused(ProgramFault("x"), reading_of(mac(slot)), None, retry_s))]


def run(*happenings: Happening, start: SlotsState | None = None) -> SlotsState:
    state = start or SlotsState(SLOTS)
    for happening in happenings:
        state = after(state, happening)
    return state


def test_each_slot_has_a_state_of_its_own() -> None:
    state = run(*FREE, *due(3), *read(1), *at(1, TurnAwaited(3)), *refused(4))
    assert [state.unit(slot.number).band for slot in SLOTS] == [Band.TURN, Band.WAITING, Band.SCAN_BACK, Band.REFUSED]
    assert state.unit(1).turn_of == 3


@pytest.mark.parametrize(
    ("happenings", "shown"),
    [
        ([*refused(1), *due(2)], 2),
        ([*due(2), *refused(1)], 2),
        ([*due(2), *at(2, ScanRefused(WrongLabel("a", "b"))), *refused(1)], 2),
        ([*read(3), *at(3, SettlementDue(job(3), None)), *refused(1)], 3),
        ([*read(1), *refused(2, retry_s=5.0)], 2),
        ([*refused(2, retry_s=5.0), *refused(4)], 4),
        ([*refused(2), *refused(4)], 2),
        ([*read(2), *read(3)], 2),
        ([*done(4), *read(2)], 4),
    ],
)
def test_the_slot_that_needs_hands_is_shown_and_nothing_flickers(happenings: list[Happening], shown: int) -> None:
    assert run(*FREE, *happenings).number == shown


def test_the_slot_that_needs_hands_is_named_whatever_is_shown() -> None:
    state = pin(run(*FREE, *refused(1), *due(2)), 1)
    assert (state.number, state.in_hand) == (1, 2)
    assert run(*FREE, *refused(1)).in_hand == 0


def test_a_verified_slot_is_green_before_the_next_ones_work_and_gives_way_to_it_after() -> None:
    state = run(*FREE, *due(1), *read(2), *done(1), *at(1, WaitingForDevice()))
    assert (state.number, state.fresh) == (1, 1)
    assert (calmed(state).number, calmed(state).fresh) == (2, 0)


@pytest.mark.parametrize("urgent", [due(2), refused(2)], ids=["scan it", "refused"])
def test_green_never_stands_before_what_needs_hands_or_eyes(urgent: list[Happening]) -> None:
    state = run(*FREE, *due(1), *done(1), *urgent)
    assert (state.number, state.fresh) == (2, 1)


def test_the_next_unit_in_a_slot_ends_its_green() -> None:
    assert run(*FREE, *due(1), *done(1), *at(1, WaitingForDevice()), *read(1)).fresh == 0


def test_only_one_slot_is_green_at_a_time() -> None:
    state = run(*FREE, *due(1), *done(1), *due(2), *done(2))
    assert (state.fresh, state.number) == (2, 2)


def test_of_those_that_are_done_the_latest_is_shown() -> None:
    handed_over = at(3, UnitDone(job(3)))
    state = calmed(run(*FREE, *due(1), *done(1), *read(3), *handed_over))
    assert state.number == 3


def test_a_slot_that_a_person_pressed_stays_until_hands_are_needed_elsewhere() -> None:
    state = pin(run(*FREE, *due(1)), 4)
    assert (state.number, state.pinned) == (4, True)
    state = run(*read(2), *refused(3), start=state)
    assert (state.number, state.pinned) == (4, True)
    state = run(*done(1), *due(2), start=state)
    assert (state.number, state.pinned) == (2, False)


def test_a_wrong_label_takes_the_page_from_the_slot_that_a_person_pressed() -> None:
    state = run(*at(1, ScanRefused(WrongLabel("a", "b"))), start=pin(run(*FREE, *due(1)), 4))
    assert (state.number, state.seen.band) == (1, Band.WRONG_LABEL)


def test_the_second_press_leaves_the_choice_to_the_page() -> None:
    state = pin(pin(run(*FREE, *due(1)), 4), 4)
    assert (state.number, state.pinned) == (1, False)


def test_what_is_the_same_for_all_is_seen_in_each() -> None:
    tally, printer = Tally(3, 0, 0, 0, ()), HealthSeen(Part.PRINTER, None, "zebra", NOW)
    state = run(*FREE, tally, printer, *due(3))
    assert (state.seen.tally, state.seen.health[Part.PRINTER]) == (tally, printer)
    assert state.unit(1).tally == tally


def test_a_new_roll_is_for_every_slot_that_waits_for_it() -> None:
    ended = [UnitRefused(RollEnded("zebra"), reading_of(mac(slot)), None, 5.0) for slot in (1, 2)]
    state = run(*FREE, *read(1), *at(1, ended[0]), *read(2), *at(2, ended[1]))
    assert [state.unit(slot).roll_ended for slot in (1, 2)] == [True, True]
    state = run(DeskDone(DeskWork.NEW_ROLL, "zebra"), start=state)
    assert [state.unit(slot).roll_ended for slot in (1, 2)] == [False, False]


@pytest.mark.parametrize("said", [ScanRefused(UNREAD), FaultSeen(UNREAD)], ids=["scan", "fault"])
def test_what_is_said_to_whoever_stands_there_is_seen_whatever_slot_is_shown(said: Happening) -> None:
    state = run(*FREE, said)
    assert state.seen.remark is UNREAD
    assert run(*refused(3), start=state).number == 3
    state = run(*FREE, *due(2), said)
    assert (state.seen.remark, state.seen.band) == (UNREAD, Band.SCAN_BACK)


@pytest.mark.parametrize(
    "next_thing",
    [done(2), at(2, ScanRefused(WrongLabel("a", "b"))), at(1, LabelKnown(JOB)), refused(2)],
    ids=["done", "another scan", "looked up", "refused"],
)
def test_it_is_old_as_soon_as_the_unit_goes_on_or_another_scan_was_made(next_thing: list[Happening]) -> None:
    state = run(*FREE, *due(2), ScanRefused(UNREAD), *next_thing)
    assert state.seen.remark is not UNREAD


def test_the_answer_to_a_scan_is_seen_whatever_slot_it_is_of_and_whatever_slot_is_shown() -> None:
    wrong = WrongLabel("a", "b")
    at_work = pin(run(*FREE, *read(1), *refused(3)), 3)
    state = run(*at(1, ScanRefused(UNREAD)), start=at_work)
    assert (state.number, state.seen.remark, state.seen.band) == (3, UNREAD, Band.REFUSED)
    twice = pin(run(*FREE, *due(1), *at(1, ScanRefused(wrong))), 3)
    state = run(*at(1, ScanRefused(wrong)), start=twice)
    assert (state.number, state.seen.band) == (1, Band.WRONG_LABEL)
    handed_over = pin(run(*FREE, *read(2), *at(2, UnitDone(job(2))), *read(1)), 2)
    state = run(*at(1, ScanRefused(wrong)), start=handed_over)
    assert (state.number, state.seen.remark, state.seen.band) == (2, wrong, Band.HANDED_OVER)


def test_what_happens_in_another_slot_does_not_wipe_it_away() -> None:
    state = run(*FREE, *due(2), ScanRefused(UNREAD), *read(1), *refused(3))
    assert state.seen.remark is UNREAD


def test_a_looked_up_label_is_seen() -> None:
    assert run(*FREE, LabelKnown(JOB)).seen.known == JOB


def test_the_ports_are_one_part_and_the_one_in_trouble_is_named() -> None:
    def port(slot: int, failure: object = None) -> Happening:
        return AtSlot(slot, HealthSeen(Part.DEVICE_PORT, failure, f"ttyUSB{slot}", NOW))  # type: ignore[arg-type]

    state = run(*FREE, port(1), port(2, PortMissing("ttyUSB2")), port(3))
    seen = state.seen.health[Part.DEVICE_PORT]
    assert (seen.failure, seen.detail) == (None, "2/4")
    denied = PortDenied("ttyUSB4")
    assert run(port(4, denied), start=state).seen.health[Part.DEVICE_PORT].failure is denied


def test_a_station_that_does_not_open_says_so_in_every_slot() -> None:
    fault = ProgramFault("x")
    state = run(UnitRefused(fault, None), LineStopped())
    assert {state.unit(slot.number).band for slot in SLOTS} == {Band.STOPPED}
    assert state.seen.failure is fault


def test_one_slot_is_shown_as_ever_whether_it_is_named_or_not() -> None:
    bare: list[Happening] = [WaitingForDevice(), DeviceRead(reading_of(mac(1))), ScanBackDue(job(1))]
    bare += [ScanRefused(WrongLabel("a", "b")), FaultSeen(UNREAD)]
    alone = SlotsState(SLOTS[:1])
    named = run(*at(1, *bare), start=alone)
    assert run(*bare, start=alone).seen == named.seen
    assert (named.seen.band, named.seen.remark) == (Band.WRONG_LABEL, UNREAD)


def test_a_slot_that_nobody_set_up_changes_nothing() -> None:
    state = run(*FREE)
    assert run(*due(7), start=state) == state


def test_a_label_that_had_to_wait_is_under_way_again_when_its_turn_comes() -> None:
    state = run(*FREE, *read(1), *at(1, TurnAwaited(3)), *at(1, JobChanged(job(1, JobState.INTENDED))))
    assert state.unit(1).band is Band.WORKING


def test_in_any_order_a_slot_that_needs_hands_is_shown_unless_a_person_looks_elsewhere() -> None:
    """Ten thousand steps: the happenings of four slots in any order, presses among them."""
    chance = random.Random(4)
    state = SlotsState(SLOTS)
    for _ in range(10_000):
        what = chance.random()
        if what < 0.05:
            state = pin(state, chance.randint(1, 4))
        elif what < 0.1:
            state = calmed(state)
        elif what < 0.3:
            state = after(state, chance.choice(EVERY_HAPPENING))
        else:
            state = after(state, AtSlot(chance.randint(1, 4), chance.choice(OF_A_UNIT)))
        in_hand = {slot.number for slot in SLOTS if state.unit(slot.number).band in IN_HAND}
        assert state.pinned or not in_hand or state.number in in_hand
        assert state.seen.tally == state.unit(state.number).tally


def test_every_kind_of_happening_is_walked() -> None:
    assert {type(happening) for happening in EVERY_HAPPENING} == set(get_args(Happening))
