"""The slots of the settings file, for whoever lists them or changes them while the station runs."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from gizqr_station.domain.slot import SlotConfig
from gizqr_station.settings.bench_settings import SlotSettings
from gizqr_station.settings.faults import first_fault
from gizqr_station.settings.model import Settings
from gizqr_station.settings.store import load, save_slots, with_slots

_PLACE = Path("settings.toml")
"""How refusals name what is in no file."""


def entries(file: Path, slots: Sequence[SlotConfig]) -> list[SlotSettings]:
    """As the file has them, by number; raises SettingInvalid for the first that it may not hold."""
    made: list[SlotSettings] = []
    for at, slot in enumerate(sorted(slots, key=lambda slot: slot.number)):
        try:
            made.append(SlotSettings.of(slot))
        except ValidationError as fault:
            raise first_fault(str(file), {}, fault, inside=("slots", at)) from fault
    return made


class SettingsSlotShelf:
    """A SlotShelf. The file is read each time, for a person may have it open in an editor as well."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def slots(self) -> tuple[SlotConfig, ...]:
        """All that are set up, by number; raises what ``load`` raises."""
        return load(self._file).slot_configs()

    def keep(self, slots: tuple[SlotConfig, ...]) -> None:
        """Write them into the file; raises the first fault with its place, and leaves the file as it was."""
        save_slots(self._file, entries(self._file, slots))


class MemorySlotShelf:
    """A SlotShelf for settings that stand in no file, such as a demo's: it forgets what it is told at the end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def slots(self) -> tuple[SlotConfig, ...]:
        """All that are set up."""
        return self._settings.slot_configs()

    def keep(self, slots: tuple[SlotConfig, ...]) -> None:
        """Remember them; refuses what the file would refuse, by the same words."""
        self._settings = with_slots(_PLACE, self._settings, entries(_PLACE, slots))
