"""One label for one identity, without a line: the same guards, through the queue, and nothing goes out unrecorded."""

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.people import Permission
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.hand_over import require_supplies
from gizqr_station.workflows.happenings import CodeFetched, JobChanged, LabelDrawn, Tell
from gizqr_station.workflows.print_queue import run_queue
from gizqr_station.workflows.provision import (
    Bench,
    code_for,
    draw,
    require_own,
    require_quota,
    require_room,
    started_by,
)

READER = "typed"
"""Nobody read a device: a person or a script named it."""
HELD_BY_HAND = "held by hand"


def queue_label(bench: Bench, identity: Identity, stop: Stop, tell: Tell, *, held_because: str = "") -> PrintJob:
    """Code, label, read-back, and the job in the queue; raises the Failure that kept it from being queued."""
    bench = started_by(bench, bench.duty.require(Permission.LABEL))
    bench.allowance.require(identity)
    bench.ledger.require_unlabelled(bench.product.key, identity)
    require_room(bench)
    require_quota(bench, identity)
    reading = DeviceReading(identity, READER, "", b"", bench.clock.now())
    code = code_for(bench, reading, stop)
    require_own(bench, code)
    tell(CodeFetched(code))
    draft, image = draw(bench, code, scan_back_due=bench.product.scan_back_every > 0)
    tell(LabelDrawn(image))
    stop.check()
    job = bench.ledger.enqueue(
        draft,
        image,
        who=bench.operator,
        held_because=held_because,
        at_most=bench.allowance.quantity,
        quota=bench.allowance.quota,
        remark=bench.allowance.remark(draft.identity),
    )
    tell(JobChanged(job))
    return job


def print_label(bench: Bench, identity: Identity, stop: Stop, tell: Tell) -> tuple[PrintJob, Failure | None]:
    """Queue one label and send it now; the job as it stands then, and what went wrong with its printing.

    A printer that is not ready and a roll that has ended refuse before the queue. What breaks between the two leaves
    the job held, for a person to release or cancel.
    """
    bench = started_by(bench, bench.duty.require(Permission.LABEL))
    bench.allowance.require(identity)
    bench.ledger.require_unlabelled(bench.product.key, identity)
    require_supplies(bench.ledger, bench.printer)
    status = bench.printer.status(stop)
    if status.failure is not None:
        raise status.failure
    job = queue_label(bench, identity, stop, tell)
    run = run_queue(bench.ledger, bench.printer, [job.id], who=bench.operator, stop=stop, tell=tell)
    return bench.ledger.latest(bench.product.key, identity) or job, run.failure
