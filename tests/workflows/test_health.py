"""The quiet watch tells each part's state, and ends when told."""

from collections import Counter

import pytest

from gizqr_station.domain.code_failures import ServiceUnreachable
from gizqr_station.domain.line_failures import ProgramFault
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


def test_a_part_that_breaks_says_so_and_the_others_are_looked_at_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fakes = FakeBench()

    def broken(_stop: Stop) -> None:
        raise OSError("no such thing")

    monkeypatch.setattr(fakes.codes, "reachable", broken)
    told: list[Happening] = []
    look_once(parts(fakes), Stop(), told.append)
    failures = {seen.part: seen.failure for seen in told if isinstance(seen, HealthSeen)}
    assert isinstance(failures[Part.CODE_SERVICE], ProgramFault)
    assert failures[Part.LEDGER] is None


def test_the_service_is_not_looked_at_as_often_as_what_stands_on_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gizqr_station.workflows.health.PAUSE_S", 0.0)
    stop, seen = Stop(), Counter[Part]()

    def tell(happening: Happening) -> None:
        assert isinstance(happening, HealthSeen)
        seen[happening.part] += 1
        if seen[Part.LEDGER] == 10:
            stop.set()

    watch(parts(FakeBench()), stop, tell)
    assert (seen[Part.PRINTER], seen[Part.CODE_SERVICE]) == (10, 1)


def test_a_stop_ends_the_watch() -> None:
    stop, told = Stop(), []

    def tell(happening: Happening) -> None:
        told.append(happening)
        stop.set()

    watch(parts(FakeBench()), stop, tell)
    assert len(told) == 1
