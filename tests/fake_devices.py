"""The part of a FakeLedger that counts the devices of a product."""

from collections.abc import Iterable, Iterator

from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobDraft, JobState, PrintJob
from gizqr_station.domain.pool_failures import QuotaReached
from gizqr_station.domain.quota import Quota
from tests.fake_kept import FakeParts


class FakeDevices(FakeParts):
    """A DeviceCounter in memory: it looks through all jobs each time."""

    def devices_labelled(self, product_key: str) -> int:
        return len({job.identity for job in self._counting(product_key)})

    def devices_among(self, product_key: str, identities: Iterable[Identity]) -> frozenset[Identity]:
        return frozenset(identities) & {job.identity for job in self._counting(product_key)}

    def _counting(self, product_key: str) -> Iterator[PrintJob]:
        for job in self.kept.jobs.values():
            if job.draft.product_key == product_key and not job.draft.test and job.state is not JobState.FAILED:
                yield job

    def _require_quota(self, drafts: Iterable[JobDraft], quota: Quota | None) -> None:
        """Of labels that are about to be opened."""
        if quota is None:
            return
        for draft in (each for each in drafts if not each.test):
            mine = [each for each in drafts if each.product_key == draft.product_key and not each.test]
            had = self.devices_among(draft.product_key, [each.identity for each in mine])
            new = len({each.identity for each in mine} - had)
            left = quota.left(self.devices_labelled(draft.product_key))
            if new > left:
                raise QuotaReached(draft.product_name, quota.registered, left, new)
