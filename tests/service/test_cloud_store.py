"""Facts about who is signed in at the sandbox, and what the file holds."""

import stat
import sys
import threading
from pathlib import Path

import pytest

from gizqr_station.domain.settings_failures import SettingsUnreadable
from gizqr_station.service import cloud_store
from gizqr_station.service.cloud_store import (
    CloudStore,
    Device,
    DeviceState,
    TokenExpired,
    TokenUnknown,
    TooMany,
)

PRODUCT = "0a6781ed676045988d5d72f3f0480fba"
APP = "5f1d3b7a9c2e4860b1d3f5a7c9e0b2d4"
PLUG = Device(PRODUCT, "00911f500047")


def test_a_token_is_good_for_a_week(tmp_path: Path) -> None:
    now = 1_000.0
    store = CloudStore(tmp_path / "cloud.json", lambda: now)
    session = store.sign_in(APP, "somebody")
    assert session.expire_at == 1_000 + 604_800
    assert session.token not in repr(session)
    now = 1_000.0 + 604_799
    assert store.user(APP, session.token) == session.uid
    now += 1
    with pytest.raises(TokenExpired):
        store.user(APP, session.token)
    assert store.sign_in(APP, "somebody").uid == session.uid


def test_a_token_is_good_for_its_app_alone(tmp_path: Path) -> None:
    store = CloudStore(tmp_path / "cloud.json")
    token = store.sign_in(APP, "somebody").token
    with pytest.raises(TokenUnknown):
        store.user("f" * 32, token)
    assert store.sign_in("f" * 32, "somebody").uid != store.sign_in(APP, "somebody").uid


def test_a_device_has_the_same_number_always_and_no_other_has_it() -> None:
    assert PLUG.did == "T8Lz11VtxsJFTxhRxAm5xC"
    assert PLUG.did == Device(PRODUCT, "00911f500047").did
    assert len({Device(PRODUCT, f"00911f50{number:04x}").did for number in range(1000)}) == 1000
    assert PLUG.did != Device("f" * 32, PLUG.mac).did


def test_users_that_have_nothing_bound_are_forgotten_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cloud_store, "MOST_USERS", 3)
    store = CloudStore(tmp_path / "cloud.json")
    keeper = store.sign_in(APP, "keeper")
    store.bind(keeper.uid, PLUG)
    for number in range(5):
        store.sign_in(APP, f"passing {number}")
    assert store.user(APP, keeper.token) == keeper.uid
    assert store.bound(keeper.uid) == (PLUG,)


def test_a_sandbox_keeps_so_many_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cloud_store, "MOST_BOUND", 2)
    monkeypatch.setattr(cloud_store, "MOST_DEVICES", 1)
    store = CloudStore(tmp_path / "cloud.json")
    for number in range(2):
        store.bind("u", Device(PRODUCT, f"00911f50000{number}"))
    with pytest.raises(TooMany):
        store.bind("u", PLUG)
    store.put_state("00911f500001", DeviceState.OFFLINE)
    store.put_state("00911f500001", DeviceState.NEVER_ONLINE)
    with pytest.raises(TooMany):
        store.put_state("00911f500002", DeviceState.OFFLINE)
    store.put_state("00911f500001", DeviceState.ONLINE)
    store.put_state("00911f500002", DeviceState.OFFLINE)


def test_many_threads_lose_nothing(tmp_path: Path) -> None:
    store = CloudStore(tmp_path / "cloud.json")

    def bind(first: int) -> None:
        for number in range(first, first + 10):
            store.bind("u", Device(PRODUCT, f"00911f50{number:04x}"))

    threads = [threading.Thread(target=bind, args=(first,)) for first in range(0, 40, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(store.bound("u")) == 40
    assert set(CloudStore(tmp_path / "cloud.json").bound("u")) == set(store.bound("u"))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"users": 7}', '{"bindings": {"u": [{"mac": "x"}]}}'])
def test_a_file_that_is_none_of_ours_is_not_overwritten(tmp_path: Path, text: str) -> None:
    file = tmp_path / "cloud.json"
    file.write_text(text)
    with pytest.raises(SettingsUnreadable):
        CloudStore(file)
    assert file.read_text() == text


@pytest.mark.skipif(sys.platform == "win32", reason="rights are the folder's there")
def test_the_file_is_its_owners(tmp_path: Path) -> None:
    store = CloudStore(tmp_path / "cloud.json")
    store.sign_in(APP, "somebody")
    assert stat.S_IMODE((tmp_path / "cloud.json").stat().st_mode) == 0o600
