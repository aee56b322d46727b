"""``doctor`` on the way to the QR service."""

from pathlib import Path
from typing import Any

import pytest

from gizqr_station.cli.service_findings import service_findings
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings

KEY = "0a6781ed676045988d5d72f3f0480fba"


def told(tmp_path: Path, scheme: str = "gizwits", **service: Any) -> dict[str, tuple[bool, str]]:
    settings = Settings.model_validate({"product": {"key": KEY, "scheme": scheme}, "service": service})
    folder = DataFolder(tmp_path)
    return {found.subject: (found.good, found.says) for found in service_findings(folder, settings)}


def test_plain_http_is_told_with_what_it_means(tmp_path: Path) -> None:
    good, says = told(tmp_path)["QR service"]
    assert not good
    assert says.startswith("http://qrcode.gizwitsapi.com:1800, not encrypted: whoever is on this network can read")


def test_https_is_told_with_whom_it_trusts(tmp_path: Path) -> None:
    found = told(tmp_path, "private", url="https://codes.example")
    assert found == {
        "QR service": (True, "https://codes.example, encrypted"),
        "certificates trusted": (True, "those of this machine"),
    }


@pytest.mark.parametrize(
    ("url", "good", "seen"),
    [
        ("http://codes.example", False, "sees the key and the codes"),
        ("https://codes.example", True, "sees nothing but where to"),
    ],
)
def test_a_proxy_is_told_with_what_it_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, *, good: bool, seen: str
) -> None:
    monkeypatch.setenv("GIZQR_SECRET_WEB", "station:a-proxy-password")
    found = told(tmp_path, url=url, proxy="http://proxy.example:3128", proxy_secret="web")
    assert found["proxy"] == (good, f"proxy.example:3128, with a password; it {seen}")
    assert "a-proxy-password" not in str(found)


@pytest.mark.parametrize("scheme", ["link", "template"])
def test_codes_that_are_made_here_need_no_service(tmp_path: Path, scheme: str) -> None:
    assert told(tmp_path, scheme) == {}


def test_a_setting_that_cannot_be_used_is_told_elsewhere(tmp_path: Path) -> None:
    assert told(tmp_path, ca_file="gone.pem") == {}
