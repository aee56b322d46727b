"""What became of a label whose every byte was taken: asked of the printer, over a second connection if need be."""

import time

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.domain.printer_failures import (
    LabelCountDiffers,
    PrinterConnectionLost,
    PrinterFault,
    PrintUnconfirmed,
)
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.stop_at import StopAt
from gizqr_station.printing.dialogues.dialogue import Dialogue, Evidence, Proof
from gizqr_station.printing.links.link import Connector, End, Link, LinkLost, NotConnected
from gizqr_station.workflows.ports import PrintReport

_BETWEEN_TRIES_S = 0.1
_AT_LEAST_S = 0.2
"""For a last question when time is nearly up."""


class Inquiry:
    """After one label."""

    def __init__(self, config: PrinterConfig, connector: Connector, dialogue: Dialogue, sent: int) -> None:
        """``sent`` is the label's bytes."""
        self._config, self._connector, self._dialogue, self._sent = config, connector, dialogue, sent
        self._broke = False
        """The connection was reset behind the label."""

    def report(self, link: Link, stop: Stop) -> PrintReport:
        """Ends within the printer's time for a confirmation. Closes the link."""
        try:
            failure, printed = self._found(self._evidence(link, stop))
        except Stopped:
            # The label is out of our hands, and nothing speaks against it.
            failure, printed = None, False
        if failure is not None:
            return PrintReport(PrintOutcome.UNKNOWN, self._sent, failure)
        return PrintReport(PrintOutcome.CONFIRMED if printed else PrintOutcome.ACCEPTED, self._sent)

    def _evidence(self, link: Link, stop: Stop) -> Evidence:
        """Over this connection, and when that says nothing more, over others: some printers close behind each label."""
        until = time.monotonic() + self._config.patience.confirm_s
        same_link = True
        while True:
            left_s = max(until - time.monotonic(), _AT_LEAST_S)
            try:
                found = self._dialogue.evidence(link, left_s, stop, same_link=same_link)
            except LinkLost:
                found = Evidence(Proof.SILENT)
            finally:
                # Before another connection, for many printers serve only one.
                self._broke = link.finish(0.0, stop) is End.LOST or self._broke
            if found.proof is not Proof.SILENT or time.monotonic() >= until:
                return found
            same_link = False
            other = self._another(until, stop)
            if other is None:
                return found
            link = other

    def _another(self, until: float, stop: Stop) -> Link | None:
        """A printer that is at a label may let nobody in."""
        while time.monotonic() < until:
            stop.sleep(_BETWEEN_TRIES_S)
            try:
                return self._connector.open(StopAt(stop, until))
            except NotConnected:
                continue
            except Stopped:
                stop.check()
        return None

    def _found(self, evidence: Evidence) -> tuple[Failure | None, bool]:
        """What keeps the label from counting as taken, and whether it counts as printed."""
        name, patience = self._config.name, self._config.patience
        match evidence.proof:
            case Proof.PRINTED:
                return None, True
            case Proof.FAULT:
                answer = evidence.answer
                failure = answer.failure(name, self._config.media, next_label=False) if answer else None
                return failure or PrinterFault(name, answer.said if answer else ""), False
            case Proof.COUNT_DIFFERS:
                return LabelCountDiffers(name, evidence.counted), False
            case _ if self._broke:
                return PrinterConnectionLost(name, self._sent, self._sent), False
            case Proof.NOTHING_WRONG:
                return None, False
            case _:
                return PrintUnconfirmed(name, patience.confirm_s), False
