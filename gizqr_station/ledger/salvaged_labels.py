"""The part of the ledger that takes in labels of a damaged one: they were printed, whatever order or roll is in now."""

from collections.abc import Sequence

from sqlalchemy import Connection

from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.label import LabelImage
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.journal import Journal, Known
from gizqr_station.workflows.ports import Clock


class SalvagedLabels:
    """For a restore alone; the ledger that it is a part of brings database, clock and journal."""

    _database: Database
    _clock: Clock
    _journal: Journal

    def take_in(
        self, job: PrintJob, image: LabelImage, steps: Sequence[JobState], *, who: str, remark: str
    ) -> PrintJob:
        """Open a label as another file of this ledger tells of it, and move it on; one transaction, no order is asked.

        Raises AlreadyLabelled, ValueError for a serial that another label has.
        """
        with self._database.writing() as connection:
            taken = self._journal.open(connection, job.draft, image, self._clock.now(), remark)
            return self._along(connection, taken, job, steps, who, remark)

    def take_further(
        self, job: PrintJob, further: PrintJob, steps: Sequence[JobState], *, who: str, remark: str
    ) -> PrintJob:
        """Move a label on to where the other file has it."""
        with self._database.writing() as connection:
            return self._along(connection, job, further, steps, who, remark)

    def _along(
        self, connection: Connection, job: PrintJob, told: PrintJob, steps: Sequence[JobState], who: str, remark: str
    ) -> PrintJob:
        for step in steps:
            outcome = told.outcome if step is steps[-1] else None
            known = Known(self._clock.now(), who, remark, outcome)
            job = self._journal.move(connection, job, step, known, counted=False)
        return job
