"""The bytes of a trial: told a few times a second, and the latest of them kept for a file."""

import threading
from collections import deque

from gizqr_station.domain.wire_text import WireBytes
from gizqr_station.workflows.device_happenings import WireHeard
from gizqr_station.workflows.happenings import Tell

KEPT_BYTES = 1_000_000
KEPT_PIECES = 50_000
TOLD_BYTES = 8_192
"""At most so many at a time: 80 KiB a second, more than a screen shows and a line at 921,600 baud brings."""
TELL_EVERY_S = 0.1


class TrialWire:
    """``hear`` on the reader's thread, all else on any."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        """Held while it is told: what came first is told first, whoever tells it."""
        self._kept: deque[WireBytes] = deque()
        self._kept_bytes = 0
        self._dropped = 0
        self._untold: list[WireBytes] = []
        self._untold_bytes = 0
        self._missed = 0

    def hear(self, wire: WireBytes) -> None:
        """Bytes went over the wire."""
        with self._lock:
            self._keep(wire)
            room = max(0, TOLD_BYTES - self._untold_bytes)
            if room:
                self._untold.append(WireBytes(wire.at, wire.sent, wire.data[:room]))
            self._untold_bytes += min(room, len(wire.data))
            self._missed += len(wire.data) - min(room, len(wire.data))

    def flush(self) -> None:
        """Tell what nobody was told yet."""
        with self._telling:
            with self._lock:
                wire, self._untold, self._untold_bytes = tuple(self._untold), [], 0
                missed, self._missed = self._missed, 0
            if wire or missed:
                self._tell(WireHeard(wire, missed))

    def kept(self) -> tuple[WireBytes, ...]:
        """The latest bytes, up to a million."""
        with self._lock:
            return tuple(self._kept)

    @property
    def dropped(self) -> int:
        """How many bytes came before those that are kept."""
        with self._lock:
            return self._dropped

    @property
    def silent(self) -> bool:
        """Whether the device has said nothing."""
        with self._lock:
            return not self._dropped and all(wire.sent for wire in self._kept)

    def _keep(self, wire: WireBytes) -> None:
        self._kept.append(wire)
        self._kept_bytes += len(wire.data)
        while self._kept_bytes > KEPT_BYTES or len(self._kept) > KEPT_PIECES:
            gone = len(self._kept.popleft().data)
            self._kept_bytes -= gone
            self._dropped += gone
