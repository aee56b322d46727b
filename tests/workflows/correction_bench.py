"""QA's desk on a bench of fakes, with a label that was verified."""

from dataclasses import dataclass, field, replace

from gizqr_station.domain.correction_failures import LargeCodeNext, SmallCodeNext
from gizqr_station.domain.corrections import ReprintReason, ReprintRules
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.people import Credential
from gizqr_station.domain.printer_setup_failures import PrinterUnknown
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.corrections import CorrectionParts, Corrections, Reprinted
from gizqr_station.workflows.duty import Duty
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.ports import Printer
from gizqr_station.workflows.provision import provision
from tests.fake_bench import MAC, FakeBench, FakePrinter, reading_of
from tests.fake_duty import FakeDuty


@dataclass
class CorrectionBench:
    """The desk, and what it works with."""

    duty: FakeDuty = field(default_factory=FakeDuty)
    rules: ReprintRules = field(default_factory=ReprintRules)
    small_codes: bool = True
    printers: dict[str, FakePrinter] = field(default_factory=dict)
    closed_orders: set[str] = field(default_factory=set)
    signed_in: Duty | None = None
    """Instead of the fake one."""
    told: list[Happening] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fakes = FakeBench(duty=self.signed_in or self.duty, small_codes=self.small_codes)
        self.ledger, self.printer = self.fakes.ledger, self.fakes.printer
        self.printers.setdefault(self.printer.name, self.printer)
        self.bench = replace(self.fakes.bench(), rules=self.rules)
        self.desk = Corrections(
            CorrectionParts(self.bench, self.rules, self._printer, self.closed_orders.__contains__), self.told.append
        )

    def _printer(self, name: str) -> Printer:
        if name not in self.printers:
            raise PrinterUnknown(name, ", ".join(self.printers))
        return self.printers[name]

    def labelled(self, identity: Identity = MAC, state: JobState = JobState.VERIFIED) -> PrintJob:
        """A first label, as a line makes it."""
        job = provision(
            self.bench, reading_of(identity), Stop(), lambda _: None, still_there=lambda: None, scan_back_due=True
        ).job
        return job if state is job.state else self.ledger.move(job, state, who="Li Wei")

    def reprint(
        self,
        job: PrintJob,
        reason: ReprintReason = ReprintReason.DAMAGED,
        remark: str = "",
        second: Credential | None = None,
    ) -> Reprinted:
        return self.desk.reprint(job.id, reason, remark, second, Stop())

    def scan_both(self, job: PrintJob) -> PrintJob:
        """Scan the awaited label back."""
        return self.bench_scan(job.draft.content, job.draft.label_serial)

    def bench_scan(self, *texts: str) -> PrintJob:
        for text in texts[:-1]:
            try:
                self.desk.scanned(text)
            except (SmallCodeNext, LargeCodeNext):
                continue
        return self.desk.scanned(texts[-1]).job

    def replaced(self, job: PrintJob, second: Credential | None = None) -> PrintJob:
        """Its replacement, verified."""
        return self.scan_both(self.reprint(job, second=second).job)

    def stands(self, job: PrintJob) -> JobState:
        return self.ledger.job(job.id).state
