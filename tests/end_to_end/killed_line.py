"""A station with its simulated operator, in a process that is made to be killed: see ``test_kills``.

Service and printer live on in the test. ``--aim POINT NUMBER`` kills the process itself at the most delicate moments
of its n-th label; without it the test kills from outside, whenever it likes.
"""

import argparse
import contextlib
import os
import queue
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gizqr_station import assembly
from gizqr_station.assembly import ledgers, printers
from gizqr_station.demo.simulated_operator import AT_ONCE, SimulatedOperator
from gizqr_station.demo.world import DPI, PRODUCT_KEY, PRODUCT_NAME, PrintedLabels, World, device_link
from gizqr_station.domain.job import JobDraft, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.printing.devices import Devices
from gizqr_station.printing.joining import printer_for
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.happenings import AtSlot, Happening, WaitingForDevice
from gizqr_station.workflows.ports import Printer, PrintReport

AIMS = ("before the bytes", "after the bytes")


class AimedPrinter:
    """The real printer driver, that ends the process around its n-th label."""

    aim = ""
    countdown = 0

    def __init__(self, printer: Printer) -> None:
        self._printer = printer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._printer, name)

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        AimedPrinter.countdown -= 1
        if (self.aim, self.countdown) == (AIMS[0], 0):
            os.kill(os.getpid(), signal.SIGKILL)
        report = self._printer.print_label(job_name, image, stop)
        if (self.aim, self.countdown) == (AIMS[1], 0):
            os.kill(os.getpid(), signal.SIGKILL)
        return report


def _aimed(config: PrinterConfig, devices: Devices) -> AimedPrinter:
    return AimedPrinter(printer_for(config, devices))


class WriteAfterwards:
    """The negative control: a ledger that keeps its intents to itself until the label is out, as careless software
    does. Everything else is the real ledger's.
    """

    def __init__(self, ledger: SqlLedger) -> None:
        self._ledger = ledger
        self._draft: tuple[JobDraft, LabelImage] | None = None
        self._ahead = -1

    def __getattr__(self, name: str) -> object:
        return getattr(self._ledger, name)

    def open(
        self,
        draft: JobDraft,
        image: LabelImage,
        *,
        at_most: int | None = None,
        quota: Quota | None = None,
        remark: str = "",
    ) -> PrintJob:
        self._draft = (draft, image)
        newest = self._ledger.find("", 1)
        self._ahead = newest[0].id + 1 if newest else 1
        now = datetime.now(UTC)
        return PrintJob(self._ahead, draft, JobState.INTENDED, None, now, now)

    def move(
        self, job: PrintJob, state: JobState, *, who: str, evidence: str = "", outcome: PrintOutcome | None = None
    ) -> PrintJob:
        if self._draft is not None and job.id == self._ahead:
            if outcome is None:
                return job.moved_to(state, datetime.now(UTC))
            job = self._ledger.move(self._ledger.open(*self._draft), JobState.SENT, who=who)
            self._draft = None
        return self._ledger.move(job, state, who=who, evidence=evidence, outcome=outcome)


def _careless(opened: Callable[..., SqlLedger]) -> Callable[..., SqlLedger]:
    def opening(*positional: Any, **named: Any) -> SqlLedger:
        return WriteAfterwards(opened(*positional, **named))  # type: ignore[return-value]

    return opening


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--url", required=True)
    parser.add_argument("--printer-port", type=int, required=True)
    parser.add_argument("--units", type=int, default=0)
    parser.add_argument("--aim", nargs=2, default=("", "0"))
    parser.add_argument("--slots", type=int, default=1)
    parser.add_argument("--careless", action="store_true")
    parser.add_argument("--ledger", default="", help="the address of a shared one; its password is in the environment")
    asked = parser.parse_args()
    AimedPrinter.aim, AimedPrinter.countdown = asked.aim[0], int(asked.aim[1])
    vars(printers)["printer_for"] = _aimed
    if asked.careless:
        vars(ledgers)["open_ledger"] = _careless(open_ledger)
    folder = DataFolder(asked.folder)
    folder.root.mkdir(exist_ok=True)
    settings = Settings.model_validate(
        {
            "station": {"name": "bench-1"},
            "product": {"key": PRODUCT_KEY, "name": PRODUCT_NAME},
            "service": {"url": asked.url},
            "slots": [{"port": str(device_link(folder, number))} for number in range(1, asked.slots + 1)],
            "ledger": {"url": asked.ledger, "password_secret": "ledger" if asked.ledger else ""},
            "printers": [{"name": "virtual", "address": f"tcp://127.0.0.1:{asked.printer_port}", "dpi": DPI}],
        }
    )
    heard: queue.SimpleQueue[Happening] = queue.SimpleQueue()

    def hear(happening: Happening) -> None:
        if isinstance(happening, AtSlot) and isinstance(happening.happening, WaitingForDevice):
            sys.stdout.write("waiting\n")
            sys.stdout.flush()
        heard.put(happening)

    with contextlib.ExitStack() as around:
        links = {number: device_link(folder, number) for number in range(1, asked.slots + 1)}
        devices = {number: around.enter_context(SimulatedDevice(link)) for number, link in links.items()}
        world = World(folder, settings, devices, PrintedLabels(asked.labels))
        station = assembly.open_station(folder, settings, hear, demo=True)
        units = asked.units or None
        operator = SimulatedOperator(world, station.ledger, station.controls, 1, AT_ONCE, units)
        operator.run(heard, Stop())
        station.shut_down()
    return 0


if __name__ == "__main__":
    sys.exit(main())
