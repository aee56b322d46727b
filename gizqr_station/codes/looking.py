"""What one search for a zip knows on its way, and what each failure means to it."""

from dataclasses import dataclass, field

from gizqr_station.codes.task_list import NOTHING_KNOWN, Known
from gizqr_station.domain.code_failures import (
    AnswerBroken,
    AnswerTooLarge,
    AnswerTooSlow,
    CertificateRefused,
    CodeMalformed,
    ConnectionCut,
    KeyRefused,
    NameUnknown,
    PictureUnreadable,
    ProductUnknown,
    ProxyRefused,
    RequestRefused,
    ServiceFault,
    ServiceSlow,
    ServiceUnreachable,
    TaskNotReady,
    ZipRefused,
)
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pool_failures import DecryptDiffers
from gizqr_station.domain.stop import Stop
from gizqr_station.qrcode_api import TaskFile

LOST = (AnswerBroken, AnswerTooSlow, ConnectionCut, ServiceSlow)
"""After a POST they leave open whether the service took the task."""
NOT_ASKED = (CertificateRefused, NameUnknown, ProxyRefused, ServiceUnreachable)
"""The request never left."""
REFUSED = (KeyRefused, ProductUnknown, RequestRefused)
"""The service understood the request and did not do it."""
PASSING = (*LOST, NameUnknown, ProxyRefused, ServiceFault, ServiceUnreachable)
"""The same request may be answered a little later."""
OF_A_ZIP = (AnswerTooLarge, CodeMalformed, DecryptDiffers, PictureUnreadable, ZipRefused)
"""A task's result was looked at; any other failure says nothing about a task that was accepted."""


@dataclass(frozen=True, slots=True)
class FoundZip:
    """The zip of a task that holds exactly the identities asked for."""

    file: str
    """As the list names it."""
    data: bytes
    sandbox: bool


@dataclass(slots=True)
class Search:
    """One search for the zip of a range."""

    product_key: str
    cut: IdentityRange
    stop: Stop
    ends: float
    """On the clock of the search."""
    names: frozenset[str] = frozenset()
    """The identities of the cut."""
    known: frozenset[tuple[str, str, str]] = frozenset()
    """``created_at``, ``updated_at`` and ``file`` of the newest files before the task was created."""
    before: Known = NOTHING_KNOWN
    """The same, for comparing."""
    looks: int = 0
    fetched: bool = False
    """Whether the newest look had to fetch a zip."""
    sandbox: bool = False
    pending: frozenset[str] = frozenset()
    """``created_at`` of newer tasks that had no file yet at the last whole look."""
    trouble: CodeFailure | None = None
    """What went wrong at the last look, if it did."""
    broken: dict[TaskFile, CodeFailure] = field(default_factory=dict)
    """Newer zips that nothing could be read from."""
    broken_looks: dict[TaskFile, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = frozenset(identity.text for identity in self.cut)

    def begin_after(self, known: frozenset[tuple[str, str, str]]) -> None:
        """Whatever is newer than these files is looked at."""
        self.known = known
        self.before = Known.of(known)

    def why_not(self, seconds: float) -> CodeFailure:
        """The failure to tell when the time is over."""
        if self.trouble is not None:
            return self.trouble
        if self.broken and not self.pending:
            return next(iter(self.broken.values()))
        return TaskNotReady(str(self.cut.first) if len(self.cut) == 1 else str(self.cut), seconds)
