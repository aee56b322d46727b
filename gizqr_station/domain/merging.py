"""What is taken over from another ledger, and which devices two ledgers have labelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gizqr_station.domain.audit import SealedEntry
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.label import LabelImage


@dataclass(frozen=True, slots=True)
class MergedUpTo:
    """How far another ledger was merged."""

    sequence: int
    """Of its last entry that was taken over; 0 for none."""
    head: str
    """Seal of that entry; empty for none."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A label of another ledger as it stands there."""

    job: PrintJob
    image: LabelImage


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over."""

    labels: int = 0
    moves: int = 0
    """Of labels, besides their beginning."""
    contested: int = 0
    """Of the labels, how many claim a device that has one here."""

    def __add__(self, more: "Taken") -> "Taken":
        return Taken(self.labels + more.labels, self.moves + more.moves, self.contested + more.contested)


@dataclass(frozen=True, slots=True)
class MergePage:
    """Some entries of another ledger, in their order, with the labels that they are about."""

    origin: str
    behind: MergedUpTo
    """What the page follows."""
    entries: Sequence[SealedEntry]
    """At least one."""
    brought: Mapping[int, Brought]
    """By their numbers there."""


@dataclass(frozen=True, slots=True)
class Merged:
    """How a merge ended."""

    origin: str
    behind: int
    """The entry up to which it was merged before."""
    upto: int
    head: str
    taken: Taken


@dataclass(frozen=True, slots=True)
class Conflict:
    """A device that two ledgers have labelled."""

    labels: tuple[PrintJob, ...]
    """Its live labels: first the one that claims it here, then the contested ones, oldest first."""
