"""Evidence of a unit or an order: all that the record says of it, in a form that a third party checks without us.

``packaging/evidence-format.md`` says what each field means, ``packaging/check_evidence.py`` checks a file.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gizqr_station.domain.hash_tree import paths
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.sealing import canonical
from gizqr_station.trust.checkpoint_form import SignedCheckpoint, document_of
from gizqr_station.trust.signing import StationKey

FORMAT = "gizqr-station evidence 1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of the record."""

    about: Mapping[str, str]
    """What the drafts of all its jobs have in common: ``identity``, as it stands in them, or ``work_order``."""
    entries: Sequence[Mapping[str, object]]
    """As they are sealed, in their order."""
    images: Mapping[int, LabelImage]
    """By job, in the order in which they were opened."""
    who: str
    at: datetime


def evidence(shown: Shown, held: SignedCheckpoint, seals: Iterable[str], key: StationKey) -> bytes:
    """The file: canonical JSON. ``seals`` are those of all entries that the checkpoint covers, in their order."""
    leaves = {int(str(entry["sequence"])) - 1 for entry in shown.entries}
    ways = paths(seals, leaves)
    document: dict[str, object] = {
        "format": FORMAT,
        "about": dict(shown.about),
        "made_at": (shown.at - _EPOCH) // timedelta(microseconds=1),
        "made_by": shown.who,
        "checkpoint": {name: value for name, value in document_of(held).items() if name != "witness"},
        "entries": [{"entry": entry, "path": list(ways[int(str(entry["sequence"])) - 1])} for entry in shown.entries],
        "images": [_image_document(job, image) for job, image in shown.images.items()],
    }
    return canonical({**document, "signature": key.sign(canonical(document))}) + b"\n"


def _image_document(job: int, image: LabelImage) -> dict[str, object]:
    dots = base64.b64encode(image.packed).decode()
    return {"job": job, "width": image.width, "height": image.height, "dpi": image.dpi, "dots": dots}
