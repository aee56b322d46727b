"""A result as JSON: what a factory's own systems take in. The format is described in ``packaging/results.md``."""

import json
from datetime import UTC, datetime

from gizqr_station.domain.result import Result

FORMAT = "gizqr-result/1"


def document(result: Result) -> dict[str, object]:
    """All that is handed over; the code itself is not, for whoever knows it could bind the device."""
    job, draft = result.job, result.job.draft
    return {
        "format": FORMAT,
        "key": result.key,
        "ledger": result.ledger_id,
        "entry": result.sequence,
        "seal": result.seal,
        "result": result.kind.value,
        "at": _utc(result.at),
        "who": result.who,
        "station": result.station or draft.station,
        "label_serial": draft.label_serial,
        "identity": str(job.identity.readable),
        "identity_kind": draft.identity.kind.value,
        "product_key": draft.product_key,
        "product_name": draft.product_name,
        "work_order": draft.work_order,
        "revision": draft.revision,
        "mark": job.mark,
        "test": draft.test,
        "replaces": draft.replaces,
        "reason": draft.reason,
        "operator": draft.operator,
        "printer": draft.printer,
        "template": draft.template,
        "image_digest": draft.image_digest,
    }


def encoded(result: Result) -> bytes:
    """The document in UTF-8, the same bytes at every try."""
    return json.dumps(document(result), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
