"""The quiet watch tells each part's state, and ends when told."""

import threading
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pytest

from gizqr_station.domain.code_failures import ServiceUnreachable
from gizqr_station.domain.device_failures import PortMissing
from gizqr_station.domain.failures import Failure, PrinterFailure
from gizqr_station.domain.ledger_failures import LedgerBusy
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.print_queue_failures import QueueWaits
from gizqr_station.domain.printer_failures import MediaLow, MediaOut, RibbonLow, RollEnded, RollLow
from gizqr_station.domain.scan_failures import ScannerGone
from gizqr_station.domain.stop import Stop
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows import health
from gizqr_station.workflows.happenings import AtSlot, Happening, HealthSeen, Part
from gizqr_station.workflows.health import ROUNDS, Round, WatchedParts, WatchedPort, look_once, watch
from gizqr_station.workflows.lanes import ThreadLane
from tests.contracts.ledger_samples import IMAGE, draft
from tests.ear import Ear
from tests.fake_bench import WAIT_S, FakeBench
from tests.fakes import SteppingClock

PRINTER = "fake printer"


def parts(fakes: FakeBench) -> WatchedParts:
    details = {Part.CODE_SERVICE: "qr.example.com", Part.SCANNER: "ttyACM0"}
    ports = (WatchedPort(1, fakes.reader, "ttyUSB0"),)
    return WatchedParts(ports, fakes.codes, fakes.printer, fakes.ledger, details, SteppingClock(), Scanner())


@dataclass
class Scanner:
    """A scanner on a port."""

    failure: Failure | None = None

    def health(self, stop: Stop) -> Failure | None:
        return self.failure


def seen_in(told: list[Happening]) -> dict[Part, HealthSeen]:
    """What was told of each part; of a slot's port as of the others."""
    inner = [happening.happening if isinstance(happening, AtSlot) else happening for happening in told]
    return {seen.part: seen for seen in inner if isinstance(seen, HealthSeen)}


def looked(fakes: FakeBench, part: Part = Part.PRINTER) -> HealthSeen:
    told: list[Happening] = []
    look_once(parts(fakes), Stop(), told.append, [part])
    (seen,) = told
    assert isinstance(seen, HealthSeen)
    return seen


def test_every_part_is_looked_at_and_only_the_sick_one_says_so() -> None:
    fakes = FakeBench()
    away = ServiceUnreachable("qr")
    fakes.codes.failures = [away]
    told: list[Happening] = []
    look_once(parts(fakes), Stop(), told.append)
    seen = seen_in(told)
    assert {part: health.failure for part, health in seen.items()} == {
        Part.DEVICE_PORT: None,
        Part.SCANNER: None,
        Part.CODE_SERVICE: away,
        Part.PRINTER: None,
        Part.LEDGER: None,
    }
    assert (seen[Part.PRINTER].detail, seen[Part.CODE_SERVICE].detail) == (PRINTER, "qr.example.com")


def test_a_part_that_breaks_says_so_and_the_others_are_looked_at_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fakes = FakeBench()

    def broken(_stop: Stop) -> None:
        raise OSError("no such thing")

    monkeypatch.setattr(fakes.codes, "reachable", broken)
    told: list[Happening] = []
    look_once(parts(fakes), Stop(), told.append)
    failures = {part: seen.failure for part, seen in seen_in(told).items()}
    assert isinstance(failures[Part.CODE_SERVICE], ProgramFault)
    assert failures[Part.LEDGER] is None


# rounds


def test_every_part_is_watched_once() -> None:
    watched = Counter(part for looks in ROUNDS for part in looks.parts)
    assert watched == Counter(Part)


def test_the_printers_tile_follows_within_two_seconds_and_waits_for_nothing_else() -> None:
    (printer,) = [looks for looks in ROUNDS if Part.PRINTER in looks.parts]
    assert printer.parts == (Part.PRINTER,)
    assert printer.pause_s <= 1.0
    (service,) = [looks for looks in ROUNDS if Part.CODE_SERVICE in looks.parts]
    assert service.parts == (Part.CODE_SERVICE,)
    assert service.pause_s >= 10.0


def test_a_service_that_does_not_answer_keeps_no_tile_back(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes, ear, stop, answer = FakeBench(), Ear(), Stop(), threading.Event()
    asked = threading.Event()

    def slow(_stop: Stop) -> None:
        asked.set()
        assert answer.wait(WAIT_S)

    monkeypatch.setattr(fakes.codes, "reachable", slow)
    monkeypatch.setattr(health, "SAID_AGAIN_S", 0.01)
    lanes = [ThreadLane(f"watch:{looks.name}") for looks in ROUNDS]
    try:
        for lane, looks in zip(lanes, ROUNDS, strict=True):
            lane.submit(watch, parts(fakes), Round(looks.name, looks.parts, 0.01), stop, ear.hear)
        assert asked.wait(WAIT_S)
        fakes.printer.off = MediaOut(PRINTER)
        ear.wait(HealthSeen, lambda seen: seen.part is Part.PRINTER and seen.failure is fakes.printer.off)
        fakes.printer.off = None
        ear.wait(HealthSeen, lambda seen: seen.part is Part.PRINTER and seen.failure is None)
        ear.wait(AtSlot, lambda told: isinstance(told.happening, HealthSeen))
        ear.wait(HealthSeen, lambda seen: seen.part is Part.LEDGER)
        assert not any(isinstance(told, HealthSeen) and told.part is Part.CODE_SERVICE for told in ear.told)
    finally:
        stop.set()
        answer.set()
        for lane in lanes:
            lane.close()


@pytest.mark.parametrize("looks", ROUNDS, ids=lambda looks: looks.name)
def test_a_stop_ends_the_watch(looks: Round) -> None:
    stop, told = Stop(), []

    def tell(happening: Happening) -> None:
        told.append(happening)
        stop.set()

    watch(parts(FakeBench()), looks, stop, tell)
    assert told


# ports and the scanner


def test_each_slots_port_is_told_at_its_slot_by_its_own_name() -> None:
    fakes = FakeBench()
    told: list[Any] = []
    gone = PortMissing("hub:1-1.4")
    ports = (WatchedPort(1, fakes.reader, "ttyUSB0"), WatchedPort(3, Scanner(gone), "hub:1-1.4"))
    look_once(replace(parts(fakes), ports=ports), Stop(), told.append, [Part.DEVICE_PORT])
    assert [(at.slot, at.happening.part, at.happening.failure, at.happening.detail) for at in told] == [
        (1, Part.DEVICE_PORT, None, "ttyUSB0"),
        (3, Part.DEVICE_PORT, gone, "hub:1-1.4"),
    ]


def test_a_scanner_is_told_of_only_where_one_is_set_up() -> None:
    fakes = FakeBench()
    told: list[Any] = []
    gone = ScannerGone("ttyACM0")
    look_once(replace(parts(fakes), scanner=Scanner(gone)), Stop(), told.append, [Part.SCANNER])
    look_once(replace(parts(fakes), scanner=None), Stop(), told.append, [Part.SCANNER])
    assert [(seen.failure, seen.detail) for seen in told] == [(gone, "ttyACM0")]


def test_a_plug_that_is_pulled_shows_within_a_second_and_what_stays_the_same_is_not_told_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (looks,) = [looks for looks in ROUNDS if Part.DEVICE_PORT in looks.parts]
    assert looks.pause_s <= 0.5
    fakes, ear, stop, scanner = FakeBench(), Ear(), Stop(), Scanner()
    lane, looked = ThreadLane("watch"), threading.Semaphore(0)

    def counted(_stop: Stop) -> None:
        looked.release()

    monkeypatch.setattr(fakes.reader, "health", counted)
    try:
        lane.submit(watch, replace(parts(fakes), scanner=scanner), Round("ports", looks.parts, 0.001), stop, ear.hear)
        for _ in range(20):
            assert looked.acquire(timeout=WAIT_S)
        scanner.failure = ScannerGone("ttyACM0")
        ear.wait(HealthSeen, lambda seen: seen.failure is scanner.failure)
    finally:
        stop.set()
        lane.close()
    assert len(ear.told) == 3


# the printer


@pytest.mark.parametrize("told", [True, False])
def test_what_the_printer_says_of_itself_is_told_with_who_said_it(told: bool) -> None:
    fakes = FakeBench()
    fakes.printer.off, fakes.printer.warning, fakes.printer.told = MediaOut(PRINTER), MediaLow(PRINTER), told
    seen = looked(fakes)
    assert (seen.failure, seen.warning, seen.told) == (fakes.printer.off, fakes.printer.warning, told)


def test_a_roll_that_ends_soon_is_a_warning_and_an_ended_one_a_failure() -> None:
    fakes = FakeBench()
    fakes.ledger.load_supply(PRINTER, SupplyKind.LABELS, 10, 3, who="Li Wei")
    assert (looked(fakes).failure, looked(fakes).warning) == (None, None)
    fakes.ledger.use_supply(PRINTER, 7)
    warning = looked(fakes).warning
    assert isinstance(warning, RollLow)
    assert (warning.left, looked(fakes).failure) == (3, None)
    fakes.ledger.use_supply(PRINTER, 3)
    assert isinstance(looked(fakes).failure, RollEnded)


def test_jobs_from_before_are_a_warning_until_nobody_waits_for_a_person() -> None:
    fakes = FakeBench()
    fakes.ledger.enqueue(draft("L-000001", printer=PRINTER), IMAGE, who="batch")
    assert looked(fakes).warning is None
    fakes.ledger.settle_interrupted("station")
    warning = looked(fakes).warning
    assert isinstance(warning, QueueWaits)
    assert (warning.printer, warning.jobs) == (PRINTER, 1)
    fakes.ledger.cancel(1, who="qa")
    assert looked(fakes).warning is None


@pytest.mark.parametrize(
    ("own", "counted", "expected"),
    [(MediaLow(PRINTER), 1, MediaLow), (None, 1, RibbonLow), (None, 0, QueueWaits)],
)
def test_the_nearest_warning_is_shown(own: Failure | None, counted: int, expected: type[PrinterFailure]) -> None:
    fakes = FakeBench()
    fakes.printer.warning = own
    if counted:
        fakes.ledger.load_supply(PRINTER, SupplyKind.RIBBON, 10, 10, who="Li Wei")
    fakes.ledger.enqueue(draft("L-000001", printer=PRINTER), IMAGE, who="batch", held_because="E-PRN-04")
    assert isinstance(looked(fakes).warning, expected)


def test_a_ledger_that_cannot_be_read_leaves_the_printers_own_word(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes = FakeBench()
    fakes.printer.told = True

    def busy(_printer: str) -> None:
        raise LedgerBusy("ledger")

    monkeypatch.setattr(fakes.ledger, "supplies", busy)
    assert (looked(fakes).failure, looked(fakes).told) == (None, True)
