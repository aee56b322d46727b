"""What is known of how a printer takes to being asked, so that one that never answers costs no time."""

import time

from gizqr_station.domain.printer import Asking
from gizqr_station.printing.devices import Device

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 5.0, 60.0


class Acquaintance:
    """One driver's; that its device ever answered is known beyond the driver, and beyond the program."""

    def __init__(self, asking: Asking, device: Device) -> None:
        self._asking, self._device = asking, device
        self.keeps_open: bool | None = None
        """Whether the connection over which it answered stays open for a label; None until that was seen."""
        self._asked = False
        self._pause_s = _FIRST_PAUSE_S
        self._again_at = 0.0

    @property
    def answered(self) -> bool:
        """It did once, so its silence means something."""
        return self._device.answered

    @property
    def silence_counts(self) -> bool:
        """Whether a printer that does not answer is to be sent nothing."""
        return self.answered or self._asking is Asking.ALWAYS

    def asks_before_label(self) -> bool:
        """A silent one is asked once after each time that there was no connection."""
        return self._asking is not Asking.NEVER and (self.silence_counts or not self._asked)

    def asks_at_look(self) -> bool:
        """A silent one now and then too: it may have been silent because its cover was open."""
        return self.asks_before_label() or (self._asking is not Asking.NEVER and time.monotonic() >= self._again_at)

    def asked(self, *, answered: bool) -> None:
        """It was, and this is what came of it."""
        self._asked = True
        if answered:
            self._device.has_answered()
        else:
            self._again_at = time.monotonic() + self._pause_s
            self._pause_s = min(self._pause_s * 2, _LONGEST_PAUSE_S)

    def disconnected(self) -> None:
        """Another printer may come back, or the same one with its cover closed."""
        self._asked = False
        self._pause_s = _FIRST_PAUSE_S
