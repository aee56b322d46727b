"""``readers`` and ``ports``: the ways of asking that are known, and where devices can be plugged in."""

import argparse
import os
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.domain.device_failures import PortAmbiguous
from gizqr_station.domain.reader_profile import AtTalk, EsptoolTalk, GagentTalk, LogTalk, ReaderProfile
from gizqr_station.domain.serial_ports import PortName, SerialPort, lasting_name
from gizqr_station.places import DataFolder
from gizqr_station.wording import words_for

if TYPE_CHECKING:
    from gizqr_station.settings.model import Settings

_TALKS = {GagentTalk: "gagent", AtTalk: "at", LogTalk: "log", EsptoolTalk: "esptool"}


def readers(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Every profile that can be used, and each of the user's own that cannot, with its reason."""
    del arguments
    from gizqr_station.assembly import profile_shelf

    shelf = profile_shelf(folder)
    known, faults = shelf.profiles(), shelf.faults()
    width = max((len(profile.name) for profile in known), default=0)
    lines = [_reader_line(profile, width, answer.language) for profile in known]
    lines.append("auto tries those that it may, and stays with the one that was understood.")
    lines += [words_for(fault, answer.language).line for fault in faults]
    document = {
        "readers": [_reader_document(profile, answer.language) for profile in known],
        "broken": [{"file": fault.file, "reason": fault.reason} for fault in faults],
        "own_readers_in": str(folder.readers),
    }
    answer.give(document, lines)
    return 0


def ports(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Every port that is plugged in with the name that lasts, and what of this station uses it or waits for it."""
    del arguments
    from gizqr_station.assembly import machine_ports
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    seen = machine_ports().ports()
    users, waiting = _users(settings, seen, answer)
    document = {
        "ports": [_port_document(port, seen, users.get(port.device, [])) for port in seen],
        "not_plugged_in": waiting,
    }
    lines = [_port_line(port, seen, users.get(port.device, [])) for port in seen] or ["No serial port is plugged in."]
    lines += [f"{each['used_by']}: {each['port']}: {each['says']}" for each in waiting]
    answer.give(document, lines)
    return 0


def _reader_document(profile: ReaderProfile, language: str) -> dict[str, object]:
    return {
        "name": profile.name,
        "title": profile.title_in(language),
        "asks_by": _TALKS[type(profile.talk)],
        "baud": profile.baud,
        "expects": profile.expects.value if profile.expects else None,
        "auto": profile.auto,
        "own": profile.own,
        "notes": profile.notes.get(language) or profile.notes.get("en") or "",
    }


def _reader_line(profile: ReaderProfile, width: int, language: str) -> str:
    own = "  (your own)" if profile.own else ""
    return f"{profile.name:<{width}}  {profile.baud:>7}  {profile.title_in(language)}{own}"


def _users(
    settings: "Settings", seen: tuple[SerialPort, ...], answer: Answer
) -> tuple[dict[str, list[str]], list[dict[str, str]]]:
    """Who uses each device, and whose port is not there or not clear."""
    wanted = [(f"slot {slot.label}", slot.port) for slot in settings.slot_configs() if slot.port is not None]
    if settings.scanner.port:
        wanted.append(("scanner", PortName.parse(settings.scanner.port)))
    users: dict[str, list[str]] = {}
    waiting: list[dict[str, str]] = []
    for user, name in wanted:
        device, says = _meant(name, seen, answer.language)
        if device is None:
            waiting.append({"used_by": user, "port": str(name), "says": says})
        else:
            users.setdefault(device, []).append(user)
    return users, waiting


def _meant(name: PortName, seen: tuple[SerialPort, ...], language: str) -> tuple[str | None, str]:
    """The device that a name means among those that are seen, or why none is."""
    try:
        port = name.among(seen) if name.lasts else _at_path(name, seen)
    except PortAmbiguous as unclear:
        return None, words_for(unclear, language).line
    return (None, "not plugged in") if port is None else (port.device, "")


def _at_path(name: PortName, seen: tuple[SerialPort, ...]) -> SerialPort | None:
    path = os.path.realpath(name.text) if name.text.startswith("/") else name.text
    return next((port for port in seen if port.device in (name.text, path) or _same_com(port.device, name.text)), None)


def _same_com(device: str, text: str) -> bool:
    return PortName.parse(device).overlaps(PortName.parse(text))


def _port_document(port: SerialPort, seen: tuple[SerialPort, ...], users: list[str]) -> dict[str, object]:
    name = lasting_name(port, seen)
    return {
        "device": port.device,
        "name": str(name),
        "lasts": name.lasts,
        "usb_id": port.usb_id,
        "usb_serial": port.usb_serial,
        "hub": port.hub,
        "description": port.description,
        "used_by": users,
    }


def _port_line(port: SerialPort, seen: tuple[SerialPort, ...], users: list[str]) -> str:
    name = lasting_name(port, seen)
    lasts = f"{name}" if name.lasts else "no name that lasts"
    facts = "  ".join(each for each in (port.usb_id, port.description) if each)
    used = f"  [{', '.join(users)}]" if users else ""
    return f"{port.device}  {lasts}  {facts}{used}"
