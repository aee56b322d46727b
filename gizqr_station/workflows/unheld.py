"""A unit that was only scanned: nothing but clock and port tell whether its device is still on the bench."""

import time

from gizqr_station.workflows.ports import Reader

UNHELD_S = 180.0
"""How long it is waited for: enough to change a roll, and nobody walks off with it for so long."""


class Unheld:
    """Begins when it is made."""

    def __init__(self, reader: Reader) -> None:
        self.minutes = round(UNHELD_S / 60)
        self._reader = reader
        self._beside = reader.present()
        self._given_up_at = time.monotonic() + UNHELD_S

    def may_have_left(self) -> bool:
        """Time is up, or another device was plugged in or out meanwhile."""
        return self._reader.present() is not self._beside or time.monotonic() >= self._given_up_at
