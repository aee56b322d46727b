"""Which columns a seal covers, and rows of the record as the documents that are sealed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from gizqr_station.domain.audit import ClockMark, SealedEntry
from gizqr_station.domain.job import JobState
from gizqr_station.ledger.rows import moment_of

ENTRY_COLUMNS = ("sequence", "job", "kind", "state", "subject", "at", "clock", "who", "station", "evidence")
"""Of ``entries``, in every seal; ``seal`` is the seal itself."""

DRAFT_COLUMNS = (
    "label_serial",
    "identity",
    "identity_kind",
    "product_key",
    "product_name",
    "content",
    "content_digest",
    "code_source",
    "code_task",
    "image_digest",
    "template",
    "dpi",
    "printer",
    "station",
    "operator",
    "revision",
    "test",
    "scan_back_due",
    "opened_at",
    "work_order",
    "code_service",
    "replaces",
    "reason",
    "allowed_by",
)
"""Of ``jobs`` as revision 0007 found them, in the seal of the entry that opened the job."""

LATER_DRAFT_COLUMNS: Mapping[str, object] = {"origin": "", "origin_job": 0}
"""Columns of drafts that came after revision 0007, with their defaults: sealed only where they differ from these.

A later revision thus breaks no seal that was made before it.
"""

OPENING = ("move", JobState.INTENDED.value)
"""Kind and state of the entry that opens a job: no move leads back to INTENDED."""

DRAFT_PREFIX = "draft_"
"""Before the columns of ``jobs`` where a row has those of ``entries`` too."""


def draft_document(values: Mapping[str, Any], prefix: str = "") -> dict[str, object]:
    """What a job was opened with, as it is sealed; ``values`` has the columns of ``jobs`` under this prefix."""
    sealed: dict[str, object] = {name: values[prefix + name] for name in DRAFT_COLUMNS}
    for name, default in LATER_DRAFT_COLUMNS.items():
        if values[prefix + name] != default:
            sealed[name] = values[prefix + name]
    return sealed


def entry_document(
    values: Mapping[str, Any], after: str, draft: Mapping[str, object] | None = None
) -> dict[str, object]:
    """An entry as it is sealed behind the seal ``after``; ``draft`` of the job that it opened."""
    sealed: dict[str, object] = {name: values[name] for name in ENTRY_COLUMNS}
    sealed["after"] = after
    if draft is not None:
        sealed["draft"] = draft
    return sealed


def sealed_entry_of(row: Row[Any]) -> SealedEntry:
    """A row of ``entries``; raises one of DAMAGE."""
    return SealedEntry(
        sequence=row.sequence,
        kind=row.kind,
        job=row.job,
        state=row.state,
        subject=row.subject,
        at=moment_of(row.at),
        clock=ClockMark(row.clock),
        who=row.who,
        station=row.station,
        evidence=row.evidence,
        seal=row.seal,
    )
