"""A label that takes the place of another: whether there may be one, and its dots."""

from collections.abc import Callable
from dataclasses import replace

from gizqr_station.domain.correction_failures import (
    CodeNoGood,
    NothingToReplace,
    NotTheNewest,
    OrderIsClosed,
    RemarkMissing,
    RemarkTooLong,
    SettleFirst,
)
from gizqr_station.domain.corrections import LONGEST_REMARK, ReprintReason
from gizqr_station.domain.job import JobDraft, JobState, PrintJob, label_mark
from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.domain.pool_failures import SecretInCode
from gizqr_station.domain.scan_text import printable
from gizqr_station.workflows.provision import Bench, carried_by, drawn


def remark_of(bench: Bench, reason: ReprintReason, remark: str) -> str:
    """As it is written down; raises RemarkMissing, RemarkTooLong, and SecretInCode for one that tells a secret."""
    said = printable(remark)
    if reason is ReprintReason.OTHER and not said:
        raise RemarkMissing
    if len(said) > LONGEST_REMARK:
        raise RemarkTooLong(len(said), LONGEST_REMARK)
    if bench.secrets.stands_in(said):
        raise SecretInCode("-")
    return said


def replaceable(bench: Bench, asked: PrintJob) -> PrintJob:
    """The label that would be replaced: the newest of the device that is not FAILED.

    Asked of that one, or of a FAILED one behind it. Raises NotTheNewest, NothingToReplace, SettleFirst while nobody
    knows whether it came out, CodeNoGood for a code that goes on no label again.
    """
    of_device = bench.ledger.labels_of(asked.draft.product_key, asked.identity)
    old = next((job for job in of_device if job.state is not JobState.FAILED), None)
    if old is None:
        raise NothingToReplace(asked.identity.readable)
    if asked.id < old.id:
        raise NotTheNewest(asked.draft.label_serial, old.draft.label_serial)
    if old.open or old.state is JobState.INTENDED or (old.state is JobState.SENT and old.outcome is None):
        raise SettleFirst(old.draft.label_serial, old.state.value)
    product = replace(bench.product, key=old.draft.product_key, name=old.draft.product_name)
    if not bench.demo and bench.codes.rejected(product, carried_by(old)):
        raise CodeNoGood(old.draft.label_serial)
    return old


def require_order_open(closed: Callable[[str], bool], job: PrintJob) -> None:
    """Raise OrderIsClosed for a label that would go without another: its counts were reported."""
    if job.draft.work_order and closed(job.draft.work_order):
        raise OrderIsClosed(job.draft.label_serial, job.draft.work_order)


def drawn_replacement(bench: Bench, old: PrintJob, reason: str, who: str) -> tuple[JobDraft, LabelImage]:
    """What a label says that takes the place of ``old``, drawn for the bench's printer and decoded again.

    Content, code, product, template and order are the old one's; a new serial, the next revision, and the small code
    where the template has room for it.
    """
    before = old.draft
    revision = bench.ledger.revision_for(before.product_key, before.identity) + (old.state is not JobState.VOIDED)
    serial = bench.ledger.next_label_serial()
    test = before.test or bench.demo
    fields = LabelFields(
        content=before.content,
        identity=before.identity.readable,
        product_name=before.product_name,
        label_serial=serial,
        mark=label_mark(test=test, revision=revision),
        serial_code=bench.serial_codes.has_place(before.template),
    )
    image = drawn(bench, before.template, before.identity, fields)
    draft = replace(
        before,
        label_serial=serial,
        image_digest=image.digest,
        dpi=image.dpi,
        printer=bench.printer.name,
        station=bench.station,
        operator=who,
        revision=revision,
        test=test,
        scan_back_due=True,
        replaces=before.label_serial,
        reason=reason,
        allowed_by="",
    )
    return draft, image
