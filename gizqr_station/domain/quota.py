"""How many devices of a product may register on the cloud, and how many of those are used up."""

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
        """How many more may be labelled; ``labelled_here``: identities with a live label that can bind."""
        return max(0, self.registered - self.elsewhere - labelled_here)
