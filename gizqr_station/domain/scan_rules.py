"""What a station's scanners are set up for: which codes count, what a badge looks like, when two scans are one."""

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class ScanRules:
    """Made once from the settings; every scan is sorted by them."""

    local_macs: bool = False
    """Locally administered MACs are given out on purpose, and somebody has allowed it (``domain.allowance``)."""
    badge: re.Pattern[str] | None = None
    """What a person's badge says, from its first to its last character; None where nobody has one."""
    own_content: re.Pattern[str] | None = None
    """What labels with the product's own texts say; issued codes and links are known without."""
    symbologies: frozenset[str] = frozenset()
    """AIM letters of the codes that are taken, ``Q`` for QR, ``d`` for Data Matrix; empty: all, even without one."""
    repeat_s: float = 2.0
    """The same text so soon after its last appearance is the same pull of the trigger."""
    burst_s: float = 0.12
    """Scans that follow each other so closely were read in one pull."""

    @property
    def unread(self) -> "ScanRules":
        """The same for a text that is still to be printed: no scanner has named its symbology yet."""
        return replace(self, symbologies=frozenset(), own_content=None)


PLAIN = ScanRules()
"""Any code, no badges."""
