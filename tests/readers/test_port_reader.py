"""What every way of asking has in common: opening, forgetting, and who is told what."""

import os
import tty
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from gizqr_station.domain.device_failures import DeviceSilent, DeviceUnplugged, ModuleInfoUnsupported, NoIdentitySaid
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, MacAddress
from gizqr_station.domain.slot import LeavesBy
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers import port_reader
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.serial_line import SerialLine, open_line
from tests.readers.conftest import StoppedClock

pytest.importorskip("termios")
Beside = Callable[[Callable[[], object]], Future[object]]
A = MacAddress("00911f500047")


class Noted:
    """A Conversation that believes at once, and notes what it was told."""

    name = "noted"

    def __init__(self) -> None:
        self.forgot = 0
        self.heard = b""
        self.answer: Identity | Failure = A
        self.waits = False
        self.fault: Failure | None = None

    def identity(self, line: SerialLine, stop: Stop, known: Identity | None) -> tuple[Identity, bytes]:
        while self.waits:
            stop.check()
            line.receive()
        if isinstance(self.answer, Failure):
            raise self.answer
        return self.answer, b"evidence"

    def attend(self, line: SerialLine, data: bytes) -> None:
        self.heard += data

    def answers(self, line: SerialLine, stop: Stop, within_s: float) -> bool:
        if self.fault is not None:
            raise self.fault
        came = line.receive()
        self.heard += came
        return bool(came)

    def forget(self) -> None:
        self.forgot += 1


class Plug:
    """A terminal under a link."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self.master = self._slave = -1

    def plug(self) -> None:
        self.master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.link.symlink_to(os.ttyname(self._slave))

    def pull(self) -> None:
        if self.master >= 0:
            self.link.unlink()
            os.close(self._slave)
            os.close(self.master)
            self.master = -1


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Plug]:
    made = Plug(tmp_path / "port")
    made.plug()
    yield made
    made.pull()


@pytest.fixture
def talk() -> Noted:
    return Noted()


@pytest.fixture
def reader(plug: Plug, talk: Noted) -> Iterator[PortReader]:
    made = PortReader(PortAt.of(str(plug.link)), 9600, talk, clock=StoppedClock())
    yield made
    made.close()


@pytest.fixture
def in_jig(plug: Plug, talk: Noted) -> Iterator[PortReader]:
    made = PortReader(PortAt.of(str(plug.link)), 9600, talk, clock=StoppedClock(), leaves_by=LeavesBy.SILENCE)
    yield made
    made.close()


def test_the_conversation_names_the_reader_and_gives_the_evidence(reader: PortReader, plug: Plug, stop: Stop) -> None:
    reading = reader.read(stop)
    assert (reading.reader, reading.port, reading.evidence) == ("noted", str(plug.link), b"evidence")


def test_what_a_device_said_counts_while_it_stays_and_is_forgotten_when_it_leaves(
    reader: PortReader, plug: Plug, talk: Noted, stop: Stop
) -> None:
    reader.read(stop)
    reader.read(stop)
    assert talk.forgot == 0
    plug.pull()
    reader.wait_until_gone(stop)
    assert talk.forgot == 1


def test_a_device_that_left_unseen_is_forgotten_too(reader: PortReader, plug: Plug, talk: Noted, stop: Stop) -> None:
    reader.read(stop)
    plug.pull()
    plug.plug()
    reader.read(stop)
    assert talk.forgot == 1


def test_a_device_whose_reading_was_stopped_may_be_swapped_unseen(
    reader: PortReader, talk: Noted, stop: Stop, beside: Beside
) -> None:
    talk.waits = True
    own_stop = Stop()
    reading = beside(lambda: reader.read(own_stop))
    own_stop.set()
    with pytest.raises(Stopped):
        reading.result(2)
    assert talk.forgot == 1


@pytest.mark.parametrize("failure", [ModuleInfoUnsupported("p"), NoIdentitySaid("p", "noted")])
def test_a_device_that_says_no_longer_who_it_is_is_silent(
    reader: PortReader, talk: Noted, stop: Stop, failure: Failure
) -> None:
    reading = reader.read(stop)
    talk.answer = failure
    with pytest.raises(DeviceSilent):
        reader.read_again(reading, stop)


def test_in_a_jig_what_queued_before_is_the_last_devices(
    in_jig: PortReader, plug: Plug, talk: Noted, stop: Stop, beside: Beside
) -> None:
    first = beside(lambda: in_jig.read(stop))
    with pytest.raises(TimeoutError):
        first.result(0.3)
    os.write(plug.master, b"x")
    first.result(5)
    beside(lambda: in_jig.wait_until_gone(stop)).result(10)
    assert talk.forgot == 1
    talk.heard = b""
    os.write(plug.master, b"of the last one")
    reading = beside(lambda: in_jig.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.4)
    os.write(plug.master, b"of the next one")
    reading.result(5)
    assert talk.heard == b"of the next one"


def test_in_a_jig_a_stopped_reading_keeps_the_port_open(
    in_jig: PortReader, talk: Noted, plug: Plug, stop: Stop, beside: Beside
) -> None:
    own_stop = Stop()
    reading = beside(lambda: in_jig.read(own_stop))
    with pytest.raises(TimeoutError):
        reading.result(0.2)
    own_stop.set()
    with pytest.raises(Stopped):
        reading.result(2)
    line = in_jig._line
    assert line is not None
    again = beside(lambda: in_jig.read(stop))
    with pytest.raises(TimeoutError):
        again.result(0.2)
    os.write(plug.master, b"x")
    again.result(5)
    assert in_jig._line is line


def test_in_a_jig_a_device_that_falls_silent_at_once_is_no_failure(
    in_jig: PortReader, talk: Noted, plug: Plug, stop: Stop, beside: Beside
) -> None:
    talk.answer = DeviceSilent("p", 1.0)
    reading = beside(lambda: in_jig.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.2)
    os.write(plug.master, b"x")
    with pytest.raises(TimeoutError):
        reading.result(0.5)
    assert not in_jig.present()
    talk.answer = A
    os.write(plug.master, b"x")
    assert getattr(reading.result(5), "identity", None) == A


def test_what_is_heard_until_it_leaves_is_passed_on(
    reader: PortReader, talk: Noted, plug: Plug, stop: Stop, beside: Beside
) -> None:
    reader.read(stop)
    gone = beside(lambda: reader.wait_until_gone(stop))
    os.write(plug.master, b"heartbeat")
    with pytest.raises(TimeoutError):
        gone.result(0.3)
    plug.pull()
    gone.result(2)
    assert talk.heard == b"heartbeat"


def test_closing_in_the_moment_of_opening_leaves_nothing_open(
    reader: PortReader, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened_and_closed(*arguments: object) -> SerialLine:
        line = open_line(*arguments)  # type: ignore[arg-type]
        reader.close()
        return line

    monkeypatch.setattr(port_reader, "open_line", opened_and_closed)
    with pytest.raises(DeviceUnplugged):
        reader.read(stop)
    monkeypatch.undo()
    reader.read(stop)


def test_a_wait_at_a_jig_that_fails_is_not_begun_again_at_once(
    in_jig: PortReader, talk: Noted, plug: Plug, beside: Beside
) -> None:
    own_stop = Stop()
    reading = beside(lambda: in_jig.read(own_stop))
    with pytest.raises(TimeoutError):
        reading.result(0.2)
    os.write(plug.master, b"x")
    reading.result(5)
    talk.fault = NoIdentitySaid("p", "noted")
    gone = beside(lambda: in_jig.wait_until_gone(own_stop))
    with pytest.raises(TimeoutError):
        gone.result(0.3)
    own_stop.set()
    with pytest.raises(Stopped):
        gone.result(2)
