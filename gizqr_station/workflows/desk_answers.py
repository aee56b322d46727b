"""How a request to the printer desk is answered, whatever becomes of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.stop import Stopped
from gizqr_station.workflows.happenings import DeskDone, DeskWork, Tell

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a label."""

    outcome: PrintOutcome | None
    failure: Failure | None


Step = Callable[[], Became | None]


def answer(tell: Tell, work: DeskWork, printer: str, step: Step) -> None:
    """Do it and tell DeskDone; nothing is told when the station ends meanwhile."""
    try:
        became = step()
    except Stopped:
        return
    except Failure as failure:
        log.warning("%s of %s failed: %s", work.value, printer, failure)
        tell(DeskDone(work, printer, failure))
    except Exception as fault:
        # Whoever pressed a key waits for an answer, even when the program is at fault.
        log.exception("%s of %s failed by a fault of the program", work.value, printer)
        tell(DeskDone(work, printer, ProgramFault(type(fault).__name__)))
    else:
        tell(DeskDone(work, printer) if became is None else DeskDone(work, printer, became.failure, became.outcome))
