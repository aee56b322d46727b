"""Devices whose adapter stays plugged in come by answering and leave by silence."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field

import pytest

from gizqr_station.domain.device_failures import AnswerTooShort, DeviceSwapped, DeviceUnplugged, OnlyNoise, PortMissing
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, MacAddress
from gizqr_station.domain.identity_failures import MulticastMac
from gizqr_station.domain.slot import LeavesBy
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers import jig
from gizqr_station.readers.jig import ASKS_UNHEARD, Jig
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged, Quirk
from tests.readers.conftest import reader_on

Beside = Callable[[Callable[[], object]], Future[object]]
A, B = MacAddress("00911f500047"), MacAddress("00911f500048")
NOBODY = Plugged(str(A), quirk=Quirk.SILENT)
SILENCE, NOISE = (False, 0), (False, 9)


class ScriptEnded(Exception):
    """It asked once more than it should have."""


@dataclass
class Script:
    """Line and conversation in one: each question is answered by the next turn, (understood, bytes)."""

    turns: list[tuple[bool | Identity | Failure, int]]
    bytes_received: int = 0
    who: Identity | Failure = field(default=A)

    def answers(self, *_: object) -> bool:
        if not self.turns:
            raise ScriptEnded
        answer, came = self.turns.pop(0)
        self.bytes_received += came
        if not isinstance(answer, bool):
            self.who = answer
        return answer is not False

    def identity(self, *_: object) -> tuple[Identity, bytes]:
        if isinstance(self.who, Failure):
            raise self.who
        return self.who, b""


def scripted(*turns: tuple[bool | Identity | Failure, int]) -> tuple[Script, Jig]:
    script = Script(list(turns))
    return script, Jig(script, script)  # type: ignore[arg-type]


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jig, "ASK_S", 0.0)


@pytest.mark.usefixtures("at_once")
def test_an_empty_jig_is_waited_at_until_somebody_answers(stop: Stop) -> None:
    script, empty = scripted(*[SILENCE] * 50, (True, 9))
    empty.wait_for_somebody(stop)
    assert script.turns == []


@pytest.mark.usefixtures("at_once")
def test_a_rattling_contact_is_nobody_and_somebody_who_goes_on_talking_is(stop: Stop) -> None:
    script, rattling = scripted(NOISE, SILENCE, NOISE, SILENCE, NOISE, NOISE, SILENCE)
    rattling.wait_for_somebody(stop)
    assert script.turns == [SILENCE]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("last", [A, None])
def test_a_few_unheard_questions_are_not_yet_leaving(stop: Stop, last: Identity | None) -> None:
    few = [SILENCE] * (ASKS_UNHEARD - 1)
    script, left = scripted(*few, (True, 9), *few, NOISE, *few, (True, 9), *[SILENCE] * ASKS_UNHEARD)
    left.wait_until_gone(last, stop)
    assert script.turns == []


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("other", [B, MulticastMac("01911f500047")], ids=["another", "another that is refused"])
def test_whoever_answers_differently_is_somebody_else(stop: Stop, other: Identity | Failure) -> None:
    script, swapped = scripted((A, 9), (A, 9), (other, 9), (A, 9))
    swapped.wait_until_gone(A, stop)
    assert script.turns == [(A, 9)]


@pytest.mark.usefixtures("at_once")
def test_an_answer_that_was_cut_short_is_nobody_else(stop: Stop) -> None:
    _, doubtful = scripted((A, 9), (AnswerTooShort("p", "cut"), 9), (A, 9))
    with pytest.raises(ScriptEnded):
        doubtful.wait_until_gone(A, stop)


def test_who_could_not_be_read_is_there_while_any_byte_comes(stop: Stop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jig, "ASK_S", 0.01)
    monkeypatch.setattr(jig, "_NOT_UNDERSTOOD_S", 0.1)
    script, gone = scripted(*[NOISE] * 50, *[SILENCE] * ASKS_UNHEARD, NOISE)
    gone.wait_until_gone(None, stop)
    assert script.turns == [NOISE]


def test_who_was_read_and_is_not_understood_any_more_has_left_after_a_while(
    stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jig, "ASK_S", 0.01)
    monkeypatch.setattr(jig, "_NOT_UNDERSTOOD_S", 0.2)
    script, babbling = scripted(*[NOISE] * 1000)
    babbling.wait_until_gone(A, stop)
    assert 5 < len(script.turns) < 1000


def test_waiting_at_a_jig_looks_at_stop(stop: Stop) -> None:
    stop.set()
    for wait in (Jig.wait_for_somebody, lambda place, stop: Jig.wait_until_gone(place, A, stop)):
        with pytest.raises(Stopped):
            wait(scripted(SILENCE)[1], stop)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jig, "ASK_S", 0.3)


@pytest.fixture
def reader(bench: SimulatedDevice, quick: None) -> Iterator[PortReader]:
    bench.plug(NOBODY)
    made = reader_on(str(bench.link), leaves_by=LeavesBy.SILENCE)
    yield made
    made.close()


def test_units_come_and_go_while_the_adapter_stays(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, beside: Beside
) -> None:
    first = beside(lambda: reader.read(stop))
    with pytest.raises(TimeoutError):
        first.result(0.5)  # an empty jig is no failure
    assert not reader.present()
    assert reader.health(stop) is None
    bench.swap(Plugged(str(A)))
    reading = first.result(10)
    assert getattr(reading, "identity", None) == A
    assert reader.present()
    reader.read_again(reading, stop)  # type: ignore[arg-type]

    gone = beside(lambda: reader.wait_until_gone(stop))
    bench.swap(NOBODY)  # it starts over,
    with pytest.raises(TimeoutError):
        gone.result(0.5)
    bench.swap(Plugged(str(A)))  # and is the same one again
    with pytest.raises(TimeoutError):
        gone.result(1.4)
    assert reader.present()
    bench.swap(NOBODY)
    gone.result(10)
    assert not reader.present()

    second = beside(lambda: reader.read(stop))
    bench.swap(Plugged(str(B)))
    assert getattr(second.result(10), "identity", None) == B


def test_a_swap_without_a_pause_is_leaving_and_before_printing_it_is_caught(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, beside: Beside
) -> None:
    bench.swap(Plugged(str(A)))
    reading = reader.read(stop)
    bench.swap(Plugged(str(B)))
    with pytest.raises(DeviceSwapped):
        reader.read_again(reading, stop)
    bench.swap(Plugged(str(A)))
    reader.read_again(reading, stop)
    gone = beside(lambda: reader.wait_until_gone(stop))
    bench.swap(Plugged(str(B)))
    gone.result(10)
    assert reader.read(stop).identity == B


@pytest.mark.usefixtures("quick")
def test_noise_in_a_jig_is_named_and_waited_out(bench: SimulatedDevice, stop: Stop, beside: Beside) -> None:
    reader = reader_on(str(bench.link), leaves_by=LeavesBy.SILENCE, answer_timeout_s=0.4)
    bench.plug(Plugged(str(A), quirk=Quirk.NOISE))
    with pytest.raises(OnlyNoise):
        reader.read(stop)
    gone = beside(lambda: reader.wait_until_gone(stop))
    with pytest.raises(TimeoutError):
        gone.result(0.5)
    bench.swap(NOBODY)
    gone.result(10)
    reader.close()


def test_an_adapter_that_is_pulled_from_an_empty_jig_is_waited_for(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, beside: Beside
) -> None:
    reading = beside(lambda: reader.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.3)
    bench.unplug()
    with pytest.raises(TimeoutError):
        reading.result(0.3)
    assert isinstance(reader.health(stop), PortMissing)
    bench.plug(Plugged(str(A)))
    assert getattr(reading.result(10), "identity", None) == A
    bench.unplug()
    reader.wait_until_gone(stop)
    assert not reader.present()


def test_an_adapter_that_is_pulled_with_its_device_is_named(
    bench: SimulatedDevice, reader: PortReader, stop: Stop
) -> None:
    bench.swap(Plugged(str(A)))
    reading = reader.read(stop)
    bench.unplug()
    with pytest.raises(DeviceUnplugged):
        reader.read_again(reading, stop)


def test_closing_ends_the_wait_at_an_empty_jig(reader: PortReader, stop: Stop, beside: Beside) -> None:
    reading = beside(lambda: reader.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.3)
    reader.close()
    with pytest.raises(DeviceUnplugged):
        reading.result(3)
