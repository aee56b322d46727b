"""A ZPL printer on a TCP port, usually 9100: no spooler between, and no answer but how the connection ends."""

import threading

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer_failures import PrinterConnectionLost, PrinterStalled, PrinterUnreachable
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.tcp_wire import Delivery, End, NotConnected, Patience, connect, deliver
from gizqr_station.printing.zpl import encode_zpl
from gizqr_station.workflows.ports import PrintReport

_PROBE_TIMEOUT_S = 1.0
_LOOK_AT_STOP_S = 0.1


class TcpZplPrinter:
    """A Printer. One connection a label; ACCEPTED is the best it can say, because a socket knows no more."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int = 9100,
        *,
        dpi: int,
        connect_timeout_s: float = 3.0,
        send_timeout_s: float = 10.0,
        total_timeout_s: float = 60.0,
        settle_s: float = 1.0,
    ) -> None:
        """Time-outs: to connect, without a byte being taken, for a whole label, and after its last byte."""
        self._name, self._host, self._port, self._dpi = name, host, port, dpi
        self._connect_timeout_s = connect_timeout_s
        self._patience = Patience(send_timeout_s, total_timeout_s, settle_s)
        self._connection_in_use = threading.Lock()

    @property
    def name(self) -> str:
        """As shown to people."""
        return self._name

    @property
    def dpi(self) -> int:
        """Of its head."""
        return self._dpi

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        """Hand over one label. What breaks is in the report; only a job name that is none raises ValueError."""
        zpl = encode_zpl(image, job_name)
        try:
            self._wait_for_probe(stop)
        except Stopped:
            return self._refused()
        try:
            connection = connect(self._host, self._port, self._connect_timeout_s, stop)
            return self._report(deliver(connection, zpl, self._patience, stop), len(zpl))
        except (NotConnected, Stopped):
            return self._refused()
        finally:
            self._connection_in_use.release()

    def reachable(self, stop: Stop) -> Failure | None:
        """Connect and hang up without a byte, which prints nothing; raises Stopped.

        Most printers serve one connection at a time, so nothing is asked while a label is on its way.
        """
        if not self._connection_in_use.acquire(blocking=False):
            return None
        try:
            connect(self._host, self._port, min(_PROBE_TIMEOUT_S, self._connect_timeout_s), stop).close()
        except NotConnected:
            return self._unreachable()
        else:
            return None
        finally:
            self._connection_in_use.release()

    def _wait_for_probe(self, stop: Stop) -> None:
        """The probe ends by itself within its time-out."""
        while not self._connection_in_use.acquire(timeout=_LOOK_AT_STOP_S):
            stop.check()

    def _report(self, delivery: Delivery, total: int) -> PrintReport:
        if delivery.end is End.TAKEN:
            return PrintReport(PrintOutcome.ACCEPTED, delivery.sent)
        if delivery.sent == 0:
            return self._refused()
        failure: Failure = PrinterConnectionLost(self._name, delivery.taken, total)
        if delivery.end in {End.STALLED, End.OVERDUE}:
            waited_s = self._patience.stall_s if delivery.end is End.STALLED else self._patience.total_s
            failure = PrinterStalled(self._name, delivery.taken, total, waited_s)
        return PrintReport(PrintOutcome.UNKNOWN, delivery.sent, failure)

    def _refused(self) -> PrintReport:
        return PrintReport(PrintOutcome.REFUSED, 0, self._unreachable())

    def _unreachable(self) -> PrinterUnreachable:
        return PrinterUnreachable(self._name, f"{self._host}:{self._port}")
