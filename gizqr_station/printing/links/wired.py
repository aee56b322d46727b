"""What every connection has in common: bytes pushed out, bytes heard, and what is known of both when it ends.

A ``Wire`` is one open connection that never waits by itself; ``WiredLink`` makes a Link of it.
"""

import contextlib
import time
from collections.abc import Callable
from typing import Protocol

from gizqr_station.domain.printer import Patience
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.links.link import Delivery, End, LinkLost

LOOK_AT_STOP_S = 0.1
_LAST_BYTES_S = 0.001
"""Short, because the other side takes the last bytes within milliseconds as a rule."""
_LAST_BYTES_AT_MOST_S = 0.02
_MOST_HEARD = 65536
"""A printer that chatters on must not fill the memory; the newest counts. In one turn no more is listened to."""


class Wire(Protocol):
    """Raw bytes; every method but ``wait`` returns at once, and raises OSError when the connection is broken."""

    delivering: bool
    """Set while a label is on its way, for connections whose flow the printer holds back with bytes of its own."""

    @property
    def hears(self) -> bool:
        """Whether anything can come back at all."""
        ...

    @property
    def ended(self) -> bool:
        """Whether the other side has closed in order: it will say nothing more, but may still take bytes."""
        ...

    def push(self, data: bytes) -> int:
        """Hand over as much as goes without waiting; how much that was."""
        ...

    def pull(self) -> bytes:
        """What has come; empty for nothing."""
        ...

    def untaken(self) -> int:
        """Bytes that were pushed and are still on this side; 0 where the system does not tell."""
        ...

    def wait(self, seconds: float, *, to_push: bool) -> None:
        """Until something came or, if wanted, something can be pushed; at most so long."""
        ...

    def end(self) -> bool:
        """Tell the other side that nothing more will come; False where a connection has no such word."""
        ...

    def close(self, *, discard: bool) -> None:
        """Once, and at once; never fails. With ``discard`` nothing that is still on this side goes out."""
        ...


class WiredLink:
    """A Link over any Wire."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._heard = bytearray()
        self._gone = False
        self._broken = False
        """Gone, and not in order."""
        self._open = True

    def deliver(self, data: bytes, patience: Patience, stop: Stop) -> Delivery:
        """Send everything. What the printer says meanwhile is kept for the next ``ask`` that only listens."""
        self._heard.clear()
        self._wire.delivering = True
        delivery = _Sending(self._wire, data, patience, stop, self._listen).run()
        self._wire.delivering = False
        if delivery.end is not End.TAKEN:
            self._gone = self._broken = True
            self._close(discard=True)
        return delivery

    def ask(self, query: bytes, complete: Callable[[bytes], bool], within_s: float, stop: Stop) -> bytes:
        """Also returns what was heard before and nobody has asked for."""
        until = time.monotonic() + within_s
        if self._gone or not self._open:
            raise LinkLost
        if not self._wire.hears:
            return b""
        try:
            unsent = query
            while True:
                stop.check()
                if unsent:
                    unsent = unsent[self._wire.push(unsent) :]
                self._listen()
                left_s = until - time.monotonic()
                if complete(bytes(self._heard)) or left_s <= 0 or (self._wire.ended and self._heard):
                    break
                if self._wire.ended:
                    raise LinkLost
                self._wire.wait(min(left_s, LOOK_AT_STOP_S), to_push=bool(unsent))
        except OSError as broken:
            self._gone = True
            self._broken = not self._wire.ended
            raise LinkLost(str(broken)) from broken
        answer = bytes(self._heard)
        self._heard.clear()
        return answer

    def finish(self, settle_s: float, stop: Stop) -> End:
        """Who keeps the connection open has taken the bytes all the same."""
        until = time.monotonic() + settle_s
        try:
            if not self._gone:
                says_so = self._wire.end()
                self._listen()
                while says_so and not self._wire.ended and not stop.asked and (left_s := until - time.monotonic()) > 0:
                    self._wire.wait(min(left_s, LOOK_AT_STOP_S), to_push=False)
                    self._listen()
        except OSError:
            self._broken = not self._wire.ended
        self._close(discard=self._broken)
        return End.LOST if self._broken else End.TAKEN

    def close(self) -> None:
        """A query that the other side has not taken must not reach it later."""
        left = 1
        if self._open:
            with contextlib.suppress(OSError):
                left = self._wire.untaken()
        self._close(discard=left > 0)

    def _close(self, *, discard: bool) -> None:
        if self._open:
            self._open = False
            self._wire.close(discard=discard)

    def _listen(self) -> None:
        """What has come by now: one that never stops talking must not keep its asker from looking at the time."""
        left = _MOST_HEARD
        while left > 0 and (came := self._wire.pull()):
            left -= len(came)
            self._heard += came
            del self._heard[:-_MOST_HEARD]


class _Sending:
    """The state of one delivery: how much is out, and when it last moved."""

    def __init__(
        self, wire: Wire, data: bytes, patience: Patience, stop: Stop, listen: Callable[[], None]
    ) -> None:  # fmt: skip
        self._wire, self._data, self._patience, self._stop, self._listen = wire, data, patience, stop, listen
        self._pushed = 0
        self._taken = 0

    def run(self) -> Delivery:
        end = self._send()
        return Delivery(end, self._pushed, self._taken)

    def _send(self) -> End:
        """Until everything is taken: by the other side where the system tells, by the system elsewhere."""
        started = moved = time.monotonic()
        pause_s = _LAST_BYTES_S
        while True:
            try:
                if self._stop.asked and not self._all_taken():
                    return End.STOPPED
                # In small steps, for a printer may ask for a pause after each.
                pushed = self._wire.push(self._data[self._pushed :]) if self._pushed < len(self._data) else 0
                self._pushed += pushed
                taken = self._pushed - self._wire.untaken()
                # A connection that broke has nothing left to send either: only one that still hears has taken it.
                self._listen()
            except OSError:
                return End.LOST
            now = time.monotonic()
            if taken > self._taken:
                self._taken, moved, pause_s = taken, now, _LAST_BYTES_S
            if taken == len(self._data):
                return End.TAKEN
            if now - moved > self._patience.stall_s:
                return End.STALLED
            if now - started > self._patience.total_s:
                return End.OVERDUE
            to_push = self._pushed < len(self._data)
            if pushed and to_push:
                continue
            pause_s = min(pause_s * 2, _LAST_BYTES_AT_MOST_S)
            with contextlib.suppress(OSError):  # the next turn finds out
                self._wire.wait(LOOK_AT_STOP_S if to_push else pause_s, to_push=to_push)

    def _all_taken(self) -> bool:
        return self._pushed == len(self._data) and self._wire.untaken() == 0
