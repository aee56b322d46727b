"""printer-state-reasons (RFC 8011, 5.4.12; PWG 5100.9) as what keeps, or will soon keep, a label from being printed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.printer_failures import (
    CoverOpen,
    LabelNotTaken,
    MediaJam,
    MediaLow,
    MediaOut,
    PrinterFault,
    PrinterOffline,
    PrinterOverheated,
    PrinterPaused,
    RibbonOut,
)

STOPPED = 5
"""printer-state; 3 is idle, 4 is processing."""
_SUFFIXES = ("-error", "-warning", "-report")

# The first that is there is told: with the cover open, most printers report the labels missing as well.
_STOPPING: tuple[tuple[frozenset[str], Callable[[str], Failure]], ...] = (
    (frozenset({"cover-open", "door-open", "interlock-open"}), CoverOpen),
    (frozenset({"media-jam"}), MediaJam),
    (frozenset({"media-empty", "media-needed"}), MediaOut),
    (frozenset({"marker-supply-empty", "marker-supply-missing", "toner-empty"}), RibbonOut),
    (frozenset({"fuser-over-temp", "motor-over-temp", "marker-over-temp"}), PrinterOverheated),
    (frozenset({"output-area-full"}), LabelNotTaken),
    (
        frozenset({"offline", "shutdown", "connecting-to-device", "timed-out", "deactivated", "power-down"}),
        PrinterOffline,
    ),
    (frozenset({"paused", "moving-to-paused", "hold-new-jobs"}), PrinterPaused),
)
_FAULTS = frozenset({"spool-area-full", "input-tray-missing", "stopped-partly", "marker-failure", "interpreter-error"})
_LOW = frozenset({"media-low"})
_LOW_SUPPLY = frozenset({"marker-supply-low", "toner-low"})
# CUPS's backends say so of a printer that does not answer; -report would mean that all is well.
_MEANT_WORSE = {"offline-report": "offline"}


@dataclass(frozen=True, slots=True)
class Told:
    """What the reasons come to."""

    failure: Failure | None = None
    warning: Failure | None = None


def told_by(printer: str, reasons: Iterable[str], state: int | None = None, message: str = "") -> Told:
    """What a printer of this name reports.

    A ``-report`` is history (a jam that was cleared). A ``-warning`` stops as well where the thing itself does: CUPS
    hands ``media-empty`` on as ``media-empty-warning`` while not a label comes out.
    """
    said = [_MEANT_WORSE.get(reason, reason) for reason in reasons if reason and reason != "none"]
    known = {_without_suffix(reason) for reason in said if not reason.endswith("-report")}
    return Told(_failure(printer, known, said, state, message), _warning(printer, known))


def _failure(printer: str, known: set[str], said: list[str], state: int | None, message: str) -> Failure | None:
    for names, failure in _STOPPING:
        if known & names:
            return failure(printer)
    faults = [reason for reason in said if reason.endswith("-error") or reason in _FAULTS]
    if faults or state == STOPPED:
        return PrinterFault(printer, ", ".join(faults) or message or ", ".join(said) or "stopped")
    return None


def _warning(printer: str, known: set[str]) -> Failure | None:
    if known & _LOW:
        return MediaLow(printer)
    low = known & _LOW_SUPPLY
    return PrinterFault(printer, ", ".join(sorted(low))) if low else None


def _without_suffix(reason: str) -> str:
    for suffix in _SUFFIXES:
        if reason.endswith(suffix):
            return reason.removesuffix(suffix)
    return reason
