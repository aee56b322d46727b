"""Sets up what the station needs on a bare machine, then runs it: `python3 packaging/station.py demo`, or `… test`.

Standard library only. It asks dpkg which Debian packages are missing and installs them (as root at once, otherwise
after a question), builds `.venv` from a committed lock with hashes, and hands over to the program inside. A second run
finds all of that done and starts at once.
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

OLDEST_PYTHON = (3, 11)
if sys.version_info[:2] < OLDEST_PYTHON:  # before anything that an older Python would not understand
    sys.exit(f"The station needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.")

USAGE = """\
python3 packaging/station.py demo [options]           a whole line with simulated devices and a virtual printer
python3 packaging/station.py test [pytest arguments]  every check: lint, types, import rules, tests
python3 packaging/station.py setup [--with EXTRA]...  only makes ready; extras: camera (a webcam as a scanner), esptool
python3 packaging/station.py COMMAND [options]        any other gizqr-station command; without one, the station opens
"""

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
RUNTIME_LOCK = ROOT / "packaging" / "requirements.lock"
DEV_LOCK = ROOT / "packaging" / "requirements-dev.lock"  # all of the others, at the same versions, and more
# Not everybody needs these; each is all of the runtime lock, at the same versions, and what the extra brings.
EXTRAS = {name: ROOT / "packaging" / f"requirements-{name}.lock" for name in ("camera", "esptool")}

# What Qt's libraries need and its wheel does not carry; found by adding one at a time to an empty Debian 12.
# Where Ubuntu renamed one (libglib2.0-0t64), the new package says that it provides the old name.
QT_PACKAGES = ("libgl1", "libegl1", "libfontconfig1", "libglib2.0-0", "libdbus-1-3", "libxkbcommon0")
X11_PACKAGES = ("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxkbcommon-x11-0", "libxcb-shape0")
WAYLAND_PACKAGES = ("libwayland-client0", "libwayland-cursor0")
# The tests print through a CUPS, to an IPP printer, and keep a ledger in a PostgreSQL; running needs none of them.
PRINT_PACKAGES = ("cups", "cups-client", "cups-ipp-utils", "cups-filters", "dbus", "avahi-daemon")
TEST_PACKAGES = (*PRINT_PACKAGES, "postgresql", "strace")

# Nobody is asked anything, and systemd starts no service that a package brings (systemd's ENVIRONMENT.md; not run
# here): the tests start what they need themselves, and end it.
APT_ENVIRONMENT = {"DEBIAN_FRONTEND": "noninteractive", "SYSTEMD_OFFLINE": "1"}

DPKG_TIMEOUT_S = 60
CHECK_TIMEOUT_S = 1800


class SetupFailed(Exception):
    """Something stands in the way; the text says what, and what to do next."""


def say(text: str, *, to_stderr: bool = False) -> None:
    """Prints at once, so that our lines and those of the programs we start keep their order."""
    print(text, file=sys.stderr if to_stderr else sys.stdout, flush=True)


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window can open here. On Linux Qt aborts the whole process without a display, so we look first."""
    return platform != "linux" or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def fit_to_display(arguments: Sequence[str], *, display: bool) -> list[str]:
    """The demo without a screen is the headless demo of ten units; everything else stays as typed."""
    if display or list(arguments[:1]) != ["demo"] or "--headless" in arguments:
        return list(arguments)
    counted = any(argument == "--units" or argument.startswith("--units=") for argument in arguments)
    return ["demo", "--headless", *([] if counted else ["--units", "10"]), *arguments[1:]]


def opens_window(arguments: Sequence[str]) -> bool:
    """The station itself (no command, or only options) and the demo, unless it is headless."""
    if not arguments or arguments[0].startswith("-"):
        return True
    return arguments[0] == "demo" and "--headless" not in arguments


def wanted_packages(
    *, window: bool, environment: Mapping[str, str], venv_module: bool, testing: bool = False
) -> list[str]:
    """The Debian packages this run needs, by their Debian 12 names."""
    wanted = [] if venv_module else [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]
    wanted += QT_PACKAGES
    if window and environment.get("DISPLAY"):
        wanted += X11_PACKAGES
    if window and environment.get("WAYLAND_DISPLAY"):
        wanted += WAYLAND_PACKAGES
    if testing:
        wanted += TEST_PACKAGES
    return wanted


def names_in(listing: str) -> frozenset[str]:
    """Names of installed packages, and the names those provide, from lines of status, package, provides (by tabs)."""
    names: set[str] = set()
    for line in listing.splitlines():
        status, package, provides = [*line.split("\t"), "", ""][:3]
        if status == "installed":
            names.add(package)
            names.update(entry.split()[0] for entry in provides.split(",") if entry.strip())
    return frozenset(names)


def installed_packages() -> frozenset[str] | None:
    """What dpkg knows to be installed; None where there is no dpkg and apt-get to ask."""
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        return None
    query = ["dpkg-query", "--show", "--showformat", "${db:Status-Status}\t${Package}\t${Provides}\n"]
    return names_in(subprocess.run(query, check=True, text=True, capture_output=True, timeout=DPKG_TIMEOUT_S).stdout)


def apt_commands(missing: Iterable[str]) -> list[list[str]]:
    """What brings the packages, as root. Waits two minutes for a system that is just updating itself."""
    install = ["apt-get", "install", "--yes", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", *missing]
    return [["apt-get", "update"], install]


def agreed() -> bool:
    """Whether a person at a terminal says yes; without a terminal nobody does."""
    try:
        return sys.stdin.isatty() and input("Run it now? [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        return False


def provide_system_packages(wanted: Sequence[str]) -> None:
    """Installs what is missing: as root at once, otherwise only after a yes on the terminal."""
    installed = installed_packages()
    if installed is None:
        if sys.platform == "linux":
            say(f"No Debian here; make sure of the libraries that these of its packages hold: {' '.join(wanted)}")
        return
    missing = [name for name in wanted if name not in installed]
    if not missing:
        return
    commands = apt_commands(missing)
    prefix: list[str] = []
    if os.geteuid() != 0:
        line = " && ".join("sudo " + " ".join(command) for command in commands)
        say(f"Debian packages are missing: {' '.join(missing)}\nThis installs them:\n\n    {line}\n", to_stderr=True)
        if shutil.which("sudo") is None or not agreed():
            raise SetupFailed("Nothing was installed. Run that line (as root: without sudo), then this again.")
        prefix = ["sudo", "env", *(f"{name}={value}" for name, value in APT_ENVIRONMENT.items())]
    say(f"== Debian packages: {' '.join(missing)}")
    # a root shell from plain `su` lacks the folders that dpkg needs
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"))
    environment = {**os.environ, **APT_ENVIRONMENT, "PATH": path}
    update, install = ([*prefix, *command] for command in commands)
    subprocess.run(update, env=environment, check=False)  # an old list may still do; the install decides
    if subprocess.run(install, env=environment, check=False).returncode != 0:
        raise SetupFailed("apt-get could not install them; its own words are above. Mend that and run this again.")


def venv_python(venv: Path) -> Path:
    """The Python inside a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def fingerprint(lock: Path, root: Path) -> str:
    """What an environment was made from: the lock, the Python, and the folder, whose path is written into it."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{digest}\n{sys.version_info.major}.{sys.version_info.minor}\n{root}\n"


def stamp(venv: Path, lock: Path) -> Path:
    """The file that says this lock is installed in full; written last, so a half-made environment has none."""
    return venv / f"{lock.name}.installed"


def is_installed(venv: Path, lock: Path, root: Path) -> bool:
    """Whether the environment holds exactly this lock and its Python still runs from where it was."""
    mark = stamp(venv, lock)
    return venv_python(venv).exists() and mark.is_file() and mark.read_text("utf-8") == fingerprint(lock, root)


def program_environment() -> dict[str, str]:
    """The environment of everything we start: nothing of the outside may shine into the virtual environment."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    return {**inherited, "PIP_ROOT_USER_ACTION": "ignore", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}


def run_step(command: Sequence[str], complaint: str) -> None:
    """One step of the set-up; nothing after a failed one is tried, and the next run begins where it makes sense."""
    code = subprocess.run(command, cwd=ROOT, env=program_environment(), check=False).returncode
    if code != 0:
        raise SetupFailed(f"{complaint} (exit {code}); its own words are above. Mend that and run this again.")


def locks_wanted(base: Path, arguments: Sequence[str]) -> list[Path]:
    """The base, the extras behind each `--with`, and those of before: making an environment anew must not lose them."""
    parser = argparse.ArgumentParser(prog="station.py setup")
    parser.add_argument("--with", dest="extras", action="append", choices=tuple(EXTRAS), default=[])
    asked = parser.parse_args(arguments).extras
    return [base, *(lock for name, lock in EXTRAS.items() if name in asked or stamp(VENV, lock).is_file())]


def provide_environment(lock: Path) -> None:
    """Makes `.venv` hold this lock and the station itself; does nothing when it does already."""
    if any(is_installed(VENV, candidate, ROOT) for candidate in (lock, DEV_LOCK)):
        return
    fresh = not is_installed(VENV, RUNTIME_LOCK, ROOT)
    for old in {RUNTIME_LOCK, DEV_LOCK, lock}:  # what an extra added is not touched by the others
        stamp(VENV, old).unlink(missing_ok=True)
    if fresh:
        # when our own Python lives in the folder we clear, the one behind it must do the work
        interpreter = getattr(sys, "_base_executable", None) or sys.executable
        say(f"== Python environment in {VENV}{' (made anew: unfinished or outdated)' if VENV.exists() else ''}")
        run_step([interpreter, "-m", "venv", "--clear", str(VENV)], "Python could not make a virtual environment")
    say(f"== Packages of packaging/{lock.name} (the first time this downloads 100 to 140 MB)")
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    pip = [str(venv_python(VENV)), "-m", "pip", "install", "--no-input", *quiet]
    run_step([*pip, "--require-hashes", "-r", str(lock)], "pip could not install the packages")
    run_step([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], "pip could not install the station itself")
    for held in {lock, RUNTIME_LOCK}:
        stamp(VENV, held).write_text(fingerprint(held, ROOT), "utf-8")


def checks(python: Path, pytest_arguments: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Every check with its command, the quick ones first."""
    return [
        ("ruff check", [str(python), "-m", "ruff", "check", "."]),
        ("ruff format", [str(python), "-m", "ruff", "format", "--check", "."]),
        ("mypy --strict", [str(python), "-m", "mypy", "--strict"]),
        ("lint-imports", [str(python.parent / "lint-imports"), "--no-logo"]),
        # Two at a time, for many tests wait for time-outs; `-n 0` behind it measures on a quiet machine.
        ("pytest", [str(python), "-m", "pytest", "-n", "2", "--dist", "worksteal", *pytest_arguments]),
    ]


def run_checks(planned: Sequence[tuple[str, Sequence[str]]]) -> int:
    """Runs them in order up to the first that fails, sums up, and returns that one's exit code."""
    environment = {"LANG": "C.UTF-8", **program_environment(), "QT_QPA_PLATFORM": "offscreen"}
    summary: list[str] = []
    code = 0
    for title, command in planned:
        if code != 0:
            summary.append(f"not run  {title}")
            continue
        say(f"== {title}")
        start = time.monotonic()
        try:
            code = subprocess.run(command, cwd=ROOT, env=environment, check=False, timeout=CHECK_TIMEOUT_S).returncode
        except subprocess.TimeoutExpired:
            code = 124
        code = 128 - code if code < 0 else code  # ended by a signal: what a shell would report
        verdict = f"FAILED   {title}, exit {code}" if code else f"ok       {title}"
        summary.append(f"{verdict}, {time.monotonic() - start:.1f} s")
    say("== Summary\n" + "\n".join(summary))
    return code


def hand_over(arguments: Sequence[str]) -> int:
    """Becomes the station. Exit code, signals and Ctrl+C are then its own; Windows cannot do that, so there we wait."""
    command = [str(venv_python(VENV)), "-m", "gizqr_station", *arguments]
    if os.name != "nt":
        os.execve(command[0], command, program_environment())  # noqa: S606 - there is no shell to want
    with subprocess.Popen(command, env=program_environment()) as station:  # written with care, not run
        while True:
            try:
                return station.wait()
            except KeyboardInterrupt:
                continue  # the console told the station too; it ends in its own way


def main(arguments: Sequence[str]) -> int:
    """Returns the exit code: that of what ran inside, 1 when the set-up failed, 130 after Ctrl+C."""
    if list(arguments) in (["-h"], ["--help"]):
        say(USAGE)
        return 0
    testing, setting_up = list(arguments[:1]) == ["test"], list(arguments[:1]) == ["setup"]
    asked = fit_to_display(arguments, display=has_display(os.environ, sys.platform))
    if asked != list(arguments):
        say(f"No display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so this runs: {' '.join(asked)}")
    venv_module = importlib.util.find_spec("ensurepip") is not None
    window = not testing and opens_window(asked)
    locks = locks_wanted(DEV_LOCK if testing else RUNTIME_LOCK, arguments[1:] if setting_up else [])
    try:
        provide_system_packages(
            wanted_packages(window=window, environment=os.environ, venv_module=venv_module, testing=testing)
        )
        for lock in locks:
            provide_environment(lock)
        if setting_up:
            return 0
        return run_checks(checks(venv_python(VENV), asked[1:])) if testing else hand_over(asked)
    except SetupFailed as failure:
        say(str(failure), to_stderr=True)
        return 1
    except KeyboardInterrupt:
        say("Stopped. Run it again whenever you like; it goes on from here.", to_stderr=True)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
