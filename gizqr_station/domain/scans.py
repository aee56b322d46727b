"""What a scanned text is: an identity, a label's content, or something else."""

from dataclasses import dataclass

from gizqr_station.domain.codes import ContentKind, anatomy
from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity import Identity, parse_identity
from gizqr_station.domain.identity_failures import NotAnIdentity


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned text, sorted. Exactly one of ``identity`` and ``refusal`` may be set."""

    text: str
    identity: Identity | None = None
    refusal: IdentityRefused | None = None
    """It has the form of an identity but must not be labelled."""
    kind: ContentKind = ContentKind.OTHER
    """What the App would make of it; OTHER for an identity."""


def sort_scan(text: str) -> Scan:
    """Sort by what the text looks like; control characters, which some codes carry, are dropped first.

    Cellular modules print ``IMEI;serial number`` in one code: the part before the semicolon counts.
    """
    cleaned = "".join(letter for letter in text if letter.isprintable()).strip()
    kind = anatomy(cleaned).kind
    if kind is not ContentKind.OTHER:
        return Scan(cleaned, kind=kind)
    try:
        return Scan(cleaned, identity=parse_identity(cleaned.split(";")[0]))
    except NotAnIdentity:
        return Scan(cleaned)
    except IdentityRefused as refused:
        return Scan(cleaned, refusal=refused)
