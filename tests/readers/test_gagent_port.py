"""The port under the reader: busy, denied, stopped, closed, and how it is doing."""

from collections.abc import Callable
from concurrent.futures import Future

import pytest

from gizqr_station.domain.device_failures import (
    DeviceUnplugged,
    OnlyNoise,
    PortBusy,
    PortDenied,
    PortMissing,
)
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers import port_reader
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged, Quirk
from tests.readers.conftest import opened, reader_on

Beside = Callable[[Callable[[], object]], Future[object]]
MAC = "00911f500047"


def test_a_busy_port_is_named(bench: SimulatedDevice, reader: PortReader, stop: Stop) -> None:
    bench.plug(Plugged(MAC))
    other = opened(bench.link)
    try:
        with pytest.raises(PortBusy):
            reader.read(stop)
    finally:
        other.close()
    assert reader.read(stop).identity == MacAddress(MAC)


def test_a_port_that_is_busy_only_for_a_moment_is_waited_for(
    bench: SimulatedDevice, stop: Stop, beside: Beside
) -> None:
    reader = reader_on(str(bench.link), settle_s=5.0)
    bench.plug(Plugged(MAC))
    other = opened(bench.link)
    reading = beside(lambda: reader.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.3)
    other.close()
    assert getattr(reading.result(5), "identity", None) == MacAddress(MAC)
    reader.close()


def test_a_port_that_stays_denied_is_named(reader: PortReader, stop: Stop, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(port: PortAt, *_: object) -> None:
        raise PortDenied(port.label)

    monkeypatch.setattr(port_reader, "open_line", denied)
    with pytest.raises(PortDenied):
        reader.read(stop)


def test_the_station_holds_its_port_alone(bench: SimulatedDevice, reader: PortReader, stop: Stop) -> None:
    bench.plug(Plugged(MAC))
    reader.read(stop)
    with pytest.raises(PortBusy):
        opened(bench.link)


@pytest.mark.parametrize("plugged", [None, Plugged(MAC, quirk=Quirk.SILENT), Plugged(MAC, quirk=Quirk.NOISE)])
def test_stop_ends_a_read(bench: SimulatedDevice, stop: Stop, beside: Beside, plugged: Plugged | None) -> None:
    reader = reader_on(str(bench.link), answer_timeout_s=30.0)
    if plugged:
        bench.plug(plugged)
    reading = beside(lambda: reader.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.2)
    stop.set()
    with pytest.raises(Stopped):
        reading.result(1)
    if plugged:
        opened(bench.link).close()  # it let the port go


def test_stop_ends_the_wait_for_leaving_and_the_same_device_can_be_asked_again(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, beside: Beside
) -> None:
    bench.plug(Plugged(MAC))
    reading = reader.read(stop)
    own_stop = Stop()
    gone = beside(lambda: reader.wait_until_gone(own_stop))
    own_stop.set()
    with pytest.raises(Stopped):
        gone.result(1)
    reader.read_again(reading, stop)
    reader.close()
    opened(bench.link).close()


def test_close_from_another_thread_ends_a_read(bench: SimulatedDevice, stop: Stop, beside: Beside) -> None:
    reader = reader_on(str(bench.link), answer_timeout_s=30.0)
    bench.plug(Plugged(MAC, quirk=Quirk.NOISE, repeat_s=0.01))
    reading = beside(lambda: reader.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.3)
    reader.close()
    with pytest.raises(DeviceUnplugged):
        reading.result(2)


def test_health_tells_missing_from_there_and_from_ours(bench: SimulatedDevice, reader: PortReader, stop: Stop) -> None:
    assert isinstance(reader.health(stop), PortMissing)
    bench.plug(Plugged(MAC))
    assert reader.health(stop) is None
    reader.read(stop)
    assert reader.health(stop) is None
    bench.unplug()
    assert isinstance(reader.health(stop), PortMissing)
    stop.set()
    with pytest.raises(Stopped):
        reader.health(stop)


def test_health_tells_a_port_that_may_not_be_opened(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.plug(Plugged(MAC))
    monkeypatch.setattr(port_reader, "is_allowed", lambda _: False)  # root may open anything
    assert isinstance(reader.health(stop), PortDenied)


def test_a_line_that_only_echoes_is_noise_not_a_module(stop: Stop) -> None:
    reader = reader_on("loop://", answer_timeout_s=0.3)
    with pytest.raises(OnlyNoise) as caught:
        reader.read(stop)
    assert caught.value.bytes_seen >= 10
    reader.close()


@pytest.mark.parametrize(("port", "baud"), [("nonsense://x", 9600), ("p", -1)])
def test_settings_that_cannot_work_are_refused_when_the_reader_is_made(port: str, baud: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        reader_on(port, baud=baud)
