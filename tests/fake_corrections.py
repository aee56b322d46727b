"""The part of a FakeLedger in which labels take the place of others."""

from collections.abc import Sequence

from gizqr_station.domain.correction_failures import NotTheNewest
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobDraft, JobState, PrintJob, require_legal
from gizqr_station.domain.label import LabelImage
from tests.fake_batches import FakeBatches


class FakeCorrections(FakeBatches):
    """A CorrectionStore in memory, for one thread."""

    def with_serial(self, label_serial: str) -> PrintJob | None:
        return next((job for job in self.kept.jobs.values() if job.draft.label_serial == label_serial), None)

    def labels_of(self, product_key: str, identity: Identity) -> Sequence[PrintJob]:
        of_device = (job for job in self.kept.jobs.values() if job.identity == identity)
        return [job for job in of_device if job.draft.product_key == product_key][::-1]

    def replace(
        self,
        old: PrintJob,
        draft: JobDraft,
        image: LabelImage,
        *,
        who: str,
        evidence: str,
        at_most: int | None = None,
    ) -> tuple[PrintJob, PrintJob]:
        of_old = (old.draft.label_serial, old.draft.product_key, old.identity, old.draft.content)
        if of_old != (draft.replaces, draft.product_key, draft.identity, draft.content):
            raise ValueError(f"{draft.label_serial} is no replacement of {old.draft.label_serial}")
        if old.state is not JobState.VOIDED:
            require_legal(old.id, old.state, JobState.VOIDED)
        with self.at_once():
            of_device = self.labels_of(old.draft.product_key, old.identity)
            newest = next(job for job in of_device if job.state is not JobState.FAILED)
            if newest.id != old.id:
                raise NotTheNewest(old.draft.label_serial, newest.draft.label_serial)
            if old.state is not JobState.VOIDED:
                old = self.move(old, JobState.VOIDED, who=who, evidence=evidence)
            voided = [job for job in self.labels_of(draft.product_key, draft.identity) if job.state is JobState.VOIDED]
            if len(voided) != draft.revision:
                raise ValueError(f"{draft.label_serial} is revision {draft.revision}")
            return old, self.open(draft, image, at_most=at_most)
