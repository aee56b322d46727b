"""What a scanned text is: an identity, a label's content, a command to the station, a badge, or something else."""

import re
from dataclasses import dataclass, replace
from enum import Enum

from gizqr_station.domain.codes import ContentKind, anatomy
from gizqr_station.domain.failures import IdentityRefused, LineFailure
from gizqr_station.domain.identity import Identity, Imei, MacAddress, parse_identity
from gizqr_station.domain.identity_failures import NotAnIdentity, TwoIdentities, WrongLength
from gizqr_station.domain.scan_damage import damage
from gizqr_station.domain.scan_failures import CapsLockOn, ScanTooLong, SymbologyNotWanted
from gizqr_station.domain.scan_rules import PLAIN, ScanRules
from gizqr_station.domain.scan_text import (
    LONGEST_SCAN,
    OF_NO_DEVICE,
    SYMBOLOGIES,
    in_short,
    printable,
    unjoined,
    without_aim,
)
from gizqr_station.domain.supplies import SupplyKind

COMMAND_PREFIX = "GIZQR:"
"""Whatever begins so, in any case, is a command or nothing: never a device, and never on a label."""
ROLL_COMMANDS: dict[str, SupplyKind] = {
    f"{COMMAND_PREFIX}ROLL": SupplyKind.LABELS,
    f"{COMMAND_PREFIX}RIBBON": SupplyKind.RIBBON,
}
"""What hangs beside the printer as a barcode: a new roll, or a new ribbon, was put in."""
_NO_IDENTIFIER = "?"
_LABEL_SERIAL = re.compile(r"[A-Z][A-Z0-9]{0,3}-[0-9]{6,9}", re.ASCII)
"""As ledgers give them out, this one or another; never as long as the digits of a MAC or an IMEI."""


class ScanKind(Enum):
    """What a line does with a scan."""

    DEVICE = "device"
    """It names a device."""
    REFUSED = "refused"
    """It has the form of an identity but must not be labelled."""
    COMMAND = "command"
    """It tells the station something, known to it or not."""
    BADGE = "badge"
    """It says who a person is."""
    LABEL_SERIAL = "label_serial"
    """It has the form of a label serial: the small code of a label that replaced another one, or typed."""
    SPOILT = "spoilt"
    """It came out changed, or is of a kind that is not taken here: ``problem`` says why."""
    CONTENT = "content"
    """All else: a label's content, if any label says it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned text, sorted. At most one of ``identity``, ``refusal``, ``supply``, ``badge``, ``problem`` is set."""

    text: str
    """Without control characters and AIM identifier."""
    identity: Identity | None = None
    refusal: IdentityRefused | None = None
    """It has the form of an identity but must not be labelled."""
    kind: ContentKind = ContentKind.OTHER
    """What the App would make of it; OTHER for an identity and for a command."""
    supply: SupplyKind | None = None
    """What the command says was put in; None for a command that nobody knows."""
    badge: bool = False
    ours: bool = False
    """It looks as the product's own label texts do (``ScanRules.own_content``)."""
    problem: LineFailure | None = None
    """Why nothing can be made of it: ScannerLayoutWrong, CapsLockOn, SymbologyNotWanted or ScanTooLong."""
    symbology: str = ""
    """The AIM letter that the scanner sent; empty where it sent none."""

    @property
    def what(self) -> ScanKind:
        """The one thing that it is. A command comes first: nothing else may ever be made of one."""
        if self.problem is not None:
            return ScanKind.SPOILT
        if is_command(self.text):
            return ScanKind.COMMAND
        if self.badge:
            return ScanKind.BADGE
        if is_label_serial(self.text) and not self.ours:
            return ScanKind.LABEL_SERIAL
        if self.identity is not None:
            return ScanKind.DEVICE
        return ScanKind.CONTENT if self.refusal is None else ScanKind.REFUSED

    @property
    def meaningless(self) -> bool:
        """Nothing that this station knows of: no device, command, badge, nor a content that the App would know."""
        if self.ours or self.problem is not None:
            return False
        of_no_length = isinstance(self.refusal, WrongLength)
        return of_no_length or (self.what is ScanKind.CONTENT and self.kind is ContentKind.OTHER)


def sort_scan(text: str, rules: ScanRules = PLAIN) -> Scan:
    """Sort by what the text looks like; control characters and the AIM identifier are dropped first.

    Cellular modules print ``IMEI;serial number`` in one code: the part before the semicolon counts, unless another
    identity stands behind it. A text that came out changed is named as such and never made into what it may have been.
    """
    if len(text) > LONGEST_SCAN:
        return Scan(in_short(printable(text[:LONGEST_SCAN])), problem=ScanTooLong(len(text)))
    scan = _as_it_stands(text, rules)
    if scan.meaningless and (problem := _spoilt(without_aim(unjoined(text))[1], rules)) is not None:
        return Scan(scan.text, problem=problem, symbology=scan.symbology)
    taken_anyhow = scan.what in {ScanKind.COMMAND, ScanKind.BADGE, ScanKind.LABEL_SERIAL}
    of_trade = scan.symbology in OF_NO_DEVICE and scan.what in {ScanKind.DEVICE, ScanKind.REFUSED}
    not_named = bool(rules.symbologies) and scan.symbology not in rules.symbologies and not taken_anyhow
    if not_named or (of_trade and not scan.meaningless):
        said = SYMBOLOGIES.get(scan.symbology, scan.symbology or _NO_IDENTIFIER)
        return Scan(scan.text, problem=SymbologyNotWanted(in_short(scan.text), said), symbology=scan.symbology)
    return scan


def is_command(text: str) -> bool:
    """Whether a text is kept for commands: a scanner with caps lock on must not turn one into something else."""
    return text.upper().startswith(COMMAND_PREFIX)


def is_label_serial(text: str) -> bool:
    """Whether a text has the form of a label serial, whichever ledger gave it out: ``L-000123``, ``F7-000123``."""
    return _LABEL_SERIAL.fullmatch(text) is not None


def _as_it_stands(text: str, rules: ScanRules) -> Scan:
    symbology, cleaned = without_aim(printable(text))
    scan = Scan(cleaned, symbology=symbology)
    if is_command(cleaned):
        return replace(scan, supply=ROLL_COMMANDS.get(cleaned.upper()))
    if rules.badge is not None and rules.badge.fullmatch(cleaned):
        return replace(scan, badge=True)
    kind = anatomy(cleaned).kind
    if kind is not ContentKind.OTHER:
        return replace(scan, kind=kind)
    ours = rules.own_content is not None and rules.own_content.fullmatch(cleaned) is not None
    if is_label_serial(cleaned) and not ours:
        return scan  # its letters and digits may look like those of a MAC: F7-000123
    try:
        return replace(scan, identity=_identity(without_aim(unjoined(text))[1], rules))
    except NotAnIdentity:
        return replace(scan, ours=ours)
    except WrongLength as refused:
        return replace(scan, ours=True) if ours else replace(scan, refusal=refused)
    except IdentityRefused as refused:
        return replace(scan, refusal=refused)


def _identity(text: str, rules: ScanRules) -> Identity:
    first, *behind = text.split(";")
    identity = parse_identity(first, local_macs=rules.local_macs)
    for part in behind:
        try:
            other = parse_identity(part, local_macs=rules.local_macs)
        except IdentityRefused:
            continue
        # Twelve decimal digits behind an IMEI are a serial number, though a MAC might look so too.
        serial_number = isinstance(identity, Imei) and isinstance(other, MacAddress) and other.text.isdecimal()
        if other != identity and not serial_number:
            raise TwoIdentities(identity.readable, other.readable)
    return identity


def _spoilt(text: str, rules: ScanRules) -> LineFailure | None:
    """Why a text means nothing here although it may have meant something when it was printed."""

    def understood(meant: str) -> bool:
        return not _as_it_stands(meant, rules).meaningless

    return CapsLockOn(in_short(text)) if understood(text.swapcase()) else damage(text, understood)
