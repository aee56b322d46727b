"""Every part that the workflows need, as they see it. The rim folders provide them, ``assembly`` joins them.

Every method that can wait takes a Stop, has an end of its own, and raises a Failure or Stopped, nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gizqr_station.domain.codes import IssuedCode
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobDraft, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.domain.printer import FoundPrinter, PrinterConfig, PrinterStatus
from gizqr_station.domain.product import Product
from gizqr_station.domain.quota import Quota
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.batch_ports import BatchStore
from gizqr_station.workflows.correction_ports import CorrectionStore
from gizqr_station.workflows.queue_ports import JobQueue, SupplyCounter
from gizqr_station.workflows.quota_ports import DeviceCounter


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """Aware, in UTC."""
        ...


class Reader(Protocol):
    """Asks devices who they are."""

    def read(self, stop: Stop) -> DeviceReading:
        """Wait, without end, for the next device, then read it; raise what went wrong with that device."""
        ...

    def read_again(self, reading: DeviceReading, stop: Stop) -> None:
        """Just before printing: raise DeviceSwapped or DeviceUnplugged unless the same device is still there."""
        ...

    def wait_until_gone(self, stop: Stop) -> None:
        """Return when the device of the last read has left; at once when there is none."""
        ...

    def present(self) -> bool:
        """Whether something is plugged in at this moment, whoever it is. Quick, from any thread."""
        ...

    def health(self, stop: Stop) -> Failure | None:
        """None when a device could be read, else why not. Never disturbs a read that is under way."""
        ...


class CodeProvider(Protocol):
    """Knows or gets the code for an identity."""

    def code_for(self, product: Product, identity: Identity, stop: Stop) -> IssuedCode:
        """The one code; never another device's."""
        ...

    def rejected(self, product: Product, code: IssuedCode) -> bool:
        """Whether a proof showed that this code binds nothing or another device: it goes on no label again."""
        ...

    def reachable(self, stop: Stop) -> Failure | None:
        """None when codes can be had now, else why not. For the health tile: quick, and never a task."""
        ...


class Painter(Protocol):
    """Draws labels."""

    def paint(self, template: str, dpi: int, fields: LabelFields) -> LabelImage:
        """The dots; raises CodeDoesNotFit, TextDoesNotFit, TemplateUnknown."""
        ...


class ReadBack(Protocol):
    """Decodes drawn dots, with another library than drew them."""

    def require_content(self, image: LabelImage, content: str) -> None:
        """Raise ReadBackDiffers unless the dots hold exactly one QR code and it says exactly this."""
        ...


@dataclass(frozen=True, slots=True)
class PrintReport:
    """How handing one label to a printer ended."""

    outcome: PrintOutcome
    bytes_sent: int = 0
    failure: Failure | None = None
    """Why, for UNKNOWN and REFUSED."""


class Printer(Protocol):
    """One label printer."""

    @property
    def name(self) -> str:
        """As shown to people."""
        ...

    @property
    def dpi(self) -> int:
        """Of its head."""
        ...

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        """Hand over one label. Never raises: what broke is in the report."""
        ...

    def status(self, stop: Stop) -> PrinterStatus:
        """What it says of itself, or at least whether something takes bytes at its address. Never prints."""
        ...

    def calibrate(self, stop: Stop) -> None:
        """Let it measure its media, which feeds some labels; raise CannotCalibrate or what kept it from being asked."""
        ...


PrinterMaker = Callable[[PrinterConfig], Printer]
"""Joins language and connection; raises LanguageUnsuited, PrinterLibraryMissing."""


class PrinterFinder(Protocol):
    """Looks around for printers."""

    def find(self, found: Callable[[FoundPrinter], None], stop: Stop) -> None:
        """Report each printer as soon as it is seen; return when all has been looked through, within seconds."""
        ...


class PrinterShelf(Protocol):
    """Where the printers of the settings are kept."""

    def printers(self) -> tuple[PrinterConfig, ...]:
        """All that are set up, in the order of the settings."""
        ...

    def line_printer(self) -> str:
        """The name of the one that the line prints on."""
        ...

    def keep(self, printers: tuple[PrinterConfig, ...], line_printer: str) -> None:
        """Write them into the settings; nothing else in there changes."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the append-only record: a move of a job, or a note about it."""

    sequence: int
    job: int
    kind: str
    """``move`` or ``note``."""
    state: JobState
    """After this entry."""
    at: datetime
    who: str
    evidence: str
    """What is known, in plain words or codes: ``E-PRN-03``, ``scanned back``, ``no usable label``."""


class Ledger(JobQueue, SupplyCounter, BatchStore, DeviceCounter, CorrectionStore, Protocol):
    """What was done. Every call is durable when it returns, and a failure means that nothing was written.

    But for OutcomeInDoubt, of a ledger in a database that went away in the very moment of writing: then nobody knows.
    """

    def next_label_serial(self) -> str:
        """A label serial that was never given out before: ``L-000123``."""
        ...

    def label_serials(self, count: int) -> Sequence[str]:
        """So many at once, for a batch."""
        ...

    def require_unlabelled(self, product_key: str, identity: Identity) -> None:
        """Raise AlreadyLabelled if a live label exists; a quick look, ``open`` is what decides."""
        ...

    def live_among(self, product_key: str, identities: Iterable[Identity]) -> Mapping[Identity, PrintJob]:
        """The live label of each of these identities that has one; a few queries for lists of any length."""
        ...

    def open(
        self,
        draft: JobDraft,
        image: LabelImage,
        *,
        at_most: int | None = None,
        quota: Quota | None = None,
        remark: str = "",
    ) -> PrintJob:
        """Write the intent (INTENDED) and claim (product, identity); raise AlreadyLabelled if it is claimed.

        ``at_most``: OrderComplete where the draft's order would have more labels alive than this. ``quota``:
        QuotaReached where more devices of the product would have labels than may register. ``remark`` is noted of the
        job. All in one transaction, so that no number of slots at once can exceed an order or a quota.
        """
        ...

    def move(
        self, job: PrintJob, state: JobState, *, who: str, evidence: str = "", outcome: PrintOutcome | None = None
    ) -> PrintJob:
        """Write a legal move, and the outcome where there is one; ``state`` may be the job's own for an outcome."""
        ...

    def note(self, job: PrintJob, *, who: str, evidence: str) -> None:
        """Write something worth knowing that moves nothing, such as a wrong label that was scanned."""
        ...

    def settle_interrupted(self, who: str) -> Sequence[PrintJob]:
        """At start: INTENDED becomes FAILED, SENT that nobody answered for becomes UNKNOWN; those touched.

        What waits in the queue stays INTENDED and is held: it never fires by itself after an outage.
        """
        ...

    def open_jobs(self) -> Sequence[PrintJob]:
        """Jobs that somebody still has to scan or settle, oldest first."""
        ...

    def job(self, number: int) -> PrintJob:
        """One job as it stands; raises NothingRecorded."""
        ...

    def latest(self, product_key: str, identity: Identity) -> PrintJob | None:
        """The newest job of an identity."""
        ...

    def revision_for(self, product_key: str, identity: Identity) -> int:
        """How many labels of this identity were voided so far: the next label's revision."""
        ...

    def find(self, text: str, limit: int = 50) -> Sequence[PrintJob]:
        """Newest first: identity in any notation or any part of it, or label serial; empty text finds all."""
        ...

    def with_content(self, content: str) -> PrintJob | None:
        """The newest job whose label says exactly this."""
        ...

    def history(self, job: int) -> Sequence[Entry]:
        """Everything written about one job, in order."""
        ...

    def image(self, job: int) -> LabelImage | None:
        """The very dots that were sent."""
        ...

    def all_jobs(self) -> Iterator[PrintJob]:
        """Every job in order, a few at a time: for exports of any length."""
        ...

    def count(self, state: JobState, since: datetime | None = None) -> int:
        """How many jobs stand in a state, moved there since then."""
        ...

    def verify(self) -> Failure | None:
        """Check that file and record are whole."""
        ...
