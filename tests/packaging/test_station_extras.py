"""The set-up script adds what not everybody needs, from locks with hashes, and never loses it again."""

import re
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.recorder import Recorder, started_by

ROOT = Path(__file__).resolve().parent.parent.parent
EXTRAS = ("camera", "esptool")


def pins(name: str) -> set[str]:
    text = (ROOT / "packaging" / f"requirements{name}.lock").read_text("utf-8")
    return set(re.findall(r"^\S+==\S+", text, re.MULTILINE))


def locks_installed(recorder: Recorder) -> list[str]:
    return [Path(command[-1]).name for command in recorder.started if "--require-hashes" in command]


@pytest.fixture
def ready(station: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(station, "provide_system_packages", lambda _: None)
    monkeypatch.setattr(station, "hand_over", lambda _: 0)
    return station


def run(station: ModuleType, *words: str) -> int:
    code = station.main(words)
    assert isinstance(code, int)
    return code


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_lock_of_an_extra_is_the_runtimes_and_more_at_the_same_versions(extra: str) -> None:
    assert pins("") < pins(f"-{extra}")
    assert pins(f"-{extra}") <= pins("-dev")
    text = (ROOT / "packaging" / f"requirements-{extra}.lock").read_text("utf-8")
    assert ":" + "//" not in text
    packages = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_nobody_gets_a_gpl_program_or_a_camera_library_without_asking() -> None:
    assert not any(pin.startswith(("esptool==", "opencv")) for pin in pins(""))
    assert not any(pin.startswith("esptool==") for pin in pins("-camera"))
    assert not any(pin.startswith("opencv") for pin in pins("-esptool"))


def test_setup_makes_ready_and_starts_nothing(ready: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = started_by(ready, monkeypatch)
    monkeypatch.setattr(ready, "hand_over", lambda _: pytest.fail("the station was started"))
    assert run(ready, "setup") == 0
    assert locks_installed(recorder) == ["requirements.lock"]


@pytest.mark.parametrize(
    ("words", "locks"),
    [
        (["--with", "camera"], ["requirements.lock", "requirements-camera.lock"]),
        (["--with=esptool"], ["requirements.lock", "requirements-esptool.lock"]),
        (
            ["--with", "esptool", "--with", "camera"],
            ["requirements.lock", "requirements-camera.lock", "requirements-esptool.lock"],
        ),
    ],
)
def test_extras_are_added_once(
    ready: ModuleType, monkeypatch: pytest.MonkeyPatch, words: Sequence[str], locks: list[str]
) -> None:
    recorder = started_by(ready, monkeypatch)
    for _ in range(2):
        assert run(ready, "setup", *words) == 0
        assert run(ready, "doctor") == 0
    assert locks_installed(recorder) == locks
    assert recorder.said("venv") == 1


def test_an_update_brings_the_extras_back(ready: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = started_by(ready, monkeypatch)
    run(ready, "setup", "--with", "camera")
    with ready.RUNTIME_LOCK.open("a", encoding="utf-8") as lock:
        lock.write("\n# another version\n")
    recorder.started.clear()
    assert run(ready, "doctor") == 0
    assert locks_installed(recorder) == ["requirements.lock", "requirements-camera.lock"]


def test_the_tools_of_the_tests_hold_every_extra(ready: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = started_by(ready, monkeypatch)
    monkeypatch.setattr(ready, "run_checks", lambda _: 0)
    run(ready, "test")
    run(ready, "setup", "--with", "esptool")
    assert locks_installed(recorder) == ["requirements-dev.lock"]


def test_an_extra_that_failed_is_not_taken_for_installed(ready: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = started_by(ready, monkeypatch, failing=str(ready.EXTRAS["camera"]))
    assert run(ready, "setup", "--with", "camera") == 1
    assert not ready.is_installed(ready.VENV, ready.EXTRAS["camera"], ready.ROOT)
    assert not ready.is_installed(ready.VENV, ready.RUNTIME_LOCK, ready.ROOT)
    recorder.failing = ""
    assert run(ready, "setup", "--with", "camera") == 0


@pytest.mark.parametrize("words", [["--with", "microscope"], ["--with"], ["camera"]])
def test_what_is_no_extra_is_wrong_usage(
    ready: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: Sequence[str]
) -> None:
    recorder = started_by(ready, monkeypatch)
    with pytest.raises(SystemExit) as ended:
        run(ready, "setup", *words)
    assert (ended.value.code, recorder.started) == (2, [])
    assert "station.py setup" in capsys.readouterr().err
