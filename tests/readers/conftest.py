"""A bench with one port, and a second thread to read from it."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gizqr_station.domain.slot import LeavesBy
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.gagent import GagentConversation
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.serial_line import SerialLine, open_line
from gizqr_station.readers.simulated import SimulatedDevice, supported

KEY = "2efc9e621cb34553b12edf7e63645864"
AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


class StoppedClock:
    def now(self) -> datetime:
        return AT


def reader_on(
    port: str,
    *,
    answer_timeout_s: float = 5.0,
    settle_s: float = 0.2,
    baud: int = 9600,
    leaves_by: LeavesBy = LeavesBy.PORT,
) -> PortReader:
    """Patient unless told otherwise: where a device does answer, a slow machine must not make it silent."""
    talk = GagentConversation(KEY, answer_timeout_s=answer_timeout_s, ask_every_s=0.1)
    return PortReader(
        PortAt.of(port),
        baud,
        talk,
        clock=StoppedClock(),
        leaves_by=leaves_by,
        answer_timeout_s=answer_timeout_s,
        settle_s=settle_s,
    )


def opened(link: Path) -> SerialLine:
    """The port that a link leads to."""
    return open_line(PortAt.of(str(link)), 9600)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    """One program for all tests of a module: starting it is the slowest part of most of them."""
    if not supported():
        pytest.skip("no pseudo-terminals here")
    with SimulatedDevice(tmp_path_factory.mktemp("bench") / "port") as device:
        yield device


@pytest.fixture
def bench(port: SimulatedDevice) -> Iterator[SimulatedDevice]:
    yield port
    port.unplug()


@pytest.fixture
def reader(bench: SimulatedDevice) -> Iterator[PortReader]:
    made = reader_on(str(bench.link))
    yield made
    made.close()


@pytest.fixture
def impatient(bench: SimulatedDevice) -> Iterator[PortReader]:
    """For devices that say nothing useful, however long one waits."""
    made = reader_on(str(bench.link), answer_timeout_s=0.4)
    yield made
    made.close()


@pytest.fixture
def stop() -> Stop:
    return Stop()


@pytest.fixture
def beside(stop: Stop) -> Iterator[Callable[[Callable[[], object]], Future[object]]]:
    """Runs something in another thread; whatever the test does, the thread is gone afterwards."""
    with ThreadPoolExecutor(2) as pool:
        yield pool.submit
        stop.set()
