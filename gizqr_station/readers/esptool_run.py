"""Starts Espressif's esptool as a program of its own, and takes the MAC from what it prints.

esptool is GPL, so it is never imported here. Its output is that of version 5.6: ``MAC:  a0:b7:65:12:34:56``, and for
chips with an 8-byte address (ESP32-C6, -H2 and later) that one as ``MAC:`` and the 6-byte one as ``BASE MAC:``.
"""

import importlib.util
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import BinaryIO

from gizqr_station.domain.stop import Stop

PROGRAM = (sys.executable, "-m", "esptool")
LARGEST_OUTPUT = 65536
"""Bytes; a run prints less than 2,000."""
_LOOK_S = 0.05
_MAC_LINE = re.compile(r"^(BASE )?MAC:\s+([0-9a-f]{2}(?::[0-9a-f]{2})+)\s*$", re.IGNORECASE | re.MULTILINE)
_MAC_CHARACTERS = 17
_FATAL = re.compile(r"fatal error occurred: *([^\n]+)")
_LONGEST_REASON = 120


class EsptoolFailed(Exception):
    """It ended without a MAC; the text says why, in its own words."""


def is_installed() -> bool:
    """Whether this Python could start it; looks for it without loading it."""
    return not getattr(sys, "frozen", False) and importlib.util.find_spec("esptool") is not None


def macs_in(printed: str) -> tuple[str, ...]:
    """The different 6-byte MACs that esptool printed; with a base MAC among them, that alone.

    The 8-byte address of newer chips is none: it is the base MAC with two bytes put into its middle.
    """
    lines = [(bool(base), mac.lower()) for base, mac in _MAC_LINE.findall(printed) if len(mac) == _MAC_CHARACTERS]
    base_macs = [mac for base, mac in lines if base]
    return tuple(dict.fromkeys(base_macs or [mac for _, mac in lines]))


def reason_in(printed: str) -> str:
    """Why it failed, in its own words, short enough for a screen."""
    told = _FATAL.findall(printed)
    last = (told or printed.strip().splitlines() or ["it printed nothing"])[-1]
    words = "".join(letter if letter.isprintable() else " " for letter in last)
    return words.strip().rstrip(".")[:_LONGEST_REASON]


def read_mac(
    device: str,
    *,
    before: str,
    after: str,
    attempts: int,
    stop: Stop,
    timeout_s: float,
    abandoned: Callable[[], bool] = lambda: False,
    program: Sequence[str],
) -> str:
    """Everything that one run printed, when it succeeded.

    Raises EsptoolFailed when it failed, did not end in time or printed without end; Stopped. It is killed, with all
    that it started, when somebody asks to stop, or when ``abandoned`` says that nobody wants the answer any more.
    """
    command = [*program, "--port", device, "--before", before, "--after", after, "--no-stub"]
    with tempfile.TemporaryFile() as output:
        running = subprocess.Popen(  # noqa: S603 - a fixed program; the device is an argument of its own
            [*command, "--connect-attempts", str(attempts), "read-mac"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=_environment(),
            start_new_session=os.name == "posix",
        )
        try:
            _wait(running, output, stop, time.monotonic() + timeout_s, abandoned)
        finally:
            _kill(running)
        output.seek(0)
        printed = output.read(LARGEST_OUTPUT).decode("utf-8", errors="replace")
    if running.returncode != 0:
        raise EsptoolFailed(reason_in(printed))
    return printed


def _wait(
    running: "subprocess.Popen[bytes]", output: BinaryIO, stop: Stop, deadline: float, abandoned: Callable[[], bool]
) -> None:
    while running.poll() is None:
        if abandoned() or time.monotonic() >= deadline:
            raise EsptoolFailed("it did not end in time")
        if os.fstat(output.fileno()).st_size > LARGEST_OUTPUT:
            raise EsptoolFailed("it printed without end")
        stop.sleep(_LOOK_S)


def _kill(running: "subprocess.Popen[bytes]") -> None:
    if running.poll() is not None:
        return
    if os.name == "posix":
        os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
    running.wait()


def _environment() -> dict[str, str]:
    """Ours, without what would change how esptool connects or what its lines look like."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ESPTOOL_")}
    return kept | {"NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
