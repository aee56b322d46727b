"""The simulated module is honest: it does what a real one does, and leaves nothing behind."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gizqr_station.domain.line_failures import PartMissing
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers import simulated
from gizqr_station.readers.gagent_frames import Frame, FrameParser, encode
from gizqr_station.readers.serial_line import SerialLine
from gizqr_station.readers.simulated import SimulatedDevice, SimulationEnded
from gizqr_station.readers.simulated_module import Plugged
from gizqr_station.readers.simulated_wire import first_frame, heard_at_another_rate, wire_frame
from tests.readers.conftest import opened

MAC = "00911f500047"


@given(st.integers(0, 255), st.integers(0, 255), st.binary(max_size=90))
def test_the_two_framings_understand_each_other(command: int, sequence: int, payload: bytes) -> None:
    frame = Frame(command, sequence, payload=payload)
    wire = wire_frame(command, sequence, payload)
    assert FrameParser().feed(wire) == [frame]
    cut = first_frame(b"noise" + encode(frame) + b"behind")
    assert cut is not None
    assert (cut[0][2:4], cut[0][6:-1], cut[1]) == (bytes([command, sequence]), payload, b"behind")


@given(st.binary(max_size=200))
def test_the_modules_framing_survives_anything(noise: bytes) -> None:
    buffer = noise
    while (cut := first_frame(buffer)) is not None:
        assert len(cut[1]) < len(buffer)
        buffer = cut[1]


@given(st.binary(max_size=60))
def test_the_right_rate_changes_nothing(data: bytes) -> None:
    assert heard_at_another_rate(data, 9600, 9600) == data


@given(st.binary(min_size=1, max_size=60), st.sampled_from([(115200, 9600), (9600, 115200), (9600, 74880)]))
def test_a_wrong_rate_makes_something_else_of_it(data: bytes, rates: tuple[int, int]) -> None:
    heard = heard_at_another_rate(wire_frame(0x01, 1, data), *rates)
    assert heard
    assert FrameParser().feed(heard) == []


def heard(line: SerialLine, command: int) -> Frame:
    parser = FrameParser()
    for _ in range(50):
        for frame in parser.feed(line.receive()):
            if frame.command == command:
                return frame
    raise AssertionError(f"{command:02x} never came")


def test_a_module_asks_until_it_is_told_and_answers_nothing_before(bench: SimulatedDevice) -> None:
    bench.plug(Plugged(MAC, repeat_s=0.02, heartbeat_s=0.02))
    line = opened(bench.link)
    for _ in range(3):
        assert heard(line, 0x01).payload == b""
    line.send(encode(Frame(0x21, 1, payload=b"\0")))
    bench.wait_event("received", command=0x21)
    assert heard(line, 0x11).payload == b"\x02"
    line.send(encode(Frame(0x02, 1, payload=bytes(10))))
    assert heard(line, 0x11).payload == b"\x03"
    line.send(encode(Frame(0x02, 1, payload=bytes(66))))
    assert heard(line, 0x0D).payload == b"\x00\x04"
    line.send(encode(Frame(0x21, 2, payload=b"\0")))
    assert MAC.encode() in heard(line, 0x22).payload
    bench.wait_event("reset")  # nobody answers its heartbeats
    heard(line, 0x01)
    line.close()


def test_a_factory_reset_would_be_seen(bench: SimulatedDevice) -> None:
    bench.plug(Plugged(MAC))
    line = opened(bench.link)
    line.send(encode(Frame(0x0B, 1)))
    bench.wait_event("received", command=0x0B)
    assert 0x0B in bench.commands_received
    line.close()


def test_the_link_is_there_exactly_while_something_is_plugged_in(bench: SimulatedDevice) -> None:
    assert not bench.link.exists()
    path = bench.plug(Plugged(MAC))
    assert str(bench.link.readlink()) == path
    bench.unplug()
    assert not bench.link.is_symlink()


def test_a_cut_takes_the_link_away_and_the_bench_goes_on(bench: SimulatedDevice) -> None:
    bench.plug(Plugged(MAC, cut_after_bytes=5))
    line = opened(bench.link)
    line.send(b"anything")
    bench.wait_event("unplugged")
    line.close()
    assert not bench.link.is_symlink()
    bench.unplug()
    bench.plug(Plugged(MAC))


def test_plugging_twice_and_swapping_nothing_are_refused(bench: SimulatedDevice) -> None:
    with pytest.raises(ValueError, match="swap"):
        bench.swap(Plugged(MAC))
    bench.plug(Plugged(MAC))
    with pytest.raises(ValueError, match="plug"):
        bench.plug(Plugged(MAC))


def test_events_that_nobody_waits_for_stop_nothing(bench: SimulatedDevice) -> None:
    bench.plug(Plugged(MAC))
    line = opened(bench.link)
    for _ in range(100):  # 2000 events of some 50 bytes are more than a pipe holds
        line.send(encode(Frame(0x50, 1)) * 10)
        line.receive()
    line.send(encode(Frame(0x51, 1)))
    bench.wait_event("received", command=0x51)
    assert len([event for event in bench.events() if event.command == 0x50]) == 1000
    line.close()


def test_waiting_ends_with_its_time_with_stop_and_with_the_program(tmp_path: Path) -> None:
    with SimulatedDevice(tmp_path / "port") as device:
        with pytest.raises(TimeoutError):
            device.wait_event("never", timeout_s=0.1)
        stop = Stop()
        stop.set()
        with pytest.raises(Stopped):
            device.wait_event("never", stop=stop)
        device.close()
        with pytest.raises(SimulationEnded):
            device.wait_event("never")
        with pytest.raises(SimulationEnded):
            device.plug(Plugged(MAC))


def test_the_program_ends_with_whoever_started_it_and_takes_its_link_along(tmp_path: Path) -> None:
    link = tmp_path / "port"
    starter = (
        "import os, pathlib, sys\n"
        "from gizqr_station.readers.simulated import SimulatedDevice\n"
        "from gizqr_station.readers.simulated_module import Plugged\n"
        "device = SimulatedDevice(pathlib.Path(sys.argv[1]))\n"
        "device.plug(Plugged('00911f500047'))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    # This returns only when stderr has ended, which the program has inherited: when it is gone as well.
    done = subprocess.run(
        [sys.executable, "-c", starter, str(link)],
        capture_output=True,
        timeout=10,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == -9
    assert done.stderr == b""
    assert not link.is_symlink()


def test_a_system_without_pseudo_terminals_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated, "supported", lambda: False)
    with pytest.raises(PartMissing):
        SimulatedDevice(tmp_path / "port")
