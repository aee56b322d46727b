"""A queue that somebody changes when all has been looked at and nothing has been sent."""

from collections.abc import Callable

from gizqr_station.domain.printer import Patience
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.ipp.cups_queue import CupsQueue
from gizqr_station.printing.ipp.fitness import Size
from gizqr_station.printing.ipp.handing import Handing
from tests.printing.ipp.samples import queue


class ChangedAtTheLastMoment(CupsQueue):
    """``act`` runs between the last look and the job."""

    def __init__(self, name: str, patience: Patience, act: Callable[[], object]) -> None:
        super().__init__(queue(name, patience=patience)._config)
        self._act = act

    def _prepared(self, job_name: str, document: bytes, page: Size | None, stop: Stop) -> Handing:
        handing = super()._prepared(job_name, document, page, stop)
        self._act()
        return handing
