"""A printer that is sent its own language over a connection of ours: what is known when a label has gone out.

Before a label the printer is asked how it is, where it can be: whatever it is sent while its labels are out or its
cover is open, it prints later, when somebody mends that and another device lies on the bench. After the label it is
asked for evidence, for a socket that took all bytes is none.
"""

import threading
import time
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.print_queue_failures import PrinterUnsuitable
from gizqr_station.domain.printer import Asking, PrinterConfig, PrinterStatus
from gizqr_station.domain.printer_failures import (
    PrinterBusy,
    PrinterConnectionLost,
    PrinterSilent,
    PrinterStalled,
    PrinterUnreachable,
)
from gizqr_station.domain.printer_setup_failures import CannotCalibrate, LanguageUnanswered
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.stop_at import StopAt
from gizqr_station.printing.acquaintance import Acquaintance
from gizqr_station.printing.devices import Device, Devices
from gizqr_station.printing.dialogues.conditions import Answer
from gizqr_station.printing.dialogues.dialogue import CLOSES_WITHIN_S, Dialogue
from gizqr_station.printing.evidence import Inquiry
from gizqr_station.printing.languages.encoder import Encoder
from gizqr_station.printing.links.link import Connector, Delivery, End, Link, LinkLost, NotConnected
from gizqr_station.workflows.ports import PrintReport

_LOOK_AT_STOP_S = 0.1
_CONNECTIONS_TO_ASK_OVER = 2


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds; the defaults are for real printers."""

    answer_s: float = 1.0
    """For a printer to say how it is."""
    look_s: float = 1.0
    """For a look at its status, connection and all."""
    look_connect_s: float = 0.6
    """Of that, for the connection."""
    busy_s: float = 3.0
    """How long a printer that is at something else is waited for."""
    busy_look_s: float = 0.1
    settle_s: float = 1.0
    """After the last byte, for a printer that is not asked to close or to break off."""


class Refused(Exception):
    """Nothing of the label was sent, and nothing of it will come out."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


class DirectPrinter:
    """A Printer over TCP, a serial port or a USB device. One label at a time; may be used from several threads."""

    def __init__(
        self, config: PrinterConfig, connector: Connector, encoder: Encoder, dialogue: Dialogue | None,
        *, pace: Pace | None = None, device: Device | None = None,
    ) -> None:  # fmt: skip
        """``dialogue`` is None for a language in which nothing is answered; ``device`` is shared by its drivers."""
        device = device or Devices().of(config)
        self._config, self._connector, self._encoder = config, connector, encoder
        self._dialogue = None if config.asking is Asking.NEVER else dialogue
        self._pace = pace or Pace()
        self._in_use = device.in_use
        self._known = Acquaintance(config.asking, device)
        self._was_busy = False

    @property
    def name(self) -> str:
        """As shown to people."""
        return self._config.name

    @property
    def dpi(self) -> int:
        """Of its head."""
        return self._config.dpi

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        """Hand over one label. What breaks is in the report; only a job name that is none raises ValueError."""
        try:
            data = self._encoded(job_name, image)
            with self._turn(stop):
                return self._print(data, stop)
        except (Refused, NotConnected) as refused:
            return PrintReport(PrintOutcome.REFUSED, 0, refused.failure)
        except Stopped:
            return PrintReport(PrintOutcome.REFUSED, 0, self._unreachable())

    def status(self, stop: Stop) -> PrinterStatus:
        """Within a second. Most printers serve one connection, so nothing is asked while a label is on its way."""
        if not self._in_use.acquire(blocking=False):
            return PrinterStatus()
        try:
            return self._look(stop)
        finally:
            self._in_use.release()

    def calibrate(self, stop: Stop) -> None:
        """Let it measure its media, unless it says that something is wrong."""
        data = self._encoder.calibration()
        if data is None:
            raise CannotCalibrate(self.name, self._config.language.value)
        try:
            with self._turn(stop):
                link, _ = self._ready_link(stop)
                delivery = link.deliver(data, self._config.patience, stop)
                if delivery.end is not End.TAKEN or link.finish(self._pace.settle_s, stop) is not End.TAKEN:
                    stop.check()
                    raise self._why_broken(delivery, len(data))
        except (NotConnected, Refused) as refused:
            raise refused.failure from refused

    def _encoded(self, job_name: str, image: LabelImage) -> bytes:
        """Raises Refused, and ValueError for a job name that is none."""
        if image.dpi != self.dpi:
            job = int(job_name) if job_name.isdecimal() else 0
            raise Refused(PrinterUnsuitable(job, self.name, image.dpi, self.dpi))
        try:
            return self._encoder.setup() + self._encoder.label(image, job_name)
        except Failure as failure:
            raise Refused(failure) from failure

    def _print(self, data: bytes, stop: Stop) -> PrintReport:
        link, dialogue = self._ready_link(stop)
        payload = dialogue.wrap(data) if dialogue else data
        delivery = link.deliver(payload, self._config.patience, stop)
        if delivery.end is not End.TAKEN:
            if not delivery.sent:
                raise Refused(self._unreachable())
            return PrintReport(PrintOutcome.UNKNOWN, delivery.sent, self._why_broken(delivery, len(payload)))
        if dialogue:
            return Inquiry(self._config, self._connector, dialogue, delivery.sent).report(link, stop)
        if link.finish(self._pace.settle_s, stop) is End.TAKEN:
            return PrintReport(PrintOutcome.ACCEPTED, delivery.sent)
        lost = PrinterConnectionLost(self.name, delivery.taken, len(payload))
        return PrintReport(PrintOutcome.UNKNOWN, delivery.sent, lost)

    def _ready_link(self, stop: Stop) -> tuple[Link, Dialogue | None]:
        """A connection for a label, and how to get evidence of it. Raises Refused, NotConnected, Stopped."""
        link = self._open(stop)
        if self._dialogue is None or not self._known.asks_before_label():
            return link, None
        until = time.monotonic() + self._pace.busy_s
        try:
            while True:
                link, answer = self._prepared(link, self._dialogue, stop)
                failure = self._against_label(answer)
                self._was_busy = isinstance(failure, PrinterBusy)
                if failure is None:
                    break
                if not self._was_busy or time.monotonic() >= until:
                    raise Refused(failure)
                stop.sleep(self._pace.busy_look_s)
            if answer is not None and not self._stays_open(link, stop):
                link.close()
                link = self._open(stop)
        except (Refused, Stopped):
            link.close()
            raise
        return link, None if answer is None else self._dialogue

    def _prepared(self, link: Link, dialogue: Dialogue, stop: Stop) -> tuple[Link, Answer | None]:
        """What it says. A connection that broke over that says nothing about the printer: another one may do."""
        answer = None
        for _ in range(_CONNECTIONS_TO_ASK_OVER):
            try:
                answer = dialogue.prepare(link, self._pace.answer_s, stop)
                break
            except LinkLost:
                link.close()
                link = self._open(stop)
            except Stopped:
                link.close()
                raise
        self._known.asked(answered=answer is not None)
        return link, answer

    def _against_label(self, answer: Answer | None) -> Failure | None:
        """Why nothing is to be sent."""
        if answer is not None:
            return answer.failure(self.name, self._config.media)
        if self._known.answered:
            return PrinterSilent(self.name)
        if self._known.silence_counts:
            return LanguageUnanswered(self.name, self._config.language.value)
        return None

    def _stays_open(self, link: Link, stop: Stop) -> bool:
        """Whether the label may go over the connection of the answer; the first time is a little wait worth."""
        wait_s = CLOSES_WITHIN_S if self._known.keeps_open is None else 0.0
        try:
            link.ask(b"", lambda _: False, wait_s, stop)
        except LinkLost:
            self._known.keeps_open = False
        else:
            self._known.keeps_open = self._known.keeps_open is not False
        return self._known.keeps_open

    def _look(self, stop: Stop) -> PrinterStatus:
        began = time.monotonic()
        try:
            link = self._open(StopAt(stop, began + self._pace.look_connect_s))
        except NotConnected as none:
            return PrinterStatus(none.failure)
        except Stopped:
            stop.check()
            self._known.disconnected()
            return PrinterStatus(self._unreachable())
        try:
            if self._dialogue is None or not self._known.asks_at_look():
                return PrinterStatus()
            left_s = began + self._pace.look_s - time.monotonic()
            answer = self._dialogue.look(link, left_s, stop)
        except LinkLost:
            answer = None
        finally:
            link.close()
        self._known.asked(answered=answer is not None)
        return self._status(answer)

    def _status(self, answer: Answer | None) -> PrinterStatus:
        failure = self._against_label(answer)
        if answer is None:
            return PrinterStatus(failure)
        if isinstance(failure, PrinterBusy) and not self._was_busy:
            # With our own last label, as a rule; a label is refused before that is said of somebody else's.
            failure = None
        self._was_busy = isinstance(failure, PrinterBusy)
        return PrinterStatus(failure, answer.warning(self.name), told=True, said=answer.said)

    def _open(self, stop: Stop) -> Link:
        try:
            return self._connector.open(stop)
        except NotConnected:
            self._known.disconnected()
            raise

    def _turn(self, stop: Stop) -> "_Turn":
        return _Turn(self._in_use, stop)

    def _why_broken(self, delivery: Delivery, total: int) -> Failure:
        patience = self._config.patience
        match delivery.end:
            case End.STALLED:
                return PrinterStalled(self.name, delivery.taken, total, patience.stall_s)
            case End.OVERDUE:
                return PrinterStalled(self.name, delivery.taken, total, patience.total_s)
            case _:
                return PrinterConnectionLost(self.name, delivery.taken, total)

    def _unreachable(self) -> PrinterUnreachable:
        return PrinterUnreachable(self.name, str(self._config.address).removeprefix("tcp://"))


class _Turn:
    """Waits for another label, or for a look at the status, which end by themselves; looks at Stop."""

    def __init__(self, lock: threading.Lock, stop: Stop) -> None:
        self._lock, self._stop = lock, stop

    def __enter__(self) -> None:
        self._stop.check()
        while not self._lock.acquire(timeout=_LOOK_AT_STOP_S):
            self._stop.check()

    def __exit__(self, *_: object) -> None:
        self._lock.release()
