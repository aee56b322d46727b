"""A printer that speaks IPP itself: it says what is loaded, what is wrong, and when a label is out."""

import time

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.print_queue_failures import QueueIsRaw
from gizqr_station.domain.printer import PrinterConfig, PrinterStatus
from gizqr_station.domain.printer_failures import (
    LabelCountDiffers,
    LabelHeldBack,
    PrintAborted,
    PrinterBusy,
    PrinterConnectionLost,
    PrinterFault,
    PrinterSilent,
    PrinterUnreachable,
    PrintUnconfirmed,
)
from gizqr_station.domain.printer_setup_failures import CannotCalibrate, FormatRefused
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.ipp.client import CallFailed, CallSlow, CallStopped, Limits, NotReached
from gizqr_station.printing.ipp.fitness import ASKED, FORMATS, about_the_page, page_size, require_fit
from gizqr_station.printing.ipp.handing import CallRefused, Handing, NotSent, Unsure
from gizqr_station.printing.ipp.job_watch import Ending, Why, watch
from gizqr_station.printing.ipp.messages import Attributes
from gizqr_station.printing.ipp.reasons import STOPPED, told_by
from gizqr_station.printing.ipp.server import path_of, server_of
from gizqr_station.printing.ipp.service import IppService, JobSeen, JobState, Refused
from gizqr_station.printing.languages.choice import encoder_for
from gizqr_station.printing.languages.placing import job_number, place
from gizqr_station.workflows.ports import PrintReport

STATE = (
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "printer-make-and-model",
    "printer-up-time",
    "queued-job-count",
    "cups-version",
)
"""What is asked for a printer's state."""
STATUS_LIMITS = Limits(connect_s=0.8, stall_s=0.9, total_s=0.9)
_AT_WORK = 4
_LOOK_AGAIN_S = 0.05
_DOCUMENT_FORMAT_NOT_SUPPORTED = 0x040A
_BUSY = frozenset({0x0502, 0x0507, 0x050B})  # service-unavailable, busy, too-many-jobs
# RFC 8011, 5.3.8: what keeps "completed" from meaning that the label is out.
_NOT_OUT_YET = frozenset({"queued-in-device", "job-completed-with-errors", "aborted-by-system", "job-outgoing"})


class IppPrinter:
    """A Printer. CONFIRMED when it reports its job completed; a print server never gets further than ACCEPTED."""

    def __init__(self, config: PrinterConfig) -> None:
        """For an address of the kind ``ipp:`` and a document language; nothing is asked yet."""
        self._config = config
        self._encoder = encoder_for(config)
        self._server = server_of(config.address)
        self._service = IppService(self._server, path_of(config.address))
        self._printing, self._ours_until = False, 0.0
        self._looks_like_cups = config.address.path.startswith(("/printers/", "/classes/"))

    @property
    def name(self) -> str:
        """As shown to people."""
        return self._config.name

    @property
    def dpi(self) -> int:
        """Of its head."""
        return self._config.dpi

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        """Ask, hand over, wait for the end. What breaks is in the report; only a bad job name raises ValueError."""
        self._printing = True
        try:
            report = self._printed(job_name, image, stop)
        finally:
            self._printing = False
        if report.outcome in {PrintOutcome.CONFIRMED, PrintOutcome.ACCEPTED}:
            self._ours_until = time.monotonic() + self._config.patience.connect_s
        return report

    def _printed(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        try:
            document, told, handing = self._prepared(job_name, image, stop)
            seen = handing.to(self._service, self._config.patience, stop)
        except CallRefused as refused:
            return NotSent(self._trouble(refused.trouble)).report
        except (NotSent, Unsure) as ended:
            return ended.report
        served = self._is_print_server(told)
        ending = watch(self._service, seen, self._config.patience.confirm_s, lambda _: False, stop, spooled=served)
        return self._report(ending, len(document), told)

    def status(self, stop: Stop) -> PrinterStatus:
        """What it says of itself, within a second; raises Stopped."""
        try:
            told = self._service.printer(STATE, STATUS_LIMITS, stop)
        except CallStopped as stopped:
            raise Stopped from stopped
        except (CallFailed, Refused) as trouble:
            return PrinterStatus(self._trouble(trouble))
        verdict = told_by(
            self.name,
            told.texts("printer-state-reasons"),
            told.number("printer-state"),
            told.text("printer-state-message"),
        )
        failure = verdict.failure or self._not_accepting(told)
        # A job of before that nobody watches, of a station that was started anew or of anybody, would print first. A
        # printer whose count is wrong is of no more use with another rule here: print_label would never find it idle.
        # After a label of ours it may say for a moment that it is at work: print_label waits as long for that to end.
        if failure is None and _is_at_work(told) and not self._printing and time.monotonic() >= self._ours_until:
            failure = PrinterBusy(self.name)
        return PrinterStatus(failure, verdict.warning, told=not self._is_print_server(told), said=said_by(told))

    def calibrate(self, stop: Stop) -> None:  # noqa: ARG002 - nothing is asked
        """IPP has no word for it."""
        raise CannotCalibrate(self.name, self._config.language.value)

    def _prepared(self, job_name: str, image: LabelImage, stop: Stop) -> tuple[bytes, Attributes, Handing]:
        """The document and how it is to be printed, once everything is known to fit; raise NotSent or ValueError."""
        try:
            placed = place(self._config, image, job_name)
            document = self._encoder.setup() + self._encoder.label(image, job_name)
        except Failure as unfit:
            raise NotSent(unfit) from unfit
        told = self._idle(stop)
        page = page_size(placed.page_width, placed.page_height, self.dpi)
        try:
            served = self._is_print_server(told)
            require_fit(self._config, told, page, job_number(job_name), knows_its_media=not served)
            if served and not self._service.has_driver(self._asking(), stop):
                raise QueueIsRaw(self.name, FORMATS[self._config.language])
        except Failure as unfit:
            raise NotSent(unfit) from unfit
        except (CallFailed, Refused) as trouble:
            raise NotSent(self._trouble(trouble)) from trouble
        about = tuple(about_the_page(told, page))
        since = told.number("printer-up-time")
        handing = Handing(self.name, job_name, FORMATS[self._config.language], document, about, since, self._silent)
        return document, told, handing

    def _idle(self, stop: Stop) -> Attributes:
        """What it says as soon as it has nothing else to do; raise NotSent with what keeps it from printing."""
        until = time.monotonic() + self._config.patience.connect_s
        while True:
            try:
                told = self._service.printer((*STATE, *ASKED), self._asking(), stop)
            except (CallFailed, Refused) as trouble:
                raise NotSent(self._trouble(trouble)) from trouble
            state = told.number("printer-state")
            reasons, message = told.texts("printer-state-reasons"), told.text("printer-state-message")
            failure = told_by(self.name, reasons, state, message).failure or self._not_accepting(told)
            if failure is not None:
                raise NotSent(failure)
            if not _is_at_work(told):
                return told
            if time.monotonic() >= until:
                raise NotSent(PrinterBusy(self.name))
            try:
                stop.sleep(_LOOK_AGAIN_S)
            except Stopped:
                raise NotSent(PrinterBusy(self.name)) from None

    def _report(self, ending: Ending, sent: int, told: Attributes) -> PrintReport:
        seen = ending.seen
        if ending.why not in {Why.FORGOTTEN, Why.SENT_TWICE} and seen.state is JobState.COMPLETED:
            return self._completed(seen, sent, told)
        if ending.never_began:
            reasons = seen.printer_reasons
            failure = told_by(self.name, reasons).failure or PrintAborted(self.name, aborted_because(seen))
            return PrintReport(PrintOutcome.REFUSED, 0, failure)
        return PrintReport(PrintOutcome.UNKNOWN, sent, unknown_because(self.name, ending, sent, self._silent))

    def _completed(self, seen: JobSeen, sent: int, told: Attributes) -> PrintReport:
        """Evidence is the printer's own word that the job is done, unless its other words contradict it."""
        if seen.reasons & {"job-completed-with-errors", "aborted-by-system"}:
            return PrintReport(PrintOutcome.UNKNOWN, sent, PrintAborted(self.name, aborted_because(seen)))
        if seen.impressions is not None and seen.impressions > 1:
            return PrintReport(PrintOutcome.UNKNOWN, sent, LabelCountDiffers(self.name, seen.impressions))
        if self._is_print_server(told) or seen.reasons & _NOT_OUT_YET or seen.impressions == 0:
            return PrintReport(PrintOutcome.ACCEPTED, sent)
        return PrintReport(PrintOutcome.CONFIRMED, sent)

    def _is_print_server(self, told: Attributes) -> bool:
        return self._looks_like_cups or "cups-version" in told

    def _not_accepting(self, told: Attributes) -> Failure | None:
        if told.flag("printer-is-accepting-jobs") is False:
            return PrinterFault(self.name, "it takes no jobs")
        return None

    @property
    def _silent(self) -> Failure:
        return PrinterUnreachable(self.name, self._server.shown)

    def _asking(self) -> Limits:
        patience = self._config.patience
        return Limits(patience.connect_s, patience.connect_s, 2 * patience.connect_s)

    def _trouble(self, trouble: CallFailed | Refused) -> Failure:
        """Why nothing was sent."""
        if isinstance(trouble, NotReached | CallStopped):
            return self._silent
        if isinstance(trouble, CallSlow):
            return PrinterSilent(self.name)
        if isinstance(trouble, CallFailed):
            return PrinterFault(self.name, trouble.why)
        if trouble.status == _DOCUMENT_FORMAT_NOT_SUPPORTED:
            return FormatRefused(self.name, FORMATS[self._config.language], trouble.said)
        return PrinterBusy(self.name) if trouble.status in _BUSY else PrinterFault(self.name, trouble.said)


def unknown_because(printer: str, ending: Ending, sent: int, silent: Failure) -> Failure:
    """Why it is not known whether a label is out; ``silent`` is what it is called that nobody answers any more."""
    if not ending.may_live_on:
        return _what_broke(printer, ending, sent)
    # Nobody may say yet that no label came out.
    return LabelHeldBack(printer, _what_broke(printer, ending, sent) if ending.answers else silent)


def _what_broke(printer: str, ending: Ending, sent: int) -> Failure:
    if ending.why in {Why.ENDED, Why.HOPELESS}:
        return PrintAborted(printer, aborted_because(ending.before))
    if ending.why is Why.LOST:
        return PrinterConnectionLost(printer, sent, sent)
    if ending.why is Why.FORGOTTEN:
        return PrintAborted(printer, "the job is not known there any more")
    if ending.why is Why.SENT_TWICE:
        return PrintAborted(printer, "the print server broke off and sent the label anew")
    return PrintUnconfirmed(printer, round(ending.waited_s, 1))


def _is_at_work(told: Attributes) -> bool:
    return told.number("printer-state") == _AT_WORK or bool(told.number("queued-job-count"))


def aborted_because(seen: JobSeen) -> str:
    """The printer's own words for how a job ended."""
    state = seen.state.name.lower() if seen.state else "unknown"
    words = [seen.message, *sorted(seen.printer_reasons)]
    return ", ".join([state, *(word for word in words if word)])


def said_by(told: Attributes) -> str:
    """State and reasons in IPP's own words, for the log."""
    states = {3: "idle", _AT_WORK: "processing", STOPPED: "stopped"}
    words = [states.get(told.number("printer-state") or 0, ""), *told.texts("printer-state-reasons")]
    return " ".join([*(word for word in words if word), told.text("printer-state-message")]).strip()
