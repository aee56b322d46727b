"""Labels on the roll and on the ribbon, by count, so that the line stops before the half label."""

from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.printer_failures import RibbonEnded, RibbonLow, RollEnded, RollLow


class SupplyKind(Enum):
    """What runs out."""

    LABELS = "labels"
    RIBBON = "ribbon"


@dataclass(frozen=True, slots=True)
class Supply:
    """One roll in one printer. A printer whose rolls nobody counts has none."""

    printer: str
    kind: SupplyKind
    left: int
    """Labels it is good for."""
    full: int
    """When it was put in."""
    warn_below: int

    @property
    def ended(self) -> bool:
        """Whether the next label would be a half one."""
        return self.left <= 0

    @property
    def low(self) -> bool:
        """Whether somebody should fetch the next one."""
        return self.left <= self.warn_below


def supply_failure(supplies: tuple[Supply, ...]) -> Failure | None:
    """What keeps a label from being printed, if anything does."""
    for supply in supplies:
        if supply.ended:
            return (RollEnded if supply.kind is SupplyKind.LABELS else RibbonEnded)(supply.printer)
    return None


def supply_warning(supplies: tuple[Supply, ...]) -> Failure | None:
    """What will end soon."""
    for supply in supplies:
        if supply.low and not supply.ended:
            return (RollLow if supply.kind is SupplyKind.LABELS else RibbonLow)(supply.printer, supply.left)
    return None
