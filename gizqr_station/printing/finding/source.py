"""One place where printers can be looked for."""

from collections.abc import Callable
from dataclasses import dataclass

from gizqr_station.domain.printer import FoundPrinter
from gizqr_station.domain.stop import Stop

Found = Callable[[FoundPrinter], None]
"""Hears of each printer as soon as it is seen; from any thread."""


@dataclass(frozen=True, slots=True)
class Source:
    """Looks once and returns within seconds; raises Stopped, and may raise anything else when it breaks."""

    name: str
    """For the log."""
    look: Callable[[Found, Stop], None]
