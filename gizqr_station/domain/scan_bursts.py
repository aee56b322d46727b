"""Several codes read in one pull of the trigger: which of them count, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_failures import TwoIdentities
from gizqr_station.domain.scan_rules import ScanRules
from gizqr_station.domain.scan_text import pieces
from gizqr_station.domain.scans import Scan, ScanKind, sort_scan


@dataclass(frozen=True, slots=True)
class Piece:
    """One code of a burst."""

    text: str
    """As it was scanned, identifier and all, for whoever sorts it again."""
    scan: Scan


@dataclass(frozen=True, slots=True)
class SortedBurst:
    """What becomes of the codes of one burst; each is in exactly one of the five."""

    given_on: tuple[Piece, ...] = ()
    """In order: commands, then label contents and the serials beside them, or else the one device, or what only the
    line can answer."""
    refused: tuple[tuple[Piece, Failure], ...] = ()
    """Each with what is to be said of it."""
    contradicting: tuple[Piece, ...] = ()
    """Named two devices, and whatever else came with them: none of it counts."""
    beside: tuple[Piece, ...] = ()
    """Meant nothing, or nothing more, beside what did."""
    badges: tuple[Piece, ...] = ()
    """Say who people are, whatever else was read with them; their texts are shown and logged nowhere."""

    @property
    def contradiction(self) -> TwoIdentities | None:
        """The first two devices that were named, if there were two."""
        named = dict.fromkeys(piece.scan.identity.readable for piece in self.contradicting if piece.scan.identity)
        first, *others = [*named, ""]
        return TwoIdentities(first, others[0]) if len(named) > 1 else None


def sorted_burst(texts: Iterable[str], rules: ScanRules) -> SortedBurst:
    """Sort what came in one pull of the trigger.

    A label's content says more than the module's own code beside it, for a device that has a label is to get no
    second one: only the content is given on. An unknown text beside something known is packaging, a serial number or
    an advertisement; alone it is given on, so that somebody answers.
    """
    by_kind: dict[ScanKind, list[Piece]] = {kind: [] for kind in ScanKind}
    unknown: list[Piece] = []
    for piece in _different(piece for text in texts for piece in split(text, rules)):
        (unknown if piece.scan.meaningless else by_kind[piece.scan.what]).append(piece)
    commands, contents, devices = by_kind[ScanKind.COMMAND], by_kind[ScanKind.CONTENT], by_kind[ScanKind.DEVICE]
    serials = by_kind[ScanKind.LABEL_SERIAL]
    badges = tuple(by_kind[ScanKind.BADGE])
    refused: list[tuple[Piece, Failure]] = [
        (piece, piece.scan.problem) for piece in by_kind[ScanKind.SPOILT] if piece.scan.problem is not None
    ]
    if len({piece.scan.identity for piece in devices}) > 1:
        contradicting = (*devices, *contents, *serials, *by_kind[ScanKind.REFUSED], *unknown)
        return SortedBurst(tuple(commands), tuple(refused), contradicting, badges=badges)
    if contents:
        meant, beside = [*contents, *serials], devices
    elif devices:
        # What looks like a label serial beside a device's own code is a number of its maker.
        meant, beside = devices[:1], [*devices[1:], *serials]
    else:
        meant, beside = serials, []
    unsure = [*by_kind[ScanKind.REFUSED], *unknown]
    if commands or meant or refused or badges:
        return SortedBurst((*commands, *meant), tuple(refused), (), (*beside, *unsure), badges)
    return SortedBurst(tuple(unsure))


def split(text: str, rules: ScanRules) -> tuple[Piece, ...]:
    """The codes in one text: more than one only if every one of them is understood by itself."""
    whole = Piece(text, sort_scan(text, rules))
    if whole.scan.what is ScanKind.SPOILT:
        return (whole,)
    parts: list[Piece] = []
    for part in pieces(text):
        parts.append(Piece(part, sort_scan(part, rules)))
        if not _understood(parts[-1].scan):
            return (whole,)
    of_devices = all(part.scan.what is ScanKind.DEVICE for part in parts)
    # Whether ``IMEI;number`` names two devices the whole knows better than its halves do.
    if len(parts) < 2 or (of_devices and not whole.scan.meaningless):
        return (whole,)
    return tuple(parts)


def _understood(scan: Scan) -> bool:
    return not scan.meaningless and scan.what not in {ScanKind.REFUSED, ScanKind.SPOILT}


def _different(burst: Iterable[Piece]) -> tuple[Piece, ...]:
    first: dict[str, Piece] = {}
    for piece in burst:
        first.setdefault(piece.scan.text, piece)
    return tuple(first.values())
