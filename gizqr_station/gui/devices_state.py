"""What the devices page shows, as one frozen value computed from happenings and presses; no Qt in here."""

from dataclasses import dataclass, replace
from enum import Enum

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.reader_profile import AUTO, ReaderProfile
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.serial_ports import PortName, SerialPort, lasting_name
from gizqr_station.domain.slot import MOST_SLOTS, SlotConfig
from gizqr_station.domain.wire_text import readable
from gizqr_station.gui import slots_state
from gizqr_station.gui.slots_state import SlotsState
from gizqr_station.workflows.device_happenings import (
    PortsSeen,
    ReadersKnown,
    SlotsKept,
    SlotsKnown,
    TrialBegun,
    TrialEnded,
    WireHeard,
    WireLogKept,
)
from gizqr_station.workflows.happenings import AtSlot, Happening, LineStopped

MOST_LINES = 2000
"""Of the byte log on screen; the file has more."""


class Pane(Enum):
    """What stands beside the lists."""

    TRY = "try"
    """A port, and a reader that is tried there."""
    SLOT = "slot"
    """The settings of a slot."""


@dataclass(frozen=True, slots=True)
class TrialSeen:
    """A trial as far as it has come."""

    port: str
    reader: str
    begun: bool = False
    stopping: bool = False
    ended: bool = False
    reading: DeviceReading | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class DevicesState:
    """All that the page needs to draw itself."""

    bench: SlotsState
    """The slots that run, and how each one is."""
    opened: bool = False
    """Whether the desk has said anything yet."""
    ended: bool = False
    """The station is not running (any more)."""
    kept: tuple[SlotConfig, ...] = ()
    """The slots as the settings have them: from the next start on."""
    ports: tuple[SerialPort, ...] | None = None
    """None: not looked at yet."""
    fresh: frozenset[str] = frozenset()
    """Devices that came while somebody looked, until they are pressed."""
    readers: tuple[ReaderProfile, ...] = ()
    readers_failure: Failure | None = None
    pane: Pane = Pane.TRY
    port: SerialPort | None = None
    """The one that was chosen; it may be gone by now."""
    slot: int = 0
    """The one whose settings are open."""
    reader: str = AUTO
    baud: int = 0
    """0: as the reader says."""
    trial: TrialSeen | None = None
    lines: tuple[str, ...] = ()
    """Of the byte log."""
    heard: int = 0
    """How many lines there ever were; those before ``lines`` are gone from the screen."""
    missed: int = 0
    """Bytes that came too quickly to be shown."""
    log_asked: bool = False
    log_kept: WireLogKept | None = None
    saving: bool = False
    saved: SlotsKept | None = None

    @property
    def running(self) -> tuple[SlotConfig, ...]:
        """The slots as the station was opened with."""
        return self.bench.slots

    @property
    def changed(self) -> bool:
        """Whether the next start will bring other slots than these."""
        return self.opened and self.kept != self.running

    @property
    def trying(self) -> bool:
        """Whether a trial is under way, or asked for."""
        return self.trial is not None and not self.trial.ended

    @property
    def plugged(self) -> bool:
        """Whether the chosen port is there."""
        return self.port is not None and self.port in (self.ports or ())

    @property
    def name_of_port(self) -> PortName | None:
        """The best name of the chosen port, which is what is tried and set up."""
        if self.port is None:
            return None
        return lasting_name(self.port, self.ports if self.plugged and self.ports else (self.port,))

    @property
    def reader_to_keep(self) -> str:
        """For a slot: what ``auto`` found, where it has found something, else what was chosen."""
        trial = self.trial
        if trial is None or trial.reading is None or trial.reader != AUTO or self.reader != AUTO:
            return self.reader
        found = trial.reading.reader
        return found if any(profile.name == found for profile in self.readers) else self.reader

    def profile(self, name: str) -> ReaderProfile | None:
        """A reader by its name; None for ``auto`` and for one that is not there."""
        return next((profile for profile in self.readers if profile.name == name), None)

    def user_of(self, port: SerialPort) -> SlotConfig | None:
        """The slot that a port belongs to, by the settings."""
        return next((slot for slot in self.kept if slot.port is not None and _means(slot.port, port)), None)

    @property
    def open_slot(self) -> SlotConfig | None:
        """The slot whose settings are open."""
        return next((slot for slot in self.kept if slot.number == self.slot), None)


def after(state: DevicesState, happening: Happening) -> DevicesState:
    """The next state."""
    match happening:
        case SlotsKnown(slots, kept):
            bench = state.bench if slots == state.running or not slots else SlotsState(slots)
            return replace(state, opened=True, ended=False, bench=bench, kept=kept or slots)
        case ReadersKnown(profiles, failure):
            return replace(state, readers=profiles, readers_failure=failure)
        case PortsSeen(ports):
            return _ports_seen(state, ports)
        case SlotsKept(slots, failure):
            return replace(state, saving=False, saved=happening, kept=state.kept if failure else slots)
        case AtSlot() | LineStopped():
            ended = state.ended or isinstance(happening, LineStopped)
            return replace(state, ended=ended, bench=slots_state.after(state.bench, happening))
        case _:
            return _of_trial(state, happening)


def _of_trial(state: DevicesState, happening: Happening) -> DevicesState:
    match happening:
        case TrialBegun(port, reader):
            trial = TrialSeen(port, reader, begun=True, stopping=state.trial is not None and state.trial.stopping)
            return replace(state, trial=trial, lines=(), heard=0, missed=0, log_asked=False, log_kept=None)
        case TrialEnded(reading, failure) if state.trial is not None:
            return replace(state, trial=replace(state.trial, ended=True, reading=reading, failure=failure))
        case WireHeard(wire, missed):
            lines = readable(wire)
            return replace(
                state,
                lines=(*state.lines, *lines)[-MOST_LINES:],
                heard=state.heard + len(lines),
                missed=state.missed + missed,
            )
        case WireLogKept():
            return replace(state, log_asked=False, log_kept=happening)
        case _:
            return state


def _ports_seen(state: DevicesState, ports: tuple[SerialPort, ...]) -> DevicesState:
    devices = {port.device for port in ports}
    if state.ports is None:
        came: frozenset[str] = frozenset()
    else:
        came = frozenset(devices - {port.device for port in state.ports})
    state = replace(state, ports=ports, fresh=(state.fresh & devices) | came)
    if state.trying or state.pane is Pane.SLOT or state.plugged:
        return state
    # The one that was just plugged in is the one that somebody wants to try.
    same = [port for port in ports if state.port is not None and _same(port, state.port)]
    wanted = same or [port for port in ports if port.device in came] or list(ports[:1])
    return replace(state, port=wanted[0] if wanted else state.port)


def _same(one: SerialPort, other: SerialPort) -> bool:
    """The same adapter in another place, or the same place: it may have another device name now."""
    if one.usb_serial and other.usb_serial:
        return one.usb_serial == other.usb_serial
    return bool(one.hub) and one.hub == other.hub


def _means(name: PortName, port: SerialPort) -> bool:
    return name.text.casefold() == port.device.casefold() or name.among((port,)) is not None


def chose_port(state: DevicesState, device: str) -> DevicesState:
    """A person looks at a port."""
    port = next((port for port in state.ports or () if port.device == device), None)
    if port is None or state.trying:
        return replace(state, pane=Pane.TRY)
    return replace(state, pane=Pane.TRY, port=port, fresh=state.fresh - {device}, saved=None)


def chose_slot(state: DevicesState, number: int) -> DevicesState:
    """A person opens the settings of a slot."""
    return replace(state, pane=Pane.SLOT, slot=number, saved=None)


def left(state: DevicesState) -> DevicesState:
    """A person goes back to the ports; nothing is saved."""
    return replace(state, pane=Pane.TRY, slot=0, saved=None)


def trying(state: DevicesState) -> DevicesState:
    """A trial was asked for at the chosen port."""
    if state.port is None:
        return state
    return replace(state, trial=TrialSeen(str(state.name_of_port), state.reader), lines=(), heard=0, missed=0)


def stopping(state: DevicesState) -> DevicesState:
    """Enough of it."""
    return state if state.trial is None else replace(state, trial=replace(state.trial, stopping=True))


def keeping_log(state: DevicesState) -> DevicesState:
    """The bytes are being written."""
    return replace(state, log_asked=True, log_kept=None)


def saving(state: DevicesState) -> DevicesState:
    """The slots were handed to the desk."""
    return replace(state, saving=True, saved=None)


def with_slot(state: DevicesState, slot: SlotConfig) -> tuple[SlotConfig, ...]:
    """The slots with one of them anew."""
    return tuple(slot if each.number == slot.number else each for each in state.kept)


def used_for(state: DevicesState, number: int) -> tuple[SlotConfig, ...]:
    """The slots with the chosen port and reader in one of them, or in one more where there is none of that number."""
    known = {slot.number: slot for slot in state.kept}
    number = number if number in known else len(known) + 1
    slot = known.get(number, SlotConfig(number, "", None))
    # A rate that was typed for auto is none of the reader's that was found.
    baud = 0 if state.reader == AUTO else state.baud
    known[number] = replace(slot, port=state.name_of_port, reader=state.reader_to_keep, baud=baud)
    return tuple(known.values())[:MOST_SLOTS]


def without_slot(slots: tuple[SlotConfig, ...], number: int) -> tuple[SlotConfig, ...]:
    """One less; those behind it move up, for slots are numbered without a gap. The last one stays."""
    rest = [slot for slot in slots if slot.number != number]
    return tuple(replace(slot, number=at) for at, slot in enumerate(rest, start=1)) or slots
