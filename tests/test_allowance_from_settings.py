"""What the settings let a station label; nothing that an order names is left out in silence."""

from pathlib import Path
from typing import Any

import pytest

from gizqr_station.assembly.allowance import allowance_from
from gizqr_station.domain.allowance import ANYTHING, Allowance, LocalMacs
from gizqr_station.domain.identity import Identity, IdentityKind, parse_identity
from gizqr_station.domain.identity_failures import NotInOrder
from gizqr_station.domain.identity_list import ListText
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.list_failures import ListEmpty, ListUnreadable
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings


def allowed(folder: Path, **tables: Any) -> Allowance:
    return allowance_from(Settings.model_validate(tables), DataFolder(folder))


def identity(text: str) -> Identity:
    return parse_identity(text, local_macs=True)


def test_settings_that_say_nothing_allow_everything(tmp_path: Path) -> None:
    assert allowed(tmp_path, product={"quota": 0}) == ANYTHING


def test_a_product_registers_ten_devices_until_the_settings_say_otherwise(tmp_path: Path) -> None:
    assert allowed(tmp_path).quota == Quota(10)
    assert allowed(tmp_path, product={"quota": 500, "registered_elsewhere": 20}).quota == Quota(500, elsewhere=20)
    assert allowed(tmp_path, product={"quota": 0, "registered_elsewhere": 20}).quota is None


def test_the_products_kind_makers_and_permission_are_taken(tmp_path: Path) -> None:
    product = {
        "identity": "mac",
        "ouis": ["00:91:1F", "ac-cf-23", "F0FE6B"],
        "local_macs_allowed_by": " Chen ",
        "local_macs_reason": "module lot 12 ",
    }
    made = allowed(tmp_path, product=product)
    assert (made.kind, made.ouis) == (IdentityKind.MAC, frozenset({"00911f", "accf23", "f0fe6b"}))
    assert made.local_macs == LocalMacs("Chen", "module lot 12")


def test_an_orders_ranges_and_singles_are_all_that_it_takes(tmp_path: Path) -> None:
    order = {
        "number": " WO-7 ",
        "quantity": 40,
        "identities": ["00911f500047", "00:91:1F:50:00:48", "00911f600000 .. 00911f60000f", "861193040496508"],
    }
    made = allowed(tmp_path, order=order)
    assert (made.order, made.quantity) == ("WO-7", 40)
    assert set(made.ranges) == {
        IdentityRange.parse("00911f500047..00911f500048"),
        IdentityRange.parse("861193040496508"),
        IdentityRange.parse("00911f600000..00911f60000f"),
    }
    for text in ("00911f500047", "00911f600008", "861193040496508"):
        made.require(identity(text))
    with pytest.raises(NotInOrder):
        made.require(identity("00911f500049"))


def test_a_quantity_without_an_order_would_count_all_that_was_ever_made(tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid) as refused:
        allowed(tmp_path, order={"quantity": 40})
    assert refused.value.key == "order.quantity"


def test_an_orders_list_stands_beside_the_settings(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    list_file = folder.settings_file.parent / "order.csv"
    list_file.parent.mkdir(parents=True, exist_ok=True)
    list_file.write_text("mac\n00911f500047\n00911f500048\n00:91:1F:50:01:00\n", encoding="utf-8")
    made = allowed(tmp_path, order={"number": "WO-7", "list_file": "order.csv", "identities": ["861193040496508"]})
    for text in ("00911f500047", "00911f500048", "00911f500100", "861193040496508"):
        made.require(identity(text))
    with pytest.raises(NotInOrder) as refused:
        made.require(identity("00911f500049"))
    assert refused.value.values() == {"identity": "00:91:1F:50:00:49", "order": "WO-7"}


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("mac\n00911f500047\n00911f50004\n", "order.csv line 3: '00911f50004', E-ID-02"),
        ("mac\n02112233445 5\n00911f500047\n", "order.csv line 2"),
        ("mac\n00911f500047\n021122334455\n", "order.csv line 3: '021122334455', E-ID-04"),
        ("mac\n00911f500047\n9.11E+11\n", "order.csv line 3: '9.11E+11', E-ID-16"),
    ],
)
def test_a_bad_line_of_the_list_keeps_the_station_from_opening_and_is_named(
    tmp_path: Path, lines: str, named: str
) -> None:
    (tmp_path / "order.csv").write_text(lines, encoding="utf-8")
    order = {"number": "WO-7", "list_file": str(tmp_path / "order.csv")}
    with pytest.raises(SettingInvalid) as refused:
        allowed(tmp_path, order=order)
    assert refused.value.key == "order.list_file"
    assert refused.value.reason.startswith(named)


def test_a_bad_entry_of_the_settings_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid) as refused:
        allowed(tmp_path, order={"number": "WO-7", "identities": ["00911f500047", "00911f500049..00911f500048"]})
    assert (refused.value.key, refused.value.reason.partition(":")[0]) == ("order.identities", "entry 2")


def test_a_locally_administered_mac_in_an_order_needs_the_permission(tmp_path: Path) -> None:
    order = {"number": "WO-7", "identities": ["021122334455"]}
    with pytest.raises(SettingInvalid):
        allowed(tmp_path, order=order)
    product = {"local_macs_allowed_by": "Chen", "local_macs_reason": "module lot 12"}
    allowed(tmp_path, order=order, product=product).require(identity("021122334455"))


def test_an_empty_or_missing_list_does_not_come_to_mean_everything(tmp_path: Path) -> None:
    (tmp_path / "order.csv").write_text("mac\n\n", encoding="utf-8")
    with pytest.raises(ListEmpty):
        allowed(tmp_path, order={"number": "WO-7", "list_file": str(tmp_path / "order.csv")})
    with pytest.raises(ListUnreadable):
        allowed(tmp_path, order={"number": "WO-7", "list_file": str(tmp_path / "none.csv")})


def test_a_list_in_which_nothing_is_found_does_not_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gizqr_station.assembly.allowance.read_list", lambda path: ListText(path.name, ()))
    with pytest.raises(ListEmpty):
        allowed(tmp_path, order={"number": "WO-7", "list_file": str(tmp_path / "order.csv")})
