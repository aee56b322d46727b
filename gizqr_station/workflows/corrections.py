"""QA puts right what is on devices: a label is replaced, taken back or settled, and each time it is said why."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from gizqr_station.domain.correction_failures import (
    NothingToSettle,
    NotVoidable,
    ReplacedButNotPrinted,
    SecondPersonDue,
)
from gizqr_station.domain.corrections import ReprintReason, ReprintRules, ReprintStanding, reason_text
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import MOVES, JobState, PrintJob
from gizqr_station.domain.ledger_failures import IllegalMove
from gizqr_station.domain.people import Credential, Permission
from gizqr_station.domain.people_failures import SelfApproval
from gizqr_station.domain.printer_setup_failures import PrinterUnknown
from gizqr_station.domain.shared_ledger_failures import OutcomeInDoubt
from gizqr_station.domain.sign_in import name_key
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.correction_scans import CorrectionScans, DeskScan
from gizqr_station.workflows.hand_over import HandedOver, hand_over, require_supplies
from gizqr_station.workflows.happenings import JobChanged, LabelDrawn, Tell
from gizqr_station.workflows.ports import Printer
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.record_happenings import LabelAwaited
from gizqr_station.workflows.replacement import drawn_replacement, remark_of, replaceable, require_order_open
from gizqr_station.workflows.reprint_rules import standing_of
from gizqr_station.workflows.waits import NO_LABEL_CAME_OUT

log = logging.getLogger(__name__)

NEVER_SENT = "never sent"
NEVER_SENT_WHILE_AWAY = "never sent: the ledger was away"
PERHAPS_SENT = "the ledger failed while it was marked as sent"


@dataclass(frozen=True, slots=True)
class CorrectionParts:
    """What corrections are made with."""

    bench: Bench
    rules: ReprintRules
    printer_named: Callable[[str], Printer]
    """One that is set up here; raises PrinterUnknown."""
    order_closed: Callable[[str], bool]
    """Whether a work order, by its number, was closed with its counts."""


@dataclass(frozen=True, slots=True)
class Reprinted:
    """A label that took the place of another, as it stands behind the printer."""

    job: PrintJob
    """SENT or PRINTED; UNKNOWN where ``failure`` says why."""
    replaced: PrintJob
    failure: Failure | None
    small_code: bool
    """Both of its codes have to be scanned."""


class Corrections:
    """Blocking, for one thread at a time; each raises the Failure that kept anything from being changed.

    ``tell`` hears JobChanged, LabelDrawn, LabelAwaited and OldLabelScanned.
    """

    def __init__(self, parts: CorrectionParts, tell: Tell) -> None:
        self._parts = parts
        self._bench = parts.bench
        self._ledger = parts.bench.ledger
        self._tell = tell
        self._scans = CorrectionScans(parts.bench, tell)
        self._unsent: list[PrintJob] = []
        self._doubtful: list[str] = []
        """Serials of replacements of which nobody knew whether they were opened."""

    @property
    def awaited(self) -> PrintJob | None:
        """The replacement that has to be scanned back here."""
        return self._scans.awaited

    def give_up_waiting(self) -> None:
        """It is not scanned here now, and stays open."""
        self._scans.awaited = None

    def with_serial(self, label_serial: str) -> PrintJob | None:
        """The label that has exactly this serial."""
        return self._ledger.with_serial(label_serial)

    def scanned(self, text: str) -> DeskScan:
        """What a scan at the desk is about; see ``CorrectionScans.scanned``."""
        return self._scans.scanned(text)

    def found(self, label_serial: str, content: str) -> PrintJob:
        """A label that had to be found, named by what both of its codes say; see ``CorrectionScans.found``."""
        return self._scans.found(label_serial, content)

    def standing(self, job: PrintJob) -> ReprintStanding:
        """How often the device's label was replaced, and whether the next time needs somebody else's word."""
        of_device = self._ledger.labels_of(job.draft.product_key, job.identity)
        return standing_of(of_device, self._parts.rules)

    def reprint(
        self,
        number: int,
        reason: ReprintReason,
        remark: str,
        second: Credential | None,
        stop: Stop,
        *,
        printer: str = "",
    ) -> Reprinted:
        """Void a label and print one that says the same in its place, on the same printer unless another is named.

        Also of an order that was closed: a device comes back weeks later, and its unit keeps its place there.

        All that can refuse is asked before anything is written; then the old one is voided and the new one opened in
        one transaction, and only then a byte goes out. ReplacedButNotPrinted where the printer takes nothing all the
        same: the device has no valid label then, and the same request prints one. OutcomeInDoubt while nobody knows
        whether that was written: nothing was sent, and the next request finds it out first.
        """
        asked = self._ledger.job(number)
        who = self._bench.duty.require(Permission.REPRINT, asked.draft.label_serial)
        remark = remark_of(self._bench, reason, remark)
        self._fail_doubtful(who)
        self._fail_unsent(who)
        old = replaceable(self._bench, asked)
        standing = self.standing(old)
        if standing.needs_second and second is None:
            raise SecondPersonDue(old.draft.label_serial, standing.made, standing.limit)
        bench = self._at_printer(old, printer)
        require_supplies(self._ledger, bench.printer)
        if (failure := bench.printer.status(stop).failure) is not None:
            raise failure
        draft, image = drawn_replacement(bench, old, reason_text(reason, remark), who)
        self._tell(LabelDrawn(image))
        draft = replace(draft, allowed_by=self._allowed_by(second, old, who))
        stop.check()
        at_most = self._bench.allowance.quantity if draft.work_order == self._bench.allowance.order else None
        try:
            voided, new = self._ledger.replace(old, draft, image, who=who, evidence=draft.reason, at_most=at_most)
        except OutcomeInDoubt:
            self._doubtful.append(draft.label_serial)
            raise
        self._tell(JobChanged(voided))
        self._tell(JobChanged(new))
        made = hand_over(self._ledger, bench.printer, new, image, who=who, stop=stop, tell=self._tell)
        return self._handed_over(made, voided, who)

    def void(self, number: int, reason: ReprintReason, remark: str = "") -> PrintJob:
        """Take a label back without another: whatever is on the device must be destroyed.

        Raises OrderIsClosed where its order was closed with it, NotVoidable for one that is not out there.
        """
        job = self._ledger.job(number)
        who = self._bench.duty.require(Permission.VOID, job.draft.label_serial)
        remark = remark_of(self._bench, reason, remark)
        self._fail_doubtful(who)
        job = self._ledger.job(number)
        if JobState.VOIDED not in MOVES[job.state]:
            raise NotVoidable(job.draft.label_serial, job.state.value)
        require_order_open(self._parts.order_closed, job)
        return self._moved(job, JobState.VOIDED, who, reason_text(reason, remark))

    def no_usable_label(self, number: int) -> PrintJob:
        """Nobody has a label of this job, of which nobody knew whether it came out."""
        job = self._ledger.job(number)
        who = self._bench.duty.require(Permission.SETTLE, job.draft.label_serial)
        self._fail_doubtful(who)
        if not job.open:
            raise NothingToSettle(job.draft.label_serial, job.state.value)
        return self._moved(job, JobState.VOIDED, who, NO_LABEL_CAME_OUT)

    def _moved(self, job: PrintJob, state: JobState, who: str, evidence: str) -> PrintJob:
        moved = self._ledger.move(job, state, who=who, evidence=evidence)
        self._bench.codes_seen.forget(job.id)
        self._tell(JobChanged(moved))
        return moved

    def _allowed_by(self, second: Credential | None, old: PrintJob, who: str) -> str:
        """Whoever showed their own badge or PIN for it; asked even where the rules would not."""
        if second is None:
            return ""
        name = self._bench.duty.second(second, Permission.APPROVE_REPRINT, old.draft.label_serial)
        if name_key(name) == name_key(who):
            raise SelfApproval(name)
        return name

    def _at_printer(self, old: PrintJob, wanted: str) -> Bench:
        """The bench with the printer that the label goes to: that of the old one, if it is set up here."""
        if wanted:
            return replace(self._bench, printer=self._parts.printer_named(wanted))
        try:
            return replace(self._bench, printer=self._parts.printer_named(old.draft.printer))
        except PrinterUnknown:
            log.info("%s is not set up here: the line's printer takes the label", old.draft.printer)
            return replace(self._bench, printer=self._parts.printer_named(self._bench.printer.name))

    def _handed_over(self, made: HandedOver, voided: PrintJob, who: str) -> Reprinted:
        job = made.job
        if made.failure is not None and job.state in {JobState.INTENDED, JobState.FAILED}:
            if job.state is JobState.INTENDED:
                self._unsent.append(job)
                self._fail_unsent(who, raising=False)
            raise ReplacedButNotPrinted(
                voided.draft.label_serial, job.draft.printer, made.failure.code
            ) from made.failure
        self._scans.awaited = job
        small_code = bool(self._bench.serial_codes.said_by(made.image))
        self._tell(LabelAwaited(job, voided, serial_too=small_code))
        return Reprinted(job, voided, made.failure, small_code)

    def _fail_doubtful(self, who: str) -> None:
        """Nothing of a replacement was sent whose COMMIT nobody answered: where it was opened it is FAILED now.

        Before anything else is asked, for such a one holds its device. Raises while the ledger is still away.
        """
        while self._doubtful:
            job = self._ledger.with_serial(self._doubtful[-1])
            if job is not None and job.state is JobState.INTENDED:
                failed = self._ledger.move(job, JobState.FAILED, who=who, evidence=NEVER_SENT_WHILE_AWAY)
                self._tell(JobChanged(failed))
            self._doubtful.pop()

    def _fail_unsent(self, who: str, *, raising: bool = True) -> None:
        """Labels that the ledger could not even mark as SENT hold their devices until they are marked FAILED."""
        while self._unsent:
            job = self._unsent[-1]
            try:
                self._tell(JobChanged(self._ledger.move(job, JobState.FAILED, who=who, evidence=NEVER_SENT)))
            except IllegalMove:
                # SENT was written after all, though the ledger reported a fault: a person decides.
                stands = self._ledger.job(job.id)
                if stands.state is JobState.SENT:
                    self._tell(JobChanged(self._ledger.move(stands, JobState.UNKNOWN, who=who, evidence=PERHAPS_SENT)))
            except Failure as unwritten:
                if raising:
                    raise
                log.warning("%s stays intended for now: %s", job.draft.label_serial, unwritten)
                return
            self._unsent.pop()
