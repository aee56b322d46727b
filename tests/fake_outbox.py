"""An OutboxStore in memory, and a taker that can be away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.result import DeliveryTries, Destination, Result, ResultKind, Standing
from gizqr_station.domain.stop import Stop
from tests.contracts.ledger_samples import draft, mac

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def a_result(sequence: int, kind: ResultKind = ResultKind.VERIFIED) -> Result:
    """Of the device with the same number."""
    made = draft(f"L-{sequence:06d}", identity=mac(sequence))
    job = PrintJob(sequence, made, JobState(kind.value) if kind.value != "handed_over" else JobState.SENT, None, AT, AT)
    return Result("0a" * 16, sequence, kind, job, AT, "li.wei", "bench-1", "5e" * 32)


@dataclass
class FakeOutboxStore:
    """One destination's."""

    results: list[Result] = field(default_factory=list)
    standing: Standing = field(default_factory=lambda: Standing(0, 0))
    tries: dict[int, DeliveryTries] = field(default_factory=dict)
    failing: Failure | None = None
    overtaken: bool = False

    def outbox_standing(self, destination: Destination) -> Standing:
        if self.failing is not None:
            raise self.failing
        return self.standing

    def results_after(self, sequence: int, limit: int) -> Sequence[Result]:
        return [result for result in self.results if result.sequence > sequence][:limit]

    def result(self, sequence: int) -> Result | None:
        return next((result for result in self.results if result.sequence == sequence), None)

    def stage_result(self, destination: Destination, sequence: int) -> bool:
        if self.overtaken:
            return False
        self.standing = replace(self.standing, staged=sequence)
        return True

    def result_delivered(self, destination: Destination, sequence: int) -> None:
        self.tries.pop(sequence, None)
        self.standing = Standing(max(sequence, self.standing.upto), 0)

    def result_failed(
        self, destination: Destination, sequence: int, *, at: datetime, reason: str, give_up: bool
    ) -> DeliveryTries:
        before = self.tries.get(sequence) or DeliveryTries(sequence, 0, at, at, "", False)
        tried = replace(before, tries=before.tries + 1, last_at=at, reason=reason, given_up=give_up)
        self.tries[sequence] = tried
        if give_up:
            self.standing = Standing(max(sequence, self.standing.upto), 0)
        return tried

    def failed_tries(self, destination: Destination) -> Sequence[DeliveryTries]:
        return [self.tries[sequence] for sequence in sorted(self.tries)]

    def retry_given_up(self, destination: Destination, *, who: str) -> int:
        given_up = [tried for tried in self.tries.values() if tried.given_up]
        for tried in given_up:
            self.tries[tried.sequence] = replace(tried, given_up=False, tries=0)
        return len(given_up)

    def unsent(self, destination: Destination) -> tuple[int, datetime | None]:
        behind = [sequence for sequence in self.tries if sequence <= self.standing.upto]
        ahead = [result for result in self.results if result.sequence > self.standing.upto]
        oldest = min(
            (result.at for result in self.results if result in ahead or result.sequence in behind), default=None
        )
        return len(behind) + len(ahead), oldest


@dataclass
class FakeTaker:
    """Takes results in, unless ``refuses`` says why not."""

    destination: Destination = Destination.FOLDER
    refuses: Callable[[Result], Failure | None] = lambda _result: None
    staged: set[str] = field(default_factory=set)
    taken: list[str] = field(default_factory=list)

    def stage(self, result: Result) -> None:
        self.staged.add(result.key)

    def deliver(self, result: Result, stop: Stop) -> None:
        refused = self.refuses(result)
        if refused is not None:
            raise refused
        self.staged.remove(result.key)
        self.taken.append(result.key)

    def delivered_already(self, result: Result) -> bool:
        return result.key not in self.staged
