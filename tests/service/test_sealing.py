"""Facts about sealed contents and the key they are sealed with."""

import os
import stat
from pathlib import Path

import pytest

from gizqr_station.domain.codes import require_issued_for
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.settings_failures import SecretExposed, SettingsUnreadable
from gizqr_station.service.sealing import KEY_BYTES, NotSealedHere, Sealing, key_of

PRODUCT = "0a6781ed676045988d5d72f3f0480fba"
MAC, IMEI = "00911f500047", "861193040496508"
VENDORS_OWN = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
SEALING = Sealing(bytes(range(32)))


@pytest.mark.parametrize(("identity", "letters"), [(MAC, 104), (IMEI, 108)])
def test_a_content_has_the_vendors_anatomy(identity: str, letters: int) -> None:
    content = SEALING.seal(PRODUCT, identity)
    assert len(content) == letters
    require_issued_for(content, parse_identity(identity))


@pytest.mark.parametrize("identity", [MAC, IMEI])
def test_what_was_sealed_opens_again(identity: str) -> None:
    assert SEALING.opened(SEALING.seal(PRODUCT, identity)) == (PRODUCT, identity)


def test_no_content_comes_twice() -> None:
    assert len({SEALING.seal(PRODUCT, MAC) for _ in range(100)}) == 100


@pytest.mark.parametrize("content", [VENDORS_OWN, "", "hello", VENDORS_OWN[:-1], "http://www.gizwits.com?did=1"])
def test_foreign_contents_do_not_open(content: str) -> None:
    with pytest.raises(NotSealedHere):
        SEALING.opened(content)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(NotSealedHere):
        Sealing(bytes(32)).opened(SEALING.seal(PRODUCT, MAC))


def test_the_key_is_made_once_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "service" / "sealing.key"
    key = key_of(path)
    assert len(key) == KEY_BYTES
    assert key_of(path) == key
    assert [file.name for file in path.parent.iterdir()] == ["sealing.key"]


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_its_owner_can_read_the_key(tmp_path: Path) -> None:
    path = tmp_path / "service" / "sealing.key"
    before = os.umask(0)
    try:
        key_of(path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "sealing.key"
    key_of(path)
    path.chmod(mode)
    with pytest.raises(SecretExposed):
        key_of(path)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_file_of_another_length_is_no_key(tmp_path: Path, length: int) -> None:
    path = tmp_path / "sealing.key"
    path.write_bytes(bytes(length))
    path.chmod(0o600)
    with pytest.raises(SettingsUnreadable):
        key_of(path)
