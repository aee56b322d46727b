"""What a restore brought back, and what it could not."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Salvaged:
    """Labels that the old file still told of and the copy did not know."""

    labels: int
    """Begun since the copy was made; their devices are claimed again."""
    moved: int
    """Known to the copy, and further on since."""
    unreadable: int
    """That nothing can be made of. Their devices may have a label that nobody knows of."""
    readable: bool = True
    """Whether the old file could be read at all; False where everything since the copy is gone."""
    reaches: bool = True
    """Whether the old file goes as far as what was signed last; False where an older one had been put there."""

    acts: int = 0
    """What was written since the copy about orders, shifts, batches and rolls: it is not taken over."""

    @property
    def every_label(self) -> bool:
        """Whether all labels that were ever made are known again."""
        return self.readable and self.reaches and not self.unreadable

    @property
    def everything(self) -> bool:
        """Whether all that was ever written is known again."""
        return self.every_label and not self.acts


@dataclass(frozen=True, slots=True)
class Restored:
    """How a copy took the ledger's place."""

    copy: str
    copied_entries: int
    """How far the copy went."""
    signed_entries: int
    """How far the record went when it was signed last; 0 where it never was."""
    salvaged: Salvaged
    kept_as: str
    """Where the old file is now; empty where there was none."""
    at: datetime
    checkpoints_set_aside: int

    @property
    def labels_may_be_missing(self) -> bool:
        """Whether a device may have a label that this ledger does not know of."""
        return not self.salvaged.every_label
