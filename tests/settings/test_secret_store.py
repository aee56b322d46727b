"""Secrets by name, from where only their owner can put and read them."""

import os
from pathlib import Path

import keyring
import keyring.backend
import pytest

from gizqr_station.domain.settings_failures import SecretExposed, SecretMissing
from gizqr_station.settings.secret_store import KEY_STORE_SERVICE, environment_name, find_secret

CANARY = "canary-7f3a"


class FakeKeyStore(keyring.backend.KeyringBackend):
    """A key store in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture(autouse=True)
def key_store(monkeypatch: pytest.MonkeyPatch) -> FakeKeyStore:
    store = FakeKeyStore()
    monkeypatch.setattr(keyring, "get_password", store.get_password)
    monkeypatch.delenv(environment_name("line-3"), raising=False)
    return store


def test_the_environment_names_a_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIZQR_SECRET_LINE_3", CANARY)
    assert find_secret("line-3", tmp_path) == CANARY


def test_the_key_store_of_the_system_is_asked(key_store: FakeKeyStore, tmp_path: Path) -> None:
    key_store.set_password(KEY_STORE_SERVICE, "line-3", CANARY)
    assert find_secret("line-3", tmp_path) == CANARY


def test_a_file_that_only_its_owner_reads_will_do(tmp_path: Path) -> None:
    file = tmp_path / "line-3"
    file.write_text(CANARY + "\n")
    file.chmod(0o600)
    assert find_secret("line-3", tmp_path) == CANARY


@pytest.mark.skipif(os.name != "posix", reason="Windows has no mode bits")
def test_a_file_that_others_can_read_is_refused_without_saying_the_secret(tmp_path: Path) -> None:
    file = tmp_path / "line-3"
    file.write_text(CANARY)
    file.chmod(0o640)
    with pytest.raises(SecretExposed) as refused:
        find_secret("line-3", tmp_path)
    assert CANARY not in str(refused.value)


def test_a_secret_that_is_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(SecretMissing) as refused:
        find_secret("line-3", tmp_path)
    assert refused.value.name == "line-3"


def test_a_machine_without_a_key_store_is_no_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def none_here(*_: str) -> str:
        raise keyring.errors.NoKeyringError

    monkeypatch.setattr(keyring, "get_password", none_here)
    with pytest.raises(SecretMissing):
        find_secret("line-3", tmp_path)
