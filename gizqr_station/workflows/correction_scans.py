"""A scan at QA's desk: what unit it is about, whether it verifies a label, whether it is an alarm."""

from dataclasses import dataclass

from gizqr_station.domain.correction_failures import NothingToSettle
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import MOVES, JobState, PrintJob
from gizqr_station.domain.ledger_failures import NothingRecorded
from gizqr_station.domain.line_failures import WrongLabel
from gizqr_station.domain.people import Permission
from gizqr_station.domain.scan_text import in_short
from gizqr_station.domain.scans import ScanKind, sort_scan
from gizqr_station.workflows.happenings import JobChanged, Tell
from gizqr_station.workflows.label_scan import label_scan, require_label, why_no_label
from gizqr_station.workflows.old_labels import live_label, old_label_alarm, perhaps_old, same_labels
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.record_happenings import OldLabelScanned
from gizqr_station.workflows.scan_back import carries_small_code, scan_back
from gizqr_station.workflows.serial_codes import CodeOnLabel

NAMED = "found: serial and content named"


@dataclass(frozen=True, slots=True)
class DeskScan:
    """What a scan was about."""

    job: PrintJob
    verified: bool = False
    """This scan made it VERIFIED."""
    alarm: OldLabelScanned | None = None
    """One that is certain was told at once. One that is not is the caller's to tell, behind what it shows of the unit:
    a unit that is shown for a scan says otherwise that all is well.
    """


class CorrectionScans:
    """For one thread at a time. ``tell`` hears JobChanged and OldLabelScanned.

    ``awaited`` is the replacement that has to be scanned back here now; while it is, any other label is a wrong one.
    """

    def __init__(self, bench: Bench, tell: Tell) -> None:
        self._bench = bench
        self._ledger = bench.ledger
        self._tell = tell
        self.awaited: PrintJob | None = None

    def scanned(self, text: str) -> DeskScan:
        """A label's large or small code, a serial, or a device.

        Raises why nothing is known of it; SmallCodeNext or LargeCodeNext where a label's other code has to be scanned
        too; of an awaited label all that a line would say.
        """
        if (awaited := self._still_awaited()) is not None:
            self._bench.duty.require(Permission.SETTLE, awaited.draft.label_serial)
            return self._verified(label_scan(self._bench, awaited, text, self._tell, any_open=False))
        scan = sort_scan(text, self._bench.scan_rules)
        if scan.what is ScanKind.DEVICE and scan.identity is not None:
            return DeskScan(self._of_device(scan.identity))
        require_label(scan)
        if scan.what is ScanKind.LABEL_SERIAL:
            return self._serial(scan.text)
        newest = self._ledger.with_content(scan.text)
        if newest is None:
            raise why_no_label(self._bench, scan)
        return self._content(newest)

    def found(self, label_serial: str, content: str) -> PrintJob:
        """Somebody names serial and content of a label that had to be found, as its two codes say them."""
        job = self._ledger.with_serial(label_serial)
        if job is None:
            raise NothingRecorded(in_short(label_serial))
        who = self._bench.duty.require(Permission.SETTLE, label_serial)
        if JobState.VERIFIED not in MOVES[job.state]:
            raise NothingToSettle(label_serial, job.state.value)
        if content != job.draft.content:
            other = self._ledger.with_content(content)
            said = in_short(self._bench.secrets.hidden(content)) if other is None else other.identity.readable
            self._ledger.note(job, who=who, evidence=f"wrong label named: {said}")
            raise WrongLabel(job.identity.readable, said)
        return self._verified(self._ledger.move(job, JobState.VERIFIED, who=who, evidence=NAMED)).job

    def _still_awaited(self) -> PrintJob | None:
        """As it stands now: somebody may have scanned it at a line, or said that none came out."""
        if self.awaited is not None:
            stands = self._ledger.job(self.awaited.id)
            self.awaited = stands if stands.open else None
        return self.awaited

    def _of_device(self, identity: Identity) -> PrintJob:
        of_device = self._ledger.labels_of(self._bench.product.key, identity)
        found = of_device or [job for job in self._ledger.find(identity.text) if job.identity == identity]
        if not found:
            raise NothingRecorded(identity.readable)
        return next((job for job in found if job.state is not JobState.FAILED), found[0])

    def _serial(self, label_serial: str) -> DeskScan:
        job = self._ledger.with_serial(label_serial)
        if job is None:
            raise NothingRecorded(in_short(label_serial))
        if job.state is JobState.VOIDED:
            return DeskScan(job, alarm=old_label_alarm(self._bench, job, live_label(self._bench, job), self._tell))
        if carries_small_code(self._bench, job):
            return self._found(job, CodeOnLabel.SMALL)
        return DeskScan(job)

    def _content(self, newest: PrintJob) -> DeskScan:
        same = same_labels(self._bench, newest)
        if same.voided is not None and same.certainly_voided:
            return DeskScan(same.voided, alarm=old_label_alarm(self._bench, same.voided, None, self._tell))
        job = same.live or newest
        if job.state is JobState.VERIFIED and same.voided is not None:
            return DeskScan(job, alarm=perhaps_old(same.voided, job))
        return self._found(job, CodeOnLabel.LARGE)

    def _found(self, job: PrintJob, code: CodeOnLabel) -> DeskScan:
        if JobState.VERIFIED not in MOVES[job.state]:
            return DeskScan(job)
        self._bench.duty.require(Permission.SETTLE, job.draft.label_serial)
        return self._verified(scan_back(self._bench, job, code))

    def _verified(self, job: PrintJob) -> DeskScan:
        self.awaited = None
        self._bench.codes_seen.forget(job.id)
        self._tell(JobChanged(job))
        return DeskScan(job, verified=True)
