"""Writes the evidence of a unit or an order: signs a fresh checkpoint, and proves against it what the record says."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from gizqr_station.assembly.checkpoints import checkpoints_for, signing_key
from gizqr_station.assembly.clock import SystemClock
from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.export_failures import FileExists
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.ledger_failures import NothingRecorded
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.trust.evidence import Shown, evidence
from gizqr_station.trust.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class EvidenceWritten:
    """What a file of evidence shows."""

    labels: int
    entries: int
    key_id: str
    """Of the key that signed it: whoever checks it asks the factory for this on another way."""


@dataclass(frozen=True, slots=True)
class EvidenceMaker:
    """Writes evidence of the records of one data folder."""

    folder: DataFolder
    settings: Settings
    ledger: SqlLedger

    def write(self, about: Mapping[str, str], path: Path, *, who: str, stop: Stop) -> EvidenceWritten:
        """Of all jobs whose drafts say this: ``identity`` or ``work_order``. The file appears whole or not at all.

        Raises NothingRecorded, FileExists, FileNotWritten, LedgerDamaged for an image that is not the one that was
        printed, and what signing a checkpoint raises.
        """
        if path.exists():
            raise FileExists(str(path))
        jobs = self.ledger.jobs_about(about)
        if not jobs:
            raise NothingRecorded(", ".join(about.values()))
        held = checkpoints_for(self.folder, self.settings, self.ledger).sign_whole(who=who, stop=stop)
        covered = held.checkpoint.count
        subjects = sorted({*about.values(), *(job.draft.label_serial for job in jobs)})
        entries = self.ledger.sealed_about([job.id for job in jobs], subjects, covered)
        images = {job.id: image for job in jobs if (image := self.ledger.image(job.id)) is not None}
        shown = Shown(about, entries, images, who, SystemClock().now())
        data = evidence(shown, held, self.ledger.seals(0, covered, stop), signing_key(self.folder))
        try:
            write_whole(path, data)
        except OSError as refused:
            raise FileNotWritten(str(path), refused.strerror or type(refused).__name__) from refused
        told = (("file", path.name), ("digest", hashlib.sha256(data).hexdigest()))
        self.ledger.act(Act(ActKind.EXPORT, ", ".join(about.values()), told), who=who)
        return EvidenceWritten(len(jobs), len(entries), held.checkpoint.key_id)


@dataclass(frozen=True, slots=True)
class EvidenceAtDesk:
    """The EvidenceWriter of ``workflows.record_ports``."""

    maker: EvidenceMaker

    def write(self, about: PrintJob | str, path: PurePath, who: str, stop: Stop) -> int:
        """Of the device of a label, or of the order with this number; into a new file. How many entries it holds."""
        named = {"work_order": about} if isinstance(about, str) else {"identity": about.identity.text}
        return self.maker.write(named, Path(path), who=who, stop=stop).entries
