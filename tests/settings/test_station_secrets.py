"""The secrets that the settings name: found to be kept out of everything, and never said."""

from pathlib import Path

import pytest

from gizqr_station.domain.secret_texts import NO_SECRETS
from gizqr_station.domain.settings_failures import SecretExposed, SecretMissing, SettingInvalid
from gizqr_station.settings.model import Settings
from gizqr_station.settings.secret_store import environment_name
from gizqr_station.settings.station_secrets import secrets_named_in, station_secrets
from gizqr_station.settings.store import write_commented

PRODUCT_SECRET, SERVICE_KEY, PROXY = "9f86d081884c7d659a2feaa0c55ad015", "canary-key-7f3a91", "line3:canary-proxy-55"
NAMED = {
    "product": {"secret_name": "product-secret"},
    "service": {"authorization_secret": "qr-key", "proxy_secret": "proxy"},
}


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keyring.get_password", lambda _service, _name: None)
    for name, value in (("product-secret", PRODUCT_SECRET), ("qr-key", SERVICE_KEY), ("proxy", PROXY)):
        monkeypatch.setenv(environment_name(name), value)


def test_all_that_are_named_are_found_and_of_a_proxy_the_password_too(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    settings = Settings.model_validate(NAMED)
    write_commented(file, settings)
    wanted = {PRODUCT_SECRET, SERVICE_KEY, PROXY, "canary-proxy-55"}
    assert station_secrets(settings, file, tmp_path).values == wanted
    assert secrets_named_in(file, tmp_path).values == wanted


def test_settings_that_name_none_have_none(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    assert secrets_named_in(file, tmp_path) == NO_SECRETS
    write_commented(file, Settings())
    assert secrets_named_in(file, tmp_path) == NO_SECRETS
    assert station_secrets(Settings(), file, tmp_path) == NO_SECRETS


def test_a_product_secret_that_is_named_and_not_there_keeps_the_station_shut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(environment_name("product-secret"))
    settings = Settings.model_validate(NAMED)
    with pytest.raises(SecretMissing):
        station_secrets(settings, tmp_path / "settings.toml", tmp_path)
    (tmp_path / "product-secret").write_text(PRODUCT_SECRET)
    (tmp_path / "product-secret").chmod(0o644)
    with pytest.raises(SecretExposed):
        station_secrets(settings, tmp_path / "settings.toml", tmp_path)


def test_a_product_secret_that_is_too_short_to_look_for_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(environment_name("product-secret"), "1234567")
    with pytest.raises(SettingInvalid) as refused:
        station_secrets(Settings.model_validate(NAMED), tmp_path / "settings.toml", tmp_path)
    assert refused.value.key == "product.secret_name"
    assert "1234567" not in str(refused.value)


def test_others_that_are_missing_or_short_are_somebody_elses_business(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(environment_name("proxy"))
    monkeypatch.setenv(environment_name("qr-key"), "G")
    found = station_secrets(Settings.model_validate(NAMED), tmp_path / "settings.toml", tmp_path)
    assert found.values == {PRODUCT_SECRET}


def test_a_key_that_is_the_product_key_is_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "0a6781ed676045988d5d72f3f0480fba"
    monkeypatch.setenv(environment_name("qr-key"), key)
    settings = Settings.model_validate({"product": {"key": key}, "service": {"authorization_secret": "qr-key"}})
    file = tmp_path / "settings.toml"
    write_commented(file, settings)
    assert station_secrets(settings, file, tmp_path) == secrets_named_in(file, tmp_path) == NO_SECRETS


@pytest.mark.parametrize(
    "text",
    [
        "[product",
        "product = 3\n",
        "[product]\nsecret_name = 3\n",
        '[product]\nsecret_name = "nobody-has-it"\n',
        "\x00",
    ],
)
def test_the_log_begins_whatever_is_wrong_with_the_settings(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    assert secrets_named_in(file, tmp_path) == NO_SECRETS
