"""Printers change in the settings file, and nothing else in there does."""

import os
import tomllib
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.settings_failures import SettingInvalid, SettingsUnreadable
from gizqr_station.settings.model import Settings
from gizqr_station.settings.printer_settings import PrinterSettings
from gizqr_station.settings.store import load, save_printers, write_commented

A, B = PrinterSettings(name="a"), PrinterSettings(name="b", address="cups:b", dpi=300)

WRITTEN_BY_HAND = """\
# of line 3
[ station ]   # where
name = "bench-3"   # door side
printer = 'a'  # the good one

[[printers]]
# left of the bench
name = "a"
address = "tcp://192.0.2.7"   # ask Li before changing it
speed = 4 # slower smears

# right of the bench
[[printers]]
name = "b"
dpi = 300

# what we make
[product]
name = '''Plug'''
scan_back_every = 2
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(WRITTEN_BY_HAND, encoding="utf-8")
    return path


def remarks(text: str) -> list[str]:
    return [line.partition("#")[2].strip() for line in text.splitlines() if "#" in line]


def test_without_a_file_the_defaults_are_written_with_these_printers(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    save_printers(path, [A, B], "b")
    saved = load(path)
    assert (saved.printers, saved.station.printer) == ((A, B), "b")
    assert saved.service == Settings().service
    assert "# The Gizwits product key" in path.read_text(encoding="utf-8")


def test_every_other_line_and_remark_stays(file: Path) -> None:
    before = load(file)
    slower = before.printers[0].model_copy(update={"speed": 2, "darkness": 12})
    save_printers(file, [slower, before.printers[1]], "b")
    expected = (
        WRITTEN_BY_HAND.replace("printer = 'a'  #", 'printer = "b"  #')
        .replace("speed = 4 #", "speed = 2 #")
        .replace("slower smears\n", "slower smears\ndarkness = 12 # 0 to 30; -1 = the printer's own.\n")
    )
    assert file.read_text(encoding="utf-8") == expected


def test_saving_what_is_there_changes_not_a_byte(file: Path) -> None:
    there = load(file)
    save_printers(file, there.printers, there.station.printer)
    assert file.read_text(encoding="utf-8") == WRITTEN_BY_HAND


def test_a_printer_is_added_with_the_meaning_of_each_line(file: Path) -> None:
    new = PrinterSettings(name="c", address="usb:/dev/usb/lp0", language="tspl")
    save_printers(file, [*load(file).printers, new], "a")
    text = file.read_text(encoding="utf-8")
    assert load(file).printers[2] == new
    assert 'language = "tspl" # zpl, tspl' in text
    assert remarks(text)[: len(remarks(WRITTEN_BY_HAND)) - 1] == remarks(WRITTEN_BY_HAND)[:-1]
    assert '\n\n[[printers]]\nname = "c"' in text


def test_a_printer_that_is_removed_takes_no_remark_of_the_next_table_along(file: Path) -> None:
    save_printers(file, [load(file).printers[0]], "a")
    text = file.read_text(encoding="utf-8")
    assert [printer.name for printer in load(file).printers] == ["a"]
    assert {"what we make", "right of the bench", "of line 3", "ask Li before changing it"} <= set(remarks(text))


def test_a_file_of_0_1_becomes_one_of_now(file: Path) -> None:
    file.write_text("# mine\n[printer]\nname = 'Zebra'  # old\nport = 9101\n\n# below\n[product]\nname = 'Plug' # p\n")
    (zebra,) = load(file).printers
    save_printers(file, [zebra, A], "Zebra")
    values = tomllib.loads(file.read_text(encoding="utf-8"))
    assert "printer" not in values
    assert load(file).printers == (zebra, A)
    assert {"mine", "below", "p"} <= set(remarks(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "printers = [{name = 'a'}, {name = 'b', address = 'usb:b'}]\nstation.name = 'x' # dotted\n",
        "station = {name = 'x'}\n",
        "[[printers]]\nname = 'a'\n[station]\nname = 'x'\n[[printers]]\nname = 'b'\naddress = 'usb:b'\n",
        "['station']\n'name' = 'x'\n",
        "[product]\nname = 'Plug'",
        "\ufeff[product]\nname = 'Plug'\n",
        "[product]\r\nname = 'Plug' # windows\r\n\r\n[[printers]]\r\nname = 'a'\r\n",
        "[product]\nname = '''\n[[printers]]\n'''\n[[printers]]\nname = 'a'\n",
    ],
    ids=range(9),
)
def test_whatever_way_a_file_is_written_it_says_the_same_afterwards_or_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(text.encode())
    try:
        before = load(path)
        save_printers(path, [B, A], "a")
    except SettingsUnreadable:
        assert path.read_bytes() == text.encode()
        return
    after = load(path)
    assert (after.printers, after.station.printer) == ((B, A), "a")
    assert after.station.name == before.station.name
    assert (after.product, after.service, after.slots) == (before.product, before.service, before.slots)


NAMES = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5, unique=True)


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.tuples(NAMES, st.sampled_from([203, 300]), st.booleans()), min_size=1, max_size=6))
def test_any_order_of_adding_changing_and_removing_keeps_the_rest(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[list[str], int, bool]]
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    path.write_text(WRITTEN_BY_HAND, encoding="utf-8")
    before = load(path)
    for names, dpi, last in steps:
        printers = tuple(
            PrinterSettings.model_validate({"name": name, "address": f"tcp://{name}", "dpi": dpi}) for name in names
        )
        save_printers(path, printers, names[-1] if last else "")
        after = load(path)
        assert after.printers == printers
        assert (after.product, after.station.name) == (before.product, "bench-3")
    assert {"of line 3", "door side", "what we make"} <= set(remarks(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("printers", "line_printer"), [([A], "b"), ([], ""), ([A, A], "a"), ([A, A.model_copy(update={"name": "c"})], "a")]
)
def test_what_could_not_be_loaded_is_not_written(
    file: Path, printers: list[PrinterSettings], line_printer: str
) -> None:
    with pytest.raises(SettingInvalid):
        save_printers(file, printers, line_printer)
    assert file.read_text(encoding="utf-8") == WRITTEN_BY_HAND


@pytest.mark.parametrize(
    "text", ["[[", "[product]\nkey = 'x'\n", "[[printers]]\nname = 'a'\n[[printers]]\nname = 'a'\n"]
)
def test_a_file_with_a_fault_is_left_for_a_person_to_mend(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises((SettingsUnreadable, SettingInvalid)):
        save_printers(file, [A], "a")
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("harm", ["[product]\nname = 'another'\n", "[service]\n", "[["])
def test_what_would_change_anything_else_is_not_written(file: Path, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
    monkeypatch.setattr(tomlkit, "dumps", lambda _: harm)
    with pytest.raises(SettingsUnreadable) as refused:
        save_printers(file, [A], "a")
    assert "cannot be changed in place" in refused.value.reason
    assert file.read_text(encoding="utf-8") == WRITTEN_BY_HAND


def test_a_disk_that_takes_nothing_leaves_the_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileNotWritten) as refused:
        save_printers(file, [A], "a")
    assert refused.value.reason == "No space left on device"
    assert file.read_text(encoding="utf-8") == WRITTEN_BY_HAND
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has neither mode bits nor links for everybody")
def test_rights_and_links_stay_as_they_were(file: Path) -> None:
    file.chmod(0o640)
    link = file.with_name("link.toml")
    link.symlink_to(file)
    save_printers(link, [A], "a")
    assert (link.is_symlink(), file.stat().st_mode & 0o777) == (True, 0o640)
    assert load(file).printers == (A,)


def test_a_commented_file_is_still_commented_after_a_change(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    write_commented(path, Settings())
    before = path.read_text(encoding="utf-8")
    (printer,) = Settings().printers
    save_printers(path, [printer.model_copy(update={"dpi": 300})], "")
    assert path.read_text(encoding="utf-8") == before.replace("dpi = 203", "dpi = 300")
