"""Jobs, entries and images as rows, and back; a row that cannot be read back raises one of DAMAGE."""

import hashlib
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity import Identity, IdentityKind, Imei, MacAddress
from gizqr_station.domain.job import JobDraft, JobState, PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.workflows.ports import Entry

DAMAGE = (ValueError, TypeError, AttributeError, OverflowError)
"""What reading a row raises whose bytes were changed: another value, another type, a moment beyond the calendar."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(moment: datetime) -> int:
    """Whole microseconds since 1970 in UTC; ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(count: int) -> datetime:
    """The inverse of ``micros``, aware, in UTC."""
    return _EPOCH + timedelta(microseconds=count)


def digest_of(content: str) -> str:
    """What contents are found by: SHA-256 in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def draft_values(draft: JobDraft) -> dict[str, object]:
    """A draft's columns."""
    return {
        "label_serial": draft.label_serial,
        "identity": draft.identity.text,
        "identity_kind": draft.identity.kind.value,
        "product_key": draft.product_key,
        "product_name": draft.product_name,
        "content": draft.content,
        "content_digest": digest_of(draft.content),
        "code_source": draft.code_source.value,
        "code_task": draft.code_task,
        "image_digest": draft.image_digest,
        "template": draft.template,
        "dpi": draft.dpi,
        "printer": draft.printer,
        "station": draft.station,
        "operator": draft.operator,
        "revision": draft.revision,
        "test": draft.test,
        "scan_back_due": draft.scan_back_due,
        "work_order": draft.work_order,
        "code_service": draft.code_service,
        "replaces": draft.replaces,
        "reason": draft.reason,
        "allowed_by": draft.allowed_by,
    }


def job_of(row: Row[Any]) -> PrintJob:
    """A row of ``jobs``."""
    draft = JobDraft(
        label_serial=row.label_serial,
        identity=identity_of(row),
        product_key=row.product_key,
        product_name=row.product_name,
        content=row.content,
        code_source=CodeSource(row.code_source),
        code_task=row.code_task,
        image_digest=row.image_digest,
        template=row.template,
        dpi=row.dpi,
        printer=row.printer,
        station=row.station,
        operator=row.operator,
        revision=row.revision,
        test=row.test,
        scan_back_due=row.scan_back_due,
        work_order=row.work_order,
        code_service=row.code_service,
        replaces=row.replaces,
        reason=row.reason,
        allowed_by=row.allowed_by,
    )
    outcome = None if row.outcome is None else PrintOutcome(row.outcome)
    return PrintJob(
        id=row.id,
        draft=draft,
        state=JobState(row.state),
        outcome=outcome,
        opened_at=moment_of(row.opened_at),
        moved_at=moment_of(row.moved_at),
        sent_to=row.sent_to or "",
        origin=row.origin,
        origin_job=row.origin_job,
        contested=bool(row.contested),
    )


def entry_of(row: Row[Any]) -> Entry:
    """A row of ``entries``."""
    return Entry(row.sequence, row.job, row.kind, JobState(row.state), moment_of(row.at), row.who, row.evidence)


def image_values(job: int, image: LabelImage) -> dict[str, object]:
    """An image's columns."""
    return {
        "job": job,
        "width": image.width,
        "height": image.height,
        "dpi": image.dpi,
        "dots": zlib.compress(image.packed),
    }


def image_of(width: int, height: int, dpi: int, dots: bytes, digest: str) -> LabelImage:
    """The columns of ``images``; also ValueError when the dots are not those of the digest."""
    try:
        packed = zlib.decompress(dots)
    except zlib.error as broken:
        raise ValueError(str(broken)) from broken
    image = LabelImage.from_packed(width, height, dpi, packed)
    if image.digest != digest:
        raise ValueError(f"its dots have the digest {image.digest}")
    return image


def identity_of(row: Row[Any]) -> Identity:
    """The columns ``identity`` and ``identity_kind``. Whether it may be labelled was asked before it was written."""
    try:
        if IdentityKind(row.identity_kind) is IdentityKind.IMEI:
            return Imei.parse(row.identity)
        return MacAddress.parse(row.identity, local_macs=True)
    except IdentityRefused as refused:
        raise ValueError(str(refused)) from refused
