"""A CodePool in memory, for one thread; it passes the same contract as the one on disk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from gizqr_station.domain.code_failures import CodeNotUnique, CodeRejected
from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.identity_ranges import IdentityRange, joined
from gizqr_station.domain.pool_failures import FetchUnderWay, FetchUnknown
from gizqr_station.domain.pooled_codes import (
    INTERRUPTED,
    AskedTask,
    BadMember,
    CodeFetch,
    CodeZip,
    FetchState,
    PoolAdded,
    ZipCodes,
)
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.ports import Clock
from tests.fakes import SteppingClock

_Key = tuple[str, str, Identity]


@dataclass
class KeptCodes:
    """What a FakePool keeps; two that share it are one pool opened twice."""

    codes: dict[_Key, tuple[str, CodeZip]] = field(default_factory=dict)
    brought: dict[CodeZip, int] = field(default_factory=dict)
    tasks: dict[tuple[str, str, str], AskedTask] = field(default_factory=dict)
    fetches: dict[int, CodeFetch] = field(default_factory=dict)
    rejected: dict[tuple[str, str], str] = field(default_factory=dict)
    """Why, by product and content."""


class FakePool:
    """Set ``failing`` to have every call that writes raise it and write nothing, ``unreadable`` for every call."""

    def __init__(self, clock: Clock | None = None, kept: KeptCodes | None = None) -> None:
        self.clock = clock or SteppingClock()
        self.kept = kept or KeptCodes()
        self.failing: Failure | None = None
        self.unreadable: Failure | None = None

    # codes

    def code(self, product_key: str, service: str, identity: Identity) -> IssuedCode | None:
        self._require_readable()
        found = self.kept.codes.get((product_key, service, identity))
        if found is None:
            return None
        content, came_in = found
        source = CodeSource.SANDBOX if came_in.source is CodeSource.SANDBOX else CodeSource.POOL
        return IssuedCode(content, identity, source, came_in.at, task=came_in.file, service=service)

    def origin(self, product_key: str, service: str, identity: Identity) -> CodeZip | None:
        self._require_readable()
        found = self.kept.codes.get((product_key, service, identity))
        return None if found is None else found[1]

    def holder(self, product_key: str, service: str, content: str) -> Identity | None:
        self._require_readable()
        for (key, issuer, identity), (kept, _) in self.kept.codes.items():
            if (key, issuer, kept) == (product_key, service, content):
                return identity
        return None

    def add(self, codes: ZipCodes, stop: Stop) -> PoolAdded:
        stop.check()
        self._require_writable()
        came_in, new, same = self._zip_like(codes.zip), 0, 0
        kept: list[Identity] = []
        refused: list[BadMember] = []
        for identity, content in codes.contents.items():
            where = (came_in.product_key, came_in.service, identity)
            before = self.kept.codes.get(where)
            other = self._other_holder(codes, identity, content)
            if (came_in.product_key, content) in self.kept.rejected:
                refused.append(BadMember(f"{identity.text}.png", CodeRejected(identity.readable)))
            elif before is not None and before[0] == content:
                same += 1
                if came_in.source is CodeSource.SANDBOX and before[1].source is not CodeSource.SANDBOX:
                    self.kept.brought.setdefault(came_in, 0)
                    self.kept.codes[where] = (content, came_in)
            elif before is not None and not (
                before[1].source is CodeSource.SANDBOX and came_in.source is CodeSource.SERVICE
            ):
                kept.append(identity)
            elif other is not None:
                refused.append(BadMember(f"{identity.text}.png", CodeNotUnique(identity.readable, other.readable)))
            else:
                self.kept.codes[where] = (content, came_in)
                new += 1
        if new:
            self.kept.brought[came_in] = self.kept.brought.get(came_in, 0) + new
        return PoolAdded(new, same, tuple(kept), tuple(refused))

    def reject(self, product_key: str, service: str, content: str, reason: str) -> None:
        self._require_writable()
        self.kept.rejected.setdefault((product_key, content), reason)
        gone = [where for where, held in self.kept.codes.items() if (where[0], held[0]) == (product_key, content)]
        for where in gone:
            del self.kept.codes[where]

    def rejected(self, product_key: str, content: str) -> bool:
        self._require_readable()
        return (product_key, content) in self.kept.rejected

    def missing(
        self, product_key: str, service: str, ranges: Iterable[IdentityRange], stop: Stop
    ) -> tuple[IdentityRange, ...]:
        stop.check()
        self._require_readable()
        wanted = (identity for each in ranges for identity in each)
        held = self._that_count(product_key, service)
        return joined(each for each in wanted if each not in held)

    def count(self, product_key: str, service: str) -> int:
        self._require_readable()
        return len(self._that_count(product_key, service))

    def zips(self, product_key: str, service: str, limit: int = 100) -> Sequence[tuple[CodeZip, int]]:
        self._require_readable()
        ours = [each for each in self.kept.brought if (each.product_key, each.service) == (product_key, service)]
        newest = sorted(enumerate(ours), key=lambda numbered: (numbered[1].at, numbered[0]), reverse=True)
        return [(each, self.kept.brought[each]) for _, each in newest[:limit]]

    def sections(
        self, product_key: str, service: str, ranges: Iterable[IdentityRange] | None, stop: Stop
    ) -> tuple[int, Iterator[ZipCodes]]:
        self._require_readable()
        wanted = None if ranges is None else list(ranges)
        parts: dict[CodeZip, dict[Identity, str]] = {}
        for (key, issuer, identity), (content, came_in) in self.kept.codes.items():
            if (key, issuer) == (product_key, service) and (wanted is None or any(identity in each for each in wanted)):
                parts.setdefault(came_in, {})[identity] = content
        return sum(map(len, parts.values())), (ZipCodes(came_in, held) for came_in, held in parts.items())

    # tasks

    def asked(self, task: AskedTask) -> None:
        self._require_writable()
        self.kept.tasks[task.product_key, task.service, task.task] = task

    def asked_before(self, product_key: str, service: str, task: str) -> AskedTask | None:
        self._require_readable()
        return self.kept.tasks.get((product_key, service, task))

    def settled(self, product_key: str, service: str, task: str) -> None:
        self._require_writable()
        self.kept.tasks.pop((product_key, service, task), None)

    # fetches

    def begin_fetch(self, name: str, product_key: str, service: str, ranges: tuple[IdentityRange, ...]) -> CodeFetch:
        self._require_writable()
        if not ranges:
            raise ValueError(f"{name}: no ranges")
        number = max(self.kept.fetches, default=0) + 1
        begun = CodeFetch(number, name, product_key, service, tuple(ranges), FetchState.RUNNING, self.clock.now())
        self.kept.fetches[number] = begun
        return begun

    def fetches(self, product_key: str, service: str) -> Sequence[CodeFetch]:
        self._require_readable()
        newest = sorted(self.kept.fetches.values(), key=lambda each: each.number, reverse=True)
        return [each for each in newest if (each.product_key, each.service) == (product_key, service)]

    def fetch(self, number: int) -> CodeFetch:
        self._require_readable()
        found = self.kept.fetches.get(number)
        if found is None:
            raise FetchUnknown(number)
        return found

    def move_fetch(self, number: int, state: FetchState, reason: str = "") -> CodeFetch:
        self._require_writable()
        found = self.fetch(number)
        if found.state in (FetchState.DONE, FetchState.CANCELLED):
            raise FetchUnderWay(number)
        self.kept.fetches[number] = replace(found, state=state, reason=reason)
        return self.kept.fetches[number]

    def pause_interrupted_fetches(self) -> Sequence[CodeFetch]:
        self._require_writable()
        running = [each.number for each in self.kept.fetches.values() if each.state is FetchState.RUNNING]
        return [self.move_fetch(number, FetchState.PAUSED, INTERRUPTED) for number in running]

    def close(self) -> None:
        pass

    def _that_count(self, product_key: str, service: str) -> set[Identity]:
        """A sandbox's only where the newest fetched zip says that the service is one."""
        fetched = [each for each, _ in self.zips(product_key, service, len(self.kept.brought)) if each.task]
        sandbox = bool(fetched) and fetched[0].source is CodeSource.SANDBOX
        return {
            identity
            for (key, issuer, identity), (_, came_in) in self.kept.codes.items()
            if (key, issuer) == (product_key, service) and (sandbox or came_in.source is not CodeSource.SANDBOX)
        }

    def _zip_like(self, came_in: CodeZip) -> CodeZip:
        """The same zip as it came first, if it did."""

        def sameness(each: CodeZip) -> tuple[str, ...]:
            return (each.product_key, each.service, each.source.value, each.task, each.file, each.digest)

        return next((each for each in self.kept.brought if sameness(each) == sameness(came_in)), came_in)

    def _other_holder(self, codes: ZipCodes, identity: Identity, content: str) -> Identity | None:
        """Another identity, or another product's device, that has this content in the pool or in the same zip."""
        for other, said in codes.contents.items():
            if other != identity and said == content:
                return other
        for (key, _, other), (kept, _) in self.kept.codes.items():
            if kept == content and (key, other) != (codes.zip.product_key, identity):
                return other
        return None

    def _require_readable(self) -> None:
        if self.unreadable is not None:
            raise self.unreadable

    def _require_writable(self) -> None:
        self._require_readable()
        if self.failing is not None:
            raise self.failing
