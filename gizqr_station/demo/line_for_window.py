"""The simulated line behind a window: the same parts, and an operator at the pace of hands."""

import contextlib
import logging
import queue

from gizqr_station.assembly import Station, open_station
from gizqr_station.assembly.scanners import Controls
from gizqr_station.demo.newcomers import OPERATOR
from gizqr_station.demo.preparing import prepare
from gizqr_station.demo.simulated_operator import BY_HAND, SimulatedOperator
from gizqr_station.demo.world import simulated_world
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.places import DataFolder
from gizqr_station.workflows.codes_desk import CodesDesk
from gizqr_station.workflows.device_desk import DeviceDesk
from gizqr_station.workflows.happenings import Happening, Tell
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.list_desk import ListDesk
from gizqr_station.workflows.orders_desk import OrdersDesk
from gizqr_station.workflows.people_desk import PeopleDesk
from gizqr_station.workflows.printer_desk import PrinterDesk
from gizqr_station.workflows.records_desk import RecordsDesk

log = logging.getLogger(__name__)


class DemoStation:
    """A station with a simulated world around it, shut down in one go."""

    def __init__(self, folder: DataFolder, seed: int, language: str, tell: Tell, slots: int = 1) -> None:
        heard: queue.SimpleQueue[Happening] = queue.SimpleQueue()

        def hear(happening: Happening) -> None:
            heard.put(happening)
            tell(happening)

        self._stop = Stop()
        self._around = contextlib.ExitStack()
        world = self._around.enter_context(simulated_world(folder, language, slots))
        try:
            prepare(folder, world.settings)
            self._station: Station = open_station(
                folder, world.settings, hear, demo=True, demo_operator=OPERATOR.credential
            )
        except BaseException:
            self._around.close()
            raise
        self._operator = SimulatedOperator(
            world, self._station.ledger, self._station.controls, seed, BY_HAND, units=None
        )
        self._hands = ThreadLane("operator")
        self._hands.submit(self._work, heard)

    @property
    def controls(self) -> Controls:
        """Where scans and keys go; a person may join in."""
        return self._station.controls

    @property
    def desk(self) -> PrinterDesk:
        """What the printers page asks; printers that are added here are forgotten at the end."""
        return self._station.desk

    @property
    def devices(self) -> DeviceDesk:
        """What the devices page asks; slots that are changed here are forgotten at the end."""
        return self._station.devices

    @property
    def lists(self) -> ListDesk:
        """What the lists page asks; its batches are demo labels like all others."""
        return self._station.lists

    @property
    def codes(self) -> CodesDesk:
        """What the codes page asks; the sandbox service's codes bind nothing, and the demo's labels say TEST anyway."""
        return self._station.codes

    @property
    def records(self) -> RecordsDesk:
        """What the records page asks."""
        return self._station.records

    @property
    def orders(self) -> OrdersDesk:
        """What the orders page asks."""
        return self._station.orders

    @property
    def people(self) -> PeopleDesk:
        """What the people page and the header ask."""
        return self._station.people

    def shut_down(self) -> None:
        """The hands first, then the station, then the world."""
        self._stop.set()
        self._hands.close()
        self._station.shut_down()
        self._around.close()

    def _work(self, heard: "queue.SimpleQueue[Happening]") -> None:
        try:
            self._operator.run(heard, self._stop)
        except Stopped:
            return
        except Exception:
            log.exception("the simulated operator stopped working")
