"""Facts about the sandbox's Open API, asked over a real connection with bytes of the vendor's document."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from gizqr_station.service.sealing import Sealing, key_of
from tests.service.running import SandboxProcess, running_sandbox

PRODUCT = "0a6781ed676045988d5d72f3f0480fba"
APP = {"X-Gizwits-Application-Id": "5f1d3b7a9c2e4860b1d3f5a7c9e0b2d4"}
KEY = {"Authorization": "G"}
VENDORS_OWN = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
LINK = f"http://www.gizwits.com?product_key={PRODUCT}&did=gKufzxZwYeyd3Skbsb6mza&passcode=JHHOOIWJBA"


class Cloud:
    """One sandbox and what somebody asks of it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self._sealing = Sealing(key_of(folder / "sealing.key"))

    def ask(self, method: str, path: str, headers: dict[str, str], **more: Any) -> httpx.Response:
        with httpx.Client(base_url=self.url, trust_env=False, verify=False, headers=headers) as client:
            return client.request(method, path, **more)

    def user(self, name: str = "somebody") -> dict[str, str]:
        answer = self.ask("POST", "/app/users", APP, json={"phone_id": name})
        assert answer.status_code == 201
        return {**APP, "X-Gizwits-User-token": answer.json()["token"]}

    def code(self, mac: str) -> str:
        """As the sandbox's own service issues one."""
        return self._sealing.seal(PRODUCT, mac)

    def bind(self, user: dict[str, str], content: str) -> httpx.Response:
        return self.ask("POST", "/app/bind_latest", user, json={"qr_content": content, "set_owner": 0})

    def devices(self, user: dict[str, str], query: str = "") -> list[dict[str, Any]]:
        answer = self.ask("GET", f"/app/bindings{query}", user)
        assert answer.status_code == 200
        devices: list[dict[str, Any]] = answer.json()["devices"]
        return devices

    def unbind(self, user: dict[str, str], *dids: str) -> dict[str, list[str]]:
        answer = self.ask("DELETE", "/app/bindings", user, json={"devices": [{"did": did} for did in dids]})
        assert answer.status_code == 200
        done: dict[str, list[str]] = answer.json()
        return done

    def say(self, mac: str, state: str) -> None:
        answer = self.ask("PUT", f"/sandbox/devices/{mac}", KEY, json={"state": state})
        assert answer.json() == {"state": state}


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    folder = tmp_path_factory.mktemp("cloud")
    with SandboxProcess(folder) as sandbox:
        yield Cloud(sandbox.url(), folder)


def refused(answer: httpx.Response, number: int) -> None:
    assert answer.status_code == 400
    assert set(answer.json()) == {"error_code", "error_message", "detail_message"}
    assert answer.json()["error_code"] == number


def test_a_user_binds_by_code_sees_the_device_and_unbinds_it(cloud: Cloud) -> None:
    user = cloud.user("one")
    answer = cloud.bind(user, cloud.code("00911f500047"))
    assert (answer.status_code, answer.json()) == (200, {})
    [device] = cloud.devices(user)
    assert (device["product_key"], device["mac"], device["is_online"]) == (PRODUCT, "00911f500047", True)
    assert len(device["did"]) == 22
    assert len(device["passcode"]) == 10
    assert cloud.unbind(user, device["did"]) == {"success": [device["did"]], "failed": []}
    assert cloud.devices(user) == []
    assert cloud.unbind(user, device["did"], "nobodys") == {"success": [], "failed": [device["did"], "nobodys"]}


def test_binding_twice_is_once_and_each_user_has_devices_of_its_own(cloud: Cloud) -> None:
    first, second = cloud.user("first"), cloud.user("second")
    for _ in range(2):
        assert cloud.bind(first, cloud.code("00911f500050")).status_code == 200
    assert len(cloud.devices(first)) == 1
    assert cloud.devices(second) == []
    did = cloud.devices(first)[0]["did"]
    assert cloud.unbind(second, did)["failed"] == [did]
    assert len(cloud.devices(first)) == 1


def test_the_same_name_is_the_same_user_and_its_older_tokens_stay_good(cloud: Cloud) -> None:
    old = cloud.user("again")
    cloud.bind(old, cloud.code("00911f500051"))
    new = cloud.user("again")
    assert new != old
    assert cloud.devices(old) == cloud.devices(new) != []
    other_app = {"X-Gizwits-Application-Id": "f" * 32}
    answer = cloud.ask("GET", "/app/bindings", {**other_app, "X-Gizwits-User-token": new["X-Gizwits-User-token"]})
    refused(answer, 9004)


def test_devices_come_in_pages(cloud: Cloud) -> None:
    user = cloud.user("many")
    for number in range(25):
        cloud.bind(user, cloud.code(f"00911f6000{number:02x}"))
    assert [device["mac"] for device in cloud.devices(user)] == [f"00911f6000{number:02x}" for number in range(20)]
    assert len(cloud.devices(user, "?limit=20&skip=20")) == 5
    assert cloud.devices(user, "?limit=20&skip=40") == []


@pytest.mark.parametrize("content", [VENDORS_OWN, LINK, "type=share&code=12", "hello", "", "中文"], ids=range(6))
def test_only_codes_of_this_sandbox_bind(cloud: Cloud, content: str) -> None:
    user = cloud.user()
    refused(cloud.bind(user, content), 9040)
    assert cloud.devices(user) == []


def test_devices_are_online_offline_or_never_were(cloud: Cloud) -> None:
    user, mac = cloud.user("states"), "00911f500060"
    cloud.say(mac, "never_online")
    refused(cloud.bind(user, cloud.code(mac)), 9014)
    cloud.say(mac, "offline")
    refused(cloud.bind(user, cloud.code(mac)), 9042)
    cloud.say(mac, "online")
    assert cloud.bind(user, cloud.code(mac)).status_code == 200
    cloud.say(mac, "offline")
    assert cloud.devices(user)[0]["is_online"] is False
    assert cloud.ask("GET", f"/sandbox/devices/{mac}", KEY).json() == {"state": "offline"}


@pytest.mark.parametrize("key", [{}, {"Authorization": "H"}])
def test_nobody_without_the_key_says_how_devices_are(cloud: Cloud, key: dict[str, str]) -> None:
    for method in ("GET", "PUT"):
        answer = cloud.ask(method, "/sandbox/devices/00911f500060", key, json={"state": "offline"})
        assert answer.status_code == 401


@pytest.mark.parametrize("mac", ["00911F500060", "00911f50006", "xyz", "1234567890123456"])
def test_a_device_is_named_as_the_service_names_it(cloud: Cloud, mac: str) -> None:
    answer = cloud.ask("PUT", f"/sandbox/devices/{mac}", KEY, json={"state": "offline"})
    assert (answer.status_code, "mac" in answer.json()["reason"]) == (400, True)


@pytest.mark.parametrize("app", [{}, {"X-Gizwits-Application-Id": "short"}, {"X-Gizwits-Application-Id": "0" * 32}])
def test_a_wrong_app_id_is_refused_everywhere(cloud: Cloud, app: dict[str, str]) -> None:
    refused(cloud.ask("POST", "/app/users", app, json={"phone_id": "x"}), 9003)
    refused(cloud.ask("GET", "/app/bindings", app), 9003)


@pytest.mark.parametrize("token", [{}, {"X-Gizwits-User-token": "nobodys"}])
def test_a_wrong_token_is_refused_everywhere(cloud: Cloud, token: dict[str, str]) -> None:
    headers = APP | token
    refused(cloud.bind(headers, "x"), 9004)
    refused(cloud.ask("GET", "/app/bindings", headers), 9004)
    refused(cloud.ask("DELETE", "/app/bindings", headers, json={"devices": []}), 9004)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/app/users", {}),
        ("POST", "/app/users", {"phone_id": 7}),
        ("POST", "/app/users", {"phone_id": ""}),
        ("POST", "/app/users", {"phone_id": "x", "password": "y"}),
        ("POST", "/app/bind_latest", {"qr_content": None}),
        ("POST", "/app/bind_latest", {"qr_content": "x", "set_owner": 2}),
        ("DELETE", "/app/bindings", {"devices": ["x"]}),
        ("DELETE", "/app/bindings", {}),
        ("GET", "/app/bindings?limit=0", None),
        ("GET", "/app/bindings?limit=101", None),
        ("GET", "/app/bindings?skip=-1", None),
    ],
)
def test_a_wrong_form_is_refused_with_its_place(cloud: Cloud, method: str, path: str, body: object) -> None:
    answer = cloud.ask(method, path, cloud.user(), json=body)
    refused(answer, 9015)
    assert answer.json()["detail_message"]


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{", b'{"phone_id": "\xff"}', b""])
def test_bytes_that_are_no_json_are_a_wrong_form_too(cloud: Cloud, body: bytes) -> None:
    headers = {**APP, "Content-Type": "application/json"}
    refused(cloud.ask("POST", "/app/users", headers, content=body), 9015)


def test_every_answer_is_a_sandboxs(cloud: Cloud) -> None:
    for method, path in (("POST", "/app/users"), ("GET", "/app/bindings"), ("GET", "/sandbox/devices/00911f500060")):
        assert cloud.ask(method, path, {}).headers["X-Gizqr-Sandbox"] == "1"


def test_a_body_that_is_too_long_is_not_read(cloud: Cloud) -> None:
    answer = cloud.ask("POST", "/app/users", APP, content=b'{"phone_id": "' + b"x" * 70_000 + b'"}')
    assert answer.status_code == 413


def test_users_and_what_they_bound_outlive_the_service_tokens_do_not(tmp_path: Path) -> None:
    with running_sandbox(tmp_path) as url:
        before = Cloud(url, tmp_path)
        user = before.user("lasting")
        before.bind(user, before.code("00911f500047"))
        before.say("00911f500099", "never_online")
    with running_sandbox(tmp_path) as url:
        after = Cloud(url, tmp_path)
        refused(after.ask("GET", "/app/bindings", user), 9004)
        assert [device["mac"] for device in after.devices(after.user("lasting"))] == ["00911f500047"]
        assert after.ask("GET", "/sandbox/devices/00911f500099", KEY).json() == {"state": "never_online"}
    text = (tmp_path / "open-api.json").read_text()
    assert APP["X-Gizwits-Application-Id"] not in text
    assert user["X-Gizwits-User-token"] not in text
