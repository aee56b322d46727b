"""What fetching codes ahead, judging and proving them needs, as the workflows see it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from gizqr_station.domain.binding_proof import BindingProof, ProofStep
from gizqr_station.domain.codes import IssuedCode
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.pooled_codes import AskedTask, CodeFetch, CodeZip, FetchState, PoolAdded, ZipCodes
from gizqr_station.domain.stop import Stop


class TaskJournal(Protocol):
    """Remembers, over restarts, which tasks were asked of the service and not taken yet. Durable when it returns."""

    def asked(self, task: AskedTask) -> None:
        """Before the POST, and again with ``accepted_at`` after its answer; one task a product, service and range."""
        ...

    def asked_before(self, product_key: str, service: str, task: str) -> AskedTask | None:
        """The task of this range, if nobody has taken its zip yet."""
        ...

    def settled(self, product_key: str, service: str, task: str) -> None:
        """Its codes are here, or there will never be any."""
        ...


class CodePool(TaskJournal, Protocol):
    """Codes that were fetched ahead, of every product and service; each call is durable when it returns.

    Raises PoolUnreadable, PoolNotWritten, PoolBusy and Stopped. May be used by several lanes at once.
    """

    def code(self, product_key: str, service: str, identity: Identity) -> IssuedCode | None:
        """The one code of this identity: source POOL where the service issued it, SANDBOX where a sandbox did."""
        ...

    def add(self, codes: ZipCodes, stop: Stop) -> PoolAdded:
        """All good codes of a zip in one transaction; an identity that has a code keeps it.

        But for a sandbox's code: one that a service issued takes its place, and is ``PoolAdded.new``.
        """
        ...

    def missing(
        self, product_key: str, service: str, ranges: Iterable[IdentityRange], stop: Stop
    ) -> tuple[IdentityRange, ...]:
        """What of these has no code, as the fewest ranges.

        A sandbox's code is none, unless the service is a sandbox: the newest zip that was fetched from it (that has a
        task, and was not brought by hand) says so.
        """
        ...

    def count(self, product_key: str, service: str) -> int:
        """How many codes of this product and service there are, a sandbox's as in ``missing``."""
        ...

    def sections(
        self, product_key: str, service: str, ranges: Iterable[IdentityRange] | None, stop: Stop
    ) -> tuple[int, Iterator[ZipCodes]]:
        """How many codes these ranges have, or all, and those, a few thousand at a time."""
        ...

    def zips(self, product_key: str, service: str, limit: int = 100) -> Sequence[tuple[CodeZip, int]]:
        """Where they came from, newest first, with how many codes each brought."""
        ...

    def origin(self, product_key: str, service: str, identity: Identity) -> CodeZip | None:
        """The zip that an identity's code came in."""
        ...

    def holder(self, product_key: str, service: str, content: str) -> Identity | None:
        """Whose code this content is, as the pool has it; for judging a code that somebody scanned."""
        ...

    def reject(self, product_key: str, service: str, content: str, reason: str) -> None:
        """A proof showed that this content binds nothing, or another device: whoever had it has no code then.

        It is never given by ``code`` and never added again, whichever service sends it for this product.
        """
        ...

    def rejected(self, product_key: str, content: str) -> bool:
        """Whether it was rejected."""
        ...

    def begin_fetch(self, name: str, product_key: str, service: str, ranges: tuple[IdentityRange, ...]) -> CodeFetch:
        """Keep a wish, RUNNING."""
        ...

    def fetches(self, product_key: str, service: str) -> Sequence[CodeFetch]:
        """All that are kept, newest first; raises nothing for none."""
        ...

    def fetch(self, number: int) -> CodeFetch:
        """One of them; raises FetchUnknown."""
        ...

    def move_fetch(self, number: int, state: FetchState, reason: str = "") -> CodeFetch:
        """DONE and CANCELLED end it: FetchUnderWay for moving it on from there."""
        ...

    def pause_interrupted_fetches(self) -> Sequence[CodeFetch]:
        """At start: what still says RUNNING is paused."""
        ...


class RangeCodes(Protocol):
    """Gets the codes of a whole range from the service in one task."""

    @property
    def service(self) -> str:
        """Its base address."""
        ...

    def codes_of(self, product_key: str, cut: IdentityRange, stop: Stop, opened: Callable[[int], None]) -> ZipCodes:
        """The zip that holds exactly these, at most LARGEST_CUT; ``opened`` hears how many pictures are decoded so far.

        A task of this range that was asked before, in another life of the program too, is looked for first. It stays
        in the journal under ``str(cut)``: whoever asked settles it once the codes are kept, so that a kill between
        the two finds the same zip again. Raises ServiceThrottles for a pause that is too long to be waited out here.
        """
        ...


class CodeFiles(Protocol):
    """Codes in files, as people carry them about."""

    def read(self, path: str, product_key: str, stop: Stop, opened: Callable[[int, int], None]) -> Iterable[ZipCodes]:
        """Of a service's zip (one) or a pool's export (as many as it was made of), all checked before any is given.

        ``opened``: done and total. Raises CodesFileRefused, CodesOfOtherProduct, CodesOfOtherService and Stopped.
        """
        ...

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
        """The pool's codes of these ranges, or all, into one file, whole or not at all; how many.

        FileNotWritten; FileThere where one is there and ``replace`` is not wanted.
        """
        ...


class PictureReader(Protocol):
    """Reads the code in any picture that a person loads."""

    def content_of(self, path: str) -> str:
        """Of a PNG, JPEG or BMP with exactly one QR code; raises a LabelFailure or a CodeFailure."""
        ...


class CodeProver(Protocol):
    """Proves a code by binding it at the Open API and unbinding it again."""

    def prove(
        self, content: str, product_key: str, expected: Identity | None, stop: Stop, step: Callable[[ProofStep], None]
    ) -> BindingProof:
        """Never raises a CodeFailure: what went wrong is in the proof; Stopped only before anything is bound.

        Once a device is bound it is unbound again, whatever happens, or ``left_bound`` says so. ProofNotSetUp is in
        the proof as well.
        """
        ...
