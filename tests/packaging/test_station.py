"""The set-up script decides rightly what a machine lacks and what to run, and reports what came of it."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.recorder import started_by

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "packaging" / "station.py"

DPKG_LISTING = (
    "installed\tlibgl1\t\n"
    "installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80.0-6ubuntu3)\n"
    "installed\tpython3.11\tpython3.11-thing, python-any (= 3.11)\n"
    "config-files\tlibegl1\t\n"
    "not-installed\tlibxcb-shape0\t\n"
    "half-configured\tlibdbus-1-3\t\n"
)


@pytest.mark.parametrize(
    ("typed", "runs"),
    [
        (["demo"], ["demo", "--headless", "--units", "10"]),
        (["demo", "--seed", "7"], ["demo", "--headless", "--units", "10", "--seed", "7"]),
        (["demo", "--units", "3"], ["demo", "--headless", "--units", "3"]),
        (["demo", "--units=3"], ["demo", "--headless", "--units=3"]),
        (["demo", "--headless"], ["demo", "--headless"]),
        (["doctor"], ["doctor"]),
        (["test", "demo"], ["test", "demo"]),
        ([], []),
    ],
)
def test_without_a_display_only_the_demo_changes(station: ModuleType, typed: list[str], runs: list[str]) -> None:
    assert station.fit_to_display(typed, display=False) == runs
    assert station.fit_to_display(typed, display=True) == typed


@pytest.mark.parametrize(
    ("environment", "platform", "display"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_seen(station: ModuleType, environment: dict[str, str], platform: str, display: bool) -> None:
    assert station.has_display(environment, platform) is display


@pytest.mark.parametrize(
    ("typed", "window"),
    [
        ([], True),
        (["--data-dir", "x"], True),
        (["demo"], True),
        (["demo", "--headless"], False),
        (["batch", "list.csv"], False),
    ],
)
def test_window_libraries_are_wanted_only_for_windows(station: ModuleType, typed: list[str], window: bool) -> None:
    assert station.opens_window(typed) is window


def test_the_wanted_packages_follow_the_display(station: ModuleType) -> None:
    both = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    headless = station.wanted_packages(window=False, environment=both, venv_module=True)
    x11 = station.wanted_packages(window=True, environment={"DISPLAY": ":0"}, venv_module=True)
    wayland = station.wanted_packages(window=True, environment=both, venv_module=True)
    assert headless == list(station.QT_PACKAGES)
    assert x11 == [*station.QT_PACKAGES, *station.X11_PACKAGES]
    assert wayland == [*x11, *station.WAYLAND_PACKAGES]


def test_only_the_tests_want_a_print_server_and_a_database(
    station: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[list[str]] = []
    monkeypatch.setattr(station, "provide_system_packages", wanted.append)
    monkeypatch.setattr(station, "provide_environment", lambda _: None)
    monkeypatch.setattr(station, "run_checks", lambda _: 0)
    monkeypatch.setattr(station, "hand_over", lambda _: 0)
    station.main(["doctor"])
    station.main(["test"])
    without, with_them = wanted
    assert set(with_them) - set(without) == {
        "cups",
        "cups-client",
        "cups-ipp-utils",
        "cups-filters",
        "dbus",
        "avahi-daemon",
        "postgresql",
        "strace",
    }


def test_a_python_without_ensurepip_wants_its_own_venv_package(station: ModuleType) -> None:
    wanted = station.wanted_packages(window=False, environment={}, venv_module=False)
    assert wanted[0] == f"python3.{sys.version_info.minor}-venv"


def test_renamed_packages_count_by_what_they_provide_and_removed_ones_do_not_count(station: ModuleType) -> None:
    names = station.names_in(DPKG_LISTING)
    assert {"libgl1", "libglib2.0-0", "libglib2.0-0t64", "python-any"} <= names
    assert names.isdisjoint({"libegl1", "libxcb-shape0", "libdbus-1-3", ""})


def test_nothing_is_installed_when_nothing_is_missing(station: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(station, "installed_packages", lambda: frozenset({"libgl1"}))
    recorder = started_by(station, monkeypatch)
    station.provide_system_packages(["libgl1"])
    assert recorder.started == []


def test_root_installs_only_what_is_missing_and_is_not_asked(
    station: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(station, "installed_packages", lambda: frozenset({"libgl1"}))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(station, "agreed", lambda: pytest.fail("root was asked"))
    recorder = started_by(station, monkeypatch)
    station.provide_system_packages(["libgl1", "libegl1"])
    update, install = recorder.started
    assert update == ["apt-get", "update"]
    assert install[:2] == ["apt-get", "install"]
    assert "--no-install-recommends" in install
    assert install[-1] == "libegl1"
    assert "libgl1" not in install
    assert all(environment["DEBIAN_FRONTEND"] == "noninteractive" for environment in recorder.environments)
    assert all(environment["SYSTEMD_OFFLINE"] == "1" for environment in recorder.environments), "a service would start"


def test_others_without_a_yes_get_the_command_and_nothing_happens(
    station: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(station, "installed_packages", frozenset)
    monkeypatch.setattr(os, "geteuid", lambda: 1500)
    monkeypatch.setattr(station.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(station, "agreed", lambda: False)
    recorder = started_by(station, monkeypatch)
    assert station.main(["doctor"]) == 1
    assert recorder.started == []
    told = capsys.readouterr().err
    assert "sudo apt-get update && sudo apt-get install --yes --no-install-recommends" in told
    assert " ".join(station.QT_PACKAGES) in told


def test_after_a_yes_the_same_commands_run_with_sudo(station: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(station, "installed_packages", frozenset)
    monkeypatch.setattr(os, "geteuid", lambda: 1500)
    monkeypatch.setattr(station.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(station, "agreed", lambda: True)
    recorder = started_by(station, monkeypatch)
    station.provide_system_packages(["libgl1"])
    assert [command[0] for command in recorder.started] == ["sudo", "sudo"]
    assert recorder.started[1][-1] == "libgl1"


def test_without_a_terminal_nobody_has_agreed(station: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open(encoding="utf-8") as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)
        monkeypatch.setattr("builtins.input", lambda _: "y")
        assert station.agreed() is False


def test_a_failed_apt_ends_the_set_up(station: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(station, "installed_packages", frozenset)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    started_by(station, monkeypatch, failing="install")
    with pytest.raises(station.SetupFailed):
        station.provide_system_packages(["libgl1"])


def test_where_there_is_no_dpkg_the_set_up_tells_and_goes_on(
    station: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(station, "installed_packages", lambda: None)
    recorder = started_by(station, monkeypatch)
    station.provide_system_packages(["libgl1"])
    assert recorder.started == []
    assert "libgl1" in capsys.readouterr().out


def test_checks_stop_at_the_first_failure_and_give_its_exit_code(
    station: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    planned = [(f"ends with {code}", [sys.executable, "-c", f"raise SystemExit({code})"]) for code in (0, 5, 0)]
    assert station.run_checks(planned) == 5
    summary = capfd.readouterr().out.split("== Summary\n")[1].splitlines()
    assert [line.split()[0] for line in summary] == ["ok", "FAILED", "not"]


def test_a_check_that_dies_of_a_signal_has_failed(station: ModuleType) -> None:
    suicide = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
    assert station.run_checks([("dies", suicide)]) == 137


def test_a_check_that_never_ends_is_ended(station: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(station, "CHECK_TIMEOUT_S", 0.2)
    assert station.run_checks([("sleeps", [sys.executable, "-c", "import time; time.sleep(60)"])]) == 124


def test_checks_see_no_screen(station: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    recorder = started_by(station, monkeypatch)
    station.run_checks(station.checks(Path("python"), ["-k", "identity"]))
    assert [environment["QT_QPA_PLATFORM"] for environment in recorder.environments] == ["offscreen"] * 5
    assert recorder.started[-1] == ["python", "-m", "pytest", "-n", "2", "--dist", "worksteal", "-k", "identity"]


def test_an_older_python_is_told_what_is_needed() -> None:
    old = "import runpy, sys; sys.version_info = (3, 9, 2); sys.argv[1:] = ['--help']"
    pretend = f"{old}; runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    told = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 1
    assert "needs Python 3.11 or newer" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_script_stands_on_the_standard_library_alone() -> None:
    bare = [sys.executable, "-I", "-S", str(SCRIPT), "--help"]
    told = subprocess.run(bare, capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0, told.stderr
    assert "station.py demo" in told.stdout
