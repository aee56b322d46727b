"""A queue of CUPS, here or on another machine: what it has finished it has handed on, and more it does not know."""

import math
import time

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.print_queue_failures import (
    QueueIsRaw,
    QueueNotRaw,
    QueueRejects,
    QueueStopped,
    QueueUnknown,
    SpoolerSilent,
)
from gizqr_station.domain.printer import PrinterConfig, PrinterStatus
from gizqr_station.domain.printer_failures import PrintAborted, PrinterBusy, PrinterFault
from gizqr_station.domain.printer_setup_failures import CannotCalibrate, FormatRefused
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.ipp.client import CallFailed, CallRejected, CallStopped, Limits
from gizqr_station.printing.ipp.fitness import ASKED as ASKED_OF_THE_PAGE
from gizqr_station.printing.ipp.fitness import FORMATS, Size, about_the_page, page_size
from gizqr_station.printing.ipp.handing import CallRefused, Handing, NotSent, Unsure
from gizqr_station.printing.ipp.ipp_printer import STATUS_LIMITS, aborted_because, unknown_because
from gizqr_station.printing.ipp.job_watch import Ending, Why, cancelled, watch
from gizqr_station.printing.ipp.messages import Said, Tag
from gizqr_station.printing.ipp.queue_state import ASKED, QueueState
from gizqr_station.printing.ipp.server import path_of, server_of
from gizqr_station.printing.ipp.service import NOT_FOUND, IppService, Job, JobSeen, JobState, Refused
from gizqr_station.printing.languages.choice import encoder_for
from gizqr_station.printing.languages.placing import place
from gizqr_station.workflows.ports import PrintReport

RAW_FORMAT = "application/vnd.cups-raw"
_DOCUMENT_FORMAT_NOT_SUPPORTED = 0x040A
_NOT_ACCEPTING_JOBS = 0x0506
_BUSY = frozenset({0x0502, 0x0507, 0x050B})  # service-unavailable, busy, too-many-jobs
_LOOK_AGAIN_S = 0.05
# The socket backend says both when it has written every byte and only waits for the printer to hang up, up to 90 s.
# After an error it gives the same reason, but the error's words stay (2.4.2; requests are made in English).
_ALL_TAKEN, _ALL_TAKEN_WORDS = "cups-waiting-for-job-completed", "Waiting for printer to finish."
_SETTLE_S = 1.0
_AFTER_US_S = 5
"""How much longer than we wait CUPS itself lets a job be sent: it ends what a station that died has left."""


class CupsQueue:
    """A Printer. ACCEPTED is the best it can say: for CUPS a job is completed when the bytes are out of its hands.

    That holds for queues to IPP printers too: CUPS 2.4.2 was seen to call a job completed that the printer had told it
    was aborted.
    """

    def __init__(self, config: PrinterConfig) -> None:
        """For an address of the kind ``cups:``; nothing is asked yet."""
        self._config = config
        self._queue = config.address.path
        self._encoder = encoder_for(config)
        self._server = server_of(config.address)
        self._service = IppService(self._server, path_of(config.address))
        self._left_behind: tuple[Job, ...] = ()
        self._printing = False

    @property
    def name(self) -> str:
        """As shown to people."""
        return self._config.name

    @property
    def dpi(self) -> int:
        """Of the printer's head."""
        return self._config.dpi

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        """Ask, hand over, wait for the end. What breaks is in the report; only a bad job name raises ValueError."""
        page = None
        try:
            if self._config.language.is_document:
                placed = place(self._config, image, job_name)
                page = page_size(placed.page_width, placed.page_height, self.dpi)
            document = self._encoder.setup() + self._encoder.label(image, job_name)
        except Failure as unfit:
            return NotSent(unfit).report
        return self._printed(job_name, document, page, stop)

    def status(self, stop: Stop) -> PrinterStatus:
        """How the queue stands, within a second; of the printer CUPS tells only while it sends. Raises Stopped."""
        try:
            self._settle_left_behind(stop)
            state = self._state(STATUS_LIMITS, stop)
            # One that nobody watches, of a station that was started anew or of anybody, would print first.
            unwatched = bool(state.jobs) and not self._printing and self._has_waiting(STATUS_LIMITS, stop)
        except CallStopped as stopped:
            raise Stopped from stopped
        except (CallFailed, Refused) as trouble:
            return PrinterStatus(self._trouble(trouble))
        reported = state.reported(self.name)
        busy = PrinterBusy(self.name) if unwatched else None
        failure = self._unsuited(state) or state.closed() or reported.failure or busy
        return PrinterStatus(failure, reported.warning, said=state.said)

    def calibrate(self, stop: Stop) -> None:
        """Send the command to measure the media to a raw queue; raise CannotCalibrate or what kept it back."""
        command = None if self._config.language.is_document else self._encoder.calibration()
        if command is None:
            raise CannotCalibrate(self.name, self._config.language.value)
        report = self._printed("calibration", command, None, stop)
        stop.check()
        if report.failure is not None:
            raise report.failure

    def _printed(self, job_name: str, document: bytes, page: Size | None, stop: Stop) -> PrintReport:
        self._printing = True
        try:
            return self._handed_over(job_name, document, page, stop)
        finally:
            self._printing = False

    def _handed_over(self, job_name: str, document: bytes, page: Size | None, stop: Stop) -> PrintReport:
        try:
            self._settle_left_behind(stop)
            handing = self._prepared(job_name, document, page, stop)
            seen = handing.to(self._service, self._config.patience, stop)
        except CallRefused as refused:
            return NotSent(self._trouble(refused.trouble)).report
        except (CallFailed, Refused) as trouble:
            return NotSent(self._trouble(trouble)).report
        except (NotSent, Unsure) as ended:
            return ended.report
        waiting = _Waiting()
        ending = watch(
            self._service,
            seen,
            self._within_s,
            lambda now: self._is_hopeless(now, waiting, stop),
            stop,
            spooled=True,
        )
        if ending.may_live_on:
            self._left_behind = (*self._left_behind, seen.job)
        return self._report(ending, len(document))

    def _prepared(self, job_name: str, document: bytes, page: Size | None, stop: Stop) -> Handing:
        """Raise NotSent, CallFailed or Refused unless this queue will send exactly this, and nothing else, now."""
        state = self._free(stop)
        has_driver = self._service.has_driver(self._asking, stop)
        about = [Said("job-cancel-after", Tag.INTEGER, math.ceil(self._within_s) + _AFTER_US_S)]
        if page is None:
            if has_driver or not state.calls_itself_raw:
                raise NotSent(QueueNotRaw(self._queue, state.make))
            document_format = RAW_FORMAT
        else:
            document_format = FORMATS[self._config.language]
            if not has_driver or state.calls_itself_raw:
                raise NotSent(QueueIsRaw(self._queue, document_format))
            takes = state.told.texts("document-format-supported")
            if document_format not in takes:
                raise NotSent(FormatRefused(self.name, document_format, ", ".join(takes)))
            about += about_the_page(state.told, page)
        since = state.told.number("printer-up-time")
        return Handing(self.name, job_name, document_format, document, tuple(about), since, self._silent)

    def _unsuited(self, state: QueueState) -> Failure | None:
        """The wrong choice of language, as far as the queue's own name for its make tells; printing looks closer."""
        if self._config.language.is_document:
            return QueueIsRaw(self._queue, FORMATS[self._config.language]) if state.calls_itself_raw else None
        return None if state.calls_itself_raw else QueueNotRaw(self._queue, state.make)

    def _free(self, stop: Stop) -> QueueState:
        """The queue once it has nothing else to send; raise NotSent, CallFailed or Refused."""
        until = time.monotonic() + self._config.patience.connect_s
        while True:
            state = self._state(self._asking, stop)
            closed = state.closed()
            if closed is not None:
                raise NotSent(closed)
            if not self._has_unfinished(state, stop):
                return state
            if time.monotonic() >= until:
                raise NotSent(PrinterBusy(self.name))
            try:
                stop.sleep(_LOOK_AGAIN_S)
            except Stopped:
                raise NotSent(PrinterBusy(self.name)) from None

    def _has_unfinished(self, state: QueueState, stop: Stop) -> bool:
        """Whether a label would have to wait behind another job; one that is held lets it pass."""
        if not state.jobs:
            return state.at_work
        return state.at_work or self._has_waiting(self._asking, stop)

    def _has_waiting(self, limits: Limits, stop: Stop) -> bool:
        jobs = self._service.jobs("not-completed", limits, stop)
        return any(seen.state is not JobState.HELD for seen in jobs)

    def _is_hopeless(self, seen: JobSeen, waiting: "_Waiting", stop: Stop) -> bool:
        """Whether only a person could make this job go on: then it must not fire when that person does."""
        if seen.state is JobState.HELD:
            return True
        if seen.state is JobState.PENDING:
            try:
                waiting.closed = self._state(self._asking, stop).closed()
            except (CallFailed, Refused):
                return False
            return waiting.closed is not None and not isinstance(waiting.closed, QueueRejects)
        if not _is_all_taken(seen):
            return False
        waiting.all_taken_at = waiting.all_taken_at or time.monotonic()
        return time.monotonic() - waiting.all_taken_at > _SETTLE_S

    def _report(self, ending: Ending, sent: int) -> PrintReport:
        seen, before = ending.seen, ending.before
        if ending.why not in {Why.FORGOTTEN, Why.SENT_TWICE} and seen.state is JobState.COMPLETED:
            return PrintReport(PrintOutcome.ACCEPTED, sent)
        if ending.why in {Why.HOPELESS, Why.OVERDUE} and _is_all_taken(before) and not ending.may_live_on:
            # The printer has every byte and only keeps the line open, so the next label could not be sent for 90 s.
            return PrintReport(PrintOutcome.ACCEPTED, sent)
        if ending.never_began:
            return NotSent(self._why_not_begun(ending)).report
        return PrintReport(PrintOutcome.UNKNOWN, sent, unknown_because(self.name, ending, sent, self._silent))

    def _why_not_begun(self, ending: Ending) -> Failure:
        if ending.before.state is JobState.HELD:
            return QueueStopped(self._queue, ", ".join(sorted(ending.before.reasons)) or "held")
        if ending.why is Why.ENDED:
            return PrintAborted(self.name, aborted_because(ending.seen))
        try:
            return self._state(STATUS_LIMITS, Stop()).closed() or PrinterBusy(self.name)
        except (CallFailed, Refused) as trouble:
            return self._trouble(trouble)

    def _settle_left_behind(self, stop: Stop) -> None:
        """Cancel what was left when the server went away, so that it prints no label that nobody waits for."""
        self._left_behind = tuple(
            job for job in self._left_behind if not cancelled(self._service, job, STATUS_LIMITS, stop)
        )

    def _state(self, limits: Limits, stop: Stop) -> QueueState:
        return QueueState(self._queue, self._service.printer((*ASKED, *ASKED_OF_THE_PAGE), limits, stop))

    @property
    def _silent(self) -> Failure:
        return SpoolerSilent(self._server.shown)

    @property
    def _within_s(self) -> float:
        """For a job to be over: a driver needs time to work besides."""
        patience = self._config.patience
        return patience.total_s + (patience.confirm_s if self._config.language.is_document else 0)

    @property
    def _asking(self) -> Limits:
        connect_s = self._config.patience.connect_s
        return Limits(connect_s, connect_s, connect_s)

    def _trouble(self, trouble: CallFailed | Refused) -> Failure:
        """Why nothing was sent."""
        if isinstance(trouble, CallRejected):
            return PrinterFault(self.name, trouble.why)
        if isinstance(trouble, CallFailed):
            return self._silent
        if trouble.status == NOT_FOUND:
            return QueueUnknown(self._queue)
        if trouble.status == _NOT_ACCEPTING_JOBS:
            return QueueRejects(self._queue)
        if trouble.status == _DOCUMENT_FORMAT_NOT_SUPPORTED:
            return FormatRefused(self.name, self._config.language.value, trouble.said)
        return PrinterBusy(self.name) if trouble.status in _BUSY else PrinterFault(self.name, trouble.said)


class _Waiting:
    """What is remembered while one job is waited for."""

    def __init__(self) -> None:
        self.all_taken_at = 0.0
        self.closed: Failure | None = None


def _is_all_taken(seen: JobSeen) -> bool:
    return _ALL_TAKEN in seen.printer_reasons and seen.message == _ALL_TAKEN_WORDS
