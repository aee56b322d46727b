"""A plug is pulled at any byte: it is said at once, the handle is freed, and the next device is read."""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from gizqr_station.domain.device_failures import DeviceUnplugged, PortAmbiguous, PortBusy
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.serial_ports import SerialPort
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers.conversation import Conversation
from gizqr_station.readers.gagent import GagentConversation
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.simulated import SimulatedDevice, supported
from gizqr_station.readers.simulated_at import PluggedAt
from gizqr_station.readers.simulated_log import PluggedLog
from gizqr_station.readers.simulated_module import Plugged
from tests.readers.conftest import KEY, StoppedClock, opened
from tests.readers.fake_ports import FakePorts
from tests.readers.talking import at_conversation, log_conversation

Beside = Callable[[Callable[[], object]], Future[object]]
SAID_WITHIN_S = 1.0
MAC, IMEI = "00911f500047", "861193040496508"


class Kind:
    """Devices of one kind: their simulation, how they are asked, and what is plugged in."""

    def __init__(
        self, simulation: str, talk: Callable[[], Conversation], plugged: Callable[[int | None], object], last_byte: int
    ) -> None:
        self.simulation, self.talk, self.plugged, self.last_byte = simulation, talk, plugged, last_byte


KINDS = {
    "gagent": Kind(
        "module",
        lambda: GagentConversation(KEY, answer_timeout_s=10.0, ask_every_s=0.1),
        lambda cut: Plugged(MAC, repeat_s=0.02, cut_after_bytes=cut),
        160,
    ),
    "at": Kind(
        "at",
        lambda: at_conversation("at-cgsn", answer_timeout_s=10.0),
        lambda cut: PluggedAt(IMEI, cut_after_bytes=cut),
        80,
    ),
    "log": Kind(
        "log",
        lambda: log_conversation("log-st-board", again_s=10.0),
        lambda cut: PluggedLog(MAC, boots=1000, boot_every_s=0.02, cut_after_bytes=cut),
        500,  # one boot is longer, and two are needed
    ),
}


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, SimulatedDevice]]:
    if not supported():
        pytest.skip("no pseudo-terminals here")
    folder = tmp_path_factory.mktemp("unplugs")
    made = {
        name: SimulatedDevice(
            folder / name, (sys.executable, "-m", f"gizqr_station.readers.simulated_{kind.simulation}")
        )
        for name, kind in KINDS.items()
    }
    yield made
    for device in made.values():
        device.close()


def handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def pulled(bench: SimulatedDevice, reader: PortReader, kind: Kind, cut: int, stop: Stop, beside: Beside) -> float:
    """Plug in a device that is pulled at this byte; how long it took until that was said, in seconds."""
    reading = beside(lambda: reader.read(stop))
    for _ in range(5):
        bench.plug(kind.plugged(cut))  # type: ignore[arg-type]
        bench.wait_event("unplugged", timeout_s=15.0)
        gone_at = time.monotonic()
        try:
            reading.result(SAID_WITHIN_S)
        except DeviceUnplugged:
            return time.monotonic() - gone_at
        except TimeoutError:
            # Pulled while the port was just being opened: nobody was read yet, and the next one is waited for.
            assert reader._line is None
    raise AssertionError("it was never opened in time")


def pull_again_and_again(
    name: str, times: int, benches: dict[str, SimulatedDevice], stop: Stop, beside: Beside, seed: int
) -> None:
    bench, kind = benches[name], KINDS[name]
    chance = random.Random(seed)
    reader = PortReader(PortAt.of(str(bench.link)), 115200, kind.talk(), clock=StoppedClock(), settle_s=5.0)
    before = handles()
    for each in range(times):
        assert pulled(bench, reader, kind, chance.randint(1, kind.last_byte), stop, beside) <= SAID_WITHIN_S
        assert handles() <= before
        if each % 10 == 0:
            bench.plug(kind.plugged(None))  # type: ignore[arg-type]
            assert reader.read(stop).identity == parse_identity(IMEI if name == "at" else MAC)
            gone = beside(lambda: reader.wait_until_gone(stop))
            bench.unplug()
            gone.result(SAID_WITHIN_S)
            assert handles() <= before
    reader.close()


@pytest.mark.parametrize("name", KINDS)
def test_20_unplugs_at_random_bytes(name: str, benches: dict[str, SimulatedDevice], stop: Stop, beside: Beside) -> None:
    pull_again_and_again(name, 20, benches, stop, beside, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_another_100_unplugs_at_random_bytes(
    name: str, benches: dict[str, SimulatedDevice], stop: Stop, beside: Beside
) -> None:
    pull_again_and_again(name, 100, benches, stop, beside, seed=2)


def test_waiting_for_a_plug_costs_next_to_nothing(bench: SimulatedDevice, stop: Stop, beside: Beside) -> None:
    ports = FakePorts()
    for name in (str(bench.link), "usb:A1"):
        reader = PortReader(PortAt.of(name, ports), 9600, KINDS["gagent"].talk(), clock=StoppedClock())
        own_stop = Stop()
        reading = beside(lambda: reader.read(own_stop))  # noqa: B023 - awaited in its turn
        began = time.process_time()
        with pytest.raises(TimeoutError):
            reading.result(1.0)
        # One that turned in circles would have taken the whole second.
        assert time.process_time() - began < 0.3
        own_stop.set()
        with pytest.raises(Stopped):
            reading.result(2)


def test_a_port_that_came_back_under_another_name_is_found_by_its_lasting_one(
    tmp_path: Path, stop: Stop, beside: Beside
) -> None:
    first, second = tmp_path / "ttyUSB0", tmp_path / "ttyUSB1"
    ports = FakePorts(SerialPort(str(first), usb_serial="A1"))
    reader = PortReader(PortAt.of("usb:A1", ports), 9600, KINDS["gagent"].talk(), clock=StoppedClock())
    with SimulatedDevice(first) as old, SimulatedDevice(second) as new:
        old.plug(Plugged(MAC))
        reading = reader.read(stop)
        assert reading.port == "usb:A1"
        reader.read_again(reading, stop)
        gone = beside(lambda: reader.wait_until_gone(stop))
        old.unplug()
        ports.now = ()
        gone.result(5)
        assert not reader.present()
        # Somebody else's device has the old name now.
        old.plug(Plugged("00911f500099"))
        new.plug(Plugged("00911f500048"))
        ports.now = (SerialPort(str(first), usb_serial="B2"), SerialPort(str(second), usb_serial="A1"))
        assert str(reader.read(stop).identity) == "00911f500048"
        with pytest.raises(PortBusy):
            opened(second)
        opened(first).close()
    reader.close()


def test_adapters_that_swapped_their_paths_are_caught_before_printing(tmp_path: Path, stop: Stop) -> None:
    first, second = tmp_path / "ttyUSB0", tmp_path / "ttyUSB1"
    ports = FakePorts(SerialPort(str(first), usb_serial="A1"))
    reader = PortReader(PortAt.of("usb:A1", ports), 9600, KINDS["gagent"].talk(), clock=StoppedClock())
    with SimulatedDevice(first) as wrong:
        wrong.plug(Plugged(MAC))
        reading = reader.read(stop)  # by a list of ports that was a moment old
        ports.now = (SerialPort(str(first), usb_serial="B2"), SerialPort(str(second), usb_serial="A1"))
        with pytest.raises(DeviceUnplugged):
            reader.read_again(reading, stop)
    reader.close()


def test_two_adapters_of_one_serial_number_are_not_chosen_between(stop: Stop, tmp_path: Path) -> None:
    twins = FakePorts(SerialPort(os.devnull, usb_serial="0001"), SerialPort("/dev/zero", usb_serial="0001"))
    reader = PortReader(PortAt.of("usb:0001", twins), 9600, KINDS["gagent"].talk(), clock=StoppedClock(), settle_s=0.1)
    with pytest.raises(PortAmbiguous):
        reader.read(stop)
    assert isinstance(reader.health(stop), PortAmbiguous)
    assert not reader.present()
    twins.now = twins.now[:1]
    assert reader._port.device(anew=True) == os.devnull
