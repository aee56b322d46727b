"""How many devices of a product may register on the cloud, and how many of those are used up.

The cloud counts devices that came online, and a station does not see that happen. So it counts, on the safe side, each
identity once that ever got a label which binds and which may have left the printer, whatever became of that label: a
device whose label was voided may long be registered. Labels that wait or are being printed have their place already;
one that never went out gives it back. TEST labels count nothing, and a replaced label nothing more.
"""

from dataclasses import dataclass

UNPUBLISHED = 10
"""Devices that a product registers until it is published."""


@dataclass(frozen=True, slots=True)
class Quota:
    """The vendor's limit for one product; unit N+1 gets a perfect label and can never register."""

    registered: int
    """Devices that may register in all."""
    elsewhere: int = 0
    """Used up outside of this station's ledger."""

    def left(self, labelled_here: int) -> int:
        """How many more identities may get their first label; ``labelled_here``: those that count here already."""
        return max(0, self.registered - self.elsewhere - labelled_here)
