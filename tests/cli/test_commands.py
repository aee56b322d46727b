"""The commands: exit codes, one JSON document, one line for what went wrong, never a traceback."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from gizqr_station.domain.job import JobState
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.places import DataFolder
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged, Quirk
from tests.cli.conftest import Run
from tests.fake_bench import OTHER_MAC
from tests.fakes import SteppingClock
from tests.gui.samples import IMAGE, JOB

PROGRAM = [sys.executable, "-m", "gizqr_station"]


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """One verified label in the ledger."""
    data = DataFolder(tmp_path / "data")
    ledger = open_ledger(data.ledger_file, kind="demo", station="bench-1", clock=SteppingClock())
    job = ledger.move(ledger.open(JOB.draft, IMAGE), JobState.SENT, who="Li Wei")
    ledger.move(job, JobState.VERIFIED, who="Li Wei", evidence="scanned back")
    ledger.close()
    return data


@pytest.mark.parametrize(
    "words", [["nonsense"], ["render"], ["demo", "--units", "0"], ["read", "--port", "x", "--timeout", "0"]]
)
def test_wrong_usage_exits_with_two(run: Run, words: list[str]) -> None:
    assert run(*words).code == 2


@pytest.mark.parametrize("text", ["00:91:1F:50:00:47", "1f50", "L-000007", "l-000007", ""])
def test_find_takes_any_notation_and_any_part(run: Run, folder: DataFolder, text: str) -> None:
    document = run("ledger", "find", text, "--json").document()
    jobs = document["jobs"]
    assert isinstance(jobs, list)
    assert [(job["identity"], job["state"]) for job in jobs] == [("00911f500047", "verified")]


def test_what_is_not_there_is_said(run: Run, folder: DataFolder) -> None:
    done = run("ledger", "find", "ffff", "--json")
    assert done.code == 1
    error = done.document()["error"]
    assert isinstance(error, dict)
    assert (error["code"], error["owner"]) == ("E-LED-11", "you")


def test_without_a_ledger_nothing_is_begun(run: Run, tmp_path: Path) -> None:
    done = run("ledger", "find", "x")
    assert (done.code, "E-LED-12" in done.err) == (1, True)
    assert not (tmp_path / "data" / "ledger.sqlite").exists()


def test_show_tells_the_whole_history(run: Run, folder: DataFolder) -> None:
    document = run("ledger", "show", "00911f500047", "--json").document()
    jobs = document["jobs"]
    assert isinstance(jobs, list)
    assert [entry["state"] for entry in jobs[0]["history"]] == ["intended", "sent", "verified"]
    assert "scanned back" in run("ledger", "show", "L-000007").out


def test_show_wants_one_unit(run: Run, folder: DataFolder) -> None:
    ledger = open_ledger(folder.ledger_file, kind="demo", station="bench-1", clock=SteppingClock())
    other = replace(JOB.draft, identity=OTHER_MAC, label_serial="L-000008", content="another")
    ledger.open(other, IMAGE)
    ledger.close()
    done = run("ledger", "show", "00911f")
    assert (done.code, "E-LED-13" in done.err) == (1, True)
    assert run("ledger", "show", "00:91:1f:50:00:48").code == 0


def test_export_and_verify(run: Run, folder: DataFolder, tmp_path: Path) -> None:
    assert run("ledger", "export", "--output", tmp_path / "all.csv", "--json").document()["rows"] == 1
    assert "00:91:1F:50:00:47" in (tmp_path / "all.csv").read_text(encoding="utf-8-sig")
    assert run("ledger", "export", "--output", tmp_path / "no" / "all.csv").code == 1
    assert run("ledger", "verify", "--json").document()["whole"] is True


def test_a_damaged_ledger_is_said(run: Run, folder: DataFolder) -> None:
    content = bytearray(folder.ledger_file.read_bytes())
    content[4096:8192] = os.urandom(4096)
    folder.ledger_file.write_bytes(content)
    done = run("ledger", "verify")
    assert (done.code, "E-LED-05" in done.err) == (1, True)


def test_read_tells_who_a_device_is(run: Run, tmp_path: Path) -> None:
    with SimulatedDevice(tmp_path / "tty") as device:
        device.plug(Plugged("861193040496508", "cellular"))
        done = run("read", "--reader", "gagent", "--port", device.link, "--timeout", "8", "--json")
    document = done.document()
    assert (done.code, document["identity"], document["kind"]) == (0, "861193040496508", "imei")


def test_read_says_why_there_is_no_identity(run: Run, tmp_path: Path) -> None:
    with SimulatedDevice(tmp_path / "tty") as device:
        assert "E-DEV-01" in run("read", "--port", device.link, "--timeout", "0.3").err
        device.plug(Plugged("00911f500047", quirk=Quirk.SILENT.value))
        assert "E-DEV-05" in run("read", "--port", device.link, "--timeout", "0.5").err


def test_doctor_is_healthy_here_and_says_what_is_not_set_up(run: Run) -> None:
    done = run("doctor", "--json")
    document = done.document()
    assert (done.code, document["healthy"]) == (0, True)
    findings = document["findings"]
    assert isinstance(findings, list)
    assert {"Python", "PySide6_Essentials", "zxing-cpp", "settings"} <= {found["subject"] for found in findings}


def test_doctor_names_a_setting_that_cannot_be_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text("[printer]\ndpi = 204\n")
    done = run("doctor")
    assert (done.code, "printer.dpi" in done.out) == (1, True)


def test_the_service_answers_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    words = [*PROGRAM, "--data-dir", str(tmp_path), "service", "--port", "0", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as service:
        assert service.stdout is not None
        text = ""
        for line in service.stdout:
            text += line.decode()
            if line.startswith(b"}"):
                break
        url = json.loads(text)["url"]
        assert httpx.get(f"{url}/doc/").status_code == 200
        service.send_signal(signal.SIGINT)
        _, err = service.communicate(timeout=10)
    assert (service.returncode, b"Traceback" in err) == (0, False)


def test_a_bug_is_one_line_and_the_rest_is_in_the_log(
    run: Run, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise RuntimeError("a bug")

    monkeypatch.setattr("gizqr_station.cli.doctor.doctor", broken)
    done = run("doctor")
    assert (done.code, len(done.err.splitlines()), "E-LIN-04" in done.err) == (1, 1, True)


def test_without_a_screen_the_window_is_refused_instead_of_aborting(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment.pop("QT_QPA_PLATFORM", None)
    for words in (["demo"], []):
        done = subprocess.run(
            [*PROGRAM, "--data-dir", str(tmp_path), *words], env=environment, capture_output=True, timeout=60
        )
        assert (done.returncode, b"E-LIN-10" in done.stderr) == (1, True)
