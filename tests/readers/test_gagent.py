"""A real serial port (a pseudo-terminal), a real module (in bytes), and all that can happen between them."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from gizqr_station.domain.device_failures import (
    AnswerTooShort,
    DeviceSilent,
    DeviceSwapped,
    DeviceUnplugged,
    ModuleInfoUnsupported,
    OnlyNoise,
)
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Imei, MacAddress
from gizqr_station.domain.identity_failures import EmptyImei, ImeiIsImsi, LocallyAdministeredMac, NotAnIdentity
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged, Quirk
from gizqr_station.workflows.ports import Reader
from tests.readers.conftest import AT, KEY, reader_on

Beside = Callable[[Callable[[], object]], Future[object]]
MAC = "00911f500047"
IMEI = "861193040496508"
HARMLESS = {0x02, 0x08, 0x0E, 0x21}


def test_the_reader_is_what_the_workflows_ask_for(reader: PortReader) -> None:
    as_seen_by_workflows: Reader = reader
    assert as_seen_by_workflows is reader


def test_a_module_that_knows_only_the_bare_question_is_read(
    bench: SimulatedDevice, reader: PortReader, stop: Stop
) -> None:
    bench.plug(Plugged(MAC, quirk=Quirk.BARE_21))
    assert reader.read(stop).identity == MacAddress(MAC)


def test_a_wifi_module_is_read(bench: SimulatedDevice, reader: PortReader, stop: Stop) -> None:
    bench.plug(Plugged(MAC))
    reading = reader.read(stop)
    assert reading.identity == MacAddress(MAC)
    assert (reading.reader, reading.port, reading.at, reading.product_key) == ("gagent", str(bench.link), AT, "")
    assert MAC.encode() in reading.evidence
    assert reading.evidence.startswith(b"\xff\xff\x00")


def test_a_cellular_module_is_read(bench: SimulatedDevice, reader: PortReader, stop: Stop) -> None:
    bench.plug(Plugged(IMEI, kind="cellular"))
    assert reader.read(stop).identity == Imei(IMEI)


@pytest.mark.parametrize("kind", ["wifi", "cellular"])
def test_an_answer_full_of_ff_is_read(bench: SimulatedDevice, reader: PortReader, stop: Stop, kind: str) -> None:
    identity = MAC if kind == "wifi" else IMEI
    bench.plug(Plugged(identity, kind=kind, quirk=Quirk.STUFFED))
    assert str(reader.read(stop).identity) == identity


def test_the_module_is_told_the_product_and_its_status_is_answered(
    bench: SimulatedDevice, reader: PortReader, stop: Stop
) -> None:
    bench.plug(Plugged(MAC))
    reader.read(stop)
    assert KEY.encode() in bench.wait_event("received", command=0x02).payload
    bench.wait_event("received", command=0x0E)


def test_it_waits_for_a_port_that_is_not_there_yet(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, beside: Beside
) -> None:
    assert not reader.present()
    reading = beside(lambda: reader.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.3)
    bench.plug(Plugged(MAC))
    assert getattr(reading.result(5), "identity", None) == MacAddress(MAC)
    assert reader.present()


@pytest.mark.parametrize(
    ("plugged", "failure"),
    [
        (Plugged("460001234567890", kind="cellular"), ImeiIsImsi),
        (Plugged(IMEI, kind="cellular", quirk=Quirk.IMSI_AS_IMEI), ImeiIsImsi),
        (Plugged("000000000000000", kind="cellular"), EmptyImei),
        (Plugged("02911f500047"), LocallyAdministeredMac),
        (Plugged("no mac here"), NotAnIdentity),
        (Plugged(MAC, quirk=Quirk.SHORT_ANSWER), AnswerTooShort),
    ],
    ids=lambda value: value.identity if isinstance(value, Plugged) else value.__name__,
)
def test_a_device_that_must_not_be_labelled_is_named_and_can_be_waited_out(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, beside: Beside, plugged: Plugged, failure: type[Failure]
) -> None:
    named_and_waited_out(bench, reader, stop, beside, plugged, failure)


@pytest.mark.parametrize(
    ("plugged", "failure"),
    [
        (Plugged(MAC, quirk=Quirk.SILENT), DeviceSilent),
        (Plugged(MAC, quirk=Quirk.NOISE), OnlyNoise),
        (Plugged(MAC, quirk=Quirk.WRONG_CHECKSUM), OnlyNoise),
        (Plugged(MAC, quirk=Quirk.WRONG_BAUD), OnlyNoise),
        (Plugged(MAC, quirk=Quirk.MUTE_21), ModuleInfoUnsupported),
        (Plugged(MAC, quirk=Quirk.WRONG_SEQUENCE), ModuleInfoUnsupported),
        (Plugged(MAC, quirk=Quirk.NEVER_THE_SAME), AnswerTooShort),
    ],
    ids=lambda value: value.quirk if isinstance(value, Plugged) else value.__name__,
)
def test_a_device_without_a_useful_answer_is_named_and_can_be_waited_out(
    bench: SimulatedDevice,
    impatient: PortReader,
    stop: Stop,
    beside: Beside,
    plugged: Plugged,
    failure: type[Failure],
) -> None:
    named_and_waited_out(bench, impatient, stop, beside, plugged, failure)


def named_and_waited_out(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, beside: Beside, plugged: Plugged, failure: type[Failure]
) -> None:
    bench.plug(plugged)
    with pytest.raises(failure):
        reader.read(stop)
    gone = beside(lambda: reader.wait_until_gone(stop))
    with pytest.raises(TimeoutError):
        gone.result(0.1)
    bench.unplug()
    gone.result(2)
    assert not bench.link.is_symlink()
    assert bench.commands_received <= HARMLESS


def test_noise_is_reported_with_its_amount_and_rate(bench: SimulatedDevice, impatient: PortReader, stop: Stop) -> None:
    bench.plug(Plugged(MAC, quirk=Quirk.NOISE))
    with pytest.raises(OnlyNoise) as caught:
        impatient.read(stop)
    assert caught.value.bytes_seen > 50
    assert caught.value.baud == 9600


def test_the_first_byte_renews_the_time(bench: SimulatedDevice, stop: Stop, beside: Beside) -> None:
    reader = reader_on(str(bench.link), answer_timeout_s=1.0)
    bench.plug(Plugged(MAC, quirk=Quirk.SILENT))
    reading = beside(lambda: reader.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.7)
    bench.swap(Plugged(MAC, quirk=Quirk.NOISE))
    with pytest.raises(TimeoutError):
        reading.result(0.6)
    bench.swap(Plugged(MAC))
    assert getattr(reading.result(3), "identity", None) == MacAddress(MAC)
    reader.close()


def test_a_device_can_be_read_anew_without_being_unplugged(
    bench: SimulatedDevice, reader: PortReader, stop: Stop
) -> None:
    bench.plug(Plugged("02911f500047"))
    with pytest.raises(LocallyAdministeredMac):
        reader.read(stop)
    bench.swap(Plugged(MAC))
    assert reader.read(stop).identity == MacAddress(MAC)


def test_one_undamaged_answer_is_not_yet_believed(bench: SimulatedDevice, reader: PortReader, stop: Stop) -> None:
    bench.plug(Plugged(MAC, quirk=Quirk.FIRST_ANSWER_WRONG))
    assert reader.read(stop).identity == MacAddress(MAC)


# 9 bytes: the request for device information; 11 more: the status; 75 a wrapped answer. In, between and behind them.
@pytest.mark.parametrize("cut", [1, 2, 9, 10, 20, 50, 90])
def test_a_device_that_is_pulled_at_any_byte_is_named_and_the_next_is_read(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, beside: Beside, cut: int
) -> None:
    reading = beside(lambda: reader.read(stop))
    bench.plug(Plugged(MAC, cut_after_bytes=cut, repeat_s=0.05))
    bench.wait_event("unplugged")
    with pytest.raises(DeviceUnplugged):
        reading.result(1)
    bench.plug(Plugged("00911f500048"))
    assert reader.read(stop).identity == MacAddress("00911f500048")


@pytest.mark.slow
@pytest.mark.parametrize("heartbeat_s", [0.01, 10.0])
def test_devices_pulled_at_each_of_the_first_160_bytes_never_spoil_the_next(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, beside: Beside, heartbeat_s: float
) -> None:
    for cut in range(1, 161):  # a reading takes 11 for the status and 75 for each of two answers
        bench.plug(Plugged(MAC, cut_after_bytes=cut, heartbeat_s=heartbeat_s))
        reading = beside(lambda: reader.read(stop))
        with pytest.raises(DeviceUnplugged):
            reading.result(5)
        bench.plug(Plugged("00911f500048"))
        assert reader.read(stop).identity == MacAddress("00911f500048")
        bench.unplug()
        reader.wait_until_gone(stop)
    assert bench.commands_received <= HARMLESS


def test_the_same_device_again_passes(bench: SimulatedDevice, reader: PortReader, stop: Stop) -> None:
    bench.plug(Plugged(MAC))
    reading = reader.read(stop)
    reader.read_again(reading, stop)
    reader.read_again(reading, stop)


def test_another_device_behind_the_same_adapter_is_found_out(
    bench: SimulatedDevice, reader: PortReader, stop: Stop
) -> None:
    bench.plug(Plugged(MAC))
    reading = reader.read(stop)
    bench.swap(Plugged("00911f500048"))
    with pytest.raises(DeviceSwapped) as caught:
        reader.read_again(reading, stop)
    assert (caught.value.expected, caught.value.found) == (MAC, "00911f500048")


def test_a_device_swapped_at_the_plug_counts_as_unplugged(
    bench: SimulatedDevice, reader: PortReader, stop: Stop
) -> None:
    bench.plug(Plugged(MAC))
    reading = reader.read(stop)
    bench.unplug()
    bench.plug(Plugged("00911f500048"))
    with pytest.raises(DeviceUnplugged):
        reader.read_again(reading, stop)
    assert reader.read(stop).identity == MacAddress("00911f500048")


def test_a_port_name_that_leads_to_another_device_now_counts_as_unplugged(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, tmp_path: Path
) -> None:
    bench.plug(Plugged(MAC))
    reading = reader.read(stop)
    with SimulatedDevice(tmp_path / "other") as other:
        bench.link.unlink()
        bench.link.symlink_to(other.plug(Plugged(MAC)))
        with pytest.raises(DeviceUnplugged):
            reader.read_again(reading, stop)


@pytest.mark.parametrize("quirk", [Quirk.SILENT, Quirk.MUTE_21])
def test_a_device_that_fell_silent_is_named(bench: SimulatedDevice, stop: Stop, quirk: Quirk) -> None:
    reader = reader_on(str(bench.link), answer_timeout_s=0.8)
    bench.plug(Plugged(MAC))
    reading = reader.read(stop)
    bench.swap(Plugged(MAC, quirk=quirk))
    with pytest.raises(DeviceSilent):
        reader.read_again(reading, stop)
    reader.close()


def test_without_a_read_there_is_nothing_to_read_again_or_wait_for(
    bench: SimulatedDevice, reader: PortReader, stop: Stop
) -> None:
    reader.wait_until_gone(stop)
    bench.plug(Plugged(MAC))
    reading = reader.read(stop)
    reader.close()
    with pytest.raises(DeviceUnplugged):
        reader.read_again(reading, stop)
    reader.wait_until_gone(stop)


def test_heartbeats_are_answered_until_the_device_is_gone(
    bench: SimulatedDevice, reader: PortReader, stop: Stop, beside: Beside
) -> None:
    bench.plug(Plugged(MAC, heartbeat_s=0.01))
    reader.read(stop)
    gone = beside(lambda: reader.wait_until_gone(stop))
    for _ in range(40):  # more than a module suffers unanswered
        bench.wait_event("received", command=0x08)
    bench.unplug()
    gone.result(2)
    told = [event.name for event in bench.events()]
    assert "reset" not in told[told.index("plugged", -told[::-1].index("plugged") - 1) :]


def test_what_queued_while_nobody_listened_is_caught_up_with(
    bench: SimulatedDevice, reader: PortReader, stop: Stop
) -> None:
    bench.plug(Plugged(MAC, heartbeat_s=0.02))
    reading = reader.read(stop)
    for _ in range(15):
        bench.wait_event("sent", command=0x07)
    reader.read_again(reading, stop)
