"""The people and the order of a demo: there at its first start, and never in a production ledger."""

import contextlib
import queue
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from gizqr_station.assembly import begun_ledger, open_station
from gizqr_station.assembly import people as assembled_people
from gizqr_station.assembly.people import people_of
from gizqr_station.demo.headless import run_headless
from gizqr_station.demo.newcomers import BADGES, LEAD, OPERATOR, QA, Newcomer
from gizqr_station.demo.preparing import prepare, without_order
from gizqr_station.demo.simulated_operator import AT_ONCE, PATIENCE, Keys, SimulatedOperator
from gizqr_station.demo.world import World, simulated_world
from gizqr_station.domain.ledger_failures import WrongLedgerKind
from gizqr_station.domain.line_failures import PartMissing
from gizqr_station.domain.people import Badge, Role
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.work_order import OrderState
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.trust.pins import Argon2Pins
from gizqr_station.workflows.happenings import AtSlot, Happening, UnitRefused


@pytest.fixture(autouse=True)
def _cheap_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembled_people, "Argon2Pins", lambda: Argon2Pins(rounds=1, memory_kib=64, lanes=1))


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "demo")


def settings(url: str = "http://127.0.0.1:18000") -> Settings:
    return Settings.model_validate(
        {
            "station": {"name": "demo", "operator": "demo"},
            "product": {"key": "0a6781ed676045988d5d72f3f0480fba", "name": "Smart Plug Mini", "quota": 0},
            "service": {"url": url},
            "scanner": {"badge": BADGES},
            "slots": [{"port": "/dev/null"}],
            "printers": [{"name": "virtual printer", "address": "tcp://127.0.0.1:9"}],
        }
    )


@contextlib.contextmanager
def ledger_in(folder: DataFolder, *, demo: bool = True) -> Iterator[SqlLedger]:
    folder.root.mkdir(exist_ok=True)
    with contextlib.closing(begun_ledger(folder, "demo", demo=demo)) as ledger:
        yield ledger


def test_the_first_start_makes_an_operator_somebody_of_qa_a_lead_and_a_signed_order(folder: DataFolder) -> None:
    folder.root.mkdir()
    prepare(folder, settings())
    with ledger_in(folder) as ledger:
        roles = {person.name: person.role for person in ledger.people()}
        assert roles == {"Lin": Role.LEAD, "Qin": Role.QA, "Ou": Role.OPERATOR}
        (order,) = ledger.orders()
        assert (order.number, order.state, order.signed_by) == ("DEMO-1", OrderState.SIGNED, "Lin")
        assert ledger.order_in_hand("demo") == ""


@pytest.mark.parametrize("newcomer", [LEAD, QA, OPERATOR], ids=lambda each: each.name)
def test_each_signs_in_with_the_pin_that_is_told_and_with_the_badge(folder: DataFolder, newcomer: Newcomer) -> None:
    folder.root.mkdir()
    prepare(folder, settings())
    with ledger_in(folder) as ledger:
        duty = people_of(ledger, settings()).duty
        assert duty.sign_in(newcomer.credential).name == newcomer.name
        assert duty.sign_in(Badge(f"DEMO-{newcomer.name.upper()}")).role is newcomer.role


def test_a_second_start_makes_nobody_and_no_second_order(folder: DataFolder) -> None:
    folder.root.mkdir()
    for _ in range(2):
        prepare(folder, settings())
    with ledger_in(folder) as ledger:
        assert len(list(ledger.people())) == 3
        assert [order.number for order in ledger.orders()] == ["DEMO-1"]


def test_a_lead_who_changed_the_pin_gets_no_new_order_and_the_demo_is_prepared_all_the_same(folder: DataFolder) -> None:
    folder.root.mkdir()
    prepare(folder, settings())
    with ledger_in(folder) as ledger:
        lead = ledger.person_named("Lin")
        assert lead is not None
        ledger.set_pin(lead.id, Argon2Pins(rounds=1, memory_kib=64, lanes=1).hash("739206"), who="Lin")
    prepare(folder, settings("http://127.0.0.1:18001"))
    with ledger_in(folder) as ledger:
        assert [order.number for order in ledger.orders()] == ["DEMO-1"]


def test_a_production_ledger_gets_no_people_and_no_order(folder: DataFolder) -> None:
    with ledger_in(folder, demo=False):
        pass
    for step in (prepare, without_order):
        with pytest.raises(WrongLedgerKind):
            step(folder, settings())
    with ledger_in(folder, demo=False) as ledger:
        assert not ledger.anybody()
        assert not ledger.orders()


@pytest.mark.parametrize("demo", [True, False])
def test_only_a_demo_opens_with_somebody_on_duty(folder: DataFolder, *, demo: bool) -> None:
    with ledger_in(folder, demo=demo) as ledger:
        admin = people_of(ledger, settings()).admin
        admin.make_first_lead(LEAD.name, LEAD.pin)
        admin.add(OPERATOR.name, OPERATOR.role, OPERATOR.pin)
    told: queue.SimpleQueue[Happening] = queue.SimpleQueue()
    station = open_station(folder, settings(), told.put, demo=demo, demo_operator=OPERATOR.credential)
    station.shut_down()
    names = {getattr(told.get(), "name", None) for _ in range(told.qsize())}
    assert (OPERATOR.name in names) is demo


def test_an_order_of_a_service_that_had_another_address_is_given_back_and_another_one_made(folder: DataFolder) -> None:
    folder.root.mkdir()
    prepare(folder, settings())
    with ledger_in(folder) as ledger:
        ledger.take_order("DEMO-1", who="Ou")
    prepare(folder, settings("http://127.0.0.1:18001"))
    with ledger_in(folder) as ledger:
        assert ledger.order_in_hand("demo") == ""
        assert [order.number for order in ledger.orders()] == ["DEMO-2", "DEMO-1"]


def test_an_order_of_the_same_service_stays_in_hand(folder: DataFolder) -> None:
    folder.root.mkdir()
    prepare(folder, settings())
    with ledger_in(folder) as ledger:
        ledger.take_order("DEMO-1", who="Ou")
    prepare(folder, settings())
    with ledger_in(folder) as ledger:
        assert ledger.order_in_hand("demo") == "DEMO-1"


def test_the_sandbox_service_of_a_folder_keeps_its_address(folder: DataFolder) -> None:
    with simulated_world(folder, "en") as first, pytest.raises(PartMissing), simulated_world(folder, "en"):
        pass  # the folder's service runs already
    with simulated_world(folder, "en") as second:
        assert second.settings.service.url == first.settings.service.url


def test_a_headless_run_where_a_window_was_works_as_its_operator_and_on_no_order(folder: DataFolder) -> None:
    folder.root.mkdir()
    prepare(folder, settings())
    with ledger_in(folder) as ledger:
        ledger.take_order("DEMO-1", who="Ou")
    result = run_headless(folder, 2, 1, "en", lambda _: None)
    assert (result.done.verified, result.unknown, result.failed, result.done.refused) == (2, 0, 0, [])
    with ledger_in(folder) as ledger:
        assert {(job.draft.operator, job.draft.work_order) for job in ledger.all_jobs()} == {("Ou", "")}


class Hand:
    """Unplugs, until it has had enough."""

    def __init__(self, times: int, stop: Stop) -> None:
        self.left = times
        self._stop = stop

    def unplug(self, _: Stop) -> None:
        self.left -= 1
        if not self.left:
            self._stop.set()


def test_the_operator_of_a_window_never_gives_up(folder: DataFolder) -> None:
    stop = Stop()
    hand = Hand(PATIENCE + 3, stop)
    heard: queue.SimpleQueue[Happening] = queue.SimpleQueue()
    for _ in range(PATIENCE + 3):
        heard.put(AtSlot(1, UnitRefused(PartMissing("a test", "-"), None)))
    world = cast("World", type("OneSlot", (), {"devices": {1: hand}, "folder": folder}))
    operator = SimulatedOperator(world, cast("SqlLedger", None), cast("Keys", None), 1, AT_ONCE, None)
    with pytest.raises(Stopped):
        operator.run(heard, stop)
    assert hand.left == 0
