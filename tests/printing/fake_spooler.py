"""A Windows spooler that never was, written from the documentation of win32print and of winspool.h.

Numbers stand here as literals on purpose: they are Microsoft's, not our own constants.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from gizqr_station.printing.win32_print import Spooler


class ApiError(Exception):
    """As pywintypes.error: number, function, words."""

    def __init__(self, winerror: int, function: str, strerror: str) -> None:
        super().__init__(winerror, function, strerror)
        self.winerror, self.funcname, self.strerror = winerror, function, strerror


@dataclass
class SpoolJob:
    """One job in the list."""

    number: int
    document: tuple[str, str | None, str]
    data: bytes = b""
    status: int = 0x8
    whole: bool = False
    gone: bool = False


@dataclass
class FakeWin32Print:
    """One queue called ``zebra``. ``after`` is what a whole job's status becomes, look by look; None: it is gone."""

    status: int = 0
    attributes: int = 0
    others: list[int] = field(default_factory=list)
    """What other jobs in the list are doing."""
    after: list[int | None] = field(default_factory=lambda: [0x10, None])
    a_write: int = 1000
    """Bytes that one WritePrinter takes."""
    fails: dict[str, ApiError] = field(default_factory=dict)
    jobs: list[SpoolJob] = field(default_factory=list)
    deleted: list[tuple[int, int]] = field(default_factory=list)
    aborted: int = 0
    handles: int = 0
    """That are open now."""
    on_look: Callable[[], None] = lambda: None

    def spooler(self) -> Spooler:
        return Spooler(self, ApiError)

    def OpenPrinter(self, printer: str, /) -> object:  # noqa: N802
        self._may("OpenPrinter")
        if printer != "zebra":
            raise ApiError(1801, "OpenPrinter", "The printer name is invalid.")
        self.handles += 1
        return object()

    def ClosePrinter(self, handle: object, /) -> None:  # noqa: N802
        self.handles -= 1
        self._may("ClosePrinter")

    def GetPrinter(self, handle: object, level: int, /) -> dict[str, Any]:  # noqa: N802
        self._may("GetPrinter")
        assert level == 2
        return {"pPrinterName": "zebra", "Status": self.status, "Attributes": self.attributes}

    def EnumJobs(self, handle: object, first: int, count: int, level: int, /) -> tuple[dict[str, Any], ...]:  # noqa: N802
        self._may("EnumJobs")
        assert (first, level) == (0, 1)
        ours = [{"JobId": job.number, "Status": job.status} for job in self.jobs if not job.gone]
        return (*({"JobId": at + 900, "Status": status} for at, status in enumerate(self.others)), *ours)[:count]

    def StartDocPrinter(self, handle: object, level: int, document: tuple[str, str | None, str], /) -> int:  # noqa: N802
        self._may("StartDocPrinter")
        assert level == 1
        self.jobs.append(SpoolJob(len(self.jobs) + 7, document))
        return self.jobs[-1].number

    def StartPagePrinter(self, handle: object, /) -> None:  # noqa: N802
        self._may("StartPagePrinter")

    def WritePrinter(self, handle: object, data: bytes, /) -> int:  # noqa: N802
        self._may("WritePrinter")
        taken = data[: self.a_write]
        self.jobs[-1].data += taken
        return len(taken)

    def EndPagePrinter(self, handle: object, /) -> None:  # noqa: N802
        self._may("EndPagePrinter")

    def EndDocPrinter(self, handle: object, /) -> None:  # noqa: N802
        self._may("EndDocPrinter")
        self.jobs[-1].whole = True

    def AbortPrinter(self, handle: object, /) -> None:  # noqa: N802
        self._may("AbortPrinter")
        self.aborted += 1

    def GetJob(self, handle: object, job: int, level: int, /) -> dict[str, Any]:  # noqa: N802
        self._may("GetJob")
        assert (job, level) == (self.jobs[-1].number, 1)
        self.on_look()
        now = self.after.pop(0) if len(self.after) > 1 else self.after[0]
        if now is None:
            self.jobs[-1].gone = True
            raise ApiError(87, "GetJob", "The parameter is incorrect.")
        self.jobs[-1].status = now
        return {"JobId": job, "pStatus": None, "Status": now}

    def SetJob(self, handle: object, job: int, level: int, info: None, command: int, /) -> None:  # noqa: N802
        self._may("SetJob")
        assert (level, info) == (0, None)
        self.deleted.append((job, command))

    def _may(self, function: str) -> None:
        if function in self.fails:
            raise self.fails[function]
