"""Several slots on one bench: read side by side, labelled one at a time, and no label on the wrong device."""

import contextlib
import threading
import time
from dataclasses import replace

import pytest

from gizqr_station.domain.code_failures import CodeNotUnique, KeyRefused
from gizqr_station.domain.device_failures import DeviceSwapped, DeviceUnplugged
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.job import JobState, PrintJob, PrintOutcome
from gizqr_station.domain.ledger_failures import AlreadyLabelled, DiskFull, LedgerDamaged
from gizqr_station.domain.line_failures import (
    CommandUnknown,
    DeviceNotLabelScanned,
    ScanNotUnderstood,
    ScanTooEarly,
    TurnNotInTime,
    WrongLabel,
)
from gizqr_station.domain.printer_failures import PrinterConnectionLost, PrinterUnreachable, RollEnded
from gizqr_station.domain.scan_failures import DeviceBelongsInSlot
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows import retry, unheld
from gizqr_station.workflows.happenings import (
    AtSlot,
    DeskDone,
    DeviceRead,
    JobChanged,
    LabelDrawn,
    LabelKnown,
    LineStopped,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    Tally,
    TurnAwaited,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from gizqr_station.workflows.ports import PrintReport
from tests.fake_bench import MAC, OTHER_MAC, PRODUCT, WAIT_S, FakeBench, content_of
from tests.fake_jigs import Jig, RunningSlots, device, running_slots
from tests.workflows.test_line import _left_behind, unknown_label

LOST = PrintReport(PrintOutcome.UNKNOWN, 4, PrinterConnectionLost("p", 4, 9))


@pytest.fixture
def fakes() -> FakeBench:
    return FakeBench()


def one_out_one_waiting(running: RunningSlots) -> PrintJob:
    """Slot 1 has MAC's label out, slot 2 waits for its turn with OTHER_MAC; the job of slot 1."""
    running.put(1, MAC)
    due: ScanBackDue = running.ear.at(1, ScanBackDue)
    running.put(2, OTHER_MAC)
    assert running.ear.at(2, TurnAwaited) == TurnAwaited(1)
    return due.job


# labels go out one at a time


def test_a_second_slot_reads_fetches_and_draws_but_prints_only_when_the_first_label_was_scanned(
    fakes: FakeBench,
) -> None:
    with running_slots(fakes) as running:
        one_out_one_waiting(running)
        assert len(running.ear.of(2, LabelDrawn)) == 1
        assert (len(fakes.printer.printed), len(fakes.ledger.kept.jobs)) == (1, 1)
        running.slots.scanned(content_of(MAC))
        assert running.ear.at(1, UnitDone).job.state is JobState.VERIFIED
        running.ear.at(2, ScanBackDue)
        running.slots.scanned(content_of(OTHER_MAC))
        assert running.ear.at(2, UnitDone).job.identity == OTHER_MAC


def test_the_turn_goes_round_in_the_order_of_asking_and_each_hears_who_has_it(fakes: FakeBench) -> None:
    with running_slots(fakes, 4) as running:
        for slot in (3, 1, 4, 2):
            running.put(slot, device(slot))
            running.ear.at(slot, ScanBackDue if slot == 3 else TurnAwaited)
        for slot, onward in ((3, 1), (1, 4), (4, 2)):
            running.slots.scanned(content_of(device(slot)))
            running.ear.at(onward, ScanBackDue)
        assert [told.holder for told in running.ear.of(2, TurnAwaited)] == [3, 1, 4]


def test_a_slot_whose_printer_is_off_lets_the_others_have_their_turn(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retry._PASSING, PrinterUnreachable, 60.0)
    fakes.printer.reports = [PrintReport(PrintOutcome.REFUSED, 0, PrinterUnreachable("p", "a"))]
    with running_slots(fakes) as running:
        running.put(1, MAC)
        assert running.ear.at(1, UnitRefused).job.state is JobState.FAILED
        running.put(2, OTHER_MAC)
        running.ear.at(2, ScanBackDue)
        running.slots.scanned(content_of(OTHER_MAC))
        running.ear.at(2, UnitDone)
        running.slots.try_again(1)
        running.ear.at(1, ScanBackDue)


def test_a_label_in_doubt_keeps_the_turn_until_a_person_settles_it(fakes: FakeBench) -> None:
    fakes.printer.reports = [LOST]
    with running_slots(fakes) as running:
        running.put(1, MAC)
        job = running.ear.at(1, SettlementDue).job
        running.put(2, OTHER_MAC)
        assert running.ear.at(2, TurnAwaited) == TurnAwaited(1)
        running.slots.no_usable_label(job.id)
        running.ear.at(2, ScanBackDue)
        assert running.shared.turns.holder == 2
        running.slots.scanned(content_of(OTHER_MAC))
        assert running.ear.at(1, ScanBackDue).job.mark == "R1"
    assert fakes.ledger.kept.jobs[job.id].state is JobState.VOIDED


def test_without_scan_back_a_label_is_out_until_its_device_has_left() -> None:
    fakes = FakeBench(product=replace(PRODUCT, scan_back_every=0))
    with running_slots(fakes) as running:
        running.put(1, MAC)
        assert running.ear.at(1, UnitDone).job.state is JobState.SENT
        running.put(2, OTHER_MAC)
        running.ear.at(2, TurnAwaited)
        assert len(fakes.printer.printed) == 1
        running.put(1, None)
        running.ear.at(2, UnitDone)
        assert len(fakes.printer.printed) == 2


def test_without_scan_back_a_label_that_never_came_out_is_made_anew_in_its_own_turn() -> None:
    fakes = FakeBench(product=replace(PRODUCT, scan_back_every=0))
    with running_slots(fakes) as running:
        running.put(1, MAC)
        job = running.ear.at(1, UnitDone).job
        running.put(2, OTHER_MAC)
        running.ear.at(2, TurnAwaited)
        running.slots.no_usable_label(job.id)
        running.ear.at(2, UnitDone)
        running.put(2, None)
        assert running.ear.at(1, ScanBackDue).job.mark == "R1"


def test_a_scanned_device_among_others_has_its_label_scanned_back_whatever_the_product_says() -> None:
    fakes = FakeBench(product=replace(PRODUCT, scan_back_every=0))
    with running_slots(fakes, 1, scanned=1) as running:
        running.slots.scanned(str(MAC))
        running.ear.at(2, ScanBackDue)
        running.put(1, OTHER_MAC)
        running.ear.at(1, TurnAwaited)
        running.slots.scanned(content_of(MAC))
        running.ear.at(2, UnitDone)
        running.ear.at(1, UnitDone)


# while a slot waits for its turn


def test_a_device_that_is_unplugged_while_it_waits_for_its_turn_is_said_at_once(fakes: FakeBench) -> None:
    with running_slots(fakes) as running:
        one_out_one_waiting(running)
        running.put(2, None)
        assert isinstance(running.ear.at(2, UnitRefused).failure, DeviceUnplugged)
        running.ear.at(2, WaitingForDevice)
        running.put(2, device(7))
        running.ear.at(2, TurnAwaited)
        running.slots.scanned(content_of(MAC))
        assert running.ear.at(2, ScanBackDue).job.identity == device(7)


def test_a_fault_of_its_port_while_it_waits_is_told_as_what_it_is(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_slots(fakes) as running:
        jig = running.jigs[2]

        def broken(_stop: object) -> None:
            raise DeviceSwapped("one", "other")

        monkeypatch.setattr(jig, "wait_until_gone", broken)
        running.put(1, MAC)
        running.ear.at(1, ScanBackDue)
        running.put(2, OTHER_MAC)
        assert isinstance(running.ear.at(2, UnitRefused).failure, DeviceSwapped)


def test_a_scanned_device_is_not_waited_with_for_ever(fakes: FakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unheld, "UNHELD_S", 0.6)
    with running_slots(fakes, 1, scanned=1) as running:
        running.ear.at(2, WaitingForDevice)
        turn = running.shared.turns.of(1, lambda: None)
        turn.ask()
        running.line[2].scanned(str(OTHER_MAC))
        refused = running.ear.at(2, UnitRefused).failure
        assert isinstance(refused, TurnNotInTime)
        assert refused.slot == 1
        turn.give_back()
    assert fakes.printer.printed == []


def test_another_device_scanned_where_one_waits_for_its_turn_is_told_to_wait(fakes: FakeBench) -> None:
    with running_slots(fakes, 1, scanned=1) as running:
        running.ear.at(2, WaitingForDevice)
        turn = running.shared.turns.of(1, lambda: None)
        turn.ask()
        running.line[2].scanned(str(OTHER_MAC))
        running.ear.at(2, TurnAwaited)
        running.line[2].scanned(str(OTHER_MAC))
        running.line[2].scanned(str(MAC))
        early = running.ear.at(2, ScanRefused).failure
        assert isinstance(early, ScanTooEarly)
        assert early.scanned == MAC.readable
        turn.give_back()
        assert running.ear.at(2, ScanBackDue).job.identity == OTHER_MAC


def test_a_stop_ends_slots_that_wait_for_their_turn_within_a_second(fakes: FakeBench) -> None:
    with running_slots(fakes, 8) as running:
        for slot in range(1, 9):
            running.put(slot, device(slot))
        for slot in range(1, 9):
            running.ear.at(slot, LabelDrawn)
        running.ear.at_any(ScanBackDue)
        began = time.monotonic()
        running.close()
        assert time.monotonic() - began < 1.0
    assert len(fakes.printer.printed) == 1


# a swap of devices between two slots


@pytest.mark.parametrize("fixed", [False, True], ids=["adapters", "jigs"])
def test_devices_exchanged_between_reading_and_printing_get_no_label(fakes: FakeBench, fixed: bool) -> None:
    with running_slots(fakes, 3, fixed=fixed) as running:
        running.put(3, device(3))
        running.ear.at(3, ScanBackDue)
        for slot, identity in ((1, MAC), (2, OTHER_MAC)):
            running.put(slot, identity)
            running.ear.at(slot, TurnAwaited)
        running.put(1, OTHER_MAC)
        running.put(2, MAC)
        running.slots.scanned(content_of(device(3)))
        for slot in (1, 2):
            assert isinstance(running.ear.at(slot, UnitRefused).failure, DeviceSwapped | DeviceUnplugged)
        # What is labelled from then on was read anew where it is now.
        for slot, identity in ((1, OTHER_MAC), (2, MAC)):
            assert {due.job.identity for due in running.ear.of(slot, ScanBackDue)} <= {identity}


def test_labels_cannot_be_exchanged_for_only_one_is_out_and_another_is_named(fakes: FakeBench) -> None:
    with running_slots(fakes, 3) as running:
        running.put(3, device(3))
        running.ear.at(3, ScanBackDue)
        running.slots.scanned(content_of(device(3)))
        running.ear.at(3, UnitDone)
        job = one_out_one_waiting(running)
        running.slots.scanned(content_of(device(3)))
        wrong = running.ear.at(1, ScanRefused).failure
        assert isinstance(wrong, WrongLabel)
        assert (wrong.expected, wrong.found) == (MAC.readable, device(3).readable)
        assert running.fakes.ledger.kept.jobs[job.id].state is JobState.SENT
        assert running.ear.of(2, UnitDone) == []


def test_one_device_in_two_slots_is_labelled_once_and_the_second_is_told_when_and_where(fakes: FakeBench) -> None:
    with running_slots(fakes) as running:
        running.put(1, MAC)
        running.put(2, MAC)
        first, due = running.ear.at_any(ScanBackDue)
        running.slots.scanned(content_of(MAC))
        running.ear.at(first, UnitDone)
        refused = running.ear.at(3 - first, UnitRefused)
        assert isinstance(refused.failure, AlreadyLabelled)
        assert refused.failure.label_serial == due.job.draft.label_serial
    assert len(fakes.printer.printed) == 1


def test_a_clone_that_waited_while_the_first_label_was_voided_is_marked_as_the_second(fakes: FakeBench) -> None:
    with running_slots(fakes, 3) as running:
        running.put(1, MAC)
        job = running.ear.at(1, ScanBackDue).job
        # It was drawn before anything of this device was known to the ledger.
        drawn = threading.Event()
        asked = running.fakes.ledger.require_unlabelled
        running.fakes.ledger.require_unlabelled = lambda *_: drawn.set()  # type: ignore[method-assign]
        running.put(2, MAC)
        running.ear.at(2, TurnAwaited)
        running.fakes.ledger.require_unlabelled = asked  # type: ignore[method-assign]
        assert drawn.is_set()
        running.slots.no_usable_label(job.id)
        second = running.ear.at(2, ScanBackDue).job
        assert (second.identity, second.mark, second.draft.revision) == (MAC, "R1", 1)
    assert fakes.painter.painted[-1].mark == "R1"


def test_two_slots_that_got_one_code_from_the_service_print_it_once(fakes: FakeBench) -> None:
    with running_slots(fakes, 3) as running:
        running.put(3, device(3))
        running.ear.at(3, ScanBackDue)
        fakes.codes.content = "https://example.com/the-same"
        for slot, identity in ((1, MAC), (2, OTHER_MAC)):
            running.put(slot, identity)
            running.ear.at(slot, TurnAwaited)
        running.slots.scanned(content_of(device(3)))
        running.ear.at(1, ScanBackDue)
        running.slots.scanned("https://example.com/the-same")
        running.ear.at(1, UnitDone)
        assert isinstance(running.ear.at(2, UnitRefused).failure, CodeNotUnique)
    assert len(fakes.printer.printed) == 2


# scans


def test_what_is_scanned_while_a_label_is_out_is_said_by_the_slot_whose_label_it_is(fakes: FakeBench) -> None:
    with running_slots(fakes) as running:
        one_out_one_waiting(running)
        for text, failure in (
            (str(OTHER_MAC), ScanTooEarly),
            (str(MAC), DeviceNotLabelScanned),
            ("www.hi-flying.com", ScanNotUnderstood),
        ):
            running.slots.scanned(text)
            assert isinstance(running.ear.at(1, ScanRefused).failure, failure)
    assert running.ear.of(2, ScanRefused) == []


def test_a_device_scanned_where_slots_read_devices_themselves_is_told_to_go_into_one(fakes: FakeBench) -> None:
    with running_slots(fakes) as running:
        running.slots.scanned(str(MAC))
        refused = running.ear.wait(ScanRefused).failure
        assert isinstance(refused, DeviceBelongsInSlot)
        assert refused.scanned == MAC.readable


def test_a_device_that_was_scanned_about_the_unit_before_starts_none_in_a_slot_with_a_port(fakes: FakeBench) -> None:
    with running_slots(fakes) as running:
        running.ear.at(1, WaitingForDevice)
        running.line[1].scanned(str(MAC))
        assert isinstance(running.ear.at(1, ScanRefused).failure, DeviceBelongsInSlot)
        running.put(1, OTHER_MAC)
        assert running.ear.at(1, ScanBackDue).job.identity == OTHER_MAC
    assert len(fakes.printer.printed) == 1


def test_a_device_scanned_goes_to_the_one_slot_without_a_port(fakes: FakeBench) -> None:
    with running_slots(fakes, 2, scanned=1) as running:
        running.slots.scanned(str(MAC))
        assert running.ear.at(3, DeviceRead).reading.identity == MAC


def test_a_device_scanned_that_a_slot_has_read_is_about_this_slot(fakes: FakeBench) -> None:
    fakes.codes.failures = [KeyRefused("qr", 401)]
    with running_slots(fakes, 2, scanned=1) as running:
        running.put(2, MAC)
        running.ear.at(2, UnitRefused)
        running.slots.scanned(str(MAC))
        assert running.ear.at(2, ScanBackDue).job.identity == MAC


def test_a_label_scanned_while_none_is_out_is_looked_up_once(fakes: FakeBench) -> None:
    with running_slots(fakes, 4) as running:
        running.put(1, MAC)
        running.ear.at(1, ScanBackDue)
        running.slots.scanned(content_of(MAC))
        running.ear.at(1, UnitDone)
        running.slots.scanned(content_of(MAC))
        assert running.ear.wait(LabelKnown).job.identity == MAC
        running.slots.scanned("nobody's")
        assert isinstance(running.ear.wait(ScanRefused).failure, ScanNotUnderstood)
    assert sum(isinstance(told, LabelKnown) for told in running.heard()) == 1


def test_a_command_is_obeyed_once_and_every_slot_that_waits_for_the_roll_goes_on(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retry._PASSING, RollEnded, 60.0)
    fakes.ledger.load_supply(fakes.printer.name, SupplyKind.LABELS, 10, 1, who="Li Wei")
    fakes.ledger.use_supply(fakes.printer.name, 10)
    with running_slots(fakes, 3) as running:
        for slot in (1, 2):
            running.put(slot, device(slot))
            assert isinstance(running.ear.at(slot, UnitRefused).failure, RollEnded)
        running.slots.scanned("gizqr:roll")
        assert running.ear.wait(DeskDone).failure is None
        first, _ = running.ear.at_any(ScanBackDue)
        running.slots.scanned(content_of(device(first)))
        running.ear.at(3 - first, ScanBackDue)
        running.slots.scanned("GIZQR:DANCE")
        assert isinstance(running.ear.wait(ScanRefused).failure, CommandUnknown)
        running.slots.new_roll(SupplyKind.RIBBON)
        running.ear.wait(ScanRefused)
    assert len(fakes.ledger.kept.loads) == 2
    assert sum(isinstance(told, DeskDone) for told in running.heard()) == 1


@pytest.mark.parametrize("how", ["scanned once more", "told"])
def test_a_label_that_was_looked_up_just_before_a_slot_asked_for_it_is_asked_for_no_longer(
    fakes: FakeBench, how: str
) -> None:
    with running_slots(fakes) as running:
        running.ear.at(1, WaitingForDevice)
        job = unknown_label(fakes)
        running.slots.look_at_open_jobs()
        asking, _ = running.ear.at_any(SettlementDue)
        running.ledger.move(job, JobState.VERIFIED, who="Li Wei", evidence="scanned back")
        if how == "told":
            running.slots.look_at_open_jobs()
        else:
            running.slots.scanned("x")
        running.ear.at(asking, JobChanged, lambda told: told.job.state is JobState.VERIFIED)
        assert running.ear.of(asking, ScanRefused) == []


def test_a_label_that_is_scanned_while_nobody_asks_ends_the_asking_that_begins_meanwhile(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_slots(fakes) as running:
        running.ear.at(1, WaitingForDevice)
        job = unknown_label(fakes)
        with_content = fakes.ledger.with_content
        asked = threading.Event()

        def slow(content: str) -> PrintJob | None:
            found = with_content(content)
            monkeypatch.undo()
            running.slots.look_at_open_jobs()
            running.ear.at_any(SettlementDue)
            asked.set()
            return found

        monkeypatch.setattr(fakes.ledger, "with_content", slow)
        running.ledger.one_at_a_time = contextlib.nullcontext()  # type: ignore[assignment]
        running.slots.scanned("x")
        assert asked.wait(WAIT_S)
        assert running.ear.wait(LabelKnown).job.id == job.id
        settled = running.ear.wait(AtSlot, lambda at: isinstance(at.happening, JobChanged)).happening
        assert isinstance(settled, JobChanged)
        assert (settled.job.id, settled.job.state) == (job.id, JobState.VERIFIED)


def test_a_fault_in_looking_up_a_scan_is_said_and_the_next_one_counts(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_slots(fakes) as running:
        running.ear.at(1, WaitingForDevice)
        monkeypatch.setattr(fakes.ledger, "with_content", lambda _: 1 / 0)
        running.slots.scanned("x")
        assert running.ear.wait(ScanRefused).failure.code == "E-LIN-04"
        monkeypatch.setattr(fakes.ledger, "supplies", lambda _: 1 / 0)
        running.slots.new_roll(SupplyKind.LABELS)
        assert running.ear.wait(ScanRefused).failure.code == "E-LIN-04"
        monkeypatch.undo()
        running.slots.scanned("x")
        assert isinstance(running.ear.wait(ScanRefused).failure, ScanNotUnderstood)


# what an earlier run, or the queue, left behind


def test_what_an_earlier_run_left_behind_is_settled_at_the_first_slot_before_any_slot_reads(fakes: FakeBench) -> None:
    sent = _left_behind(fakes, "00911f500002", JobState.SENT)
    with running_slots(fakes) as running:
        assert running.ear.at(1, SettlementDue).job.id == sent
        running.put(1, MAC)
        running.put(2, OTHER_MAC)
        running.slots.scanned("www.hi-flying.com")
        running.ear.at(1, ScanRefused)
        assert running.ear.of(2, WaitingForDevice) == []
        running.slots.scanned(content_of(MacAddress("00911f500002")))
        running.ear.at(2, DeviceRead)
    told = [at for at in running.heard() if isinstance(at, AtSlot) and isinstance(at.happening, SettlementDue)]
    assert [at.slot for at in told] == [1]
    assert fakes.ledger.kept.jobs[sent].state is JobState.VERIFIED


def test_a_ledger_that_cannot_be_settled_lets_no_slot_begin(fakes: FakeBench) -> None:
    fakes.ledger.failing = LedgerDamaged("ledger", "torn")
    with running_slots(fakes) as running:
        assert isinstance(running.ear.at(1, UnitRefused).failure, LedgerDamaged)
        for slot in (1, 2):
            running.ear.at(slot, LineStopped)
        assert running.ear.of(2, WaitingForDevice) == []


def test_labels_of_the_queue_in_doubt_are_asked_for_by_one_slot_while_the_other_reads(fakes: FakeBench) -> None:
    with running_slots(fakes) as running:
        for slot in (1, 2):
            running.ear.at(slot, WaitingForDevice)
        job = unknown_label(fakes)
        _left_behind(fakes, "00911f500009", JobState.SENT)
        fakes.ledger.move(fakes.ledger.kept.jobs[2], JobState.UNKNOWN, who="qa", evidence="")
        running.slots.look_at_open_jobs()
        asking, due = running.ear.at_any(SettlementDue)
        assert due.job == job
        other = 3 - asking
        running.put(other, MAC)
        running.ear.at(other, DeviceRead)
        assert running.ear.at(other, TurnAwaited) == TurnAwaited(asking)
        running.slots.scanned("x")
        running.ear.at(asking, SettlementDue, lambda told: told.job.id == 2)
        running.slots.scanned(content_of(MacAddress("00911f500009")))
        running.ear.at(other, ScanBackDue)
        assert running.ear.of(other, SettlementDue) == []


def test_a_device_scanned_while_its_slot_waits_to_ask_for_a_label_is_taken_afterwards(fakes: FakeBench) -> None:
    with running_slots(fakes, 1, scanned=1) as running:
        running.ear.at(2, WaitingForDevice)
        turn = running.shared.turns.of(1, lambda: None)
        turn.ask()
        unknown_label(fakes)
        running.line[2].look_at_open_jobs()
        running.ear.at(2, TurnAwaited)
        running.line[2].scanned(str(MAC))
        turn.give_back()
        running.ear.at(2, SettlementDue)
        running.slots.scanned("x")
        assert running.ear.at(2, ScanRefused).failure.code == "E-LIN-03"
        running.slots.scanned("x")
        running.ear.at(2, WaitingForDevice)


def test_a_label_that_another_slot_is_asking_for_is_not_asked_for_twice(fakes: FakeBench) -> None:
    fakes.printer.reports = [LOST]
    with running_slots(fakes) as running:
        running.put(1, MAC)
        running.ear.at(1, SettlementDue)
        running.ear.at(2, WaitingForDevice)
        running.slots.look_at_open_jobs()
        running.ear.at(2, WaitingForDevice)
        assert running.ear.of(2, TurnAwaited) == []
        running.put(2, OTHER_MAC)
        running.ear.at(2, TurnAwaited)
        assert running.ear.of(2, SettlementDue) == []


def test_the_next_label_in_doubt_is_asked_for_where_a_slot_is_free(fakes: FakeBench) -> None:
    with running_slots(fakes) as running:
        for slot in (1, 2):
            running.ear.at(slot, WaitingForDevice)
        unknown_label(fakes)
        running.slots.look_at_open_jobs()
        asking, _ = running.ear.at_any(SettlementDue)
        running.slots.scanned("x")
        running.ear.at(asking, WaitingForDevice)
        fakes.codes.failures = [KeyRefused("qr", 401)]
        running.put(asking, MAC)
        running.ear.at(asking, UnitRefused)
        _left_behind(fakes, "00911f500009", JobState.SENT)
        fakes.ledger.move(fakes.ledger.kept.jobs[2], JobState.UNKNOWN, who="qa", evidence="")
        running.slots.look_at_open_jobs()
        assert running.ear.at(3 - asking, SettlementDue).job.id == 2


def test_a_label_that_may_be_sent_after_all_is_asked_for_in_its_slots_own_turn(
    fakes: FakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retry._PASSING, DiskFull, 60.0)
    with running_slots(fakes) as running:
        running.ear.at(2, WaitingForDevice)
        move = fakes.ledger.move

        def written_but_failed(job: PrintJob, state: JobState, **how: str) -> PrintJob:
            fakes.ledger.move = move  # type: ignore[method-assign]
            move(job, state, **how)  # type: ignore[arg-type]
            raise DiskFull("ledger")

        fakes.ledger.move = written_but_failed  # type: ignore[method-assign,assignment]
        running.put(2, OTHER_MAC)
        running.ear.at(2, UnitRefused)
        running.put(1, MAC)
        running.ear.at(1, ScanBackDue)
        running.slots.try_again(2)
        assert running.ear.at(2, TurnAwaited) == TurnAwaited(1)
        assert running.ear.of(2, SettlementDue) == []
        running.slots.scanned(content_of(MAC))
        assert running.ear.at(2, SettlementDue).job.identity == OTHER_MAC


# a slot that breaks


def test_a_slot_whose_reader_breaks_does_not_stop_the_others(fakes: FakeBench) -> None:
    with running_slots(fakes) as running:
        running.ear.at(1, WaitingForDevice)
        jig = running.jigs[1]
        assert isinstance(jig, Jig)
        jig.fault = RuntimeError("a bug")
        assert running.ear.at(1, UnitRefused).failure.code == "E-LIN-04"
        running.ear.at(1, LineStopped)
        running.put(2, MAC)
        running.ear.at(2, ScanBackDue)
        running.slots.scanned(content_of(MAC))
        running.ear.at(2, UnitDone)


@pytest.mark.parametrize("how", ["scan", "no usable label"])
def test_the_label_of_a_slot_that_broke_is_asked_for_before_another_goes_out(fakes: FakeBench, how: str) -> None:
    def breaks(_job: str) -> None:
        fakes.printer.before = lambda _: None
        raise RuntimeError("a bug")

    with running_slots(fakes, 3) as running:
        fakes.printer.before = breaks
        running.put(1, MAC)
        running.ear.at(1, LineStopped)
        running.put(2, OTHER_MAC)
        asked = running.ear.at(2, SettlementDue).job
        assert (asked.identity, fakes.printer.printed) == (MAC, [])
        running.put(3, device(3))
        running.ear.at(3, TurnAwaited)
        if how == "scan":
            running.slots.scanned(content_of(MAC))
        else:
            running.slots.no_usable_label(asked.id)
        assert running.ear.at(2, ScanBackDue).job.identity == OTHER_MAC
        running.slots.scanned(content_of(OTHER_MAC))
        running.ear.at(3, ScanBackDue)
        assert running.ear.of(3, SettlementDue) == []


@pytest.mark.parametrize("settled", [JobState.VERIFIED, JobState.VOIDED, JobState.FAILED])
def test_the_label_of_a_slot_that_broke_is_not_asked_for_when_somebody_has_settled_it(
    fakes: FakeBench, settled: JobState
) -> None:
    def breaks(_job: str) -> None:
        fakes.printer.before = lambda _: None
        raise RuntimeError("a bug")

    with running_slots(fakes) as running:
        fakes.printer.before = breaks
        running.put(1, MAC)
        running.ear.at(1, LineStopped)
        running.ledger.move(running.ledger.job(1), settled, who="Li Wei")
        running.put(2, OTHER_MAC)
        assert running.ear.at(2, ScanBackDue).job.identity == OTHER_MAC
        assert running.ear.of(2, SettlementDue) == []


def test_a_scan_for_a_slot_that_has_ended_is_not_lost_there(fakes: FakeBench) -> None:
    with running_slots(fakes, 1, scanned=1) as running:
        running.ear.at(2, WaitingForDevice)
        running.line[2].ended = True
        running.slots.scanned(str(MAC))
        assert isinstance(running.ear.wait(ScanRefused).failure, DeviceBelongsInSlot)


# what is told


def test_everything_of_a_slot_is_told_with_its_number_and_the_rest_bare(fakes: FakeBench) -> None:
    with running_slots(fakes) as running:
        running.put(1, MAC)
        running.ear.at(1, ScanBackDue)
        running.slots.scanned(content_of(MAC))
        running.ear.at(1, UnitDone)
    assert {type(told) for told in running.heard()} == {AtSlot, Tally}
    assert {type(told.happening) for told in running.heard() if isinstance(told, AtSlot) and told.slot == 1} >= {
        DeviceRead, JobChanged, ScanBackDue, UnitDone,
    }  # fmt: skip


def test_with_one_slot_its_scans_are_all_its_own(fakes: FakeBench) -> None:
    with running_slots(fakes, 1) as running:
        running.ear.at(1, WaitingForDevice)
        running.slots.scanned(str(MAC))
        running.ear.at(1, ScanBackDue)
        running.slots.scanned(content_of(MAC))
        running.ear.at(1, UnitDone)
        running.slots.new_roll(SupplyKind.LABELS)
        assert running.ear.at(1, ScanRefused).failure.code == "E-LIN-11"
