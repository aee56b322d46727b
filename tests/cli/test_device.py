"""``read``: one device's identity by any reader, or one line that says why there is none."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station.places import DataFolder
from gizqr_station.readers.simulated import SimulatedDevice, supported
from gizqr_station.readers.simulated_at import PluggedAt
from gizqr_station.readers.simulated_log import PluggedLog
from gizqr_station.readers.simulated_module import Plugged, Quirk
from gizqr_station.settings.model import Settings
from gizqr_station.settings.secret_store import environment_name
from gizqr_station.settings.store import write_commented
from tests.cli.bench import set_up
from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(not supported(), reason="pseudo-terminals are a Unix thing")
MAC, IMEI = "00911f500047", "866061038958554"
PROGRAM = [sys.executable, "-m", "gizqr_station"]


@pytest.fixture
def device(tmp_path: Path) -> Iterator[SimulatedDevice]:
    with SimulatedDevice(tmp_path / "tty") as simulated:
        yield simulated


def own_profile(tmp_path: Path, name: str, text: str) -> None:
    folder = tmp_path / "data" / "readers"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def test_the_reader_that_worked_stands_in_the_answer(run: Run, device: SimulatedDevice) -> None:
    device.plug(Plugged(MAC))
    done = run("read", "--reader", "auto", "--port", device.link, "--json")
    document = done.document()
    assert (done.code, document["identity"], document["reader"]) == (0, MAC, "gagent")
    assert "Asking at" in done.err
    done = run("read", "--port", device.link)
    assert (done.code, done.out) == (0, "MAC 00:91:1F:50:00:47  (gagent)\n")


def test_an_at_module_is_read_by_the_users_own_profile(run: Run, tmp_path: Path) -> None:
    own_profile(
        tmp_path,
        "my-modem",
        "expects = 'imei'\n[title]\nen = 'mine'\n[at]\npause_s = 0.3\n"
        "[[at.asks]]\nsend = 'AT+CGSN=1'\nanswer = '^\\+CGSN: ?(?P<identity>\\d{15})$'\n",
    )
    program = [sys.executable, "-m", "gizqr_station.readers.simulated_at"]
    with SimulatedDevice(tmp_path / "at", program) as modem:
        modem.plug(PluggedAt(IMEI))
        document = run("read", "--reader", "my-modem", "--port", modem.link, "--json").document()
    assert (document["identity"], document["kind"], document["reader"]) == (IMEI, "imei", "my-modem")


def test_what_went_over_the_wire_is_written_where_it_is_wanted(
    run: Run, device: SimulatedDevice, tmp_path: Path
) -> None:
    device.plug(Plugged(MAC))
    log = tmp_path / "wire.txt"
    done = run("read", "--port", device.link, "--log", log, "--json")
    assert (done.code, done.document()["log"]) == (0, str(log))
    text = log.read_text(encoding="utf-8")
    assert "reader gagent" in text
    assert re.search(r"→ ff ff .*\n(.*\n)*.*← ff ff ", text)


def test_no_secret_of_the_settings_is_written_with_the_wire(
    run: Run, device: SimulatedDevice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(environment_name("canary"), MAC)
    settings = Settings.model_validate({"product": {"key": "0" * 31 + "1", "name": "Plug", "secret_name": "canary"}})
    write_commented(DataFolder(tmp_path / "data").settings_file, settings)
    device.plug(Plugged(MAC))
    assert run("read", "--port", device.link, "--log", tmp_path / "wire.txt").code == 0
    lines = (tmp_path / "wire.txt").read_text(encoding="utf-8").splitlines()
    heard = bytes.fromhex("".join(line[16:63] for line in lines if line[14:15] == "←"))
    assert b"*" * len(MAC) in heard
    assert MAC.encode() not in heard


def test_a_device_that_cannot_be_read_leaves_its_bytes_for_those_who_know(
    run: Run, device: SimulatedDevice, tmp_path: Path
) -> None:
    device.plug(Plugged(MAC, quirk=Quirk.NOISE.value))
    log = tmp_path / "wire.txt"
    done = run("read", "--port", device.link, "--timeout", "1.5", "--log", log)
    assert (done.code, done.out) == (1, "")
    assert ("E-DEV-06" in done.err, "9600" in done.err) == (True, True)
    assert "115200" in run("read", "--port", device.link, "--baud", "115200", "--timeout", "1.5").err
    assert "← " in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_is_said_beside_the_answer(
    run: Run, device: SimulatedDevice, tmp_path: Path
) -> None:
    device.plug(Plugged(MAC, quirk=Quirk.SILENT.value))
    done = run("read", "--port", device.link, "--timeout", "0.6", "--log", tmp_path / "no" / "wire.txt", "--json")
    error = done.document()["error"]
    assert isinstance(error, dict)
    assert (done.code, error["code"]) == (1, "E-DEV-05")
    assert "E-LIN-06" in done.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--port", "usb:NOBODY01", "--timeout", "0.3"], 1, "E-DEV-01"),
        (["--port", "hub:9-9.9", "--reader", "auto", "--timeout", "0.3"], 1, "E-DEV-01"),
        (["--port", "/nonexistent", "--timeout", "0.3"], 1, "E-DEV-01"),
        (["--port", "usb:"], 1, "E-SET-02"),
        (["--port", "foo://bar"], 1, "E-SET-02"),
        (["--port", "/nonexistent", "--product-key", "short"], 1, "E-SET-02"),
        (["--port", "/nonexistent", "--reader", "no-such"], 1, "E-DEV-16"),
        (["--port", "/nonexistent", "--reader", "broken"], 1, "E-DEV-17"),
        (["--port", "/nonexistent", "--reader", "../gagent"], 2, "readers` lists them"),
        (["--port", "/nonexistent", "--baud", "0"], 2, "1 or more"),
        ([], 2, "--port"),
    ],
)
def test_what_cannot_be_is_one_line(run: Run, tmp_path: Path, words: list[str], code: int, told: str) -> None:
    own_profile(tmp_path, "broken", "[")
    done = run("read", *words)
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert "Traceback" not in done.err


LOG = "[title]\nen = 'log'\n[log]\nagain_s = 30.0\nlines = ['no such words (?P<identity>[0-9a-f]{12})']\n"


def test_a_device_that_talks_but_says_nothing_in_time_is_not_called_silent(run: Run, tmp_path: Path) -> None:
    own_profile(tmp_path, "my-log", LOG)
    with SimulatedDevice(tmp_path / "log", [sys.executable, "-m", "gizqr_station.readers.simulated_log"]) as talker:
        talker.plug(PluggedLog(MAC))
        done = run("read", "--reader", "my-log", "--port", talker.link, "--timeout", "0.8")
    assert (done.code, "E-DEV-13" in done.err) == (1, True)


def test_a_device_that_says_nothing_at_all_is(run: Run, device: SimulatedDevice, tmp_path: Path) -> None:
    own_profile(tmp_path, "my-log", LOG)
    device.plug(Plugged(MAC, quirk=Quirk.SILENT.value))
    done = run("read", "--reader", "my-log", "--port", device.link, "--timeout", "0.5")
    assert (done.code, "E-DEV-05" in done.err) == (1, True)


@pytest.mark.parametrize("by", ["", "Li Wei"])
def test_locally_administered_macs_need_a_permission_here_too(
    run: Run, device: SimulatedDevice, tmp_path: Path, by: str
) -> None:
    set_up(tmp_path, local_macs_allowed_by=by, local_macs_reason=by and "lab units")
    device.plug(Plugged("02911f500047"))
    done = run("read", "--port", device.link, "--timeout", "3")
    assert (done.code, "E-ID-04" in done.err) == ((0, False) if by else (1, True))


def test_ctrl_c_ends_the_waiting_and_frees_the_port(tmp_path: Path) -> None:
    words = [*PROGRAM, "--data-dir", str(tmp_path), "read", "--port", "usb:NOBODY01", "--timeout", "60"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ}) as reading:
        assert reading.stderr is not None
        for line in reading.stderr:
            if b"Asking at" in line:
                break
        reading.send_signal(signal.SIGINT)
        _, err = reading.communicate(timeout=20)
    assert (reading.returncode, b"Traceback" in err) == (130, False)
