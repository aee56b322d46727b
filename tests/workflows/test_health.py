"""The quiet watch tells each part's state, and ends when told."""

from gizqr_station.domain.code_failures import ServiceUnreachable
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.happenings import Happening, HealthSeen, Part
from gizqr_station.workflows.health import WatchedParts, look_once, watch
from tests.fake_bench import FakeBench
from tests.fakes import SteppingClock


def parts(fakes: FakeBench) -> WatchedParts:
    details = {Part.PRINTER: "zebra"}
    return WatchedParts(fakes.reader, fakes.codes, fakes.printer, fakes.ledger, details, SteppingClock())


def test_every_part_is_looked_at_and_only_the_sick_one_says_so() -> None:
    fakes = FakeBench()
    away = ServiceUnreachable("qr")
    fakes.codes.failures = [away]
    told: list[Happening] = []
    look_once(parts(fakes), Stop(), told.append)
    seen = {happening.part: happening for happening in told if isinstance(happening, HealthSeen)}
    assert {part: health.failure for part, health in seen.items()} == {
        Part.DEVICE_PORT: None,
        Part.CODE_SERVICE: away,
        Part.PRINTER: None,
        Part.LEDGER: None,
    }
    assert seen[Part.PRINTER].detail == "zebra"


def test_a_stop_ends_the_watch() -> None:
    stop, told = Stop(), []

    def tell(happening: Happening) -> None:
        told.append(happening)
        stop.set()

    watch(parts(FakeBench()), stop, tell)
    assert len(told) == 1
