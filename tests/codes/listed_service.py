"""A QR service as a list that a test writes itself, with a clock that only goes on when somebody waits."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from gizqr_station.codes.task_client import Download, Listing
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.pooled_codes import AskedTask
from gizqr_station.domain.stop import Stop
from gizqr_station.qrcode_api import TaskFile
from tests.codes.scripted_service import PRODUCT

ADDRESS = "http://listed.example:1800"


def file_of(number: int) -> str:
    return f"/static/zipfiles/{number}.zip"


def zip_with(pictures: Mapping[str, bytes]) -> bytes:
    """As the vendor describes it: one folder named after the product key."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for identity, picture in pictures.items():
            archive.writestr(f"{PRODUCT}/{identity}.png", picture)
    return written.getvalue()


def names(*identities: str) -> bytes:
    """A zip whose pictures nobody looks at."""
    return zip_with(dict.fromkeys(identities, b"picture"))


@dataclass
class ListedService:
    """``tasks`` stands newest first, as it is to be shown; ``on_post`` changes it, or raises what the client would."""

    tasks: list[TaskFile] = field(default_factory=list)
    zips: dict[str, bytes | CodeFailure] = field(default_factory=dict)
    on_post: Callable[["ListedService"], None] = lambda _service: None
    on_list: Callable[["ListedService"], None] = lambda _service: None
    page_most: int = 1000
    total: int | None = None
    """What ``meta`` says; None for the truth."""
    sandbox: bool = False
    now: float = 0.0
    download_s: float = 0.0
    quiet_until: float = 0.0
    posts: list[tuple[str, str, float]] = field(default_factory=list)
    downloads: list[str] = field(default_factory=list)
    lists: list[tuple[int, float]] = field(default_factory=list)
    """Where each page began, and when it was asked for."""
    address: str = ADDRESS

    def add(self, number: int, zipped: bytes | CodeFailure | None, created: int | None = None, at: int = 0) -> None:
        """A task; ``at`` is its place in the list, 0 for the top."""
        file = None if zipped is None else file_of(number)
        self.tasks.insert(at, TaskFile(created_at=str(created or number), updated_at=str(number), file=file))
        if zipped is not None:
            self.zips[file_of(number)] = zipped

    def create_task(self, product_key: str, start: str, end: str, stop: Stop, *, within_s: float | None = None) -> None:
        self._answering()
        self.posts.append((start, end, self.now))
        self.on_post(self)

    def list_tasks(
        self, product_key: str, stop: Stop, *, skip: int = 0, limit: int = 10, within_s: float | None = None
    ) -> Listing:
        self._answering()
        self.lists.append((skip, self.now))
        self.on_list(self)
        shown = tuple(self.tasks[skip : skip + min(limit, self.page_most)])
        return Listing(shown, len(shown), len(self.tasks) if self.total is None else self.total, self.sandbox)

    def download(self, file: str, stop: Stop, *, within_s: float | None = None) -> Download:
        self._answering()
        self.now += self.download_s
        self.downloads.append(file)
        held = self.zips[file]
        if isinstance(held, CodeFailure):
            raise held
        return Download(held, self.sandbox)

    def _answering(self) -> None:
        assert self.now >= self.quiet_until, "asked before its pause was over"
        self.now += 0.01


class ListedClock:
    """The time of day, by the same clock."""

    def __init__(self, service: ListedService) -> None:
        self._service = service
        self.wrong_s = 0.0

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 8, 0, tzinfo=UTC) + timedelta(seconds=self._service.now + self.wrong_s)


class ListedStop(Stop):
    """Makes the service's clock go on; ``after`` so many seconds somebody stops."""

    def __init__(self, service: ListedService, after: float = float("inf")) -> None:
        super().__init__()
        self._service = service
        self._after = after

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self._service.now += seconds
        if self._service.now >= self._after:
            self.set()
        self.check()


class KeptJournal:
    """A TaskJournal that tells in which order it was written; ``failing`` is raised by every write."""

    def __init__(self) -> None:
        self.tasks: dict[tuple[str, str, str], AskedTask] = {}
        self.written: list[AskedTask | str] = []
        self.failing: CodeFailure | None = None

    def asked(self, task: AskedTask) -> None:
        if self.failing is not None:
            raise self.failing
        self.tasks[task.product_key, task.service, task.task] = task
        self.written.append(task)

    def asked_before(self, product_key: str, service: str, task: str) -> AskedTask | None:
        return self.tasks.get((product_key, service, task))

    def settled(self, product_key: str, service: str, task: str) -> None:
        if self.failing is not None:
            raise self.failing
        self.tasks.pop((product_key, service, task), None)
        self.written.append(f"settled {task}")
