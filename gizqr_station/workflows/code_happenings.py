"""What is told of codes that are fetched ahead, judged and proved."""

from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.app_reading import AppReading
from gizqr_station.domain.binding_proof import BindingProof, ProofStep
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.pooled_codes import CodeFetch, CodeZip, PoolAdded
from gizqr_station.workflows.list_ports import ListFile

GAPS_AT_MOST = 200
"""Gaps that are told one by one; a longer list helps nobody."""


@dataclass(frozen=True, slots=True)
class PoolSeen:
    """The pool as it stands, against the order."""

    service: str
    """Base address; empty where the product's codes are made here."""
    encrypted: bool
    """Whether the service is spoken to over https."""
    codes: int
    """Of this product and service."""
    order: str
    """The work order's number; empty for none."""
    wanted: int
    """Identities that the order names and that have no label yet; 0 without an order."""
    missing: int
    """Of those, how many have no code."""
    gaps: tuple[IdentityRange, ...]
    """The first GAPS_AT_MOST of them."""
    fetches: tuple[CodeFetch, ...]
    zips: tuple[tuple[CodeZip, int], ...]
    """The newest, with how many codes each brought."""
    registered: int | None = None
    """Devices of the product that may register; None where no limit is known."""
    left: int | None = None
    """Of those, how many may still be labelled."""
    elsewhere: frozenset[int] = frozenset()
    """Of ``fetches``, the numbers of those that another program may be running."""


@dataclass(frozen=True, slots=True)
class FetchSeen:
    """A fetch as it stands; told at every step of the one that runs."""

    fetch: CodeFetch
    done: int
    """Of ``fetch.total``, how many have a code (or a label, and need none)."""
    cut: str = ""
    """The task that is worked on."""
    waits_s: float = 0.0
    """The service asked for a pause that ends in so many seconds."""
    failure: Failure | None = None
    """Why it was paused just now, or what keeps it waiting."""


class CodesWork(Enum):
    """What the codes desk can be asked for."""

    LOOK = "look"
    FETCH = "fetch"
    IMPORT = "import"
    EXPORT = "export"
    JUDGE = "judge"
    PROVE = "prove"


@dataclass(frozen=True, slots=True)
class CodesProgress:
    """An import or export goes on, or what is missing is looked for before a fetch begins."""

    work: CodesWork
    file: str
    """Empty before a fetch."""
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CodesDone:
    """A piece of work ended: what came of it, or why nothing did."""

    work: CodesWork
    file: str = ""
    added: PoolAdded | None = None
    """Of an import."""
    written: int = 0
    """Codes, of an export."""
    failure: Failure | None = None
    """ZipIncomplete where an import took the good ones and left bad ones."""


@dataclass(frozen=True, slots=True)
class CodeJudged:
    """What the App would make of a code that was scanned, typed or loaded."""

    source: str
    """A file's name; empty for a scan."""
    reading: AppReading | None
    job: PrintJob | None = None
    """The newest label with this content, as the ledger has it."""
    in_pool_for: str = ""
    """The identity that the pool has it for, readable."""
    failure: Failure | None = None
    """Why there is none."""
    of_sandbox: bool = False
    """The pool has it from a sandbox: no App binds it, and its label carries TEST."""


@dataclass(frozen=True, slots=True)
class ProofGoesOn:
    """A proof has come to this step."""

    step: ProofStep


@dataclass(frozen=True, slots=True)
class ProofSeen:
    """A proof ended."""

    proof: BindingProof


@dataclass(frozen=True, slots=True)
class CodesFolderSeen:
    """The zips and pool files in a folder, and for judging its pictures, newest first."""

    folder: str
    files: tuple[ListFile, ...]
    failure: Failure | None = None
    """Why it cannot be looked into."""


CodeHappening = (
    PoolSeen | FetchSeen | CodesProgress | CodesDone | CodeJudged | ProofGoesOn | ProofSeen | CodesFolderSeen
)
