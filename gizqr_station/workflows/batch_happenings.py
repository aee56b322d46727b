"""What is told of lists and batches."""

from dataclasses import dataclass

from gizqr_station.domain.batch import Batch
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_list import CheckedList
from gizqr_station.domain.worst_first import WorstFirst
from gizqr_station.workflows.list_ports import ListFile


@dataclass(frozen=True, slots=True)
class ListChecking:
    """A list is being looked through."""

    name: str
    done: int
    """Lines so far."""


@dataclass(frozen=True, slots=True)
class ListChecked:
    """A list was looked through, against ledger and order too; nothing has begun yet."""

    checked: CheckedList | None
    failure: Failure | None = None
    """Why there is none; with a list, QuotaReached where fewer of its devices may register than would get labels."""
    worst_first: WorstFirst | None = None
    """The same lines to look at, whenever there are any."""
    request: int = 0
    """The number that whoever handed the list over gave it."""


@dataclass(frozen=True, slots=True)
class BatchSeen:
    """A batch as it stands; told at every step of the one that runs."""

    batch: Batch
    failure: Failure | None = None
    """Why it was paused just now."""
    labels_a_minute: float = 0.0
    """Of this run; 0 while nobody can say."""


@dataclass(frozen=True, slots=True)
class BatchesSeen:
    """All batches, newest first."""

    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class BatchRefused:
    """What a person asked for was not done."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class ListFolderSeen:
    """The lists in a folder, newest first."""

    folder: str
    files: tuple[ListFile, ...]
    failure: Failure | None = None
    """Why it cannot be looked into."""


BatchHappening = ListFolderSeen | ListChecking | ListChecked | BatchSeen | BatchesSeen | BatchRefused
