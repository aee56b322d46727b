"""The words of ports, slots and readers."""

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.reader_profile import AUTO, ReaderProfile
from gizqr_station.domain.serial_ports import PortKind, PortName
from gizqr_station.domain.slot import LeavesBy, SlotConfig
from gizqr_station.gui.devices_state import DevicesState


def name_words(name: PortName) -> str:
    """By what a port is known, and whether that lasts."""
    translate = QCoreApplication.translate
    match name.kind:
        case PortKind.USB_SERIAL:
            words = translate("Devices", "by serial number {text}")
        case PortKind.HUB:
            words = translate("Devices", "by place {text}")
        case PortKind.PATH:
            words = translate("Devices", "only by path, may change")
    return words.format(text=name.text)


def reader_words(profile: ReaderProfile | None, name: str, language: str) -> str:
    """A reader's title; ``auto`` has none, and one that is gone only its name."""
    if name == AUTO:
        return QCoreApplication.translate("Devices", "Try all that may fit")
    return name if profile is None else profile.title_in(language)


def slot_title(slot: SlotConfig) -> str:
    """``Slot 2 left jig``."""
    return QCoreApplication.translate("Devices", "Slot {slot}").format(slot=slot.label)


def slot_line(state: DevicesState, slot: SlotConfig, language: str) -> str:
    """How its device is asked, and the rate where it is not the reader's own."""
    if slot.port is None:
        return QCoreApplication.translate("Devices", "no port: its devices are scanned")
    profile = state.profile(slot.reader)
    words = reader_words(profile, slot.reader, language)
    return f"{words} · {slot.baud}" if slot.baud else words


def leaving_words(leaves_by: LeavesBy) -> str:
    """What the choice means, on one line."""
    translate = QCoreApplication.translate
    if leaves_by is LeavesBy.PORT:
        return translate("Devices", "The adapter is on the device's cable: its port goes when the device is taken out.")
    return translate("Devices", "The adapter is built into the jig: the device has left when nobody answers any more.")


def leaving_word(leaves_by: LeavesBy) -> str:
    """On the button."""
    if leaves_by is LeavesBy.PORT:
        return QCoreApplication.translate("Devices", "Port goes")
    return QCoreApplication.translate("Devices", "Silence")
