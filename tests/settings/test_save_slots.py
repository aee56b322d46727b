"""Slots change in the settings file, and nothing else in there does."""

import tomllib
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from gizqr_station.domain.settings_failures import SettingInvalid, SettingsUnreadable
from gizqr_station.settings.bench_settings import SlotSettings
from gizqr_station.settings.model import Settings
from gizqr_station.settings.printer_settings import PrinterSettings
from gizqr_station.settings.store import load, save_printers, save_slots

A, B = SlotSettings(name="a", port="usb:A50285BI"), SlotSettings(port="hub:1-1.4", reader="at-cgsn")

WRITTEN_BY_HAND = """\
# of line 3
[station]
name = "bench-3"   # door side

[[slots]]
# by the window
port = "usb:A50285BI"   # ask Li before changing it
answer_s = 8.0 # slow ones

# by the door
[[slots]]
name = "door"
port = "hub:1-1.4"

# what we make
[product]
name = '''Plug'''
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(WRITTEN_BY_HAND, encoding="utf-8")
    return path


def remarks(file: Path) -> list[str]:
    return [line.partition("#")[2].strip() for line in file.read_text(encoding="utf-8").splitlines() if "#" in line]


def test_without_a_file_the_defaults_are_written_with_these_slots(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    save_slots(path, [A, B])
    assert load(path) == Settings(slots=(A, B))
    assert "# The Gizwits product key" in path.read_text(encoding="utf-8")


def test_saving_what_is_there_changes_not_a_byte(file: Path) -> None:
    save_slots(file, load(file).slots)
    assert file.read_text(encoding="utf-8") == WRITTEN_BY_HAND


def test_every_other_line_and_remark_stays(file: Path) -> None:
    window, door = load(file).slots
    save_slots(file, [window.model_copy(update={"answer_s": 3.0, "reader": "auto"}), door])
    expected = WRITTEN_BY_HAND.replace(
        "answer_s = 8.0 # slow ones\n",
        'answer_s = 3.0 # slow ones\nreader = "auto" # How it is asked: a reader\'s name, or auto.\n',
    )
    assert file.read_text(encoding="utf-8") == expected


def test_a_slot_goes_by_its_port_then_by_its_name_then_by_its_number(file: Path) -> None:
    window, door = load(file).slots
    save_slots(file, [door.model_copy(update={"port": "COM7"}), window])
    text = file.read_text(encoding="utf-8")
    assert load(file).slots == (door.model_copy(update={"port": "COM7"}), window)
    assert text.index('name = "door"') < text.index("# by the window") < text.index("ask Li before changing it")
    save_slots(file, [SlotSettings(port="COM8"), window])
    assert [slot.port for slot in load(file).slots] == ["COM8", "usb:A50285BI"]
    assert "ask Li before changing it" in remarks(file)


def test_a_slot_is_added_with_the_meaning_of_each_line_and_removed_with_its_own_remarks(file: Path) -> None:
    before = remarks(file)
    save_slots(file, [*load(file).slots, SlotSettings(name="third")])
    assert load(file).slots[2] == SlotSettings(name="third")
    assert set(before) <= set(remarks(file))
    assert 'name = "third" # On its lamp, beside the number.' in file.read_text(encoding="utf-8")
    save_slots(file, load(file).slots[1:2])
    assert [slot.name for slot in load(file).slots] == ["door"]
    assert {"by the door", "what we make", "of line 3"} <= set(remarks(file))
    assert "ask Li before changing it" not in remarks(file)


OLD = "# mine\n[device]\nport = 'COM7'  # old\nbaud = 115200\n\n# below\n[product]\nname = 'Plug' # p\n"


def test_a_file_of_0_1_becomes_one_of_now_when_its_slots_are_saved(file: Path) -> None:
    file.write_text(OLD, encoding="utf-8")
    save_slots(file, [*load(file).slots, B])
    values = tomllib.loads(file.read_text(encoding="utf-8"))
    assert "device" not in values
    assert load(file).slots == (SlotSettings(port="COM7", baud=115200), B)
    assert {"mine", "below", "p"} <= set(remarks(file))


def test_a_file_of_0_1_keeps_its_device_when_its_printers_are_saved(file: Path) -> None:
    file.write_text(OLD + "[printer]\nport = 9101\n", encoding="utf-8")
    save_printers(file, [PrinterSettings(name="b", address="usb:b")], "b")
    assert "port = 'COM7'  # old" in file.read_text(encoding="utf-8")
    assert load(file).slots == (SlotSettings(port="COM7", baud=115200),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "slots = [{port = 'COM7'}, {name = 'b', port = 'COM8'}]\nstation.name = 'x' # dotted\n",
        "[[slots]]\nport = 'COM7'\n[station]\nname = 'x'\n[[slots]]\nport = 'COM8'\n",
        "device = {port = 'COM7'}\n",
        "[product]\r\nname = 'Plug' # windows\r\n\r\n[[slots]]\r\nport = 'COM7'\r\n",
        "[[slots]]\n[[slots]]\nport = 'COM8' # b\n",
        "\ufeff[product]\nname = 'Plug'\n",
    ],
    ids=range(7),
)
def test_whatever_way_a_file_is_written_it_says_the_same_afterwards_or_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(text.encode())
    try:
        before = load(path)
        save_slots(path, [B, A])
    except SettingsUnreadable:
        assert path.read_bytes() == text.encode()
        return
    assert load(path) == before.model_copy(update={"slots": (B, A)})


PORTS = st.lists(
    st.sampled_from(["COM1", "COM2", "usb:A50285BI", "hub:1-1.4", ""]), min_size=1, max_size=5, unique=True
)


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.tuples(PORTS, st.sampled_from(["", "door"])), min_size=1, max_size=6))
def test_any_order_of_adding_changing_and_removing_keeps_the_rest(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[list[str], str]]
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    path.write_text(WRITTEN_BY_HAND, encoding="utf-8")
    before = load(path)
    for ports, name in steps:
        slots = tuple(SlotSettings(name=name, port=port) for port in ports)
        save_slots(path, slots)
        assert load(path) == before.model_copy(update={"slots": slots})
    assert {"of line 3", "door side", "what we make"} <= set(remarks(path))


@pytest.mark.parametrize("slots", [[], [A, A], [SlotSettings(), SlotSettings()], [A] * 9])
def test_what_could_not_be_loaded_is_not_written(file: Path, slots: list[SlotSettings]) -> None:
    with pytest.raises(SettingInvalid):
        save_slots(file, slots)
    assert file.read_text(encoding="utf-8") == WRITTEN_BY_HAND


@pytest.mark.parametrize("harm", ["[product]\nname = 'another'\n", "[service]\n", "[["])
def test_what_would_change_anything_else_is_not_written(file: Path, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
    monkeypatch.setattr(tomlkit, "dumps", lambda _: harm)
    with pytest.raises(SettingsUnreadable) as refused:
        save_slots(file, [A])
    assert "its slots cannot be changed in place" in refused.value.reason
    assert file.read_text(encoding="utf-8") == WRITTEN_BY_HAND
