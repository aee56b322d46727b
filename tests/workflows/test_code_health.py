"""The tile of the code service: away is a warning where the pool carries the line, and a failure where it does not."""

import dataclasses
from typing import Any

import pytest

from gizqr_station.domain.allowance import ANYTHING, Allowance
from gizqr_station.domain.code_failures import KeyRefused, ServiceThrottles, ServiceUnreachable
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.pool_failures import OnPoolAlone, PoolUnreadable
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_health import CodeHealth
from gizqr_station.workflows.happenings import Happening, HealthSeen, Part
from gizqr_station.workflows.health import look_once
from tests.fake_codes import SERVICE, FakeCodesDesk, mac, macs, zip_of
from tests.workflows.test_code_cuts import labelled
from tests.workflows.test_health import parts

AWAY = ServiceUnreachable(SERVICE)
ORDER = Allowance(order="WO-7", ranges=(macs(0, 4),))


def seen(fakes: FakeCodesDesk, away: Failure | None) -> PrinterStatus:
    return CodeHealth(fakes.allowance, fakes.fetch_parts()).seen(away, Stop())


def fill(fakes: FakeCodesDesk, *numbers: int) -> None:
    fakes.pool.add(zip_of({mac(number): f"code of {number}" for number in numbers}), Stop())


def test_a_service_that_answers_is_well_whatever_the_pool_has() -> None:
    assert seen(FakeCodesDesk(ORDER), None) == PrinterStatus()


def test_with_all_that_the_order_needs_in_the_pool_it_is_a_warning_that_says_how_many() -> None:
    fakes = FakeCodesDesk(ORDER)
    fill(fakes, 0, 1, 2, 99)
    labelled(fakes.fakes.ledger, mac(3))
    warning = seen(fakes, AWAY).warning
    assert isinstance(warning, OnPoolAlone)
    assert (warning.address, warning.codes) == (SERVICE, 3)
    assert seen(fakes, AWAY).failure is None


def test_with_one_gap_in_the_order_it_is_a_failure() -> None:
    fakes = FakeCodesDesk(ORDER)
    fill(fakes, 0, 1, 2)
    assert seen(fakes, AWAY) == PrinterStatus(AWAY)


def test_without_an_order_any_code_will_do_and_none_will_not() -> None:
    fakes = FakeCodesDesk()
    assert seen(fakes, AWAY) == PrinterStatus(AWAY)
    fill(fakes, 0)
    assert isinstance(seen(fakes, AWAY).warning, OnPoolAlone)


@pytest.mark.parametrize("away", [ServiceThrottles(SERVICE, 30.0), KeyRefused(SERVICE, 401)])
def test_a_pause_and_a_refused_key_keep_their_own_words(away: Failure) -> None:
    fakes = FakeCodesDesk()
    fill(fakes, 0)
    assert seen(fakes, away) == PrinterStatus(warning=away)


def test_a_pool_that_cannot_be_used_is_a_warning_and_carries_nothing() -> None:
    fakes = FakeCodesDesk()
    fill(fakes, 0)
    broken = PoolUnreadable("codes.sqlite", "damaged")
    sick = CodeHealth(fakes.allowance, fakes.fetch_parts(), broken)
    assert sick.seen(None, Stop()) == PrinterStatus(warning=broken)
    assert sick.seen(AWAY, Stop()) == PrinterStatus(AWAY)
    fakes.pool.unreadable = broken
    assert seen(fakes, AWAY) == PrinterStatus(AWAY)


def test_the_watch_tells_it() -> None:
    fakes = FakeCodesDesk()
    fill(fakes, 0)
    fakes.fakes.codes.failures = [AWAY]
    watched = dataclasses.replace(parts(fakes.fakes), pool=CodeHealth(fakes.allowance, fakes.fetch_parts()))
    told: list[Happening] = []
    look_once(watched, Stop(), told.append, [Part.CODE_SERVICE])
    (health,) = told
    assert isinstance(health, HealthSeen)
    assert (health.failure, type(health.warning)) == (None, OnPoolAlone)


def test_a_code_whose_device_has_its_label_carries_nothing() -> None:
    fakes = FakeCodesDesk()
    fill(fakes, 0, 1)
    labelled(fakes.fakes.ledger, mac(0))
    warning = seen(fakes, AWAY).warning
    assert isinstance(warning, OnPoolAlone)
    assert warning.codes == 1
    labelled(fakes.fakes.ledger, mac(1))
    assert seen(fakes, AWAY) == PrinterStatus(AWAY)


@pytest.mark.parametrize("allowance", [ANYTHING, ORDER])
def test_a_sandboxs_code_carries_nothing(allowance: Allowance) -> None:
    fakes = FakeCodesDesk(allowance)
    sandbox = zip_of({mac(0): "of a sandbox"}, "sandbox.zip")
    fakes.pool.add(
        dataclasses.replace(sandbox, zip=dataclasses.replace(sandbox.zip, source=CodeSource.SANDBOX)), Stop()
    )
    assert seen(fakes, AWAY) == PrinterStatus(AWAY)
    fill(fakes, 1, 2, 3)
    assert (seen(fakes, AWAY).warning is None) is (allowance is ORDER), "one of the order's is missing"


def test_a_long_count_is_remembered_for_twenty_times_as_long() -> None:
    fakes = FakeCodesDesk()
    fill(fakes, 0)
    time, counts = [0.0], [0]
    ask = fakes.pool.sections

    def slow(*given: Any) -> Any:
        time[0] += 3.0
        counts[0] += 1
        return ask(*given)

    setattr(fakes.pool, "sections", slow)  # noqa: B010
    health = CodeHealth(fakes.allowance, fakes.fetch_parts(), now=lambda: time[0])
    for at, expected in ((0.0, 1), (20.0, 1), (62.9, 1), (63.0, 2)):
        time[0] = max(time[0], at)
        assert isinstance(health.seen(AWAY, Stop()).warning, OnPoolAlone)
        assert counts[0] == expected
