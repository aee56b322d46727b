"""A real line for tests: device on a pseudo-terminal, sandbox service, virtual printer, and a station among them."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.printing.virtual_printer import VirtualPrinter
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.service.run import serve
from gizqr_station.settings.model import Settings
from tests.fake_bench import WAIT_S

PRODUCT_KEY = "0a6781ed676045988d5d72f3f0480fba"


@dataclass
class Surroundings:
    """Everything a station is connected to."""

    folder: DataFolder
    devices: list[SimulatedDevice]
    """At the slots, from the first on."""
    printer: VirtualPrinter
    url: str

    @property
    def device(self) -> SimulatedDevice:
        """At the first slot."""
        return self.devices[0]

    def settings(self, **product: object) -> Settings:
        """Of a station that is connected to these."""
        return Settings.model_validate(
            {
                "station": {"name": "bench-1", "operator": "Li Wei"},
                "product": {"key": PRODUCT_KEY, "name": "Smart Plug", **product},
                "service": {"url": self.url, "deadline_s": 3.0},
                # Tests scan one label after the other quicker than hands can.
                "scanner": {"repeat_s": 0},
                "slots": [{"port": str(device.link), "answer_s": 2.0} for device in self.devices],
                "printers": [
                    {"name": "zebra", "address": f"tcp://{self.printer.host}:{self.printer.port}", "send_s": 2.0}
                ],
            }
        )

    def scanned_from_paper(self, number: int) -> str:
        """What a scanner reads from the label that came out as this one (from 1)."""
        from gizqr_station.labels.picture_files import decode_picture

        assert self.printer.wait_for(number, WAIT_S), "no label came out"
        return decode_picture(self.printer.printed[number - 1].png)

    def small_code_on_paper(self, number: int) -> str:
        """What a scanner reads from its small code."""
        from gizqr_station.labels.picture_files import small_code_in_picture

        assert self.printer.wait_for(number, WAIT_S), "no label came out"
        return small_code_in_picture(self.printer.printed[number - 1].png)


@contextlib.contextmanager
def running_service(folder: Path, port: int = 0) -> Iterator[str]:
    """The sandbox service on a thread, over real HTTP."""
    stop, announced, urls = Stop(), threading.Event(), []

    def announce(url: str) -> None:
        urls.append(url)
        announced.set()

    thread = threading.Thread(
        target=serve, args=("127.0.0.1", port, folder), kwargs={"announce": announce, "stop": stop}, name="sandbox"
    )
    thread.start()
    try:
        assert announced.wait(WAIT_S)
        yield urls[0]
    finally:
        stop.set()
        thread.join(WAIT_S)


@contextlib.contextmanager
def surroundings(tmp_path: Path) -> Iterator[Surroundings]:
    with (
        running_service(tmp_path / "service") as url,
        VirtualPrinter(tmp_path / "labels", 203) as printer,
        SimulatedDevice(tmp_path / "tty") as device,
    ):
        yield Surroundings(DataFolder(tmp_path / "station"), [device], printer, url)
