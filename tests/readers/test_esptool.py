"""The real esptool asks a chip made of bytes; what it prints becomes an identity, or a reason."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from gizqr_station.domain.device_failures import (
    BootloaderSilent,
    DeviceSwapped,
    DeviceUnplugged,
    NoIdentitySaid,
    PortBusy,
    SaidTwoIdentities,
)
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.identity_failures import LocallyAdministeredMac
from gizqr_station.domain.line_failures import PartMissing
from gizqr_station.domain.reader_profile import EsptoolTalk
from gizqr_station.domain.slot import LeavesBy
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers import esptool_reader
from gizqr_station.readers.esptool_reader import EsptoolConversation
from gizqr_station.readers.esptool_run import (
    is_installed,
)
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.simulated import SimulatedDevice, supported
from gizqr_station.readers.simulated_esp import PluggedEsp
from tests.readers.conftest import StoppedClock, opened
from tests.readers.stand_in_tool import PRINTED_C6, Tool, program, tool_in

Beside = Callable[[Callable[[], object]], Future[object]]
MAC = "a0b765123456"
BY_HAND = EsptoolTalk("no-reset", "no-reset")


@pytest.fixture(scope="module")
def chips(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    if not supported():
        pytest.skip("no pseudo-terminals here")
    if not is_installed():
        pytest.skip("esptool is an extra")
    simulation = (sys.executable, "-m", "gizqr_station.readers.simulated_esp")
    with SimulatedDevice(tmp_path_factory.mktemp("esp") / "port", simulation) as device:
        yield device


@pytest.fixture
def chip(chips: SimulatedDevice) -> Iterator[SimulatedDevice]:
    yield chips
    chips.unplug()


def reader_on(
    link: Path,
    talk: EsptoolTalk = BY_HAND,
    *,
    local_macs: bool = False,
    by_silence: bool = False,
    program: tuple[str, ...] | None = None,
) -> PortReader:
    return PortReader(
        PortAt.of(str(link)),
        115200,
        EsptoolConversation(talk, local_macs=local_macs, rest_s=0.1, program=program),
        clock=StoppedClock(),
        leaves_by=LeavesBy.SILENCE if by_silence else LeavesBy.PORT,
    )


@pytest.fixture
def reader(chip: SimulatedDevice) -> Iterator[PortReader]:
    made = reader_on(chip.link)
    yield made
    made.close()


@pytest.mark.parametrize("talk", [BY_HAND, EsptoolTalk()], ids=["no reset", "reset"])
def test_an_esp32_is_read_twice_and_its_port_is_held_afterwards(
    chip: SimulatedDevice, stop: Stop, talk: EsptoolTalk
) -> None:
    reader = reader_on(chip.link, talk)
    chip.plug(PluggedEsp(MAC))
    reading = reader.read(stop)
    assert (reading.identity, reading.reader) == (MacAddress(MAC), "esptool")
    assert b"a0:b7:65:12:34:56" in reading.evidence
    for _ in range(2):
        chip.wait_event("received", command=0x08)
    with pytest.raises(PortBusy):
        opened(chip.link)
    reader.close()


def test_an_esp32_c6_is_read_by_its_base_mac(chip: SimulatedDevice, reader: PortReader, stop: Stop) -> None:
    chip.plug(PluggedEsp("6055f9f72ca2", chip="esp32c6"))
    assert reader.read(stop).identity == MacAddress("6055f9f72ca2")


@pytest.fixture
def tool(tmp_path: Path, chip: SimulatedDevice) -> Tool:
    """Beside a port that it could ask."""
    chip.plug(PluggedEsp(MAC))
    return tool_in(tmp_path)


@pytest.fixture
def with_tool(tool: Tool, chip: SimulatedDevice) -> Iterator[PortReader]:
    made = reader_on(chip.link, program=tool.program)
    yield made
    made.close()


FIRST, SECOND, LOCAL = "a0:b7:65:12:34:56", "a0:b7:65:12:34:57", "a2:b7:65:12:34:56"


def test_one_reading_is_not_yet_believed(tool: Tool, with_tool: PortReader, stop: Stop) -> None:
    tool.says(FIRST, SECOND, SECOND)
    assert str(with_tool.read(stop).identity) == "a0b765123457"
    assert tool.counted() == 3


def test_a_swapped_chip_is_caught_just_before_printing(tool: Tool, with_tool: PortReader, stop: Stop) -> None:
    tool.says(FIRST)
    reading = with_tool.read(stop)
    with_tool.read_again(reading, stop)
    assert tool.counted() == 3
    tool.says(SECOND)
    with pytest.raises(DeviceSwapped):
        with_tool.read_again(reading, stop)


def test_a_chip_that_says_another_mac_each_time_is_nobody(tool: Tool, with_tool: PortReader, stop: Stop) -> None:
    tool.says(FIRST, SECOND, FIRST, SECOND)
    with pytest.raises(SaidTwoIdentities):
        with_tool.read(stop)


def test_a_mac_that_nobody_gave_out_needs_a_permission(
    tool: Tool, with_tool: PortReader, chip: SimulatedDevice, stop: Stop
) -> None:
    tool.says(LOCAL)
    with pytest.raises(LocallyAdministeredMac):
        with_tool.read(stop)
    with_tool.close()
    allowed = reader_on(chip.link, local_macs=True, program=tool.program)
    assert str(allowed.read(stop).identity) == "a2b765123456"
    allowed.close()


def test_what_a_look_into_the_jig_saw_needs_one_more_run_and_is_forgotten_with_its_chip(
    tool: Tool, chip: SimulatedDevice, stop: Stop
) -> None:
    line, talk = opened(chip.link), EsptoolConversation(BY_HAND, rest_s=0.0, program=tool.program)
    tool.says(FIRST)
    assert talk.answers(line, stop, 0.5)
    talk.identity(line, stop, None)
    assert tool.counted() == 2
    assert talk.answers(line, stop, 0.5)
    talk.forget()
    talk.identity(line, stop, None)
    assert tool.counted() == 5
    tool.says("")
    assert not talk.answers(line, stop, 0.5)
    line.close()


def test_in_a_jig_chips_come_and_go(tool: Tool, chip: SimulatedDevice, stop: Stop, beside: Beside) -> None:
    reader = reader_on(chip.link, by_silence=True, program=tool.program)
    tool.says("")
    reading = beside(lambda: reader.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.7)
    tool.says(FIRST)
    assert str(getattr(reading.result(10), "identity", None)) == "a0b765123456"
    gone = beside(lambda: reader.wait_until_gone(stop))
    with pytest.raises(TimeoutError):
        gone.result(0.7)
    tool.says(SECOND)
    gone.result(10)
    assert str(reader.read(stop).identity) == "a0b765123457"
    reader.close()


def test_a_chip_that_is_not_in_its_bootloader_is_named_and_waited_out(
    chip: SimulatedDevice, reader: PortReader, stop: Stop, beside: Beside
) -> None:
    chip.plug(PluggedEsp(MAC, silent=True))
    with pytest.raises(BootloaderSilent) as caught:
        reader.read(stop)
    assert "No serial data" in caught.value.reason
    gone = beside(lambda: reader.wait_until_gone(stop))
    chip.unplug()
    gone.result(2)


def test_a_chip_that_is_pulled_while_it_is_asked_is_named(
    chip: SimulatedDevice, reader: PortReader, stop: Stop
) -> None:
    chip.plug(PluggedEsp(MAC, cut_after_bytes=40))
    with pytest.raises(DeviceUnplugged):
        reader.read(stop)
    chip.plug(PluggedEsp(MAC))
    assert reader.read(stop).identity == MacAddress(MAC)


def test_a_chip_put_into_its_bootloader_by_hand_is_left_there(
    tmp_path: Path, chip: SimulatedDevice, stop: Stop
) -> None:
    chip.plug(PluggedEsp(MAC))
    told = tmp_path / "told"
    text = (
        f"import pathlib, sys; pathlib.Path({str(told)!r}).write_text(sys.argv[sys.argv.index('--after') + 1])\n"
        "print('MAC:   a0:b7:65:12:34:56')"
    )
    line = opened(chip.link)
    for before, after in (("no-reset", "no-reset"), ("default-reset", "hard-reset")):
        talk = EsptoolConversation(EsptoolTalk(before, "hard-reset"), program=program(tmp_path, text))
        talk.identity(line, stop, None)
        assert told.read_text() == after
    line.close()


def test_stop_and_closing_end_a_question(chip: SimulatedDevice, stop: Stop, beside: Beside, tmp_path: Path) -> None:
    chip.plug(PluggedEsp(MAC))
    reader = reader_on(chip.link, program=program(tmp_path, "import time; time.sleep(60)"))
    own_stop = Stop()
    for end, raised in ((own_stop.set, Stopped), (reader.close, DeviceUnplugged)):
        asked = beside(lambda: reader.read(own_stop if raised is Stopped else stop))  # noqa: B023 - awaited in its turn
        with pytest.raises(TimeoutError):
            asked.result(0.3)
        end()
        with pytest.raises(raised):
            asked.result(5)


def test_an_output_without_a_mac_or_with_two_names_nobody(chip: SimulatedDevice, stop: Stop, tmp_path: Path) -> None:
    chip.plug(PluggedEsp(MAC))
    for printed, failure in (
        ("hello", NoIdentitySaid),
        (PRINTED_C6 + PRINTED_C6.replace("a2", "a3"), SaidTwoIdentities),
    ):
        talk = EsptoolConversation(BY_HAND, program=program(tmp_path, f"print({printed!r})"))
        line = opened(chip.link)
        with pytest.raises(failure):
            talk.identity(line, stop, None)
        line.close()


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(esptool_reader, "is_installed", lambda: False)
    with pytest.raises(PartMissing) as caught:
        EsptoolConversation(EsptoolTalk())
    assert "gizqr-station[esptool]" in caught.value.remedy


def test_esptool_is_never_loaded_into_this_program() -> None:
    assert is_installed()
    assert not [name for name in sys.modules if name.partition(".")[0] == "esptool"]
