"""The settings file: what is written is read, and every fault is named by its place."""

import os
from pathlib import Path

import pytest

from gizqr_station.domain.settings_failures import SettingInvalid, SettingsUnreadable, SettingUnknown
from gizqr_station.settings.model import Settings
from gizqr_station.settings.printer_settings import PrinterSettings
from gizqr_station.settings.store import load, write_commented


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "settings.toml"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert load(file) == Settings()


def test_what_is_written_is_read_and_every_line_says_what_it_means(file: Path) -> None:
    printers = [{"dpi": 300}, {"name": "second", "address": "ipp://192.0.2.7", "language": "pwg", "rotated": True}]
    product = {"key": "0" * 32, "name": "智能插座"}
    station = {"printer": "second"}
    written = Settings.model_validate({"printers": printers, "product": product, "station": station})
    write_commented(file, written)
    assert load(file) == written
    lines = file.read_text(encoding="utf-8").splitlines()
    assert all(" # " in line for line in lines if "=" in line)
    assert lines.count("[[printers]]") == 2
    assert 'sensing = "gap" # How labels are told apart: gap, mark or continuous.' in lines
    assert "rotated = true # A quarter turn, for narrow media." in lines
    assert max(map(len, lines)) <= 160


def test_every_table_of_a_new_file_stands_apart(file: Path) -> None:
    write_commented(file, Settings(printers=(PrinterSettings(name="a"), PrinterSettings(name="b", address="tcp://b"))))
    lines = file.read_text(encoding="utf-8").splitlines()
    assert all(lines[at - 1] == "" for at, line in enumerate(lines) if line.startswith("["))


def test_writing_again_leaves_no_draft_behind(file: Path) -> None:
    write_commented(file, Settings())
    write_commented(file, Settings())
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    ("text", "key", "suggestion"),
    [
        ("[printer]\nprot = 9100\n", "printer.prot", "printer.port"),
        ("[printr]\nport = 9100\n", "printr", "printers"),
        ("[printer]\nport = 9100\n[[printers]]\nname = 'a'\n", "printer", "printers"),
        ("[[printers]]\nlanguge = 'zpl'\n", "printers[1].languge", "printers.language"),
        ("[[printers]]\nname = 'a'\n[[printers]]\nname = 'b'\nhost = 'x'\n", "printers[b].host", "printers.address"),
        ("[station]\nprinters = 'a'\n", "station.printers", "station.printer"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_one(file: Path, text: str, key: str, suggestion: str) -> None:
    write(file, text)
    with pytest.raises(SettingUnknown) as refused:
        load(file)
    assert refused.value.key == key
    assert suggestion in refused.value.suggestion


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("[printer]\ndpi = 204\n", "printer.dpi", "203, 300 or 600"),
        ("[printer]\nport = 0\n", "printer.port", "greater than or equal to 1"),
        ("[printer]\nport = 'x'\n", "printer.port", "integer"),
        ("[printer]\nhost = 'two hosts'\n", "printer.host", "names no host"),
        ("printer = 3\n", "printer", "FirstPrinter"),
        ("[product]\nkey = 'ABC'\n", "product.key", "32 digits"),
        ("[service]\nurl = 'ftp://x'\n", "service.url", "Base address"),
        ("[service]\nurl = 'http://x/path'\n", "service.url", "no path"),
        ("[device]\nbaud = 1\n", "device.baud", "300"),
        ("station = 3\n", "station", "dictionary"),
        ("[[printers]]\nname = 'a'\n[[printers]]\nname = 'b'\ndpi = 204\n", "printers[b].dpi", "180, 203, 300"),
        ("[[printers]]\ndpi = 204\n", "printers[1].dpi", "180, 203, 300"),
        ("[[printers]]\nname = 'a'\n[[printers]]\nname = 'a'\ndpi = 1\n", "printers[2].dpi", "180, 203, 300"),
        ("[[printers]]\nname = 'a'\n[[printers]]\nname = 'a'\n", "printers", "two printers are called a"),
        (
            "[[printers]]\nname = 'a'\n[[printers]]\nname = 'b'\naddress = 'tcp://localhost'\n",
            "printers[b].address",
            "printer a is at tcp://localhost:9100 already",
        ),
        ('[[printers]]\nname = "a\\nb"\n', "printers[1].name", "line breaks"),
        ("[[printers]]\nname = 'a '\n", "printers[a ].name", "blank"),
        ("[[printers]]\naddress = 'x'\n", "printers[1].address", "does not begin with tcp:"),
        ("[[printers]]\nname = 'a'\naddress = 'ipp://x'\n", "printers[a].language", "that takes pdf, png, pwg"),
        ("[[printers]]\nlanguage = 'pcl'\n", "printers[1].language", "'zpl', 'tspl'"),
        ("[[printers]]\ngap_mm = nan\n", "printers[1].gap_mm", ""),
        ("[[printers]]\nsend_s = inf\n", "printers[1].send_s", ""),
        ("[printers]\nname = 'a'\n", "printers", "[[printers]]"),
        ("printers = []\n", "printers", "at least one"),
        ("printers = [3]\n", "printers[1]", ""),
        (
            "[station]\nprinter = 'b'\n[[printers]]\nname = 'a'\n",
            "station.printer",
            "no printer is called b; set up are: a",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_named(file: Path, text: str, key: str, reason: str) -> None:
    write(file, text)
    with pytest.raises(SettingInvalid) as refused:
        load(file)
    assert refused.value.key == key
    assert reason in refused.value.reason
    assert "Value error" not in refused.value.reason


@pytest.mark.parametrize("content", [b"[[", b"\xff\xfe", b"x = 1 #" + b"x" * 300_000])
def test_a_file_that_is_no_settings_file_is_said(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(SettingsUnreadable):
        load(file)


def test_a_folder_in_place_of_the_file_is_said(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(SettingsUnreadable):
        load(file)


def test_the_printer_of_a_file_of_0_1_is_read_as_the_only_one(file: Path) -> None:
    write(
        file, "[printer]\nname = 'Zebra'\nhost = '192.0.2.7'\nport = 9101\ndpi = 300\nconnect_s = 2.5\nsend_s = 30.0\n"
    )
    expected = PrinterSettings(name="Zebra", address="tcp://192.0.2.7:9101", dpi=300, connect_s=2.5, send_s=30.0)
    assert load(file).printers == (expected,)


def test_what_a_file_of_0_1_leaves_out_is_as_it_was_then(file: Path) -> None:
    write(file, "[printer]\n")
    assert load(file).printers == (PrinterSettings(address="tcp://127.0.0.1:9100"),)
    write(file, "[printer]\nhost = '2001:db8::7'\n")
    assert load(file).printers[0].address == "tcp://[2001:db8::7]:9100"


@pytest.mark.parametrize(("chosen", "used"), [("", "a"), ("b", "b")])
def test_the_line_prints_on_the_chosen_printer_or_else_on_the_first(file: Path, chosen: str, used: str) -> None:
    write(
        file,
        f"[station]\nprinter = '{chosen}'\n[[printers]]\nname = 'a'\n[[printers]]\nname = 'b'\naddress = 'usb:x'\n",
    )
    assert load(file).line_printer().name == used


@pytest.mark.skipif(os.name != "posix", reason="Windows has no mode bits")
def test_a_new_file_is_its_owners_alone(file: Path) -> None:
    write_commented(file, Settings())
    assert file.stat().st_mode & 0o777 == 0o600
