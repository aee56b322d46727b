"""What the settings say of a product that cannot be, each fault named by its place."""

from pathlib import Path

import pytest

from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import load, write_commented

VENDOR = "http://qrcode.gizwitsapi.com:1800"


def fault_of(tmp_path: Path, text: str) -> SettingInvalid:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingInvalid) as refused:
        load(file)
    return refused.value


@pytest.mark.parametrize(
    "url",
    [
        "",
        f'[service]\nurl = "{VENDOR}"\n',
        '[service]\nurl = "https://QRCODE.GizwitsAPI.com"\n',
        '[service]\nurl = "http://qrcode.gizwitsapi.com.:80"\n',
        '[service]\nurl = "http://user:pass@qrcode.gizwitsapi.com"\n',
    ],
)
def test_a_private_product_at_the_vendors_own_address_is_a_fault_of_that_address(tmp_path: Path, url: str) -> None:
    fault = fault_of(tmp_path, f'[product]\nscheme = "private"\n{url}')
    assert fault.key == "service.url"
    assert "the address of your deployment" in fault.reason


@pytest.mark.parametrize(
    "url", ["https://qr.example.com", "http://10.0.0.7:1800", "http://qrcode.gizwitsapi.com.example"]
)
def test_a_private_deployment_of_the_customers_own_is_fine(url: str) -> None:
    settings = Settings.model_validate({"product": {"scheme": "private"}, "service": {"url": url}})
    assert not settings.service.of_the_vendor


@pytest.mark.parametrize("scheme", ["gizwits", "link", "template"])
def test_other_schemes_may_have_any_address(scheme: str) -> None:
    for url in (VENDOR, "http://127.0.0.1:8000", "http://[::1"):
        Settings.model_validate({"product": {"scheme": scheme}, "service": {"url": url}})


@pytest.mark.parametrize("written", ["9f86d081884c7d659a2feaa0c55ad015", "9F86D081884C7D659A2FEAA0C55AD015"])
def test_the_secret_itself_where_its_name_belongs_is_refused_without_being_repeated(
    tmp_path: Path, written: str
) -> None:
    fault = fault_of(tmp_path, f'[product]\nsecret_name = "{written}"\n')
    assert fault.key == "product.secret_name"
    assert "not the secret itself" in fault.reason
    assert written not in str(fault)


@pytest.mark.parametrize(
    ("table", "place", "words"),
    [
        ("quota = 10\nregistered_elsewhere = 11\n", "product.registered_elsewhere", "product.quota, which is 10"),
        ("registered_elsewhere = 11\n", "product.registered_elsewhere", "product.quota, which is 10"),
        ("quota = -1\n", "product.quota", "0"),
        ("registered_elsewhere = -1\n", "product.registered_elsewhere", "0"),
        ('secret_name = "a b"\n', "product.secret_name", "Name of the product secret in the secret store"),
        ('scheme = "gizwit"\n', "product.scheme", "gizwits"),
    ],
)
def test_every_fault_has_its_place(tmp_path: Path, table: str, place: str, words: str) -> None:
    fault = fault_of(tmp_path, f"[product]\n{table}")
    assert fault.key == place
    assert words in fault.reason


def test_a_product_whose_quota_is_used_up_elsewhere_and_one_without_a_limit_are_fine(tmp_path: Path) -> None:
    for product in ({"quota": 5, "registered_elsewhere": 5}, {"quota": 0, "registered_elsewhere": 5}):
        Settings.model_validate({"product": product})


def test_files_from_before_the_quota_mean_ten(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[product]\nname = "Lamp"\n', encoding="utf-8")
    assert load(file).product.quota == 10
    write_commented(file, load(file))
    assert "quota = 10 # Devices that may register: 10 until published; 0 = no limit." in file.read_text("utf-8")
