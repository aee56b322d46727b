"""How a desk gives its lanes work, and who hears of it when that work goes wrong."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.lanes import Lane

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeskLanes:
    """One desk's way to its lanes; the lanes themselves are the desk's, which closes them in its own order."""

    desk: str
    """For the log: ``printer desk``."""
    stop: Stop
    """The desk's own: once it is asked for, no lane is given anything more."""
    tell_fault: Callable[[Failure], None]
    """Hears what the work has no answer of its own for; on the lane's thread."""

    def give(self, lane: Lane, work: Callable[[], None]) -> None:
        """Let the lane do it after what it has, guarded; nothing once the desk stops."""
        if not self.stop.asked:
            lane.submit(self.guarded, work)

    def guarded(self, work: Callable[[], None]) -> None:
        """Do it here. Raises nothing: a Failure is told as it is, a fault of the program as ProgramFault."""
        try:
            work()
        except Stopped:
            return
        except Failure as failure:
            log.warning("the %s: %s", self.desk, failure)
            self.tell_fault(failure)
        except Exception as fault:
            log.exception("a fault of the program at the %s", self.desk)
            self.tell_fault(ProgramFault(type(fault).__name__))
