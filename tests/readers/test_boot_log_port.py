"""Devices that say who they are while they boot, read over a port: twice, or not at all."""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing

import pytest

from gizqr_station.domain.device_failures import (
    DeviceSilent,
    DeviceSwapped,
    DeviceUnplugged,
    NoIdentitySaid,
    OnlyNoise,
    SaidOnlyOnce,
    SaidTwoIdentities,
)
from gizqr_station.domain.identity import Identity, MacAddress, parse_identity
from gizqr_station.domain.identity_failures import EmptyMac, LocallyAdministeredMac
from gizqr_station.domain.slot import LeavesBy
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers.boot_log import LogConversation
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.simulated import SimulatedDevice, supported
from gizqr_station.readers.simulated_boot_texts import LogFamily
from gizqr_station.readers.simulated_log import PluggedLog
from tests.readers.boot_logs import FAMILIES, IMEIS, MAC, OTHER, ST_BOARD, BootsWhenPulled
from tests.readers.talking import log_conversation, reader_of

QUICK_S = 0.3
ONCE_S = 1.0
"""Enough for a simulated boot on a slow machine."""
Beside = Callable[[Callable[[], object]], Future[object]]


@pytest.fixture(scope="module")
def log_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    if not supported():
        pytest.skip("no pseudo-terminals here")
    program = (sys.executable, "-m", "gizqr_station.readers.simulated_log")
    with SimulatedDevice(tmp_path_factory.mktemp("bench") / "port", program) as device:
        yield device


@pytest.fixture
def bench(log_port: SimulatedDevice) -> Iterator[SimulatedDevice]:
    yield log_port
    log_port.unplug()


def read(bench: SimulatedDevice, talk: LogConversation) -> Identity:
    with closing(reader_of(bench, talk)) as reader:
        return reader.read(Stop()).identity


@pytest.mark.parametrize(("profile", "family"), FAMILIES.items())
def test_each_familys_devices_are_read(bench: SimulatedDevice, profile: str, family: LogFamily) -> None:
    identity = IMEIS[0] if family is LogFamily.NB else MAC
    bench.plug(PluggedLog(identity, family, noise_bytes=2000, baud=115200))
    assert read(bench, log_conversation(profile)) == parse_identity(identity)


def test_behind_a_flood_without_a_line_end_it_is_read(bench: SimulatedDevice) -> None:
    bench.plug(PluggedLog(MAC, flood_bytes=100_000))
    talk = log_conversation("log-st-board", again_s=30.0)
    assert read(bench, talk) == MacAddress(MAC)
    assert talk.held <= 64 * 1024


NOBODY = PluggedLog("", boots=0)
ONE_BOOT = PluggedLog(MAC, boots=1)


def read_while_it_boots(
    bench: SimulatedDevice, reader: PortReader, beside: Beside, device: PluggedLog, stop: Stop | None = None
) -> Future[object]:
    """A reading that was begun before the device behind the adapter was switched on."""
    reader.close()
    reading = beside(lambda: reader.read(stop or Stop()))
    ends = time.monotonic() + 5.0
    while reader._line is None and time.monotonic() < ends:
        time.sleep(0.005)
    bench.swap(device)
    return reading


def test_what_was_seen_once_counts_with_the_next_boot_of_the_same_device(
    bench: SimulatedDevice, beside: Beside
) -> None:
    bench.plug(NOBODY)
    talk = log_conversation("log-st-board", again_s=ONCE_S)
    with closing(reader_of(bench, talk)) as reader:
        with pytest.raises(SaidOnlyOnce) as once:
            read_while_it_boots(bench, reader, beside, ONE_BOOT).result(10)
        assert once.value.seen == MAC
        reading = beside(lambda: reader.read(Stop()))
        bench.swap(PluggedLog(MAC))  # switched off and on, behind an adapter that stays
        assert getattr(reading.result(10), "identity", None) == MacAddress(MAC)


def test_what_was_seen_once_is_forgotten_when_the_port_goes(bench: SimulatedDevice, beside: Beside) -> None:
    bench.plug(NOBODY)
    with closing(reader_of(bench, log_conversation("log-st-board", again_s=ONCE_S))) as reader:
        with pytest.raises(SaidOnlyOnce):
            read_while_it_boots(bench, reader, beside, ONE_BOOT).result(10)
        bench.unplug()
        reader.wait_until_gone(Stop())
        bench.plug(NOBODY)
        with pytest.raises(SaidOnlyOnce):
            read_while_it_boots(bench, reader, beside, ONE_BOOT).result(10)


def test_another_device_after_one_that_was_seen_once_is_not_mixed_with_it(
    bench: SimulatedDevice, beside: Beside
) -> None:
    bench.plug(NOBODY)
    with closing(reader_of(bench, log_conversation("log-st-board", again_s=ONCE_S))) as reader:
        with pytest.raises(SaidOnlyOnce):
            read_while_it_boots(bench, reader, beside, ONE_BOOT).result(10)
        bench.swap(PluggedLog(OTHER))
        with pytest.raises(SaidTwoIdentities):
            reader.read(Stop())


@pytest.mark.parametrize(
    ("device", "failure"),
    [
        (PluggedLog(MAC, alternate_identity=OTHER), SaidTwoIdentities),
        (PluggedLog("000000000000"), EmptyMac),
        (PluggedLog("c67f510385f7"), LocallyAdministeredMac),
        (PluggedLog(""), NoIdentitySaid),
        (PluggedLog("", boots=0), DeviceSilent),
        (PluggedLog("", boots=0, noise_bytes=1_000_000), OnlyNoise),
        (PluggedLog(MAC, baud=9600), OnlyNoise),
    ],
    ids=["two", "zeros", "local", "does not tell", "silent", "noise", "wrong rate"],
)
def test_what_must_not_be_taken_is_named(bench: SimulatedDevice, device: PluggedLog, failure: type[Exception]) -> None:
    bench.plug(device)
    with pytest.raises(failure):
        read(bench, log_conversation("log-st-board", again_s=QUICK_S))


def test_a_local_mac_is_taken_only_where_the_product_has_such(bench: SimulatedDevice) -> None:
    bench.plug(PluggedLog("c67f510385f7"))
    assert read(bench, log_conversation("log-st-board", local_macs=True)) == MacAddress("c67f510385f7")


def test_a_log_that_names_another_device_before_printing_is_a_swap(bench: SimulatedDevice) -> None:
    bench.plug(PluggedLog(MAC))
    with closing(reader_of(bench, log_conversation("log-st-board"))) as reader:
        reading = reader.read(Stop())
        bench.swap(NOBODY)
        reader.read_again(reading, Stop())  # the log names nobody else
        bench.swap(PluggedLog(OTHER, boots=1))
        bench.wait_event("booted")
        with pytest.raises(DeviceSwapped):
            reader.read_again(reading, Stop())


def test_a_second_device_in_one_breath_with_the_first_is_a_swap(bench: SimulatedDevice) -> None:
    bench.plug(PluggedLog(MAC))
    talk = log_conversation("log-st-board")
    with closing(reader_of(bench, talk)) as reader:
        reading = reader.read(Stop())
        bench.swap(NOBODY)
        line = BootsWhenPulled()
        for log in (ST_BOARD.replace(b"03:85:f7", b"04:3a:9b"), *[ST_BOARD] * 100):
            talk.attend(line, log)  # type: ignore[arg-type]
        with pytest.raises(DeviceSwapped):
            reader.read_again(reading, Stop())


def test_unplugged_while_it_boots_it_says_so_and_is_read_again(bench: SimulatedDevice, beside: Beside) -> None:
    bench.plug(NOBODY)
    with closing(reader_of(bench, log_conversation("log-st-board"))) as reader:
        reading = read_while_it_boots(bench, reader, beside, ONE_BOOT)
        bench.wait_event("booted")
        bench.unplug()
        with pytest.raises(DeviceUnplugged):
            reading.result(5)
        bench.plug(PluggedLog(MAC))
        assert reader.read(Stop()).identity == MacAddress(MAC)


def test_in_a_jig_the_first_boot_wakes_the_reader_and_counts(bench: SimulatedDevice, beside: Beside) -> None:
    bench.plug(NOBODY)
    with closing(reader_of(bench, log_conversation("log-st-board"), leaves_by=LeavesBy.SILENCE)) as reader:
        reading = beside(lambda: reader.read(Stop()))
        bench.swap(PluggedLog(MAC))
        assert getattr(reading.result(10), "identity", None) == MacAddress(MAC)


def test_stop_ends_it(bench: SimulatedDevice, beside: Beside) -> None:
    bench.plug(NOBODY)
    stop = Stop()
    with closing(reader_of(bench, log_conversation("log-st-board"))) as reader:
        reading = read_while_it_boots(bench, reader, beside, PluggedLog("", boots=1), stop)
        bench.wait_event("booted")
        stop.set()
        with pytest.raises(Stopped):
            reading.result(5)
