"""Drafts, images and jobs to put into ledgers."""

from dataclasses import replace
from typing import Any

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.job import MOVES, JobDraft, JobState, PrintJob
from gizqr_station.domain.label import LabelImage
from gizqr_station.workflows.ports import Ledger

PRODUCT_KEY = "be606a7b34d441b59d7eba2c080ff805"
OTHER_KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
MAC = MacAddress.parse("00911f500047")
OTHER_MAC = MacAddress.parse("00911f500048")
IMAGE = LabelImage(12, 2, 203, (b"\xaa\xa0", b"\x55\x50"))


ROUTES: dict[JobState, tuple[JobState, ...]] = {
    JobState.INTENDED: (),
    JobState.SENT: (JobState.SENT,),
    JobState.PRINTED: (JobState.SENT, JobState.PRINTED),
    JobState.VERIFIED: (JobState.SENT, JobState.PRINTED, JobState.VERIFIED),
    JobState.UNKNOWN: (JobState.SENT, JobState.UNKNOWN),
    JobState.FAILED: (JobState.FAILED,),
    JobState.VOIDED: (JobState.SENT, JobState.UNKNOWN, JobState.VOIDED),
}

LIVE = [state for state in JobState if MOVES[state]]
OVER = [state for state in JobState if not MOVES[state]]


def mac(number: int) -> MacAddress:
    """The number-th of many."""
    return MacAddress.parse(f"00911f{number:06x}")


def draft(label_serial: str, **changes: Any) -> JobDraft:
    """A draft whose content goes with its identity."""
    sample = JobDraft(
        label_serial=label_serial,
        identity=MAC,
        product_key=PRODUCT_KEY,
        product_name="加湿器 Humidifier",
        content="",
        code_source=CodeSource.SERVICE,
        code_task="/static/zipfiles/7.zip",
        image_digest=IMAGE.digest,
        template="40x30",
        dpi=203,
        printer="bench printer",
        station="bench-1",
        operator="li.wei",
        revision=0,
        test=False,
        scan_back_due=True,
    )
    changed = replace(sample, **changes)
    return changed if changed.content else replace(changed, content=f"code of {changed.identity}")


def opened(ledger: Ledger, **changes: Any) -> PrintJob:
    """A new job, with a serial of its own."""
    return ledger.open(draft(ledger.next_label_serial(), **changes), IMAGE)


def brought_to(ledger: Ledger, job: PrintJob, state: JobState) -> PrintJob:
    for step in ROUTES[state]:
        job = ledger.move(job, step, who="li.wei")
    return job
