"""The device desk: ports are seen as they come, a reader is tried and let go, and every request is answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from gizqr_station.domain.device_failures import (
    DeviceSilent,
    NoIdentitySaid,
    PortBusy,
    PortInUseHere,
    PortMissing,
    ProfileUnreadable,
    ReaderUnknown,
)
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.serial_ports import PortName, SerialPort
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.wire_text import WireBytes
from gizqr_station.workflows import device_desk, trial_wire
from gizqr_station.workflows.device_desk import DeviceDesk
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
from gizqr_station.workflows.happenings import FaultSeen, Happening
from gizqr_station.workflows.trial_wire import TrialWire
from tests.fake_bench import MAC, WAIT_S, reading_of
from tests.fake_device_desk import CP2102, FT232, GAGENT, SLOT, FakeDeviceDesk, TriedReader

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FREE = "hub:1-1.2"
BROKEN = ProfileUnreadable("lamp.toml", "no table")


def heard(data: bytes, *, sent: bool = False, after_ms: int = 0) -> WireBytes:
    return WireBytes(NOON + timedelta(milliseconds=after_ms), sent, data)


@pytest.fixture
def fakes() -> FakeDeviceDesk:
    return FakeDeviceDesk()


@contextmanager
def opened(fakes: FakeDeviceDesk) -> Iterator[DeviceDesk]:
    """Closed again, whatever the test finds."""
    made = fakes.desk()
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def desk(fakes: FakeDeviceDesk) -> Iterator[DeviceDesk]:
    with opened(fakes) as made:
        yield made


def begun(fakes: FakeDeviceDesk, desk: DeviceDesk, port: str = FREE) -> TriedReader:
    """A trial at a free port whose reader is reading."""
    desk.try_reader(port, "gagent", 0)
    fakes.ear.wait(TrialBegun)
    return fakes.made.get(timeout=WAIT_S)


def kinds(fakes: FakeDeviceDesk) -> list[type[Happening]]:
    return [type(told) for told in fakes.ear.told]


# ports


def test_who_begins_to_look_is_told_slots_readers_and_ports(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    fakes.slots.kept = (SLOT, SlotConfig(2, "", None))
    desk.shown(visible=True)
    assert fakes.ear.wait(PortsSeen).ports == (FT232, CP2102)
    fakes.ear.seen = 0
    assert fakes.ear.wait(SlotsKnown) == SlotsKnown((SLOT,), fakes.slots.kept)
    assert fakes.ear.wait(ReadersKnown) == ReadersKnown((GAGENT,))


def test_a_port_that_comes_or_goes_is_told_within_two_seconds_and_nothing_else_is(
    fakes: FakeDeviceDesk, desk: DeviceDesk
) -> None:
    assert device_desk.LOOK_EVERY_S <= 1.0
    desk.shown(visible=True)
    fakes.ear.wait(PortsSeen)
    fakes.ports.plugged = (FT232,)
    assert fakes.ear.wait(PortsSeen, within_s=2.0).ports == (FT232,)
    fakes.ports.plugged = (FT232, CP2102)
    assert fakes.ear.wait(PortsSeen, within_s=2.0).ports == (FT232, CP2102)
    assert kinds(fakes).count(PortsSeen) == 3


def test_while_nobody_looks_no_port_is_listed(
    fakes: FakeDeviceDesk, desk: DeviceDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device_desk, "LOOK_EVERY_S", 0.001)
    desk.shown(visible=False)
    assert fakes.ports.asked == 0
    desk.shown(visible=True)
    desk.shown(visible=True)
    fakes.ear.wait(PortsSeen)
    desk.shown(visible=False)
    # What is looked at next comes after the end of the first watch, on the same lane.
    desk.shown(visible=True)
    fakes.ear.wait(PortsSeen)
    assert kinds(fakes).count(PortsSeen) == 2


def test_ports_that_cannot_be_listed_are_told_as_a_fault(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    fakes.ports.fault = RuntimeError("x")
    desk.shown(visible=True)
    assert isinstance(fakes.ear.wait(FaultSeen).failure, ProgramFault)


def test_a_broken_profile_of_the_users_is_told_beside_those_that_can_be_used(
    fakes: FakeDeviceDesk, desk: DeviceDesk
) -> None:
    fakes.readers.broken = (BROKEN,)
    desk.shown(visible=True)
    assert fakes.ear.wait(ReadersKnown) == ReadersKnown((GAGENT,), BROKEN)


def test_settings_and_profiles_that_cannot_be_read_do_not_keep_the_page_from_opening(
    fakes: FakeDeviceDesk, desk: DeviceDesk
) -> None:
    fakes.slots.broken = SettingInvalid("settings.toml", "slots", "x")
    fakes.readers.shipped_broken = BROKEN
    desk.shown(visible=True)
    assert fakes.ear.wait(SlotsKnown) == SlotsKnown((SLOT,), ())
    assert fakes.ear.wait(ReadersKnown) == ReadersKnown((), BROKEN)


# trials


def test_a_trial_tells_its_bytes_and_then_what_it_came_to(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    desk.try_reader(FREE, "gagent", 115200)
    assert fakes.ear.wait(TrialBegun) == TrialBegun(FREE, "gagent")
    reader = fakes.made.get(timeout=WAIT_S)
    assert (reader.slot.port, reader.slot.reader, reader.slot.baud) == (PortName.parse(FREE), "gagent", 115200)
    reader.say(heard(b"?", sent=True))
    reader.say(heard(b"here"))
    reader.answers.put(reading_of(MAC))
    ended = fakes.ear.wait(TrialEnded)
    assert (ended.reading, ended.failure) == (reading_of(MAC), None)
    wire = [piece for told in fakes.ear.told if isinstance(told, WireHeard) for piece in told.wire]
    assert wire == [heard(b"?", sent=True), heard(b"here")]
    assert kinds(fakes)[-1] is TrialEnded, "all bytes are told before what they came to"
    assert reader.closed.is_set()


def test_bytes_are_told_while_the_trial_goes_on(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    reader = begun(fakes, desk)
    reader.say(heard(b"boot"))
    assert fakes.ear.wait(WireHeard).wire == (heard(b"boot"),)
    assert TrialEnded not in kinds(fakes)


def test_a_trial_that_fails_says_why_and_lets_the_port_go(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    reader = begun(fakes, desk)
    reader.answers.put(PortBusy("ttyUSB1"))
    assert isinstance(fakes.ear.wait(TrialEnded).failure, PortBusy)
    assert reader.closed.is_set()


def test_a_trial_that_breaks_is_told_as_the_programs_fault_and_lets_the_port_go(
    fakes: FakeDeviceDesk, desk: DeviceDesk
) -> None:
    reader = begun(fakes, desk)
    reader.answers.put(ValueError("x"))
    assert isinstance(fakes.ear.wait(TrialEnded).failure, ProgramFault)
    assert reader.closed.is_set()


def test_a_reader_that_cannot_be_made_says_so(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    fakes.cannot = ReaderUnknown("x", "gagent")
    desk.try_reader(FREE, "x", 0)
    assert fakes.ear.wait(TrialEnded).failure is fakes.cannot


def test_a_stopped_trial_ends_with_nothing_and_lets_the_port_go(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    reader = begun(fakes, desk)
    desk.stop_trial()
    assert fakes.ear.wait(TrialEnded) == TrialEnded(None, None)
    assert reader.closed.is_set()


def test_another_trial_ends_the_one_before(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    first = begun(fakes, desk)
    desk.try_reader("/dev/ttyS0", "gagent", 0)
    assert fakes.ear.wait(TrialEnded) == TrialEnded(None, None)
    assert first.closed.is_set()
    assert fakes.ear.wait(TrialBegun).port == "/dev/ttyS0"


def test_a_trial_that_is_stopped_before_it_begins_opens_nothing_and_still_ends(
    fakes: FakeDeviceDesk, desk: DeviceDesk
) -> None:
    begun(fakes, desk)
    desk.try_reader("/dev/ttyS0", "gagent", 0)
    desk.stop_trial()
    for _ in range(2):
        assert fakes.ear.wait(TrialEnded) == TrialEnded(None, None)
    assert fakes.made.empty()


@pytest.mark.parametrize(
    ("said", "failure"), [(b"", DeviceSilent), (b"hello", NoIdentitySaid)], ids=["silent", "talking"]
)
def test_a_trial_that_nobody_ends_ends_by_itself(
    fakes: FakeDeviceDesk, desk: DeviceDesk, monkeypatch: pytest.MonkeyPatch, said: bytes, failure: type[Failure]
) -> None:
    monkeypatch.setattr(device_desk, "TRIAL_AT_MOST_S", 0.2)
    reader = begun(fakes, desk)
    reader.say(heard(b"?", sent=True))
    if said:
        reader.say(heard(said))
    assert isinstance(fakes.ear.wait(TrialEnded).failure, failure)
    assert reader.closed.is_set()


IN_USE = [
    ("usb:A50285BI", "usb:A50285BI"),
    ("usb:a50285bi", "/dev/ttyUSB0"),
    ("hub:1-1.1", "usb:A50285BI"),
    ("/dev/ttyUSB0", "hub:1-1.1"),
    ("/dev/ttyUSB0", "/dev/ttyUSB0"),
    ("COM7", "com7"),
]


@pytest.mark.parametrize(("of_slot", "tried"), IN_USE)
def test_a_port_that_a_slot_of_this_station_holds_is_not_tried_whatever_it_is_called(
    fakes: FakeDeviceDesk, of_slot: str, tried: str
) -> None:
    fakes.running = (SlotConfig(1, "", None), SlotConfig(2, "jig", PortName.parse(of_slot)))
    with opened(fakes) as desk:
        desk.try_reader(tried, "gagent", 0)
        failure = fakes.ear.wait(TrialEnded).failure
    assert isinstance(failure, PortInUseHere)
    assert (failure.port, failure.slot, fakes.made.empty()) == (tried, "2 jig", True)


def test_the_port_of_the_scanner_is_not_tried(fakes: FakeDeviceDesk) -> None:
    fakes.scanner = PortName.parse("usb:0001")
    with opened(fakes) as desk:
        desk.try_reader(FREE, "gagent", 0)
        failure = fakes.ear.wait(TrialEnded).failure
    assert isinstance(failure, PortInUseHere)
    assert (failure.port, failure.slot, fakes.made.empty()) == (FREE, "scanner", True)


def test_an_ambiguous_name_of_a_slot_holds_every_port_that_it_may_mean(fakes: FakeDeviceDesk) -> None:
    twin = SerialPort("/dev/ttyUSB2", "0001", "1-1.3")
    fakes.ports.plugged = (FT232, CP2102, twin)
    fakes.running = (SlotConfig(1, "", PortName.parse("usb:0001")),)
    with opened(fakes) as desk:
        desk.try_reader("hub:1-1.3", "gagent", 0)
        assert isinstance(fakes.ear.wait(TrialEnded).failure, PortInUseHere)
        desk.try_reader("hub:1-1.1", "gagent", 0)
        fakes.made.get(timeout=WAIT_S)


def test_a_name_that_no_port_can_have_is_missing(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    desk.try_reader("hub:nonsense", "gagent", 0)
    assert isinstance(fakes.ear.wait(TrialEnded).failure, PortMissing)


# the log


def test_the_bytes_of_the_last_trial_are_kept_as_a_file(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    desk.keep_log()
    reader = begun(fakes, desk)
    reader.say(heard(b"boot"))
    desk.keep_log()
    assert fakes.ear.wait(WireLogKept) == WireLogKept("/logs/1.txt")
    reader.answers.put(reading_of(MAC))
    fakes.ear.wait(TrialEnded)
    desk.keep_log()
    assert fakes.ear.wait(WireLogKept) == WireLogKept("/logs/2.txt")
    assert fakes.logs.kept == [(FREE, "gagent", (heard(b"boot"),))] * 2


def test_a_log_that_cannot_be_written_says_why(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    fakes.logs.broken = SettingInvalid("x", "y", "z")
    begun(fakes, desk)
    desk.keep_log()
    assert fakes.ear.wait(WireLogKept) == WireLogKept("", fakes.logs.broken)


def test_a_flood_keeps_its_last_million_bytes_and_says_how_many_are_gone(
    fakes: FakeDeviceDesk, desk: DeviceDesk
) -> None:
    reader = begun(fakes, desk)
    for _ in range(1003):
        reader.say(heard(bytes(1000)))
    desk.keep_log()
    kept = fakes.ear.wait(WireLogKept)
    assert (kept.dropped, sum(len(piece.data) for piece in fakes.logs.kept[0][2])) == (3000, 1_000_000)
    reader.answers.put(reading_of(MAC))
    fakes.ear.wait(TrialEnded)
    told = [each for each in fakes.ear.told if isinstance(each, WireHeard)]
    shown = [sum(len(piece.data) for piece in each.wire) for each in told]
    assert max(shown) <= trial_wire.TOLD_BYTES
    assert sum(shown) + sum(each.missed for each in told) == 1_003_000, "what is not shown is counted"


def test_many_tiny_pieces_are_bounded_too() -> None:
    wire = TrialWire(lambda _: None)
    for _ in range(trial_wire.KEPT_PIECES + 10):
        wire.hear(heard(b"x"))
    assert (len(wire.kept()), wire.dropped) == (trial_wire.KEPT_PIECES, 10)


# slots


def test_slots_are_saved_and_the_station_goes_on_with_those_it_has(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    slots = (SLOT, SlotConfig(2, "", PortName.parse(FREE)))
    desk.save_slots(slots)
    assert fakes.ear.wait(SlotsKept) == SlotsKept(slots)
    assert fakes.slots.kept == slots
    desk.shown(visible=True)
    assert fakes.ear.wait(SlotsKnown) == SlotsKnown((SLOT,), slots)


def test_slots_that_cannot_be_saved_say_why(fakes: FakeDeviceDesk, desk: DeviceDesk) -> None:
    fakes.slots.broken = SettingInvalid("settings.toml", "slots[2].port", "twice")
    desk.save_slots((SLOT,))
    assert fakes.ear.wait(SlotsKept) == SlotsKept((SLOT,), fakes.slots.broken)


# the end


def test_a_trial_does_not_keep_the_desk_from_closing_and_a_closed_desk_does_nothing_more(
    fakes: FakeDeviceDesk, desk: DeviceDesk
) -> None:
    desk.shown(visible=True)
    fakes.ear.wait(PortsSeen)
    reader = begun(fakes, desk)
    desk.close()
    assert reader.closed.is_set()
    told = list(fakes.ear.told)
    desk.try_reader(FREE, "gagent", 0)
    desk.shown(visible=True)
    desk.save_slots((SLOT,))
    desk.keep_log()
    assert fakes.ear.told == told
