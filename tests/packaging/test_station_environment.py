"""The set-up script never takes a half-made or outdated Python environment for a whole one."""

from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.recorder import started_by


def test_the_second_time_nothing_is_made(station: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = started_by(station, monkeypatch)
    station.provide_environment(station.RUNTIME_LOCK)
    first = len(recorder.started)
    station.provide_environment(station.RUNTIME_LOCK)
    assert first == 3
    assert len(recorder.started) == first


def test_packages_come_with_hashes_and_the_station_without_any(
    station: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = started_by(station, monkeypatch)
    station.provide_environment(station.DEV_LOCK)
    _, packages, project = recorder.started
    assert packages[packages.index("--require-hashes") + 1 :] == ["-r", str(station.DEV_LOCK)]
    assert {"--no-deps", "--no-build-isolation", str(station.ROOT)} <= set(project)
    assert all(environment["PIP_ROOT_USER_ACTION"] == "ignore" for environment in recorder.environments)


def test_tools_are_added_to_a_finished_environment_which_then_serves_both(
    station: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = started_by(station, monkeypatch)
    station.provide_environment(station.RUNTIME_LOCK)
    station.provide_environment(station.DEV_LOCK)
    station.provide_environment(station.RUNTIME_LOCK)
    assert recorder.said("venv") == 1
    assert recorder.said(str(station.DEV_LOCK)) == 1


@pytest.mark.parametrize("failing", ["--require-hashes", "--no-deps"])
def test_a_half_made_environment_is_made_anew(
    station: ModuleType, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    recorder = started_by(station, monkeypatch, failing)
    with pytest.raises(station.SetupFailed):
        station.provide_environment(station.RUNTIME_LOCK)
    recorder.failing = ""
    station.provide_environment(station.RUNTIME_LOCK)
    assert recorder.said("venv") == 2


def test_tools_that_failed_halfway_leave_no_finished_environment_behind(
    station: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = started_by(station, monkeypatch)
    station.provide_environment(station.RUNTIME_LOCK)
    recorder.failing = str(station.DEV_LOCK)
    with pytest.raises(station.SetupFailed):
        station.provide_environment(station.DEV_LOCK)
    assert not station.is_installed(station.VENV, station.RUNTIME_LOCK, station.ROOT)


def test_a_changed_lock_a_lost_python_and_a_moved_folder_make_it_anew(
    station: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def finished(root: Path = station.ROOT) -> bool:
        return bool(station.is_installed(station.VENV, station.RUNTIME_LOCK, root))

    started_by(station, monkeypatch)
    station.provide_environment(station.RUNTIME_LOCK)
    assert finished()
    assert not finished(root=station.ROOT / "elsewhere")
    station.venv_python(station.VENV).unlink()
    assert not finished()
    station.venv_python(station.VENV).touch()
    station.RUNTIME_LOCK.write_text("other==1\n", "utf-8")
    assert not finished()


def test_nothing_of_the_outside_shines_into_the_environment(
    station: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    inside = station.program_environment()
    assert "PYTHONPATH" not in inside
    assert "PYTHONHOME" not in inside
    assert inside["PIP_USER"] == "0"
