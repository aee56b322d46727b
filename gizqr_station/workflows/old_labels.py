"""A voided label turns up: whoever scans it, at any station that shares the ledger, is told."""

from dataclasses import dataclass

from gizqr_station.domain.job import ENDED, JobState, PrintJob
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.record_happenings import OldLabelScanned


@dataclass(frozen=True, slots=True)
class SameLabels:
    """The labels of one device that say the same."""

    live: PrintJob | None
    """The one that counts now, if there is one."""
    voided: PrintJob | None
    """The newest of those that must be on no device."""

    @property
    def live_is_out(self) -> bool:
        """Whether a scan may have been of the live one: not one byte of an INTENDED label has left."""
        return self.live is not None and self.live.state is not JobState.INTENDED

    @property
    def certainly_voided(self) -> bool:
        """A scan of what they say can only have been of a voided one."""
        return self.voided is not None and not self.live_is_out


def same_labels(bench: Bench, newest: PrintJob) -> SameLabels:
    """Of the newest label with some content: all that say it. A first label that is live is alone with it, unless
    another ledger brought it: a label of the same device may have been here.
    """
    if newest.draft.revision == 0 and newest.state not in ENDED and not newest.origin:
        return SameLabels(newest, None)
    of_device = bench.ledger.labels_of(newest.draft.product_key, newest.identity)
    same = [job for job in of_device if job.draft.content == newest.draft.content]
    live = next((job for job in same if job.state not in ENDED), None)
    return SameLabels(live, next((job for job in same if job.state is JobState.VOIDED), None))


def live_label(bench: Bench, voided: PrintJob) -> PrintJob | None:
    """What the device of a voided label should carry."""
    of_device = bench.ledger.labels_of(voided.draft.product_key, voided.identity)
    return next((job for job in of_device if job.state not in ENDED and job.state is not JobState.INTENDED), None)


def old_label_alarm(bench: Bench, voided: PrintJob, live: PrintJob | None, tell: Tell) -> OldLabelScanned:
    """It is for certain a voided one: told first, then written down beside it, with where and by whom."""
    alarm = OldLabelScanned(voided, live, certain=True)
    tell(alarm)
    bench.ledger.note(voided, who=bench.operator, evidence=f"scanned at {bench.station} although it is voided")
    return alarm


def perhaps_old(voided: PrintJob, live: PrintJob) -> OldLabelScanned:
    """The live label says the same, and it may have been that one."""
    return OldLabelScanned(voided, live, certain=False)
