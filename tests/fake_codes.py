"""A codes desk of fakes: a service of ranges that does as told, a pool in memory, files and a prover."""

import contextlib
import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from gizqr_station.domain.allowance import ANYTHING, Allowance
from gizqr_station.domain.binding_proof import BindingProof, ProofStep, ProofVerdict
from gizqr_station.domain.code_failures import PictureUnreadable
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, MacAddress
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.list_failures import ListUnreadable
from gizqr_station.domain.pool_failures import FetchUnderWay, FileThere
from gizqr_station.domain.pooled_codes import AskedTask, BadMember, CodeZip, ZipCodes
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_fetch import FetchParts
from gizqr_station.workflows.codes_desk import CodesDesk, CodesParts
from gizqr_station.workflows.codes_seen import PooledScheme
from gizqr_station.workflows.lanes import InlineLane, Lane
from gizqr_station.workflows.list_ports import ListFile
from gizqr_station.workflows.provision import Bench
from tests.ear import Ear
from tests.fake_bench import NOW, PRODUCT, FakeBench
from tests.fake_pool import FakePool

SERVICE = "http://qr.example.com"
FIRST = 0x00911F500000


def mac(number: int) -> MacAddress:
    return MacAddress(f"{FIRST + number:012x}")


def macs(first: int, count: int) -> IdentityRange:
    """So many of them from this one (from 0) on."""
    return IdentityRange(mac(first), mac(first + count - 1))


def zip_of(contents: dict[Identity, str], file: str = "/static/zipfiles/1.zip", task: str = "") -> ZipCodes:
    digest = f"{abs(hash(file)):064x}"[:64]
    return ZipCodes(CodeZip(PRODUCT.key, SERVICE, CodeSource.SERVICE, task, file, digest, NOW), contents)


@dataclass
class FakeRangeCodes:
    """A service that makes each task at once; its tasks are in the pool's journal until they are settled."""

    pool: FakePool
    tasks: list[str] = field(default_factory=list)
    """Created."""
    asked: list[str] = field(default_factory=list)
    """What was looked for, whether its task was there already or not."""
    failures: list[Failure] = field(default_factory=list)
    """Each is raised once, after the task was created."""
    refused: dict[str, Failure] = field(default_factory=dict)
    """By task, each time."""
    bad: Counter[str] = field(default_factory=Counter)
    """How often the picture of an identity is bad."""
    twins: dict[str, str] = field(default_factory=dict)
    """Identities that get the code of another one."""
    before: Callable[[str], None] = lambda _task: None
    after: Callable[[str], None] = lambda _task: None
    """Runs when the codes are decoded, before they are handed over."""
    at_each: Callable[[], None] = lambda: None
    """Runs at each picture."""
    service: str = SERVICE

    def codes_of(self, product_key: str, cut: IdentityRange, stop: Stop, opened: Callable[[int], None]) -> ZipCodes:
        task = str(cut)
        self.asked.append(task)
        self.before(task)
        stop.check()
        if self.pool.asked_before(product_key, self.service, task) is None:
            self.pool.asked(AskedTask(product_key, self.service, task, frozenset()))
            self.tasks.append(task)
        if self.failures:
            raise self.failures.pop(0)
        if task in self.refused:
            raise self.refused[task]
        contents: dict[Identity, str] = {}
        bad: list[BadMember] = []
        file = f"/static/zipfiles/{len(self.tasks)}.zip"
        for number, identity in enumerate(cut, start=1):
            if self.bad[identity.text] > 0:
                self.bad[identity.text] -= 1
                bad.append(BadMember(f"{identity}.png", PictureUnreadable(file, "no code")))
            else:
                contents[identity] = f"code of {self.twins.get(identity.text, identity.text)}"
            self.at_each()
            opened(number)
        self.after(task)
        return dataclasses.replace(zip_of(contents, file, task), bad=tuple(bad))


@dataclass
class FakeFiles:
    """Zips and pool files by path."""

    files: dict[str, list[ZipCodes] | Failure] = field(default_factory=dict)
    written: dict[str, tuple[IdentityRange, ...] | None] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None

    def read(self, path: str, product_key: str, stop: Stop, opened: Callable[[int, int], None]) -> Iterable[ZipCodes]:
        found = self.files[path]
        if isinstance(found, Failure):
            raise found
        for number, codes in enumerate(found, start=1):
            self.before()
            stop.check()
            opened(number, len(found))
            yield codes

    def write(
        self,
        path: str,
        product_key: str,
        ranges: Iterable[IdentityRange] | None,
        stop: Stop,
        written: Callable[[int], None],
        *,
        replace: bool = False,
    ) -> int:
        self.before()
        stop.check()
        found = self.files.get(path)
        if isinstance(found, Failure):
            raise found
        if path in self.written and not replace:
            raise FileThere(path)
        self.written[path] = None if ranges is None else tuple(ranges)
        written(7)
        return 7


@dataclass
class FakeFolders:
    """One folder."""

    files: tuple[ListFile, ...] = (ListFile("/codes/1474.zip", "1474.zip", NOW, 1300),)

    def is_folder(self, path: str) -> bool:
        return path == "/codes"

    def lists_in(self, folder: str) -> tuple[str, tuple[ListFile, ...]]:
        if folder not in ("", "/codes"):
            raise ListUnreadable(folder, "No such file or directory")
        return "/codes", self.files


@dataclass
class FakePictures:
    """Pictures by path."""

    contents: dict[str, str] = field(default_factory=dict)

    def content_of(self, path: str) -> str:
        if path not in self.contents:
            raise PictureUnreadable(path, "no code")
        return self.contents[path]


@dataclass
class FakeProver:
    """Binds everything, unless told otherwise; ``before`` runs at each step."""

    asked: list[tuple[str, str, Identity | None]] = field(default_factory=list)
    before: Callable[[], None] = lambda: None
    ends: BindingProof | None = None
    """What every proof ends with, where a test wants that."""

    def prove(
        self, content: str, product_key: str, expected: Identity | None, stop: Stop, step: Callable[[ProofStep], None]
    ) -> BindingProof:
        self.asked.append((content, product_key, expected))
        for each in ProofStep:
            self.before()
            stop.check()
            step(each)
        return self.ends or BindingProof(content, expected, ProofVerdict.BINDS)


@dataclass
class FakeCodesDesk:
    """All of them. One fetch at a time holds the pool, as on disk."""

    allowance: Allowance = ANYTHING
    fakes: FakeBench = field(default_factory=FakeBench)
    pool: FakePool = field(default_factory=FakePool)
    files: FakeFiles = field(default_factory=FakeFiles)
    pictures: FakePictures = field(default_factory=FakePictures)
    prover: FakeProver = field(default_factory=FakeProver)
    ear: Ear = field(default_factory=Ear)
    held: bool = False
    """By another program, or by a fetch of this one."""
    pooled: bool = True

    def __post_init__(self) -> None:
        self.ranges = FakeRangeCodes(self.pool)

    def bench(self) -> Bench:
        return dataclasses.replace(self.fakes.bench(), allowance=self.allowance)

    def fetch_parts(self) -> FetchParts:
        return FetchParts(self.fakes.product.key, self.pool, self.ranges, self.fakes.ledger, self.hold)

    def scheme(self) -> PooledScheme:
        return PooledScheme(self.fetch_parts(), self.files, encrypted=False)

    def desk(self, lane_named: Callable[[str], Lane] = lambda _name: InlineLane()) -> CodesDesk:
        pooled = self.scheme() if self.pooled else None
        parts = CodesParts(self.bench(), pooled, FakeFolders(), self.pictures, self.prover)
        return CodesDesk(parts, lane_named, self.ear.hear)

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        if self.held:
            raise FetchUnderWay(0)
        self.held = True
        try:
            yield
        finally:
            self.held = False
