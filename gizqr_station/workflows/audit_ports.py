"""The sealed record and what stands in a second place for it, as the workflows need them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from gizqr_station.domain.audit import Act, AuditFault, AuditVerdict, Checkpoint, SealedEntry
from gizqr_station.domain.stop import Stop


class AuditTrail(Protocol):
    """Entries of the record that are about no single job, and the seals of them all."""

    def act(self, act: Act, *, who: str) -> SealedEntry:
        """Write one entry, durable when it returns."""
        ...

    def entries(self, after: int, limit: int) -> Sequence[SealedEntry]:
        """The next of them in their order, of every kind."""
        ...

    def acts_about(self, subject: str, limit: int = 50) -> Sequence[SealedEntry]:
        """Newest first."""
        ...

    def last_entry(self) -> int:
        """Sequence of the newest; 0 for none."""
        ...


class SealLine(NamedTuple):
    """A line of the record as far as its seal goes."""

    sequence: int
    seal: str
    """As it stands there."""
    due: str
    """The seal that the line ought to have behind the seal before it; empty for a line that nothing can be made of."""
    opened: int | None = None
    """The job that it opened, whose draft its seal holds too."""
    agrees: bool = True
    """Whether that job has the moment and the person of the line, so that the line itself seems untouched."""


class SealedRecord(AuditTrail, Protocol):
    """The record as those see it who check it and sign it."""

    def ledger_id(self) -> str:
        """What tells this ledger from every other."""
        ...

    def seal_at(self, sequence: int) -> str:
        """The seal of one entry as it stands there; empty where there is none."""
        ...

    def seals(self, after: int, last: int, stop: Stop) -> Iterator[str]:
        """As they stand there, of the entries behind ``after`` up to ``last``; a page and a transaction at a time."""
        ...

    def seal_lines(self, last: int, stop: Stop) -> Iterator[SealLine]:
        """Each line with the seal that it ought to have, from the first up to ``last``."""
        ...

    def job_fault(self, stop: Stop) -> AuditFault | None:
        """The first job whose state or image is not what the record says."""
        ...


class Checkpoints(Protocol):
    """Signs what the record says now, and keeps that in a second place."""

    def sign(self, *, who: str, stop: Stop) -> Checkpoint:
        """A checkpoint over all entries so far, written to the second place and told in the record."""
        ...

    def verify(self, stop: Stop) -> AuditVerdict:
        """Check every entry, and the record against every checkpoint of the second place."""
        ...
