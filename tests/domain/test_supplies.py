"""Labels and ribbon by count: when to warn, and when to stop."""

import pytest

from gizqr_station.domain.printer_failures import RibbonEnded, RibbonLow, RollEnded, RollLow
from gizqr_station.domain.supplies import Supply, SupplyKind, supply_failure, supply_warning


def supply(left: int, kind: SupplyKind = SupplyKind.LABELS, warn_below: int = 20) -> Supply:
    return Supply("zebra", kind, left, 500, warn_below)


@pytest.mark.parametrize(("left", "low", "ended"), [(500, False, False), (21, False, False), (20, True, False),
                                                    (1, True, False), (0, True, True), (-3, True, True)])  # fmt: skip
def test_a_roll_is_low_from_its_warning_level_on_and_ended_before_the_half_label(
    left: int, low: bool, ended: bool
) -> None:
    assert (supply(left).low, supply(left).ended) == (low, ended)


def test_what_nobody_counts_neither_warns_nor_stops() -> None:
    assert (supply_failure(()), supply_warning(())) == (None, None)


@pytest.mark.parametrize(("kind", "failure"), [(SupplyKind.LABELS, RollEnded), (SupplyKind.RIBBON, RibbonEnded)])
def test_what_has_ended_stops_and_is_named(kind: SupplyKind, failure: type[Exception]) -> None:
    ended = (supply(300), supply(0, kind))
    assert isinstance(supply_failure(ended), failure)
    # It stops already; a warning on top would say less.
    assert supply_warning(ended) is None


@pytest.mark.parametrize(("kind", "warning"), [(SupplyKind.LABELS, RollLow), (SupplyKind.RIBBON, RibbonLow)])
def test_what_ends_soon_warns_with_the_number_that_is_left(kind: SupplyKind, warning: type[Exception]) -> None:
    seen = supply_warning((supply(300), supply(7, kind)))
    assert isinstance(seen, RollLow | RibbonLow)
    assert (type(seen), seen.printer, seen.left) == (warning, "zebra", 7)
    assert supply_failure((supply(7, kind),)) is None


def test_a_level_of_zero_warns_of_nothing_before_the_end() -> None:
    assert not supply(1, warn_below=0).low
