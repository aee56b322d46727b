"""A TCP printer that lies, breaks and dies as it is told to, and keeps a true log of what came out of it.

It understands ZPL with the same reader as the virtual printer, which knows nothing of what writes labels. What it
answers is written by hand from Zebra's manual. Every lie is counted when it is told, so that a test knows that it was.
"""

import contextlib
import heapq
import selectors
import socket
import struct
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from types import TracebackType
from typing import Self

from gizqr_station.domain.label import LabelImage
from gizqr_station.printing.virtual_zpl import Format, StatusAsked, VariableAsked, ZplEar, only_questions
from gizqr_station.printing.zpl_graphics import ZplRefused
from gizqr_station.printing.zpl_reader import ReadLabel, ZplReader

PRINTING_S = 0.004
_TURN_S = 0.05
_SMALL_BUFFER = 4096
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_NEVER = 1 << 60
_ONCE_WAS = 1000


class Out(Enum):
    """What comes out of one job."""

    WHOLE = "whole"
    NOTHING = "nothing"
    HALF = "half"
    TWICE = "twice"
    HELD = "held"
    """Media out in mid label: half of it comes out, and after a change of the roll the whole of it."""


class Wire(Enum):
    """What happens to the connection in mid job."""

    FINE = "fine"
    STALL = "stall"
    """Not a byte more is taken; the connection stays."""
    PAUSE = "pause"
    """The same until somebody changes the roll; then it goes on to read, if there is anything left to read."""
    RESET = "reset"
    CLOSE = "close"
    """In order, as if all were well."""
    POWER_OFF = "power off"


class Status(Enum):
    """How ~HS is answered."""

    TRUE = "true"
    TRUE_OR_SILENT = "true or silent"
    """As docs.zebra.com says: no answer while media or ribbon is out or the head is open."""
    IDLE = "idle"
    LATE = "late"
    PIECES = "pieces"
    NONE = "none"
    ONCE = "once"


class Count(Enum):
    """How the odometer is answered."""

    TRUE = "true"
    LATE = "late"
    """Goes on only long after the label."""
    WITH_NEXT = "with next"
    """Goes on for a label only when the next job begins."""
    NONE = "none"
    UNKNOWN = "unknown"
    RESET = "reset"
    """Begins anew at zero with each job; when it is switched on it goes on where it once was."""


@dataclass(frozen=True, slots=True)
class Fate:
    """Of one job."""

    out: Out = Out.WHOLE
    wire: Wire = Wire.FINE
    after_bytes: int = _NEVER
    """Of settings and label, from where on the wire misbehaves; by default after the last."""


@dataclass(frozen=True, slots=True)
class Manners:
    """Of a printer, whatever it prints."""

    status: Status = Status.TRUE
    count: Count = Count.TRUE
    late_s: float = 3.0
    """Much later than anybody here waits; a count is also written down when the power goes."""
    closes_at_once: bool = False
    """As soon as a label is whole, whoever may still want to ask something."""
    keeps_buffer: bool = False
    """What was not printed when it was switched off is printed when it is switched on."""
    small_buffer: bool = False
    """What is not read soon piles up at the sender."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """One piece of media that came out."""

    job: str
    image: LabelImage
    whole: bool
    at: datetime
    own_doing: bool = False
    """A copy that nobody asked for."""


@dataclass(eq=False)
class _Session:
    connection: socket.socket
    ear: ZplEar = field(default_factory=ZplEar)
    fate: Fate | None = None
    taken: int = 0
    paused: bool = False
    read_ahead: bytes = b""
    """Of what was read before it paused."""


class LyingPrinter:
    """Prints from ``__enter__`` on, on one thread of its own."""

    def __init__(self, manners: Manners, fates: Callable[[], Fate], dpi: int = 203) -> None:
        """``fates`` is asked for each job as it begins, on the printer's thread."""
        self._manners, self._fates, self._dpi = manners, fates, dpi
        self._lock = threading.RLock()
        self._reader = ZplReader(dpi)
        self._held: deque[ReadLabel] = deque()
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._orders = 0
        self._sessions: set[_Session] = set()
        self._selector = selectors.DefaultSelector()
        self._ending = False
        self._on = True
        self._answered = False
        self._in_print: dict[int, ReadLabel] = {}
        self._wake, self._woken = socket.socketpair()
        self._odometer = _ONCE_WAS if manners.count is Count.RESET else 0
        self._uncounted: set[int] = set()
        self.media_out = False
        self.paper: list[OnPaper] = []
        self.told: Counter[str] = Counter()
        """How often each fault happened."""
        self.label_bytes = 0
        """Of settings and labels, never of questions."""
        self.names: Counter[str] = Counter()
        """Of jobs whose label began to arrive."""
        self.refused: list[str] = []
        self._door = self._open_door(0)
        self.port = int(self._door.getsockname()[1])
        self._thread = threading.Thread(target=self._run, name="lying printer")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending = True
        self._thread.join(5)

    # What a person does to it.

    def change_roll(self) -> None:
        """New labels: what was held comes out."""
        with self._lock:
            self.media_out = False
            for session in list(self._sessions):
                if session.paused and session.fate is not None:
                    self.told["woken"] += 1
                    session.fate = Fate()
                    self._selector.register(session.connection, selectors.EVENT_READ, session)
                    self._take(session, session.read_ahead)
            held, self._held = self._held, deque()
            for label in held:
                self.told["held label printed later"] += 1
                self._put_out(label, whole=True)

    def switch_off(self) -> None:
        with self._lock:
            self._power_off()

    def switch_on(self) -> None:
        """With what it kept, which begins to print at once if there is media."""
        with self._lock:
            if self._on:
                return
            self._door = self._open_door(self.port)
            self._selector.register(self._door, selectors.EVENT_READ)
            self._on = True
            if not self.media_out:
                self.change_roll()

    def at_rest(self, within_s: float = 2.0) -> bool:
        """Wait until all that arrived is printed; False when it is not in time."""
        ends = time.monotonic() + within_s
        while time.monotonic() < ends:
            with self._lock:
                if not self._in_print and not self._selector_ready():
                    return True
            time.sleep(0.001)
        return False

    # The wire.

    def _open_door(self, port: int) -> socket.socket:
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if self._manners.small_buffer:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL_BUFFER)
        door.bind(("127.0.0.1", port))
        door.listen()
        door.setblocking(False)
        return door

    def _run(self) -> None:
        self._selector.register(self._door, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ, self._woken)
        try:
            while not self._ending:
                ready = self._selector.select(self._pause())
                with self._lock:
                    self._ring()
                    for key, _ in ready:
                        if key.data is self._woken:
                            self._woken.recv(100)
                        elif key.data is None:
                            self._admit()
                        elif key.data in self._sessions:
                            self._serve(key.data)
        finally:
            with self._lock:
                self._power_off()
                self._selector.close()
                self._wake.close()
                self._woken.close()

    def _pause(self) -> float:
        with self._lock:
            return max(0.0, min(_TURN_S, self._timers[0][0] - time.monotonic())) if self._timers else _TURN_S

    def _ring(self) -> None:
        while self._timers and self._timers[0][0] <= time.monotonic():
            heapq.heappop(self._timers)[2]()

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        self._orders += 1
        heapq.heappush(self._timers, (time.monotonic() + seconds, self._orders, act))
        self._wake.send(b"!")

    def _selector_ready(self) -> bool:
        return bool(self._selector.get_map()) and bool(self._selector.select(0))

    def _admit(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._door.accept()
            connection.setblocking(False)
            session = _Session(connection)
            self._sessions.add(session)
            self._selector.register(connection, selectors.EVENT_READ, session)

    def _serve(self, session: _Session) -> None:
        try:
            chunk = session.connection.recv(4096)
            if not chunk:
                self._leave(session)
            elif session.fate is None and not session.ear.waiting and only_questions(chunk):
                self._hear(session, chunk)
            else:
                self._take(session, chunk)
        except OSError:
            self._leave(session)

    def _take(self, session: _Session, chunk: bytes) -> None:
        """Bytes of a job, as far as its fate lets them come."""
        if session.fate is None:
            session.fate = self._fates()
            if self._manners.count is Count.WITH_NEXT:
                self._count_what_was_not()
        fate = session.fate
        room = fate.after_bytes - session.taken
        chunk, session.read_ahead = chunk[: max(0, room)], chunk[max(0, room) :]
        session.taken += len(chunk)
        self.label_bytes += len(chunk)
        self._hear(session, chunk)
        if session.taken >= fate.after_bytes and session in self._sessions:
            self._misbehave(session, fate)

    def _misbehave(self, session: _Session, fate: Fate) -> None:
        self.told[fate.wire.value] += 1
        match fate.wire:
            case Wire.STALL | Wire.PAUSE:
                session.paused = fate.wire is Wire.PAUSE
                self._selector.unregister(session.connection)
            case Wire.RESET:
                self._leave(session, reset=True)
            case Wire.CLOSE:
                self._leave(session)
            case Wire.POWER_OFF:
                self._power_off()
            case Wire.FINE:
                pass

    def _hear(self, session: _Session, chunk: bytes) -> None:
        try:
            for came in session.ear.hear(chunk):
                match came:
                    case StatusAsked():
                        self._answer_status(session)
                    case VariableAsked():
                        self._answer_count(session)
                    case Format(zpl):
                        self._format(session, zpl)
        except ZplRefused as refused:
            self.refused.append(str(refused))
            self._leave(session, reset=True)

    def _leave(self, session: _Session, *, reset: bool = False) -> None:
        if session not in self._sessions:
            return
        self._sessions.discard(session)
        with contextlib.suppress(KeyError):
            self._selector.unregister(session.connection)
        if reset:
            session.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        session.connection.close()

    def _power_off(self) -> None:
        if not self._on:
            return
        self._on = False
        with contextlib.suppress(KeyError):
            self._selector.unregister(self._door)
        self._door.close()
        for session in list(self._sessions):
            self._leave(session, reset=True)
        self._reader, self._answered = ZplReader(self._dpi), False
        self._count_what_was_not()
        if self._manners.count is Count.RESET:
            self._odometer = _ONCE_WAS
        self._held.extend(self._in_print.values())
        self._in_print.clear()
        if not self._manners.keeps_buffer:
            self.told["buffer lost"] += len(self._held)
            self._held.clear()

    # Its answers.

    def _answer_status(self, session: _Session) -> None:
        kind = self._manners.status
        silent = kind is Status.NONE or (kind is Status.ONCE and self._answered)
        if silent or (kind is Status.TRUE_OR_SILENT and self.media_out):
            self.told["no status"] += 1
            return
        self._answered = True
        truth = kind is not Status.IDLE
        if not truth and (self.media_out or self._in_print or self._held):
            self.told["false status"] += 1
        out, waiting = (int(self.media_out), len(self._in_print) + len(self._held)) if truth else (0, 0)
        answer = b"\x02030,%d,0,0240,%03d,0,0,0,000,0,0,0\x03\r\n" % (out, waiting)
        answer += b"\x02001,0,0,0,1,2,6,0,%08d,1,000\x03\r\n\x021234,0\x03\r\n" % waiting
        if kind is Status.LATE:
            self.told["late status"] += 1
            self._after(self._manners.late_s, lambda: self._say(session, answer))
        elif kind is Status.PIECES:
            self.told["status in pieces"] += 1
            for number, at in enumerate(range(0, len(answer), 11)):
                piece = answer[at : at + 11]
                self._after(number * 0.001, lambda piece=piece: self._say(session, piece))  # type: ignore[misc]
        else:
            self._say(session, answer)

    def _answer_count(self, session: _Session) -> None:
        match self._manners.count:
            case Count.NONE:
                self.told["no count"] += 1
            case Count.UNKNOWN:
                self.told["count unknown"] += 1
                self._say(session, b'"?"')
            case _:
                self._say(session, b'"%d"' % self._odometer)

    def _say(self, session: _Session, answer: bytes) -> None:
        if session in self._sessions:
            with contextlib.suppress(OSError):
                session.connection.send(answer)

    # Its paper.

    def _format(self, session: _Session, zpl: bytes) -> None:
        label = self._reader.read(zpl)
        if label is None:
            return
        assert session.fate is not None
        fate, session.fate = session.fate, None
        self.names[label.job_name] += 1
        if session.paused:
            self.told["trickled out after a pause"] += 1
        self._fulfil(label, fate)
        if fate.after_bytes == _NEVER and fate.wire is not Wire.FINE:
            self._misbehave(session, fate)
        elif self._manners.closes_at_once:
            self.told["closed at once"] += 1
            self._leave(session)
        session.taken = 0

    def _fulfil(self, label: ReadLabel, fate: Fate) -> None:
        if fate.out is not Out.WHOLE:
            self.told[fate.out.value] += 1
        if self._manners.count is Count.RESET:
            self.told["count reset"] += 1
            self._odometer = 0
        if self.media_out:
            self.told["held for want of media"] += 1
            self._held.append(label)
        elif fate.out is Out.HALF:
            self._put_out(label, whole=False)
        elif fate.out is Out.HELD:
            self._put_out(label, whole=False)
            self.media_out = True
            self._held.append(label)
        elif fate.out is not Out.NOTHING:
            self._put_out(label, whole=True)
            if fate.out is Out.TWICE:
                self._put_out(label, whole=True, own_doing=True)

    def _put_out(self, label: ReadLabel, *, whole: bool, own_doing: bool = False) -> None:
        """After the time that printing takes; the odometer counts whole labels alone."""
        self._orders += 1
        order = self._orders
        self._in_print[order] = label

        def out() -> None:
            if self._in_print.pop(order, None) is None:
                return  # switched off meanwhile
            self.paper.append(OnPaper(label.job_name, label.image, whole, datetime.now(UTC), own_doing))
            if whole and self._manners.count in {Count.LATE, Count.WITH_NEXT}:
                self.told["late count"] += 1
                self._uncounted.add(order)
                if self._manners.count is Count.LATE:
                    self._after(self._manners.late_s, lambda: self._count_late(order))
            elif whole:
                self._count()

        self._after(PRINTING_S, out)

    def _count(self) -> None:
        self._odometer += 1

    def _count_what_was_not(self) -> None:
        for order in list(self._uncounted):
            self._count_late(order)

    def _count_late(self, order: int) -> None:
        if order in self._uncounted:
            self._uncounted.discard(order)
            self._count()
