"""Hands one document over and finds out what became of it when the answer is lost."""

from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer import Patience
from gizqr_station.domain.printer_failures import LabelHeldBack, PrintAborted, PrinterFault
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.ipp.client import CallFailed, CallGarbled, CallRejected, CallStopped, Limits
from gizqr_station.printing.ipp.job_watch import find_job
from gizqr_station.printing.ipp.messages import Said
from gizqr_station.printing.ipp.service import IppService, JobSeen, Refused
from gizqr_station.workflows.ports import PrintReport

# RFC 8011, appendix B: refusals that may come when part of the document was printed already. Every other status of
# 0x04.. and 0x05.. is given before anything is done.
_MAY_HAVE_PRINTED = frozenset(
    {
        0x0405,  # client-error-timeout
        0x040F,  # client-error-compression-error
        0x0410,  # client-error-document-format-error
        0x041A,  # client-error-document-unprintable-error
        0x0500,  # server-error-internal-error
        0x0504,  # server-error-device-error
        0x0505,  # server-error-temporary-error
        0x0508,  # server-error-job-canceled
    }
)
_LOOKING = Limits(connect_s=1.0, stall_s=2.0, total_s=2.0)
_LOOKING_WHEN_STOPPED = Limits(0.3, 0.3, 0.3)


class NotSent(Exception):
    """Nothing was sent, or all of it was refused."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure

    @property
    def report(self) -> PrintReport:
        """As printers tell it."""
        return PrintReport(PrintOutcome.REFUSED, 0, self.failure)


class Unsure(Exception):
    """Something went out, and no job was found that would tell more."""

    def __init__(self, failure: Failure, sent: int) -> None:
        super().__init__(str(failure))
        self.failure, self.sent = failure, sent

    @property
    def report(self) -> PrintReport:
        """As printers tell it."""
        return PrintReport(PrintOutcome.UNKNOWN, self.sent, self.failure)


class CallRefused(Exception):
    """Nothing was done; ``trouble`` says why, and each kind of printer has its own words for it."""

    def __init__(self, trouble: CallFailed | Refused) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Handing:
    """One label on its way to one printer or queue."""

    printer: str
    job_name: str
    document_format: str
    document: bytes
    about: tuple[Said, ...]
    since: int | None
    """``printer-up-time`` before anything was sent: no job that is ours is older."""
    silent: Failure
    """What it is called that the printer or server does not answer any more."""

    def to(self, service: IppService, patience: Patience, stop: Stop) -> JobSeen:
        """The job it has become; raise CallRefused or Unsure."""
        # A printer without a memory answers when it has printed, so the answer may take as long as the printing.
        answer_s = max(patience.stall_s, patience.confirm_s)
        limits = Limits(patience.connect_s, answer_s, patience.connect_s + patience.total_s + answer_s)
        try:
            return service.print_job(self.job_name, self.document_format, self.document, self.about, limits, stop)
        except Refused as refused:
            if 0x0400 <= refused.status < 0x0600 and refused.status not in _MAY_HAVE_PRINTED:
                raise CallRefused(refused) from refused
            return self._found(service, PrintAborted(self.printer, refused.said), len(self.document), stop)
        except CallRejected as rejected:
            raise CallRefused(rejected) from rejected
        except CallFailed as failed:
            if not failed.handed:
                raise CallRefused(failed) from failed
            sent = min(failed.handed, len(self.document))
            # It may have the whole label, and print it when nobody waits for it any more.
            cause = PrinterFault(self.printer, failed.why) if isinstance(failed, CallGarbled) else self.silent
            failure = LabelHeldBack(self.printer, cause)
            stopped = isinstance(failed, CallStopped)
            return self._found(service, failure, sent, Stop() if stopped else stop, stopped=stopped)

    def _found(self, service: IppService, failure: Failure, sent: int, stop: Stop, *, stopped: bool = False) -> JobSeen:
        try:
            found = find_job(service, self.job_name, self.since, _LOOKING_WHEN_STOPPED if stopped else _LOOKING, stop)
        except Refused as unknown:
            raise Unsure(failure, sent) from unknown
        except CallFailed as away:
            raise Unsure(LabelHeldBack(self.printer, self.silent), sent) from away
        if found is None:
            raise Unsure(failure, sent)
        return found
