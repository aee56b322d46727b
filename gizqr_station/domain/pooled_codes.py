"""Codes that were fetched ahead: where each came from, and how far a fetch has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange

LARGEST_CUT = 1_000
"""Identities in one task: what the facts advise, so that one lost zip costs little."""
INTERRUPTED = "interrupted"
"""Why a fetch is paused that the program's end left behind."""


@dataclass(frozen=True, slots=True)
class CodeZip:
    """A zip of codes as it came: from a task, by hand, or out of another station's pool."""

    product_key: str
    service: str
    """The base address of the service that issued them, without a slash at its end; by hand: the one of the settings.

    Codes of another deployment are of no use here.
    """
    source: CodeSource
    """SERVICE or SANDBOX."""
    task: str
    """``FIRST..LAST`` as asked for; empty by hand."""
    file: str
    """``/static/zipfiles/1474.zip``, or the name of a file that somebody got by mail."""
    digest: str
    """SHA-256 of the zip, 64 hexadecimal digits."""
    at: datetime
    """When it came, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class BadMember:
    """A picture of a zip that gives no code; the others of its zip are good."""

    name: str
    """``{identity}.png``, as it stands in the zip."""
    failure: Failure


@dataclass(frozen=True, slots=True)
class ZipCodes:
    """What a zip holds, every content decoded and of the vendor's anatomy; nothing of it is left out in silence."""

    zip: CodeZip
    contents: Mapping[Identity, str]
    bad: tuple[BadMember, ...] = ()


@dataclass(frozen=True, slots=True)
class PoolAdded:
    """What became of the codes of a zip in the pool."""

    new: int = 0
    same: int = 0
    """Were in it already, with the same content."""
    kept: tuple[Identity, ...] = ()
    """Had another code of the same service before, and keep it: a unit never has two codes.

    A sandbox's code is not kept: what a service issued takes its place, and is new.
    """
    refused: tuple[BadMember, ...] = ()
    """CodeNotUnique: their contents are other devices' codes, so they are not in the pool."""


class FetchState(Enum):
    """How a fetch stands."""

    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class CodeFetch:
    """A wish for the codes of some ranges, kept until it is done or cancelled."""

    number: int
    name: str
    """As people call it: the order's number, or the ranges."""
    product_key: str
    service: str
    ranges: tuple[IdentityRange, ...]
    state: FetchState
    began_at: datetime
    reason: str = ""
    """Why it is paused: a failure's code, or a word of the workflow."""

    @property
    def total(self) -> int:
        """Identities."""
        return sum(len(each) for each in self.ranges)


@dataclass(frozen=True, slots=True)
class AskedTask:
    """A task that was asked of the service and whose zip nobody has taken yet; it outlives the program."""

    product_key: str
    service: str
    task: str
    """``FIRST..LAST``."""
    known: frozenset[tuple[str, str, str]]
    """``created_at``, ``updated_at`` and ``file`` of the newest files that were there before."""
    accepted_at: datetime | None = None
    """When the service said that it has the task; None while that is not known."""
