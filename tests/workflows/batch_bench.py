"""A bench of fakes on which batches run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from gizqr_station.domain.allowance import ANYTHING, Allowance
from gizqr_station.domain.batch import Batch, BatchState, ItemState
from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, MacAddress
from gizqr_station.domain.job import JobState
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.batch import BatchRun, begin_batch
from gizqr_station.workflows.batch_happenings import BatchSeen
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.provision import Bench
from tests.fake_bench import FakeBench, content_of


def mac(number: int) -> MacAddress:
    """The number-th of many."""
    return MacAddress.parse(f"00911f{number:06x}")


MANY = [mac(number) for number in range(45)]
FEW = MANY[:3]


@dataclass
class BatchBench:
    """Fakes, and what a test asks of them."""

    fakes: FakeBench = field(default_factory=FakeBench)
    allowance: Allowance = ANYTHING
    told: list[Happening] = field(default_factory=list)
    stop: Stop = field(default_factory=Stop)

    def __post_init__(self) -> None:
        self.batches = self.anew()

    def anew(self, **changes: object) -> BatchRun:
        """Another program on the same ledger, or this one after its settings have changed."""
        self.batches = BatchRun(self.bench(**changes), self.told.append, busy_pause_s=0.0)
        return self.batches

    def bench(self, **changes: object) -> Bench:
        return replace(self.fakes.bench(), **{"allowance": self.allowance, **changes})  # type: ignore[arg-type]

    def begun(self, identities: Sequence[Identity]) -> Batch:
        return begin_batch(self.bench(), "list.csv", identities)

    def run(self, number: int = 1) -> BatchSeen:
        return self.batches.run(number, self.stop)

    def go_on(self, number: int = 1) -> BatchSeen:
        self.stop = Stop()
        return self.run(number)

    def states(self, number: int = 1) -> list[ItemState]:
        return [item.state for item in self.fakes.ledger.batch_items(number, limit=100_000)]

    def printed(self) -> list[str]:
        """Of which device each label was that reached the printer, in order."""
        jobs = self.fakes.ledger.kept.jobs
        return [str(jobs[int(name)].identity) for name, _ in self.fakes.printer.printed]

    def seen(self) -> list[BatchSeen]:
        return [each for each in self.told if isinstance(each, BatchSeen)]

    def job_states(self) -> list[JobState]:
        return [job.state for job in self.fakes.ledger.all_jobs()]

    def require_whole(self, number: int, identities: Sequence[Identity]) -> None:
        """Done, with one live label for each that its item says was sent, and none twice."""
        assert self.fakes.ledger.batch(number).state is BatchState.DONE
        live = dict(self.fakes.ledger.live_among(self.fakes.product.key, identities))
        sent = [item for item in self.fakes.ledger.batch_items(number, limit=100_000) if item.state is ItemState.SENT]
        assert {item.job for item in sent} <= {job.id for job in live.values()}
        assert len(self.printed()) == len(set(self.printed()))


def stop_at(bench: BatchBench, label: int) -> None:
    """Ask for a pause while the so-manieth label is at the printer."""

    def count(_job: str) -> None:
        if len(bench.fakes.printer.printed) == label - 1:
            bench.stop.set()

    bench.fakes.printer.before = count


def with_the_first(bench: BatchBench, act: Callable[[], object]) -> None:
    """Let somebody act while the first label is at the printer."""

    def at_printer(_job: str) -> None:
        if not bench.fakes.printer.printed:
            act()

    bench.fakes.printer.before = at_printer


class PickyCodes:
    """No code for some, and a reason."""

    def __init__(self, failures: dict[Identity, Failure], content: str = "") -> None:
        self.failures, self.content = failures, content

    def code_for(self, product: Product, identity: Identity, stop: Stop) -> IssuedCode:
        if identity in self.failures:
            raise self.failures[identity]
        content = self.content or content_of(identity)
        return IssuedCode(content, identity, CodeSource.SERVICE, datetime(2026, 1, 1, tzinfo=UTC))

    def rejected(self, product: Product, code: IssuedCode) -> bool:
        return False

    def reachable(self, stop: Stop) -> Failure | None:
        return None
