"""Runs the sandbox service on a free port: in a thread for one test, in a process for many."""

import contextlib
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from gizqr_station.domain.stop import Stop
from gizqr_station.service.run import LOOPBACK, serve

AUTHORIZATION = "G"
PROGRAM = """
import sys
from pathlib import Path
from gizqr_station.service.run import serve
serve("127.0.0.1", 0, Path(sys.argv[1]), "G", lambda url: print(url, flush=True), end_with_stdin=sys.argv[2] == "stdin")
print("ended well", flush=True)
"""


@contextlib.contextmanager
def running_sandbox(folder: Path) -> Iterator[str]:
    """The base URL of a service that runs, on threads of this process, as long as the block."""
    stop = Stop()
    announced: queue.SimpleQueue[str] = queue.SimpleQueue()
    thread = threading.Thread(
        target=serve, args=(LOOPBACK, 0, folder, AUTHORIZATION, announced.put), kwargs={"stop": stop}, name="sandbox"
    )
    thread.start()
    try:
        yield announced.get(timeout=20)
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


class SandboxProcess:
    """The service in a process of its own, whose threads no test can leave behind."""

    def __init__(self, folder: Path, ends_with: str = "stdin") -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder), ends_with],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def url(self) -> str:
        """What it announces, when it does."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def rest(self) -> tuple[int, str, str]:
        """Exit code, output and errors, when it has ended."""
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err

    def __enter__(self) -> "SandboxProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()
