"""From the settings to the way out: certificates, proxy and its password, each fault at its place."""

from pathlib import Path
from typing import Any

import pytest

from gizqr_station.assembly import task_client
from gizqr_station.assembly.web import way_out
from gizqr_station.domain.settings_failures import SecretMissing, SettingInvalid
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from tests.codes.tls_authority import new_authority

PASSWORD = "a-proxy-password"


def settings(**service: Any) -> Settings:
    return Settings.model_validate({"service": service})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "there is no file ca.pem"),
        (b"", "no PEM certificate in ca.pem"),
        (b"\xff", "no PEM certificate in ca.pem"),
    ],
)
@pytest.mark.parametrize("url", ["http://x.example", "https://x.example"])
def test_a_ca_file_that_cannot_be_used_is_a_fault_at_its_place(
    tmp_path: Path, url: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (tmp_path / "ca.pem").write_bytes(content)
    with pytest.raises(SettingInvalid) as caught:
        task_client(DataFolder(tmp_path), settings(url=url, ca_file="ca.pem"))
    assert (caught.value.key, caught.value.reason) == ("service.ca_file", reason)


def test_a_relative_ca_file_stands_beside_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    authority = new_authority(tmp_path, "company")
    folder = DataFolder(tmp_path)
    assert way_out(folder, settings(ca_file="company.pem")).ca_file == authority.ca_file
    assert way_out(folder, settings(ca_file=str(authority.ca_file))).ca_file == authority.ca_file
    assert task_client(folder, settings(url="https://x.example", ca_file="company.pem")).encrypted


def test_without_settings_there_is_neither_proxy_nor_file(tmp_path: Path) -> None:
    way = way_out(DataFolder(tmp_path), Settings())
    assert (way.ca_file, way.proxy) == (None, None)


def test_the_proxy_s_password_comes_from_the_secret_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIZQR_SECRET_WEB", f"station:{PASSWORD}")
    wanted = settings(proxy="http://proxy.example:3128", proxy_secret="web")
    proxy = way_out(DataFolder(tmp_path), wanted).proxy
    assert proxy is not None
    assert (proxy.place, proxy.user, proxy.password) == ("proxy.example:3128", "station", PASSWORD)
    assert PASSWORD not in repr(way_out(DataFolder(tmp_path), wanted))
    assert task_client(DataFolder(tmp_path), wanted).proxy_place == "proxy.example:3128"


def test_a_password_without_its_user_is_a_fault_that_does_not_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIZQR_SECRET_WEB", PASSWORD)
    with pytest.raises(SettingInvalid) as caught:
        way_out(DataFolder(tmp_path), settings(proxy="http://proxy.example:3128", proxy_secret="web"))
    assert (caught.value.key, caught.value.reason) == ("service.proxy_secret", "user:password expected")
    assert caught.value.__cause__ is None


def test_a_secret_of_the_proxy_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SecretMissing, match="web"):
        way_out(DataFolder(tmp_path), settings(proxy="http://proxy.example:3128", proxy_secret="web"))


def test_a_key_that_can_never_work_is_a_fault_that_does_not_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIZQR_SECRET_LINE", "schlüssel-geheim")
    with pytest.raises(SettingInvalid) as caught:
        task_client(DataFolder(tmp_path), settings(authorization_secret="line"))
    assert caught.value.key == "service.authorization_secret"
    assert "geheim" not in str(caught.value)
