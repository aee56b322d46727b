"""What a row of an export says of a label, and in which order."""

from collections.abc import Callable
from datetime import UTC, datetime

from gizqr_station.domain.job import PrintJob

COLUMNS: dict[str, Callable[[PrintJob], str]] = {
    "label_serial": lambda job: job.draft.label_serial,
    "identity": lambda job: job.identity.readable,
    "kind": lambda job: job.identity.kind.value,
    "product": lambda job: job.draft.product_name,
    "product_key": lambda job: job.draft.product_key,
    "work_order": lambda job: job.draft.work_order,
    "state": lambda job: job.state.value,
    "outcome": lambda job: job.outcome.value if job.outcome else "",
    "revision": lambda job: str(job.draft.revision),
    "mark": lambda job: job.mark,
    "test": lambda job: "yes" if job.draft.test else "no",
    "replaces": lambda job: job.draft.replaces,
    "reason": lambda job: job.draft.reason,
    "allowed_by": lambda job: job.draft.allowed_by,
    "opened_at": lambda job: _utc(job.opened_at),
    "moved_at": lambda job: _utc(job.moved_at),
    "printer": lambda job: job.draft.printer,
    "sent_to": lambda job: job.sent_to,
    "station": lambda job: job.draft.station,
    "operator": lambda job: job.draft.operator,
    "template": lambda job: job.draft.template,
    "dpi": lambda job: str(job.draft.dpi),
    "code_source": lambda job: job.draft.code_source.value,
    "image_digest": lambda job: job.draft.image_digest,
}


def row_of(job: PrintJob) -> list[str]:
    """One label, in the order of COLUMNS."""
    return [value(job) for value in COLUMNS.values()]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
