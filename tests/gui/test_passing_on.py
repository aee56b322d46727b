"""What is scanned before the station is open is for it, if it opens soon."""

from gizqr_station.domain.scan_failures import StillOpening
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.passing_on import EARLY_FOR_S, MOST_EARLY_SCANS, LineBehind
from gizqr_station.workflows.happenings import Happening, ScanRefused
from tests.gui.heard import HeardLine


class Bench:
    """The line behind the window, a clock, and whoever hears."""

    def __init__(self) -> None:
        self.at = 50.0
        self.told: list[Happening] = []
        self.line = HeardLine()
        self.behind = LineBehind(self.told.append, lambda: self.at)

    @property
    def too_early(self) -> list[str]:
        """What was said to have come too early."""
        failures = [happening.failure for happening in self.told if isinstance(happening, ScanRefused)]
        return [failure.text for failure in failures if isinstance(failure, StillOpening)]


def test_scans_wait_for_the_station_in_order() -> None:
    bench = Bench()
    for text in ("first", "second"):
        bench.behind.scanned(text)
        bench.at += EARLY_FOR_S / 2
    assert bench.line.calls == []
    bench.behind.open(bench.line)
    bench.behind.scanned("third")
    assert (bench.line.calls, bench.told) == (["first", "second", "third"], [])
    assert bench.line.scanned_at == [50.0, 50.0 + EARLY_FOR_S / 2, None]


def test_a_scan_that_waited_too_long_is_said_and_not_acted_on() -> None:
    bench = Bench()
    bench.behind.scanned("\x02ACCF232BE530\r")
    bench.at += EARLY_FOR_S + 0.1
    bench.behind.scanned("fresh")
    bench.behind.open(bench.line)
    assert (bench.line.calls, bench.too_early) == (["fresh"], ["ACCF232BE530"])


def test_what_waits_is_bounded_and_what_goes_over_is_said() -> None:
    bench = Bench()
    for number in range(MOST_EARLY_SCANS + 2):
        bench.behind.scanned(str(number))
    assert bench.too_early == ["0", "1"]
    bench.behind.open(bench.line)
    assert bench.line.calls == [str(number) for number in range(2, MOST_EARLY_SCANS + 2)]


def test_keys_before_the_station_is_open_are_for_nobody() -> None:
    bench = Bench()
    bench.behind.no_usable_label(7)
    bench.behind.try_again(1)
    bench.behind.new_roll(SupplyKind.LABELS)
    bench.behind.open(bench.line)
    assert bench.line.calls == []
    bench.behind.no_usable_label(7)
    bench.behind.try_again(1)
    bench.behind.new_roll(SupplyKind.LABELS)
    assert bench.line.calls == [7, ("again", 1), SupplyKind.LABELS]
    bench.behind.close()
    bench.behind.no_usable_label(8)
    bench.behind.scanned("late")
    assert len(bench.line.calls) == 3


def test_where_no_station_will_open_every_scan_is_answered_at_once() -> None:
    bench = Bench()
    bench.behind.scanned("waiting")
    bench.behind.close()
    assert bench.too_early == ["waiting"]
    bench.behind.scanned("later")
    assert (bench.too_early, bench.line.calls) == (["waiting", "later"], [])
