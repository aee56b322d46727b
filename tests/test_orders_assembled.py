"""A station with an order in hand is opened with the order's profile, and what the settings say gives way."""

import contextlib
import logging
import queue
from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station import assembly
from gizqr_station.assembly.codes_bench import codes_bench
from gizqr_station.assembly.order_printers import OrderPrinters
from gizqr_station.assembly.orders import labelled_here, profile_of, require_here
from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import IdentityKind, MacAddress
from gizqr_station.domain.identity_failures import NotInOrder
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.order_failures import StationLacks
from gizqr_station.domain.product import CodeScheme
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.work_order import OrderProfile, OrderState, WorkOrder
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.printer_shelf import MemoryPrinterShelf
from gizqr_station.settings.secret_store import environment_name
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.order_happenings import OrdersSeen
from tests.cli.bench import KEY, ledger_of, set_up
from tests.fake_bench import WAIT_S

OTHER = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
RANGE = IdentityRange(MacAddress("001122000001"), MacAddress("001122000009"))


def profile(**changes: object) -> OrderProfile:
    lamp = OrderProfile(
        OTHER, "Lamp", "template", "60x40", "fine", 7, (RANGE,), 3, content="https://lamp.example/{mac}", quota=50
    )
    return replace(lamp, **changes)  # type: ignore[arg-type]


def signed(ledger: SqlLedger, wanted: OrderProfile, number: str = "WO-7") -> WorkOrder:
    ledger.plan_order(number, wanted, who="Chen")
    return ledger.move_order(number, OrderState.SIGNED, who="Chen")


def in_hand(folder: DataFolder, wanted: OrderProfile) -> None:
    ledger = ledger_of(folder)
    signed(ledger, wanted)
    ledger.take_order("WO-7", who="Li Wei")
    ledger.close()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return set_up(tmp_path)


def loaded(folder: DataFolder) -> Settings:
    from gizqr_station.settings.store import load

    return load(folder.settings_file)


def test_a_bench_is_made_of_what_the_order_says(folder: DataFolder) -> None:
    in_hand(folder, profile())
    with assembly.single_bench(folder, loaded(folder)) as bench:
        product, allowance = bench.product, bench.allowance
        assert (product.key, product.name, product.template) == (OTHER, "Lamp", "60x40")
        assert (product.scheme, product.scan_back_every, bench.printer.name) == (CodeScheme.TEMPLATE, 3, "fine")
        assert (allowance.order, allowance.quantity, allowance.quota) == ("WO-7", 7, Quota(50, 0))
        with pytest.raises(NotInOrder):
            allowance.require(MacAddress("00112200000a"))
        assert isinstance(bench.orders, SqlLedger)


def test_the_order_lasts_over_restarts_and_the_settings_file_stays_as_it_was(folder: DataFolder) -> None:
    before = folder.settings_file.read_bytes()
    in_hand(folder, profile())
    for _ in range(2):
        with assembly.single_bench(folder, loaded(folder)) as bench:
            assert bench.allowance.order == "WO-7"
    assert folder.settings_file.read_bytes() == before


def test_an_order_of_the_book_that_the_settings_name_is_labelled_by_its_profile(folder: DataFolder) -> None:
    ledger = ledger_of(folder)
    signed(ledger, profile())
    settings = loaded(folder).model_copy(update={"order": loaded(folder).order.model_copy(update={"number": "WO-7"})})
    assert labelled_here(settings, ledger).settings.product.template == "60x40"
    only_there = settings.model_copy(update={"order": settings.order.model_copy(update={"number": "WO-8"})})
    assert labelled_here(only_there, ledger).settings is only_there
    assert labelled_here(settings, None).settings is settings
    ledger.close()


def test_how_many_may_register_is_what_the_settings_of_the_same_product_say_by_now(folder: DataFolder) -> None:
    settings = loaded(folder)
    raised = settings.model_copy(update={"product": settings.product.model_copy(update={"quota": 900})})
    in_hand(folder, profile(product_key=KEY, identity_kind="mac", ouis=("001122",)))
    with assembly.single_bench(folder, raised) as bench:
        assert bench.allowance.quota == Quota(900, 0)
        assert (bench.allowance.kind, bench.allowance.ouis) == (IdentityKind.MAC, frozenset({"001122"}))


def test_what_a_command_writes_down_says_at_which_station(folder: DataFolder) -> None:
    ledger_of(folder).close()
    with contextlib.closing(assembly.existing_ledger(folder)) as ledger:
        ledger.act(Act(ActKind.EXPORT, "x"), who="Li Wei")
        (written,) = ledger.acts_about("x")
    assert written.station == "bench-1"
    folder.settings_file.write_text("what is this", "utf-8")
    assembly.existing_ledger(folder).close()


def test_codes_are_fetched_for_the_order_in_hand(folder: DataFolder) -> None:
    settings = loaded(folder)
    product = settings.product.model_copy(update={"scheme": "gizwits", "content": ""})
    settings = settings.model_copy(update={"product": product})
    in_hand(folder, replace(profile_of(settings), quantity=7, identities=(RANGE,)))
    with codes_bench(folder, settings) as bench:
        assert (bench.allowance.order, bench.allowance.ranges) == ("WO-7", (RANGE,))


def test_a_planned_profile_taken_up_again_is_the_same(folder: DataFolder) -> None:
    ledger = ledger_of(folder)
    wanted = replace(profile_of(loaded(folder)), quantity=7, identities=(RANGE,))
    order = signed(ledger, wanted)
    ledger.take_order("WO-7", who="Li Wei")
    again = replace(profile_of(labelled_here(loaded(folder), ledger).settings), quantity=7, identities=(RANGE,))
    assert again == wanted == order.profile
    ledger.close()


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"printer": "far away"}, "printer"),
        ({"template": "none-such"}, "template"),
        ({"secret_name": "lamp-secret"}, "secret"),
        ({"scheme": "gizwits", "service": "http://elsewhere.example:1800"}, "service"),
        ({"scheme": "link", "links_file": "/nonexistent.csv"}, "links"),
    ],
)
def test_what_a_station_lacks_is_named(
    folder: DataFolder, changes: dict[str, object], part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(environment_name("lamp-secret"), raising=False)
    ledger = ledger_of(folder)
    order, whole = signed(ledger, profile(**changes)), signed(ledger, profile(), "WO-8")
    require_here(loaded(folder), folder, whole, ("paper", "fine"))
    with pytest.raises(StationLacks) as lacking:
        require_here(loaded(folder), folder, order, ("paper", "fine"))
    assert (lacking.value.number, lacking.value.part) == ("WO-7", part)
    ledger.close()


def test_codes_of_another_service_are_never_used_for_an_order(folder: DataFolder) -> None:
    in_hand(folder, profile(scheme="gizwits", service="http://elsewhere.example:1800"))
    with pytest.raises(StationLacks), assembly.single_bench(folder, loaded(folder)):
        pass


def test_an_order_whose_printer_is_gone_is_labelled_on_the_stations_own(
    folder: DataFolder, caplog: pytest.LogCaptureFixture
) -> None:
    in_hand(folder, profile(printer="far away"))
    with caplog.at_level(logging.WARNING), assembly.single_bench(folder, loaded(folder)) as bench:
        assert (bench.printer.name, bench.product.template) == ("paper", "60x40")
    assert "far away" in caplog.text


def test_the_lines_printer_is_the_orders_and_the_settings_keep_their_own(folder: DataFolder) -> None:
    inner = MemoryPrinterShelf(loaded(folder))
    shelf = OrderPrinters(inner, "fine")
    assert (shelf.line_printer(), inner.line_printer()) == ("fine", "paper")
    shelf.keep(shelf.printers(), "fine")
    assert (shelf.line_printer(), inner.line_printer()) == ("fine", "paper")
    shelf.keep(shelf.printers(), "paper")
    assert (shelf.line_printer(), inner.line_printer()) == ("paper", "paper")
    renamed = tuple(
        replace(printer, name="finer") if printer.name == "fine" else printer for printer in inner.printers()
    )
    OrderPrinters(inner, "fine").keep(renamed, "finer")
    assert inner.line_printer() == "paper"
    own_is_gone = tuple(printer for printer in renamed if printer.name == "finer")
    shelf.keep(own_is_gone, "finer")
    assert (shelf.line_printer(), inner.line_printer()) == ("finer", "finer")


def test_an_open_station_tells_which_order_it_has_in_hand(folder: DataFolder) -> None:
    in_hand(folder, profile())
    heard: queue.SimpleQueue[Happening] = queue.SimpleQueue()
    station = assembly.open_station(folder, loaded(folder), heard.put, demo=False)
    try:
        while not isinstance(happening := heard.get(timeout=WAIT_S), OrdersSeen):
            pass
        assert (happening.in_hand, [each.order.number for each in happening.orders]) == ("WO-7", ["WO-7"])
    finally:
        station.shut_down()


def test_a_failure_of_the_ledger_keeps_a_station_from_opening_with_the_wrong_product(folder: DataFolder) -> None:
    in_hand(folder, profile())
    from sqlalchemy import text

    ledger = ledger_of(folder)
    with ledger._database.writing() as connection:
        connection.execute(text("DROP TRIGGER signed_profiles_are_not_changed"))
        connection.execute(text("UPDATE work_orders SET digest = 'x'"))
    ledger.close()
    with pytest.raises(Failure), assembly.single_bench(folder, loaded(folder)):
        pass
