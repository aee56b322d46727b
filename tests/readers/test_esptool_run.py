"""esptool is started as a program of its own, bounded in time and output, and its words are understood."""

import os
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers.esptool_run import EsptoolFailed, macs_in, read_mac, reason_in
from tests.readers.stand_in_tool import FAILED, PRINTED, PRINTED_C6, program

Beside = Callable[[Callable[[], object]], Future[object]]


def test_the_mac_is_taken_from_its_own_line() -> None:
    assert macs_in(PRINTED) == ("a0:b7:65:12:34:56",)


def test_the_base_mac_is_taken_and_never_the_long_one() -> None:
    assert macs_in(PRINTED_C6) == ("60:55:f9:f7:2c:a2",)
    assert macs_in("MAC:                60:55:f9:ff:fe:f7:2c:a2\n") == ()
    assert macs_in("MAC:  60:55:f9:f7:2c:a3\nBASE MAC:  60:55:f9:f7:2c:a2\n") == ("60:55:f9:f7:2c:a2",)


@pytest.mark.parametrize(
    "printed", ["", "MAC_EXT:  ff:fe", "BSSID MAC: a0:b7:65:12:34:56", "MAC: a0:b7:65:12:34:5", "MAC: none"]
)
def test_no_other_line_is_taken_for_the_mac(printed: str) -> None:
    assert macs_in(printed) == ()


def test_the_reason_is_esptools_own_and_short() -> None:
    assert reason_in(FAILED) == "Failed to connect to Espressif device: No serial data received"
    assert reason_in("") == "it printed nothing"
    assert len(reason_in("A fatal error occurred: " + "x" * 10_000)) <= 120
    assert reason_in("boom\x1b[31m\n").isprintable()


def run(program: tuple[str, ...], stop: Stop, *, timeout_s: float = 20.0) -> str:
    return read_mac("p", before="b", after="a", attempts=2, stop=stop, timeout_s=timeout_s, program=program)


def test_it_is_started_in_the_proved_form_and_without_settings_of_the_environment(
    tmp_path: Path, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESPTOOL_BEFORE", "usb-reset")
    told = run(program(tmp_path, "import os, sys; print(sys.argv[1:], os.environ.get('ESPTOOL_BEFORE'))"), stop)
    arguments = ["--port", "p", "--before", "b", "--after", "a", "--no-stub", "--connect-attempts", "2", "read-mac"]
    assert told.strip() == f"{arguments} None"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("raise SystemExit(3)", "printed nothing"),
        ("import time; time.sleep(60)", "in time"),
        ("while True: print('x' * 1000)", "without end"),
    ],
)
def test_a_run_that_fails_hangs_or_floods_ends(tmp_path: Path, stop: Stop, text: str, why: str) -> None:
    with pytest.raises(EsptoolFailed, match=why):
        run(program(tmp_path, text), stop, timeout_s=0.7)


def test_stop_kills_it_with_all_that_it_started(tmp_path: Path, stop: Stop, beside: Beside) -> None:
    pid = tmp_path / "pid"
    text = (
        "import pathlib, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(pid)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    running = beside(lambda: run(program(tmp_path, text), stop))
    child = int(beside(lambda: written(pid, stop)).result(20))  # type: ignore[call-overload]
    stop.set()
    with pytest.raises(Stopped):
        running.result(5)
    assert beside(lambda: is_gone(child)).result(10)


def written(path: Path, stop: Stop) -> str:
    while not (path.exists() and (text := path.read_text())):
        stop.sleep(0.02)
    return text


def is_gone(pid: int) -> bool:
    """Once it is, or a zombie that nobody has waited for."""
    never = Stop()
    while True:
        try:
            os.kill(pid, 0)
            if ") Z " in Path(f"/proc/{pid}/stat").read_text():
                return True
        except OSError:
            return True
        never.sleep(0.02)
