"""Simulated devices for demo and tests: plugs modules made of bytes into a port that looks like any other."""

import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from gizqr_station.domain.line_failures import PartMissing
from gizqr_station.domain.stop import Stop

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_KEPT_EVENTS = 10_000
_END_S = 5.0


class SimulationEnded(Exception):
    """The simulated module's program is gone while something was expected from it."""


@dataclass(frozen=True, slots=True)
class Event:
    """What a simulated module told: see ``simulated_module`` for the names."""

    name: str
    command: int = -1
    """Of ``received`` and ``sent``."""
    payload: bytes = b""
    """Of ``received``."""
    path: str = ""
    """Of ``plugged``."""
    why: str = ""
    """Of ``refused``."""

    def refuses(self, what: str) -> bool:
        """Whether it says that this could not be done; one that cut itself off refuses a late ``unplug``."""
        return self.name == "refused" and self.why.startswith(repr(what))


def supported() -> bool:
    """Whether this system has pseudo-terminals; Windows has none."""
    return hasattr(os, "openpty")


class SimulatedDevice:
    """One port into which modules are plugged. A program of its own: ending it is as good as pulling the cable.

    ``link`` is the port's name, there while something is plugged in. ``program`` starts another kind of device than
    GAgent modules, or those where ``python -m`` cannot (a bundled station): it is given ``--link`` and the link. What
    is plugged in are the fields that the program knows: of ``simulated_module.Plugged`` for GAgent modules.
    """

    def __init__(self, link: Path, program: Sequence[str] | None = None) -> None:
        """Raise PartMissing where there are no pseudo-terminals."""
        if not supported():
            raise PartMissing("pseudo-terminals", "Linux or macOS")
        self.link = link
        start = program or (sys.executable, "-m", "gizqr_station.readers.simulated_module")
        self._program = subprocess.Popen(  # noqa: S603 - our own module
            [*start, "--link", str(link)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
        )
        self._events: deque[Event] = deque(maxlen=_KEPT_EVENTS)
        self._told = threading.Condition()
        self._ended = False
        self._unseen = 0
        self.commands_received: set[int] = set()
        """Every command that the host ever sent here."""
        # Somebody has to read all the time: a full pipe would stop the module in the middle of a sentence.
        self._listener = threading.Thread(target=self._listen, name=f"simulated:{link.name}", daemon=True)
        self._listener.start()

    def __enter__(self) -> "SimulatedDevice":
        """Nothing is plugged in yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.close()

    def plug(self, device: "DataclassInstance", stop: Stop | None = None) -> str:
        """Plug a device in and return the path of its terminal; raise ValueError when one is plugged in already."""
        self._do("plug", device)
        return self._done("plug", "plugged", stop).path

    def swap(self, device: "DataclassInstance", stop: Stop | None = None) -> None:
        """Put another device behind the same adapter: the port stays."""
        self._do("swap", device)
        self._done("swap", "swapped", stop)

    def unplug(self, stop: Stop | None = None) -> None:
        """Pull the plug; nothing happens when the device cut itself off before."""
        self._do("unplug")
        self._next_event(lambda event: event.name == "unplugged" or event.refuses("unplug"), _END_S, stop)

    def wait_event(
        self, name: str, *, command: int | None = None, timeout_s: float = 5.0, stop: Stop | None = None
    ) -> Event:
        """Return the next such event that was not waited for before, and pass over those in front of it.

        Raises TimeoutError, SimulationEnded, Stopped.
        """
        return self._next_event(
            lambda event: event.name == name and (command is None or event.command == command), timeout_s, stop
        )

    def events(self) -> tuple[Event, ...]:
        """Everything told so far (the last 10,000)."""
        with self._told:
            return tuple(self._events)

    def close(self) -> None:
        """Unplug, end the program, and take the link away; may be repeated."""
        if self._program.stdin and not self._program.stdin.closed:
            self._program.stdin.close()
        try:
            self._program.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait(_END_S)
        self._listener.join(_END_S)
        if self._program.stdout:
            self._program.stdout.close()
        self.link.unlink(missing_ok=True)

    def _do(self, what: str, device: "DataclassInstance | None" = None) -> None:
        line = json.dumps({"do": what, **(asdict(device) if device else {})}) + "\n"
        if self._program.stdin is None or self._program.stdin.closed:
            raise SimulationEnded
        try:
            self._program.stdin.write(line.encode())
            self._program.stdin.flush()
        except BrokenPipeError as gone:
            raise SimulationEnded from gone

    def _done(self, what: str, name: str, stop: Stop | None) -> Event:
        event = self._next_event(lambda told: told.name == name or told.refuses(what), _END_S, stop)
        if event.name == "refused":
            raise ValueError(event.why)
        return event

    def _next_event(self, wanted: Callable[[Event], bool], timeout_s: float, stop: Stop | None) -> Event:
        deadline = time.monotonic() + timeout_s
        while True:
            with self._told:
                while self._unseen:
                    event = self._events[-self._unseen]
                    self._unseen -= 1
                    if wanted(event):
                        return event
                if self._ended:
                    raise SimulationEnded
                if time.monotonic() >= deadline:
                    raise TimeoutError
                self._told.wait(0.1)
            if stop is not None:
                stop.check()

    def _listen(self) -> None:
        for line in self._program.stdout or ():
            told = json.loads(line)
            event = Event(
                told["event"],
                told.get("command", -1),
                bytes.fromhex(told.get("payload", "")),
                told.get("path", ""),
                told.get("why", ""),
            )
            with self._told:
                self._events.append(event)
                self._unseen = min(self._unseen + 1, len(self._events))
                if event.name == "received":
                    self.commands_received.add(event.command)
                self._told.notify_all()
        with self._told:
            self._ended = True
            self._told.notify_all()


def _environment() -> dict[str, str]:
    """Ours, with the folder of this very package first: a checkout need not be installed to be found."""
    here = str(Path(__file__).parents[2])
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))}
