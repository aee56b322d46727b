"""What is asked who a device is: a reader for each slot, by its profile, and the scanners that are no keyboards."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from gizqr_station.domain.device_failures import PortAmbiguous, PortDenied, PortMissing
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.reader_profile import AUTO, AtTalk, EsptoolTalk, GagentTalk, LogTalk, ReaderProfile
from gizqr_station.domain.secret_texts import NO_SECRETS, Secrets
from gizqr_station.domain.serial_ports import PortName, SerialPort
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.domain.slot import LeavesBy, SlotConfig
from gizqr_station.places import DataFolder
from gizqr_station.readers import auto_reader
from gizqr_station.readers.at_dialogue import AtConversation
from gizqr_station.readers.boot_log import LogConversation
from gizqr_station.readers.conversation import Conversation
from gizqr_station.readers.esptool_reader import EsptoolConversation
from gizqr_station.readers.gagent import GagentConversation
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.port_list import MachinePorts
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.profile_files import ProfileShelf
from gizqr_station.readers.scanner_only import ScannerOnly
from gizqr_station.readers.serial_line import is_allowed
from gizqr_station.readers.serial_scanner import SerialScanner
from gizqr_station.readers.wire_logs import FolderWireLogs
from gizqr_station.settings.model import Settings
from gizqr_station.settings.slot_shelf import MemorySlotShelf, SettingsSlotShelf
from gizqr_station.workflows.device_ports import ClosableReader, PortList, ReaderMaker, SlotShelf, Tap, WireLogs
from gizqr_station.workflows.ports import Clock

if TYPE_CHECKING:
    from gizqr_station.readers.camera_scanner import CameraScanner

NO_PRODUCT = "0" * 32
"""Told to a module where no product is known. A module adopts the key it is told."""


def profile_shelf(folder: DataFolder) -> ProfileShelf:
    """The shipped ways of asking and the user's own."""
    return ProfileShelf(folder.readers)


def machine_ports() -> MachinePorts:
    """The ports of this machine; one list for all that look."""
    return MachinePorts()


def wire_logs(folder: DataFolder, clock: Clock, secrets: Secrets = NO_SECRETS) -> WireLogs:
    """Where the bytes of a trial are kept, without these."""
    return FolderWireLogs(folder.wire_logs, clock.now, secrets)


def slot_shelf(folder: DataFolder, settings: Settings, *, demo: bool = False) -> SlotShelf:
    """The settings file's slots; those of a demo, and of settings that stand in no file, are kept in memory."""
    in_memory = demo or not folder.settings_file.exists()
    kept = MemorySlotShelf(settings) if in_memory else SettingsSlotShelf(folder.settings_file)
    return _SlotsThatCanBe(kept, profile_shelf(folder))


class _SlotsThatCanBe:
    """A SlotShelf that keeps no slot whose reader would be refused at the next start for how its devices leave."""

    def __init__(self, kept: SlotShelf, readers: ProfileShelf) -> None:
        self._kept = kept
        self._readers = readers

    def slots(self) -> tuple[SlotConfig, ...]:
        """As they are kept."""
        return self._kept.slots()

    def keep(self, slots: tuple[SlotConfig, ...]) -> None:
        """Raises SettingInvalid, also what the shelf below raises."""
        known = {profile.name: profile for profile in self._readers.profiles()}
        for slot in slots:
            if slot.port is not None and slot.reader in known:
                _require_leaving_seen(slot, known[slot.reader])
        self._kept.keep(slots)


def _require_leaving_seen(config: SlotConfig, profile: ReaderProfile) -> None:
    """Raise SettingInvalid where a device that has booted would count as gone, though it is still in its jig."""
    if config.leaves_by is LeavesBy.SILENCE and isinstance(profile.talk, LogTalk):
        reason = f"{config.reader} reads boot logs, which end while the device stays: only port can be"
        raise SettingInvalid("settings.toml", f"slots[{config.number}].leaves_by", reason)


def reader_maker(settings: Settings, shelf: ProfileShelf, ports: PortList, clock: Clock) -> ReaderMaker:
    """Readers of this station's product, for slots that are set up and for trials."""

    def made(config: SlotConfig, tap: Tap | None = None) -> ClosableReader:
        return reader_for(
            config,
            product_key=settings.product.key,
            local_macs=local_macs_allowed(settings),
            shelf=shelf,
            ports=ports,
            clock=clock,
            tap=tap,
        )

    return made


def local_macs_allowed(settings: Settings) -> bool:
    """Whether somebody allowed locally administered MACs; the settings are refused without a reason beside it."""
    return bool(settings.product.local_macs_allowed_by.strip())


def reader_for(
    config: SlotConfig,
    *,
    product_key: str,
    local_macs: bool,
    shelf: ProfileShelf,
    ports: PortList,
    clock: Clock,
    tap: Tap | None = None,
) -> ClosableReader:
    """The reader of one slot; opens nothing.

    Raises ReaderUnknown, ProfileUnreadable, and SettingInvalid for a port or a rate that cannot be, and for a reader
    of logs whose devices leave by silence.
    """
    if config.port is None:
        return ScannerOnly()
    port = PortAt(config.port, ports)
    conversation = partial(
        conversation_for, product_key=product_key, local_macs=local_macs, answer_timeout_s=config.answer_s
    )
    try:
        if config.reader == AUTO:
            in_jig = config.leaves_by is LeavesBy.SILENCE
            talk = auto_reader.AutoConversation(shelf, conversation, in_jig=in_jig)
            return _on_port(config, port, auto_reader.BAUD, talk, clock, tap)
        profile = shelf.profile(config.reader)
        _require_leaving_seen(config, profile)
        return _on_port(config, port, profile.baud, conversation(profile), clock, tap)
    except ValueError as fault:
        raise SettingInvalid("settings.toml", f"slots[{config.number}].port", str(fault)) from fault


def _on_port(
    config: SlotConfig, port: PortAt, baud: int, talk: Conversation, clock: Clock, tap: Tap | None
) -> PortReader:
    return PortReader(
        port,
        config.baud or baud,
        talk,
        clock=clock,
        leaves_by=config.leaves_by,
        answer_timeout_s=config.answer_s,
        tap=tap,
    )


def port_failure(name: PortName, ports: PortList) -> Failure | None:
    """Why this port could not be opened now, as far as can be told without opening it."""
    try:
        device = PortAt(name, ports).device()
    except PortAmbiguous as unclear:
        return unclear
    if device is None:
        return PortMissing(str(name))
    return None if is_allowed(device) else PortDenied(str(name))


def devices_in_use(settings: Settings, ports: PortList) -> tuple[str, ...]:
    """Whatever slots and scanner could mean now: nobody else may look for anything there."""
    names = [PortName.parse(text) for text in (*(slot.port for slot in settings.slots), settings.scanner.port) if text]
    seen = ports.ports()
    lasting = (port.device for name in names for port in name.all_among(seen))
    return (*(name.text for name in names if not name.lasts), *lasting)


def no_port_twice(settings: Settings, ports: PortList) -> None:
    """Raise SettingInvalid where two slots, or a slot and the scanner, mean one device by names of different kinds.

    The settings alone cannot show it. Whoever opened it first would take what is meant for the other.
    """
    seen = ports.ports()
    taken: dict[str, SlotConfig] = {}
    for slot in settings.slot_configs():
        for device in () if slot.port is None else _devices(slot.port, seen):
            other = taken.setdefault(device, slot)
            if other is not slot:
                reason = f"slot {other.label} is at {other.port}, the same device ({device}); each needs its own"
                raise SettingInvalid("settings.toml", f"slots[{slot.number}].port", reason)
    name = PortName.parse(settings.scanner.port)
    for device in _devices(name, seen) if name.text else ():
        if device in taken:
            slot = taken[device]
            reason = f"slot {slot.label} is at {slot.port}, the same device ({device}); a scanner needs its own"
            raise SettingInvalid("settings.toml", "scanner.port", reason)


def _devices(name: PortName, seen: Sequence[SerialPort]) -> tuple[str, ...]:
    """Whatever a name could mean now, each in one spelling."""
    devices = [port.device for port in name.all_among(seen)] if name.lasts else [name.text]
    return tuple(
        os.path.realpath(device) if device.startswith("/") else device.removeprefix("\\\\.\\").upper()
        for device in devices
    )


def conversation_for(
    profile: ReaderProfile, *, product_key: str, local_macs: bool, answer_timeout_s: float
) -> Conversation:
    """How a profile's devices are talked with.

    Raises ValueError for a malformed product key, PartMissing where esptool is not installed.
    """
    match profile.talk:
        case GagentTalk():
            return GagentConversation(
                product_key or NO_PRODUCT,
                name=profile.name,
                answer_timeout_s=answer_timeout_s,
                local_macs=local_macs,
                expects=profile.expects,
            )
        case AtTalk() as talk:
            return AtConversation(
                profile.name,
                talk,
                expects=profile.expects,
                local_macs=local_macs,
                answer_timeout_s=answer_timeout_s,
            )
        case LogTalk() as talk:
            return LogConversation(profile.name, talk, expects=profile.expects, local_macs=local_macs)
        case EsptoolTalk() as talk:
            return EsptoolConversation(talk, name=profile.name, local_macs=local_macs)


def serial_scanner(settings: Settings, ports: PortList, scanned: Callable[[str], None]) -> SerialScanner | None:
    """The scanner in serial mode, or None where none is set up; raises SettingInvalid."""
    wanted = settings.scanner
    if not wanted.port:
        return None
    try:
        return SerialScanner(
            PortAt(PortName.parse(wanted.port), ports), wanted.baud, scanned, prefix=wanted.prefix, suffix=wanted.suffix
        )
    except ValueError as fault:
        raise SettingInvalid("settings.toml", "scanner.port", str(fault)) from fault


def camera_scanner(settings: Settings, scanned: Callable[[str], None]) -> "CameraScanner | None":
    """The webcam that scans, or None where none is set up; raises PartMissing where the extra is not installed."""
    # Imported here: it loads the decoder, which most commands never need.
    from gizqr_station.readers.camera_scanner import CameraScanner, camera

    number = settings.scanner.camera
    return CameraScanner(f"camera {number}", camera(int(number)), scanned) if number else None
