"""A queue of the Windows spooler, sent label languages raw.

Written with care from Microsoft's and pywin32's documentation; it has not been run on Windows yet.

The spooler takes bytes and passes them on. "Complete" and "printed" mean that the transfer is over, not that a label is
out (Microsoft, PrintJobStatus), so ACCEPTED is the best that is ever known. A job that is stuck is deleted: else it
would print when the fault is mended, on the bench of another device.

Not done: drivers of type 4 may want the data type "XPS_PASS" instead of "RAW". Use a driver of type 3, or "Generic /
Text Only".
"""

import time
from typing import Any

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.print_queue_failures import QueueStopped, QueueUnknown, SpoolerSilent
from gizqr_station.domain.printer import PrinterConfig, PrinterStatus
from gizqr_station.domain.printer_failures import (
    PrintAborted,
    PrinterBusy,
    PrinterOffline,
    PrinterUnreachable,
    PrintUnconfirmed,
)
from gizqr_station.domain.printer_setup_failures import CannotCalibrate, PrinterPortDenied
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.languages.choice import encoder_for
from gizqr_station.printing.win32_print import (
    ERROR_ACCESS_DENIED,
    ERROR_INVALID_PARAMETER,
    ERROR_INVALID_PRINTER_NAME,
    JOB_CONTROL_DELETE,
    JOB_FAULTS,
    QUEUE_FAULTS,
    WORK_OFFLINE,
    JobStatus,
    QueueStatus,
    Spooler,
    fault_in,
    windows_spooler,
    winerror,
    words,
)
from gizqr_station.workflows.ports import PrintReport

_LOOK_EVERY_S = 0.1
_JOBS_LOOKED_AT = 100
_RAW = "RAW"
_TRANSFERRED = JobStatus.PRINTED | JobStatus.COMPLETE
_GONE = JobStatus.DELETED | JobStatus.DELETING


class WindowsQueue:
    """A Printer. One job a label, and one job of ours in the queue at a time."""

    def __init__(self, config: PrinterConfig, spooler: Spooler | None = None) -> None:
        """Raises PrinterLibraryMissing anywhere but on Windows."""
        self._config = config
        self._queue = config.address.path
        self._encoder = encoder_for(config)
        self._spooler = spooler or windows_spooler(config.name)

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
            data = self._encoder.setup() + self._encoder.label(image, job_name)
        except Failure as failure:
            return PrintReport(PrintOutcome.REFUSED, 0, failure)
        return self._send(job_name, data, stop)

    def status(self, stop: Stop) -> PrinterStatus:
        """What the spooler says of the queue; many ports never find out that labels are out."""
        stop.check()
        try:
            handle = self._spooler.api.OpenPrinter(self._queue)
        except self._spooler.error as fault:
            return PrinterStatus(self._not_opened(fault))
        try:
            return PrinterStatus(self._why_not(handle))
        finally:
            self._close(handle)

    def calibrate(self, stop: Stop) -> None:
        """Send the language's own command; raises CannotCalibrate, or why it was not taken."""
        data = self._encoder.calibration()
        if data is None:
            raise CannotCalibrate(self._config.name, self._config.language.value)
        report = self._send("calibration", data, stop)
        if report.failure is not None:
            raise report.failure
        stop.check()

    def _send(self, job_name: str, data: bytes, stop: Stop) -> PrintReport:
        api, error = self._spooler.api, self._spooler.error
        try:
            handle = api.OpenPrinter(self._queue)
        except error as fault:
            return PrintReport(PrintOutcome.REFUSED, 0, self._not_opened(fault))
        try:
            failure = self._why_not(handle)
            if failure is None and stop.asked:
                failure = PrinterUnreachable(self._config.name, str(self._config.address))
            if failure is not None:
                return PrintReport(PrintOutcome.REFUSED, 0, failure)
            try:
                job = api.StartDocPrinter(handle, 1, (job_name, None, _RAW))
            except error as fault:
                return PrintReport(PrintOutcome.REFUSED, 0, self._silent(fault))
            return self._written(handle, job, data, stop)
        finally:
            self._close(handle)

    def _written(self, handle: Any, job: int, data: bytes, stop: Stop) -> PrintReport:  # noqa: ANN401
        """Write all of it, then watch the job until it has left the spooler."""
        api, sent = self._spooler.api, 0
        try:
            api.StartPagePrinter(handle)
            while sent < len(data):
                taken = api.WritePrinter(handle, data[sent:])
                if taken <= 0:
                    return self._aborted(handle, sent, PrintAborted(self._config.name, f"{sent}/{len(data)}"))
                sent += taken
            api.EndPagePrinter(handle)
            api.EndDocPrinter(handle)
        except self._spooler.error as fault:
            return self._aborted(handle, sent, self._silent(fault))
        failure = self._watched(handle, job, stop)
        return PrintReport(PrintOutcome.ACCEPTED if failure is None else PrintOutcome.UNKNOWN, sent, failure)

    def _aborted(self, handle: Any, sent: int, failure: Failure) -> PrintReport:  # noqa: ANN401
        """Throw away what was written. Queues may begin to print before a job is whole, so some may be out."""
        try:
            self._spooler.api.AbortPrinter(handle)
        except self._spooler.error:
            # Then the label may come out whole, later.
            return PrintReport(PrintOutcome.UNKNOWN, sent, failure)
        return PrintReport(PrintOutcome.UNKNOWN if sent else PrintOutcome.REFUSED, sent, failure)

    def _watched(self, handle: Any, job: int, stop: Stop) -> Failure | None:  # noqa: ANN401
        """None when all was transferred; else why nobody knows, and then the job is deleted."""
        ends = time.monotonic() + self._config.patience.confirm_s
        failure: Failure | None = None
        while failure is None:
            try:
                status = self._status_of(handle, job)
            except self._spooler.error as fault:
                return self._silent(fault)
            if status is None or (status & _TRANSFERRED and not status & _GONE):
                return None
            if status & _GONE:
                return PrintAborted(self._config.name, "deleted")
            failure = fault_in(status, JOB_FAULTS, self._config.name)
            if failure is None:
                failure = self._waited(handle, job, ends, stop)
        self._delete(handle, job)
        return failure

    def _waited(self, handle: Any, job: int, ends: float, stop: Stop) -> Failure | None:  # noqa: ANN401
        """Wait a moment; why to wait no longer, if so."""
        try:
            stop.sleep(_LOOK_EVERY_S)
        except Stopped:
            return PrintAborted(self._config.name, "stopped")
        if time.monotonic() < ends:
            return None
        # The queue may know what the job does not say.
        return self._why_not(handle, job) or PrintUnconfirmed(self._config.name, self._config.patience.confirm_s)

    def _status_of(self, handle: Any, job: int) -> int | None:  # noqa: ANN401
        """None for a job that the spooler has no more, which is how most end."""
        try:
            return int(self._spooler.api.GetJob(handle, job, 1)["Status"])
        except self._spooler.error as fault:
            if winerror(fault) == ERROR_INVALID_PARAMETER:
                return None
            raise

    def _delete(self, handle: Any, job: int) -> None:  # noqa: ANN401
        try:
            self._spooler.api.SetJob(handle, job, 0, None, JOB_CONTROL_DELETE)
        except self._spooler.error:
            # It is told as UNKNOWN in any case, so a person looks.
            return

    def _why_not(self, handle: Any, ours: int | None = None) -> Failure | None:  # noqa: ANN401
        """What keeps a label from being printed now, as far as the spooler knows; ``ours`` is the job that waits."""
        try:
            seen = self._spooler.api.GetPrinter(handle, 2)
            jobs = self._spooler.api.EnumJobs(handle, 0, _JOBS_LOOKED_AT, 1)
        except self._spooler.error as fault:
            return self._silent(fault)
        status = int(seen["Status"])
        failure = fault_in(status, QUEUE_FAULTS, self._config.name)
        if failure is not None:
            return failure
        if int(seen["Attributes"]) & WORK_OFFLINE:
            return PrinterOffline(self._config.name)
        if status & QueueStatus.PAUSED:
            return QueueStopped(self._queue, "paused")
        # What waits there already would come out first, and for whom nobody knows. Queues may keep what was printed.
        before = [job for job in jobs if job["JobId"] != ours and not int(job["Status"]) & (_TRANSFERRED | _GONE)]
        return PrinterBusy(self._config.name) if before else None

    def _not_opened(self, fault: Exception) -> Failure:
        if winerror(fault) == ERROR_INVALID_PRINTER_NAME:
            return QueueUnknown(self._queue)
        if winerror(fault) == ERROR_ACCESS_DENIED:
            return PrinterPortDenied(self._config.name, self._queue)
        return self._silent(fault)

    def _silent(self, fault: Exception) -> Failure:
        return SpoolerSilent(f"Windows ({words(fault)})")

    def _close(self, handle: Any) -> None:  # noqa: ANN401
        try:
            self._spooler.api.ClosePrinter(handle)
        except self._spooler.error:
            return
