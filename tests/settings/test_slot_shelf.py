"""The slots of the settings as workflows see them."""

from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.settings_failures import SettingInvalid, SettingsUnreadable
from gizqr_station.domain.slot import LeavesBy, SlotConfig
from gizqr_station.settings.model import Settings
from gizqr_station.settings.slot_shelf import MemorySlotShelf, SettingsSlotShelf
from gizqr_station.workflows.device_ports import SlotShelf

LEFT = SlotConfig(1, "left", PortName.parse("usb:A50285BI"), leaves_by=LeavesBy.SILENCE)
RIGHT = SlotConfig(2, "", PortName.parse("hub:1-1.4"), "at-cgsn", baud=115200, answer_s=8.0)


@pytest.fixture(params=["in a file", "in memory"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> SlotShelf:
    return MemorySlotShelf(Settings()) if request.param == "in memory" else in_a_file(tmp_path)


def in_a_file(folder: Path) -> SettingsSlotShelf:
    return SettingsSlotShelf(folder / "settings.toml")


def test_slots_are_kept_by_their_numbers(shelf: SlotShelf) -> None:
    shelf.keep((RIGHT, LEFT))
    assert shelf.slots() == (LEFT, RIGHT)
    shelf.keep((replace(RIGHT, number=5),))
    assert shelf.slots() == (replace(RIGHT, number=1),)


@pytest.mark.parametrize(
    ("slots", "key"),
    [
        ((replace(LEFT, reader="No Such"),), "slots[1].reader"),
        ((LEFT, replace(RIGHT, baud=7)), "slots[2].baud"),
        ((LEFT, replace(RIGHT, port=LEFT.port)), "slots[2].port"),
        ((replace(LEFT, port=None), replace(RIGHT, port=None)), "slots[2].port"),
        ((), "slots"),
    ],
)
def test_slots_that_the_file_may_not_hold_are_refused_by_their_place(
    shelf: SlotShelf, slots: tuple[SlotConfig, ...], key: str
) -> None:
    shelf.keep((LEFT,))
    with pytest.raises(SettingInvalid) as refused:
        shelf.keep(slots)
    assert refused.value.key == key
    assert shelf.slots() == (LEFT,)


def test_a_file_that_was_broken_meanwhile_is_said(tmp_path: Path) -> None:
    shelf = in_a_file(tmp_path)
    (tmp_path / "settings.toml").write_text("[[")
    for ask in (shelf.slots, lambda: shelf.keep((LEFT,))):
        with pytest.raises(SettingsUnreadable):
            ask()


def test_what_is_kept_in_memory_touches_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    MemorySlotShelf(Settings()).keep((LEFT,))
    assert list(tmp_path.iterdir()) == []
