"""The part of the ledger that takes over another one's labels, and tells which devices have two."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from sqlalchemy import Connection, func, insert, select, update

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.job import ENDED, JobState, PrintJob
from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.merge_failures import LedgerDiverged, MergedMeanwhile, NotContested, RivalUnsent
from gizqr_station.domain.merging import Brought, Conflict, MergedUpTo, MergePage, Taken
from gizqr_station.ledger.contests import contested_labels, devices_of, live_labels
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.journal import Journal, Known
from gizqr_station.ledger.merge_rows import merged_ledgers
from gizqr_station.ledger.merging import PageTaker
from gizqr_station.ledger.rows import DAMAGE, image_of, micros
from gizqr_station.ledger.tables import images, jobs, meta
from gizqr_station.workflows.ports import Clock

_AT_ONCE = 500
"""Labels that one question names; SQLite takes at least 999 values."""


class MergeTables:
    """The MergeStore and the ForeignRecord of ``workflows.merge_ports``; the ledger brings the rest."""

    _database: Database
    _clock: Clock
    _journal: Journal

    def merged_upto(self, origin: str) -> MergedUpTo:
        """How far another ledger was merged."""
        with self._database.reading() as connection:
            return _upto(connection, origin)

    def kind(self) -> Literal["demo", "production"]:
        """Which of the two this ledger is: nothing passes from one to the other."""
        with self._database.reading() as connection:
            found = connection.execute(select(meta.c.kind)).scalar()
        return "demo" if found == "demo" else "production"

    def merged_labels(self) -> int:
        """How many labels of this ledger came from others."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.count()).where(jobs.c.origin != "")).scalar_one())

    def brought(self, numbers: Iterable[int]) -> Mapping[int, Brought]:
        """These labels as they stand, with their images; raises LedgerDamaged."""
        wanted = sorted(numbers)
        found: dict[int, Brought] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            with self._database.reading() as connection:
                found.update(self._brought(connection, wanted[start : start + _AT_ONCE]))
        return found

    def take_over(self, page: MergePage, so_far: Taken, *, who: str, last: bool) -> Taken:
        """All of a page in one transaction, or nothing; what it was.

        ``last``: the act that tells of the merge is written with it. Raises LedgerDiverged, MergedMeanwhile.
        """
        at = self._clock.now()
        head = page.entries[-1]
        with self._database.writing() as connection:
            stands = _upto(connection, page.origin)
            if stands.sequence != page.behind.sequence:
                raise MergedMeanwhile(page.origin[:12])
            if stands.head != page.behind.head:
                raise LedgerDiverged(page.origin[:12], stands.sequence)
            taken = PageTaker(self._journal, connection, page, at).take()
            row = {"last_sequence": head.sequence, "head": head.seal, "merged_at": micros(at), "who": who}
            row["station"] = self._journal.station
            ours = update(merged_ledgers).where(merged_ledgers.c.origin == page.origin)
            if connection.execute(ours.values(row)).rowcount == 0:
                connection.execute(insert(merged_ledgers), {"origin": page.origin, **row})
            if last:
                self._tell_of_merge(connection, page, so_far + taken, Known(at, who))
            return taken

    def conflicts(self) -> Sequence[Conflict]:
        """Devices that two ledgers have labelled, in the order in which that was found."""
        with self._database.reading() as connection:
            devices = devices_of(self._journal.many(connection, contested_labels()))
            return [Conflict(tuple(self._journal.many(connection, live_labels(*device)))) for device in devices]

    def keep(self, number: int, *, who: str, reason: str) -> tuple[PrintJob, Sequence[PrintJob]]:
        """Void all other live labels of the label's device; it, and those. Raises NotContested, RivalUnsent."""
        known = Known(self._clock.now(), who, reason)
        with self._database.writing() as connection:
            kept = self._journal.must(connection, number)
            live = self._journal.many(connection, live_labels(kept.draft.product_key, kept.identity.text))
            others = [job for job in live if job.id != number]
            if kept.state in ENDED or not others:
                raise NotContested(kept.draft.label_serial)
            for job in others:
                if job.state is JobState.INTENDED:
                    raise RivalUnsent(job.draft.label_serial)
            voided = []
            for job in others:  # as it stands: the one before it may have made it the claim
                stands = self._journal.must(connection, job.id)
                voided.append(self._journal.move(connection, stands, JobState.VOIDED, known))
            serials = ", ".join(job.draft.label_serial for job in voided)
            facts = (("kept", kept.draft.label_serial), ("voided", serials), ("reason", reason))
            self._journal.act(connection, Act(ActKind.MERGE, kept.draft.label_serial, facts), known)
            return self._journal.must(connection, number), voided

    def _tell_of_merge(self, connection: Connection, page: MergePage, taken: Taken, known: Known) -> None:
        head = page.entries[-1]
        facts = (
            ("origin", page.origin),
            ("upto", str(head.sequence)),
            ("head", head.seal),
            ("labels", str(taken.labels)),
            ("moves", str(taken.moves)),
            ("contested", str(taken.contested)),
        )
        self._journal.act(connection, Act(ActKind.MERGE, page.origin, facts), known)

    def _brought(self, connection: Connection, numbers: Sequence[int]) -> Mapping[int, Brought]:
        rows = connection.execute(select(jobs).where(jobs.c.id.in_(numbers))).all()
        dots = {row.job: row for row in connection.execute(select(images).where(images.c.job.in_(numbers)))}
        found = {}
        for row in rows:
            try:
                image = dots[row.id]
                drawn = image_of(image.width, image.height, image.dpi, image.dots, row.image_digest)
            except (KeyError, *DAMAGE) as broken:
                raise LedgerDamaged(self._database.path, f"image of job {row.id}: {broken}") from broken
            found[row.id] = Brought(self._journal.job(row), drawn)
        return found


def _upto(connection: Connection, origin: str) -> MergedUpTo:
    row = connection.execute(select(merged_ledgers).where(merged_ledgers.c.origin == origin)).first()
    return MergedUpTo(0, "") if row is None else MergedUpTo(row.last_sequence, row.head)
