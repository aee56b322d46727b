"""How slots, ports and readers look in a list."""

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.serial_ports import SerialPort, lasting_name
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.device_words import name_words, reader_words, slot_line, slot_title
from gizqr_station.gui.devices_state import DevicesState, Pane
from gizqr_station.gui.row_list import RowWords
from gizqr_station.gui.slot_words import lamp_words
from gizqr_station.gui.status_panel import mark_colour
from gizqr_station.gui.tokens import QUIET_TEXT, TONES, Tone


def row_of_slot(state: DevicesState, slot: SlotConfig, language: str) -> RowWords:
    """One that is set up: how it is now, or that it counts from the next start on."""
    translate = QCoreApplication.translate
    icon, tone, word = "power", Tone.CALM, translate("Devices", "from the next start on")
    if slot in state.running:
        lamp = lamp_words(state.bench, slot)
        icon, tone, word = lamp.icon, lamp.tone, lamp.word
    return RowWords(
        key=str(slot.number),
        icon=icon,
        colour=mark_colour(tone),
        title=slot_title(slot),
        state=word if slot.port is None else f"{word} · {slot.port}",
        line=slot_line(state, slot, language),
        chosen=state.pane is Pane.SLOT and slot.number == state.slot,
    )


def row_of_port(state: DevicesState, port: SerialPort) -> RowWords:
    """One that is plugged in, by what it is known and which slot it belongs to."""
    translate = QCoreApplication.translate
    user = state.user_of(port)
    fresh = port.device in state.fresh
    chip = translate("Devices", "new") if fresh else ""
    if user is not None:
        chip = translate("Devices", "Slot {slot}").format(slot=user.number)
    chosen = state.pane is Pane.TRY and state.port is not None and state.port.device == port.device
    return RowWords(
        key=port.device,
        icon="port",
        colour=TONES[Tone.ACT].ground if fresh else QUIET_TEXT,
        title=short_device(port.device),
        state=name_words(lasting_name(port, state.ports or ())),
        line=" · ".join(part for part in (port.description, port.usb_id) if part),
        chip=chip,
        chosen=chosen,
        enabled=chosen or not state.trying,
    )


def row_of_reader(state: DevicesState, name: str, chosen: str, language: str, *, enabled: bool) -> RowWords:
    """One way of asking."""
    translate = QCoreApplication.translate
    profile = state.profile(name)
    return RowWords(
        key=name,
        icon="",
        colour=QUIET_TEXT,
        title=reader_words(profile, name, language),
        state="",
        line="",
        chip=translate("Devices", "own") if profile is not None and profile.own else "",
        chosen=name == chosen,
        enabled=enabled or name == chosen,
    )


def short_device(device: str) -> str:
    """``ttyUSB0``, ``COM7``: what stands in front of it is the same for all."""
    return PurePath(device).name or device
