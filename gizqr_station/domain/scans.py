"""What a scanned text is: an identity, a label's content, a command to the station, or something else."""

from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.codes import ContentKind, anatomy
from gizqr_station.domain.failures import IdentityRefused
from gizqr_station.domain.identity import Identity, parse_identity
from gizqr_station.domain.identity_failures import NotAnIdentity
from gizqr_station.domain.supplies import SupplyKind

COMMAND_PREFIX = "GIZQR:"
"""Whatever begins so, in any case, is a command or nothing: never a device, and never on a label."""
ROLL_COMMANDS: dict[str, SupplyKind] = {
    f"{COMMAND_PREFIX}ROLL": SupplyKind.LABELS,
    f"{COMMAND_PREFIX}RIBBON": SupplyKind.RIBBON,
}
"""What hangs beside the printer as a barcode: a new roll, or a new ribbon, was put in."""


class ScanKind(Enum):
    """What a line does with a scan."""

    DEVICE = "device"
    """It names a device."""
    REFUSED = "refused"
    """It has the form of an identity but must not be labelled."""
    COMMAND = "command"
    """It tells the station something, known to it or not."""
    CONTENT = "content"
    """All else: a label's content, if any label says it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned text, sorted. At most one of ``identity``, ``refusal`` and ``supply`` is set."""

    text: str
    identity: Identity | None = None
    refusal: IdentityRefused | None = None
    """It has the form of an identity but must not be labelled."""
    kind: ContentKind = ContentKind.OTHER
    """What the App would make of it; OTHER for an identity and for a command."""
    supply: SupplyKind | None = None
    """What the command says was put in; None for a command that nobody knows."""

    @property
    def what(self) -> ScanKind:
        """The one thing that it is. A command comes first: nothing else may ever be made of one."""
        if is_command(self.text):
            return ScanKind.COMMAND
        if self.identity is not None:
            return ScanKind.DEVICE
        return ScanKind.CONTENT if self.refusal is None else ScanKind.REFUSED


def sort_scan(text: str) -> Scan:
    """Sort by what the text looks like; control characters, which some codes carry, are dropped first.

    Cellular modules print ``IMEI;serial number`` in one code: the part before the semicolon counts.
    """
    cleaned = "".join(letter for letter in text if letter.isprintable()).strip()
    if is_command(cleaned):
        return Scan(cleaned, supply=ROLL_COMMANDS.get(cleaned.upper()))
    kind = anatomy(cleaned).kind
    if kind is not ContentKind.OTHER:
        return Scan(cleaned, kind=kind)
    try:
        return Scan(cleaned, identity=parse_identity(cleaned.split(";")[0]))
    except NotAnIdentity:
        return Scan(cleaned)
    except IdentityRefused as refused:
        return Scan(cleaned, refusal=refused)


def is_command(text: str) -> bool:
    """Whether a text is kept for commands: a scanner with caps lock on must not turn one into something else."""
    return text.upper().startswith(COMMAND_PREFIX)
