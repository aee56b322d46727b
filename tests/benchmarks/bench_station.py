"""How long a unit and a start take: ``python3 packaging/station.py test -m benchmark -n 0 -s``.

Every figure stands beside a baseline of the same run, so that a slow machine does not look like a slow program.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from gizqr_station.assembly import SystemClock, label_painter
from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, MacAddress
from gizqr_station.domain.printer import Asking, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.product import Product
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.stop import Stop
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.places import DataFolder
from gizqr_station.printing.joining import printer_for
from gizqr_station.workflows.duty import NamedOperator
from gizqr_station.workflows.provision import Bench, provision

pytestmark = pytest.mark.benchmark

UNITS = 200
STARTS = 9
PRODUCT = Product("0a6781ed676045988d5d72f3f0480fba", "Smart Plug Mini")
SEALED = "Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="


class CodeInHand:
    """A pool that always has the code."""

    def code_for(self, product: Product, identity: Identity, stop: Stop) -> IssuedCode:
        return IssuedCode(f"{identity}4553b12edf7e63645864{SEALED}", identity, CodeSource.POOL, SystemClock().now())

    def rejected(self, product: Product, code: IssuedCode) -> bool:
        return False

    def reachable(self, stop: Stop) -> Failure | None:
        return None


class Sink:
    """A printer's ear: takes every connection to its end and notes when the last byte was there."""

    def __init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        address = PrinterAddress.parse(f"tcp://127.0.0.1:{self.port}")
        self.config = PrinterConfig("sink", address, asking=Asking.NEVER)
        self.whole_at: list[float] = []
        self._thread = threading.Thread(target=self._run, name="sink")
        self._thread.start()

    def _run(self) -> None:
        while True:
            connection, _ = self._door.accept()
            with connection:
                received = b""
                while b"^PQ1^XZ" not in received[-12:] and (came := connection.recv(65536)):
                    received += came
                if not received:
                    return
                self.whole_at.append(time.perf_counter())
                connection.recv(1)

    def close(self) -> None:
        socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join(5)
        self._door.close()


@contextmanager
def sink() -> Iterator[Sink]:
    with closing(Sink()) as made:
        yield made


def report(name: str, milliseconds: list[float], baseline: tuple[str, float]) -> None:
    median, p95 = statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20)[-1]
    print(  # noqa: T201 - this is what a benchmark is for
        f"\n{name}: median {median:.1f} ms, p95 {p95:.1f} ms, n={len(milliseconds)};"
        f" {median / baseline[1]:.1f} times {baseline[0]} ({baseline[1]:.1f} ms)"
    )


def durable_write_ms(folder: Path) -> float:
    """The baseline: what this disk takes to keep one small write for good."""
    times = []
    with (folder / "baseline").open("wb") as file:
        for _ in range(200):
            start = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def test_identity_to_bytes_at_the_printer_with_the_code_in_hand(tmp_path: Path) -> None:
    clock = SystemClock()
    with (
        sink() as printer,
        closing(open_ledger(tmp_path / "ledger.sqlite", kind="production", station="bench-1", clock=clock)) as ledger,
    ):
        bench = Bench(
            product=PRODUCT, station="bench-1", duty=NamedOperator("Li Wei"), demo=False, codes=CodeInHand(),
            painter=label_painter(DataFolder(tmp_path)), read_back=ZxingReadBack(), ledger=ledger,
            printer=printer_for(printer.config), clock=clock,
        )  # fmt: skip
        starts = []
        for number in range(UNITS):
            reading = DeviceReading(MacAddress(f"00911f{number:06x}"), "gagent", "p", b"", clock.now())
            starts.append(time.perf_counter())
            provision(bench, reading, Stop(), lambda _: None, still_there=lambda: None, scan_back_due=True)
        times = [(end - start) * 1000 for start, end in zip(starts, printer.whole_at, strict=True)]
    report("identity to bytes at the printer", times, ("a durable write", durable_write_ms(tmp_path)))


def test_units_per_second_of_the_headless_demo(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "gizqr_station", "demo", "--headless", "--units", "60", "--json", "--out"]
    done = subprocess.run([*words, str(tmp_path / "out")], check=True, capture_output=True, timeout=300)
    told = json.loads(done.stdout)
    baseline = durable_write_ms(tmp_path)
    print(  # noqa: T201 - this is what a benchmark is for
        f"\nheadless demo: {told['units_per_second']} units a second;"
        f" a unit takes {1000 / told['units_per_second'] / baseline:.0f} times a durable write ({baseline:.1f} ms)"
    )


EMPTY_WINDOW = """
import time; began = time.perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([]); window = QMainWindow(); window.resize(1366, 768); window.show()
application.processEvents(); print((time.perf_counter() - began) * 1000)
"""
STATION_WINDOW = """
import time; began = time.perf_counter()
from PySide6.QtWidgets import QApplication
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.app import StationApplication, WindowFacts, load_fonts
application = QApplication([]); load_fonts(application)
facts = WindowFacts("bench-1", "Li Wei", "Smart Plug", demo=False, slots=(SlotConfig(1, "", None),), language="en")
station = StationApplication(facts, lambda tell: None); station.window.show()
application.processEvents(); print((time.perf_counter() - began) * 1000)
"""


def test_start_to_the_first_window(tmp_path: Path) -> None:
    def starts(program: str) -> list[float]:
        environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        words = [sys.executable, "-c", program]
        return [
            float(subprocess.run(words, env=environment, check=True, capture_output=True, timeout=60).stdout)
            for _ in range(STARTS)
        ]

    starts(EMPTY_WINDOW)
    empty = statistics.median(starts(EMPTY_WINDOW))
    report("start to the station's window", starts(STATION_WINDOW), ("an empty window", empty))
