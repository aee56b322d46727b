"""The settings file: what is written is read, and every fault is named by its place."""

from pathlib import Path

import pytest

from gizqr_station.domain.settings_failures import SettingInvalid, SettingsUnreadable, SettingUnknown
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import load, write_commented


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "settings.toml"


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert load(file) == Settings()


def test_what_is_written_is_read_and_every_line_says_what_it_means(file: Path) -> None:
    written = Settings.model_validate({"printer": {"dpi": 300}, "product": {"key": "0" * 32, "name": "智能插座"}})
    write_commented(file, written)
    assert load(file) == written
    values = [line for line in file.read_text(encoding="utf-8").splitlines() if "=" in line]
    assert all(" # " in line for line in values)


def test_writing_again_leaves_no_draft_behind(file: Path) -> None:
    write_commented(file, Settings())
    write_commented(file, Settings())
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    ("text", "key", "suggestion"),
    [
        ("[printer]\nprot = 9100\n", "printer.prot", "printer.port"),
        ("[printr]\nport = 9100\n", "printr", "printer"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_one(file: Path, text: str, key: str, suggestion: str) -> None:
    write_commented(file, Settings())
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingUnknown) as refused:
        load(file)
    assert refused.value.key == key
    assert suggestion in refused.value.suggestion


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[printer]\ndpi = 204\n", "printer.dpi"),
        ("[printer]\nport = 0\n", "printer.port"),
        ("[printer]\nport = 'x'\n", "printer.port"),
        ("[product]\nkey = 'ABC'\n", "product.key"),
        ("[service]\nurl = 'ftp://x'\n", "service.url"),
        ("[service]\nurl = 'http://x/path'\n", "service.url"),
        ("[device]\nbaud = 1\n", "device.baud"),
        ("station = 3\n", "station"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(file: Path, text: str, key: str) -> None:
    write_commented(file, Settings())
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingInvalid) as refused:
        load(file)
    assert refused.value.key == key
    assert refused.value.reason


@pytest.mark.parametrize("content", [b"[[", b"\xff\xfe", b"x = 1 #" + b"x" * 300_000])
def test_a_file_that_is_no_settings_file_is_said(file: Path, content: bytes) -> None:
    write_commented(file, Settings())
    file.write_bytes(content)
    with pytest.raises(SettingsUnreadable):
        load(file)


def test_a_folder_in_place_of_the_file_is_said(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(SettingsUnreadable):
        load(file)
