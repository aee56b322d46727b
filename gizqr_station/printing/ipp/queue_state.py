"""What a CUPS queue says of itself, and what of that keeps a label from being sent to it."""

from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.print_queue_failures import QueueRejects, QueueResends, QueueStopped
from gizqr_station.printing.ipp.messages import Attributes
from gizqr_station.printing.ipp.reasons import STOPPED, Told, told_by

ASKED = (
    "printer-name",
    "printer-info",
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "printer-make-and-model",
    "printer-error-policy",
    "printer-up-time",
    "queued-job-count",
    "job-hold-until-default",
    "device-uri",
)
_RAW = "Local Raw Printer"
_KEEPS_ORDER = "abort-job"
_AT_WORK = 4


@dataclass(frozen=True, slots=True)
class QueueState:
    """One queue as it stands."""

    queue: str
    told: Attributes

    @property
    def calls_itself_raw(self) -> bool:
        """By name: cupsd calls every queue so that has no driver. The lack of a PPD must say the same."""
        return self.make == _RAW

    @property
    def make(self) -> str:
        """Make and model, of the driver where there is one."""
        return self.told.text("printer-make-and-model")

    @property
    def at_work(self) -> bool:
        """Whether a job is being sent at this moment."""
        return self.told.number("printer-state") == _AT_WORK

    @property
    def jobs(self) -> int:
        """How many are not finished, held ones too."""
        return self.told.number("queued-job-count") or 0

    @property
    def sends_again(self) -> str:
        """The error policy, where it sends a label that broke off once more by itself; empty where it does not."""
        policy = self.told.text("printer-error-policy")
        return "" if policy == _KEEPS_ORDER else policy

    @property
    def message(self) -> str:
        """In the server's own words."""
        return self.told.text("printer-state-message")

    def closed(self) -> Failure | None:
        """Why no job would be sent on from here, or None."""
        reasons = self.told.texts("printer-state-reasons")
        if self.told.number("printer-state") == STOPPED:
            return QueueStopped(self.queue, self.message or ", ".join(reasons) or "stopped")
        if self.told.flag("printer-is-accepting-jobs") is False:
            return QueueRejects(self.queue)
        hold = self.told.text("job-hold-until-default")
        if hold not in {"", "no-hold"}:
            return QueueStopped(self.queue, f"job-hold-until {hold}")
        if "hold-new-jobs" in reasons:
            return QueueStopped(self.queue, "hold-new-jobs")
        # Seen on CUPS 2.4.2: retry-current-job began one label ten times in 0.6 s.
        return QueueResends(self.queue, self.sends_again) if self.sends_again else None

    def reported(self, printer: str) -> Told:
        """What is wrong with the printer behind it.

        CUPS hears that only while a job is sent, and keeps the last word until the next one: while it is idle, the
        reasons are news of yesterday, which must not keep the next label from finding out.
        """
        told = told_by(printer, self.told.texts("printer-state-reasons"))
        if self.at_work:
            return told
        return Told(None, told.failure or told.warning)

    @property
    def said(self) -> str:
        """For the log and the printers page."""
        states = {3: "idle", _AT_WORK: "processing", STOPPED: "stopped"}
        words = [
            states.get(self.told.number("printer-state") or 0, ""),
            *(reason for reason in self.told.texts("printer-state-reasons") if reason != "none"),
            self.message,
        ]
        return ", ".join(word for word in words if word)
