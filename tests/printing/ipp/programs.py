"""Programs that a test starts and that are gone when it ends, with whatever they started themselves."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

_SBIN = ("/usr/sbin", "/sbin", "/usr/local/sbin")


def program(name: str) -> str:
    """Its path; without it the test is skipped, or fails where the whole test run is expected to be possible."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *_SBIN]))
    if found is None:
        cannot(f"{name} is not installed; `python3 packaging/station.py test` brings it on Debian and Ubuntu")
    return str(found)


def cannot(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def until(happened: Callable[[], object], what: str, within_s: float = 10.0) -> None:
    """Wait for a condition."""
    ends = time.monotonic() + within_s
    while not happened():
        assert time.monotonic() < ends, f"never happened: {what}"
        time.sleep(0.01)


def free_port() -> int:
    with contextlib.closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class Running:
    """One program in a session of its own, so that its children can be told by it."""

    def __init__(
        self, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> None:
        self.log = log
        # So that nothing outlives a test run that is killed itself: the kernel then sends SIGTERM.
        setpriv = shutil.which("setpriv")
        ends_with_us = [setpriv, "--pdeathsig", "TERM"] if setpriv else []
        with log.open("ab") as written:
            self._process = subprocess.Popen(
                [*ends_with_us, *command],
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
                cwd=cwd,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def wait_until(self, ready: Callable[[], object], within_s: float = 15.0) -> None:
        until(lambda: not self.alive or ready(), f"start of {self._process.args!r}", within_s)
        assert self.alive, f"{self._process.args!r} ended: {self.log.read_text(errors='replace')[-2000:]}"

    def kill(self) -> None:
        """As a power cut would: the children live on."""
        self._process.kill()
        self._process.wait(timeout=10)

    def end(self) -> None:
        """Politely, then not; its children with it."""
        if self.alive:
            self._process.terminate()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(timeout=10)
        for pid in _session(self._process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _session(session: int) -> list[int]:
    """Processes of a session that is ours, by /proc/PID/stat (its sixth field)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            if int(stat.read_text().rpartition(")")[2].split()[3]) == session:
                found.append(int(stat.parent.name))
    return found
