"""Which codes have come into a camera's view, from what each picture shows."""

_SURE_LOOKS = 2
"""A code counts when two pictures show it: a single one may be misread."""
_LEFT_AFTER_S = 1.0
"""A hand shakes, and a code is read in one picture and not in the next: it has left when it is missed for so long."""
_TOGETHER_S = 0.3
"""Codes of one label come into focus one after the other; so long after the first they are given on together."""


class CodesInView:
    """Counts each code once while it stays in view."""

    def __init__(self) -> None:
        self._looks: dict[str, int] = {}
        self._last_seen: dict[str, float] = {}
        self._waiting: list[str] = []
        self._waiting_since = 0.0

    def seen(self, codes: frozenset[str], now: float) -> list[str]:
        """Take what one picture shows, at a moment in seconds; return what has come into view, all at once."""
        for code in sorted(codes):
            self._last_seen[code] = now
            self._looks[code] = self._looks.get(code, 0) + 1
            if self._looks[code] == _SURE_LOOKS:
                self._waiting_since = self._waiting_since if self._waiting else now
                self._waiting.append(code)
        for code in [code for code, at in self._last_seen.items() if now - at >= _LEFT_AFTER_S]:
            del self._looks[code], self._last_seen[code]
        if not self._waiting or now - self._waiting_since < _TOGETHER_S:
            return []
        came, self._waiting = self._waiting, []
        return came
