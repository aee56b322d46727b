"""Each desk asks whether whoever is on duty may do it, and does nothing where they may not."""

from collections.abc import Callable

import pytest

from gizqr_station.domain.allowance import Allowance
from gizqr_station.domain.batch import BatchState
from gizqr_station.domain.job import JobState
from gizqr_station.domain.people import Badge, Permission
from gizqr_station.domain.people_failures import NobodySignedIn, NotAllowed, StationLocked
from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.code_happenings import CodesDone
from gizqr_station.workflows.codes_desk import CodesDesk
from gizqr_station.workflows.device_happenings import SlotsKept
from gizqr_station.workflows.happenings import DeskDone
from gizqr_station.workflows.lanes import InlineLane
from gizqr_station.workflows.printer_desk import PrinterDesk
from gizqr_station.workflows.single_label import print_label, queue_label
from tests.contracts.ledger_samples import IMAGE, draft
from tests.fake_bench import MAC, FakeBench
from tests.fake_codes import FakeCodesDesk, mac, macs
from tests.fake_desk import FakeDesk, config_of
from tests.fake_device_desk import SLOT, FakeDeviceDesk
from tests.fake_people import BADGES, FakeGate
from tests.workflows.batch_bench import FEW, BatchBench


@pytest.fixture
def gate() -> FakeGate:
    return FakeGate().people()


SETTINGS: dict[str, Callable[[PrinterDesk], None]] = {
    "save": lambda desk: desk.save(config_of("c"), ""),
    "remove": lambda desk: desk.remove("b"),
    "use for the line": lambda desk: desk.use_for_line("b"),
}
LABELS: dict[str, Callable[[PrinterDesk], None]] = {
    "test label": lambda desk: desk.test_label("a"),
    "calibrate": lambda desk: desk.calibrate("a"),
    "new roll": lambda desk: desk.new_roll("a", SupplyKind.LABELS, 500, 50),
    "hold": lambda desk: desk.hold(1),
    "cancel": lambda desk: desk.cancel(1),
    "move": lambda desk: desk.move(1, "b"),
    "release": lambda desk: desk.release(1),
}


def desk_of(gate: FakeGate) -> tuple[FakeDesk, PrinterDesk]:
    fakes = FakeDesk(duty=gate.duty)
    waiting = draft(fakes.ledger.next_label_serial(), printer="a")
    fakes.ledger.enqueue(waiting, IMAGE, who="x", held_because="E-PRN-04")
    return fakes, fakes.desk(fakes.pool())


def answer(fakes: FakeDesk) -> DeskDone:
    (done,) = [told for told in fakes.ear.told if isinstance(told, DeskDone)]
    return done


@pytest.mark.parametrize("name", ["Li Wei", "Zhang Min"])
@pytest.mark.parametrize("request_", SETTINGS)
def test_printers_are_set_up_by_a_lead_alone(gate: FakeGate, request_: str, name: str) -> None:
    gate.duty.sign_in(Badge(BADGES[name]))
    fakes, desk = desk_of(gate)
    before = (fakes.shelf.printers(), fakes.shelf.line_printer())
    SETTINGS[request_](desk)
    assert isinstance(answer(fakes).failure, NotAllowed)
    assert (fakes.shelf.printers(), fakes.shelf.line_printer()) == before


@pytest.mark.parametrize("request_", SETTINGS)
def test_a_lead_who_sets_printers_up_is_in_the_record(gate: FakeGate, request_: str) -> None:
    gate.duty.sign_in(Badge(BADGES["Wang Fang"]))
    gate.store.acts.clear()
    fakes, desk = desk_of(gate)
    SETTINGS[request_](desk)
    assert answer(fakes).failure is None
    assert gate.store.done()[0].startswith("grant Wang Fang permission=change_settings about=")


@pytest.mark.parametrize("request_", LABELS)
def test_rolls_and_queue_are_touched_by_somebody_or_not_at_all(gate: FakeGate, request_: str) -> None:
    fakes, desk = desk_of(gate)
    before = (list(fakes.ledger.queued()), list(fakes.ledger.supplies("a")), list(fakes.ledger.kept.entries))
    LABELS[request_](desk)
    assert isinstance(answer(fakes).failure, NobodySignedIn)
    after = (list(fakes.ledger.queued()), list(fakes.ledger.supplies("a")), list(fakes.ledger.kept.entries))
    assert after == before
    assert "a" not in fakes.made or fakes.made["a"].printed == []


@pytest.mark.parametrize("request_", ["hold", "cancel", "release"])
def test_whoever_touches_the_queue_is_named(gate: FakeGate, request_: str) -> None:
    gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    fakes, desk = desk_of(gate)
    LABELS[request_](desk)
    assert answer(fakes).failure is None
    assert fakes.ledger.history(1)[-1].who == "Li Wei"


def test_slots_are_set_up_by_a_lead_alone(gate: FakeGate) -> None:
    fakes = FakeDeviceDesk(duty=gate.duty)
    before = fakes.slots.kept
    desk = fakes.desk(lambda _name: InlineLane())
    slots = (SLOT, SlotConfig(2, "", PortName.parse("/dev/ttyUSB7")))
    gate.duty.sign_in(Badge(BADGES["Zhang Min"]))
    desk.save_slots(slots)
    assert isinstance(fakes.ear.wait(SlotsKept).failure, NotAllowed)
    assert fakes.slots.kept == before
    gate.duty.sign_in(Badge(BADGES["Wang Fang"]))
    desk.save_slots(slots)
    assert fakes.ear.wait(SlotsKept).failure is None
    assert fakes.slots.kept == slots


def test_a_batch_is_begun_run_and_cancelled_by_somebody_or_not_at_all(gate: FakeGate) -> None:
    bench = BatchBench(FakeBench(duty=gate.duty))
    with pytest.raises(NobodySignedIn):
        bench.begun(FEW)
    assert list(bench.fakes.ledger.batches()) == []
    gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    bench.begun(FEW)
    gate.duty.lock()
    for act in (bench.run, lambda: bench.batches.cancel(1)):
        with pytest.raises(StationLocked):
            act()
    assert bench.fakes.ledger.batch(1).state is BatchState.READY


def test_a_batch_stays_of_whoever_let_it_run_and_goes_on_when_they_leave(gate: FakeGate) -> None:
    bench = BatchBench(FakeBench(duty=gate.duty))
    gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    bench.begun(FEW)
    bench.fakes.printer.before = lambda _: gate.duty.sign_out()
    assert bench.run().batch.state is BatchState.DONE
    assert {job.draft.operator for job in bench.fakes.ledger.all_jobs()} == {"Li Wei"}
    assert {entry.who for entry in bench.fakes.ledger.kept.entries} == {"Li Wei"}


def test_a_single_label_is_queued_and_printed_by_somebody_or_not_at_all(gate: FakeGate) -> None:
    fakes = FakeBench(duty=gate.duty)
    for make in (queue_label, print_label):
        with pytest.raises(NobodySignedIn):
            make(fakes.bench(), MAC, Stop(), fakes.told.append)
    assert list(fakes.ledger.all_jobs()) == []
    gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    job, failure = print_label(fakes.bench(), MAC, Stop(), fakes.told.append)
    assert (job.state, failure, job.draft.operator) == (JobState.SENT, None, "Li Wei")


CODES: dict[str, Callable[[CodesDesk], None]] = {
    "fetch": lambda desk: desk.fetch(),
    "go on": lambda desk: desk.go_on(1),
    "cancel": lambda desk: desk.cancel(1),
    "import": lambda desk: desk.import_file("/mail/x"),
    "export": lambda desk: desk.export("/mail/pool"),
    "prove": lambda desk: desk.prove("a code", mac(3).readable),
}


@pytest.mark.parametrize("request_", CODES)
def test_the_pool_is_touched_by_somebody_or_not_at_all(gate: FakeGate, request_: str) -> None:
    fakes = FakeCodesDesk(Allowance(order="WO-7", ranges=(macs(0, 10),)), FakeBench(duty=gate.duty))
    CODES[request_](fakes.desk())
    (done,) = [told for told in fakes.ear.told if isinstance(told, CodesDone)]
    assert isinstance(done.failure, NobodySignedIn)
    assert (fakes.pool.count(*pool_of(fakes)), fakes.prover.asked, fakes.held) == (0, [], False)
    assert not fakes.pool.kept.fetches


def pool_of(fakes: FakeCodesDesk) -> tuple[str, str]:
    parts = fakes.fetch_parts()
    return parts.product_key, parts.service


def test_codes_are_carried_away_by_qa_and_by_anybody_before_the_first_lead(gate: FakeGate) -> None:
    gate.duty.sign_in(Badge(BADGES["Li Wei"]))
    fakes = FakeCodesDesk(fakes=FakeBench(duty=gate.duty))
    fakes.desk().export("/mail/pool")
    assert isinstance(fakes.ear.wait(CodesDone).failure, NotAllowed)
    gate.duty.sign_in(Badge(BADGES["Zhang Min"]))
    fakes.desk().export("/mail/pool")
    assert fakes.ear.wait(CodesDone).failure is None
    fakes = FakeCodesDesk(fakes=FakeBench(duty=FakeGate().duty))
    fakes.desk().export("/mail/pool")
    assert fakes.ear.wait(CodesDone).failure is None


def test_before_the_first_lead_a_station_is_set_up_and_labels_as_ever() -> None:
    gate = FakeGate()
    for request in (*SETTINGS.values(), *LABELS.values()):
        fakes, desk = desk_of(gate)
        request(desk)
        assert answer(fakes).failure is None
    assert {act.kind.value for act, _ in gate.store.acts} == {"grant"}
    assert gate.duty.require(Permission.LABEL) == "operator"
