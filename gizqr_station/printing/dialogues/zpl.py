"""What a ZPL printer says: ``~HS``, its state in three lines, and the number of labels that it has printed.

Sources: Zebra's ZPL II programming guide, ``~HS``, and docs.zebra.com, which adds that many printers do not answer
while labels or ribbon are out or the head is open. The counter ``odometer.total_label_count`` is one of Zebra's
settings; a printer answers ``"123"``, or ``"?"`` for a setting that it does not have (EPL programming guide 14245L,
"getvar"). Neither was tried on a printer here.
"""

import re
import time
from dataclasses import dataclass

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.dialogues.conditions import Answer, Condition
from gizqr_station.printing.dialogues.dialogue import ClosingWatch, Evidence, Proof, answer_time_s, fresh_answer
from gizqr_station.printing.links.link import Link, LinkLost

ASK_STATE = b"~HS"
ASK_COUNT = b'! U1 getvar "odometer.total_label_count"\r\n'
COUNT_ANSWER_S = 0.5
BETWEEN_LOOKS_S = 0.05
CALM_S = 0.3
"""How long a printer that does not count is watched being idle: longer than it takes to begin."""
LATE_COUNT_S = 60.0
"""How long after a label that was not counted another count may still be that label's."""

_LINE = re.compile(rb"\x02([^\x02\x03]*)\x03")
_COUNT = re.compile(rb'"(\d{1,12}|\?)"')
_COUNT_TRIES = 3
_LINES = 3
_FIRST_FIELDS, _SECOND_FIELDS = 12, 9


@dataclass(frozen=True, slots=True)
class HostStatus:
    """The answer to ``~HS``, field by field; the names are the guide's."""

    paper_out: bool
    pause: bool
    formats_in_buffer: int
    buffer_full: bool
    diagnostic_mode: bool
    """It prints the codes of whatever it is sent."""
    partial_format: bool
    corrupt_ram: bool
    under_temperature: bool
    """Said, but no fault: a cold head warms up by printing."""
    over_temperature: bool
    head_up: bool
    ribbon_out: bool
    label_waiting: bool
    labels_remaining: int
    said: str

    @property
    def idle(self) -> bool:
        """Nothing more will come out by itself."""
        return not (self.formats_in_buffer or self.labels_remaining or self.partial_format or self.buffer_full)

    def answer(self) -> Answer:
        """The same in every language's words."""
        flags = {
            Condition.MEDIA_OUT: self.paper_out,
            Condition.PAUSED: self.pause,
            Condition.HOT: self.over_temperature,
            Condition.COVER_OPEN: self.head_up,
            Condition.RIBBON_OUT: self.ribbon_out,
            Condition.LABEL_WAITS: self.label_waiting,
            Condition.FAULT: self.corrupt_ram or self.diagnostic_mode,
        }
        trouble = "diagnostic mode" if self.diagnostic_mode else "memory lost" if self.corrupt_ram else ""
        conditions = frozenset(condition for condition, is_set in flags.items() if is_set)
        return Answer(conditions, busy=not self.idle, said=self.said, trouble=trouble)


def parse_host_status(received: bytes) -> HostStatus | None:
    """The newest whole answer in what was received; None when there is none, whatever else it is."""
    lines = [line.decode("ascii", "replace").split(",") for line in _LINE.findall(received)]
    for at in range(len(lines) - 2, -1, -1):
        first, second = lines[at], lines[at + 1]
        if len(first) >= _FIRST_FIELDS and len(second) >= _SECOND_FIELDS:
            try:
                return _host_status(first, second)
            except ValueError:
                continue
    return None


def _host_status(first: list[str], second: list[str]) -> HostStatus:
    """aaa,b,c,dddd,eee,f,g,h,iii,j,k,l and mmm,n,o,p,q,r,s,t,uuuuuuuu,v,www. Raises ValueError."""
    return HostStatus(
        paper_out=_flag(first[1]),
        pause=_flag(first[2]),
        formats_in_buffer=int(first[4]),
        buffer_full=_flag(first[5]),
        diagnostic_mode=_flag(first[6]),
        partial_format=_flag(first[7]),
        corrupt_ram=_flag(first[9]),
        under_temperature=_flag(first[10]),
        over_temperature=_flag(first[11]),
        head_up=_flag(second[2]),
        ribbon_out=_flag(second[3]),
        label_waiting=_flag(second[7]),
        labels_remaining=int(second[8]),
        said=",".join(first) + " " + ",".join(second),
    )


def _flag(text: str) -> bool:
    """Raises ValueError for what is neither: a line that is not understood must not count as "nothing wrong"."""
    value = int(text)
    if value not in {0, 1}:
        raise ValueError(text)
    return value == 1


def whole_status(received: bytes) -> bool:
    """Whether all three lines have come."""
    return len(_LINE.findall(received)) >= _LINES and parse_host_status(received) is not None


def parse_count(received: bytes) -> int | None:
    """The printer's number of labels; None when it said none."""
    found = _COUNT.findall(received)
    return int(found[-1]) if found and found[-1] != b"?" else None


class ZplDialogue:
    """A Dialogue in ZPL. A label counts as printed when the printer's own counter went on by exactly one."""

    def __init__(self) -> None:
        self._silent_counts = 0
        self._before: int | None = None
        self._calm_since: float | None = None
        """Since when it was seen idle behind the label, over whichever connection."""
        self._tally = _Tally()
        self._closing = ClosingWatch()

    def look(self, link: Link, within_s: float, stop: Stop) -> Answer | None:
        """By ``~HS``."""
        status = self._status(link, within_s, stop)
        return status.answer() if status else None

    def prepare(self, link: Link, within_s: float, stop: Stop) -> Answer | None:
        """Also reads the counter, if there is one."""
        self._before = None
        status = self._status(link, within_s, stop)
        if status is None:
            return None
        if self._silent_counts < _COUNT_TRIES:
            try:
                self._before = self._count(link, stop)
            except LinkLost:
                # Some close behind each answer; the state is known all the same.
                self._silent_counts += 1
        if self._before is not None:
            self._tally.seen(self._before)
        return status.answer()

    def wrap(self, label: bytes) -> bytes:
        """With a first question, if that will do no harm."""
        self._tally.sent()
        self._calm_since = None
        return label + self._closing.question(ASK_STATE)

    def evidence(self, link: Link, within_s: float, stop: Stop, *, same_link: bool) -> Evidence:
        """Ask until the counter has moved, a fault is reported, or time is up. Any connection will do for that."""
        if same_link:
            self._closing.wait(link, stop)
        until, answer_s = time.monotonic() + within_s, answer_time_s(within_s)
        while True:
            status = self._status(link, answer_s, stop)
            if status is None:
                return Evidence(Proof.SILENT)
            if same_link:
                self._closing.stays()
            answer = status.answer()
            if answer.conditions - {Condition.LABEL_WAITS}:
                return Evidence(Proof.FAULT, answer)
            if self._before is not None and (proof := self._proof(status, self._count(link, stop))):
                return proof
            now = time.monotonic()
            self._calm_since = (self._calm_since or now) if status.idle else None
            if self._before is None and self._calm_since and (now - self._calm_since >= CALM_S or now >= until):
                return Evidence(Proof.NOTHING_WRONG, answer)
            if now >= until:
                return Evidence(Proof.MISSING, answer)
            stop.sleep(BETWEEN_LOOKS_S)

    def _proof(self, status: HostStatus, count: int | None) -> Evidence | None:
        """What the counter says; None as long as it has not moved, or the printer is not through."""
        if count is None or self._before is None or count == self._before:
            return None
        counted = count - self._before
        if counted < 0:
            # It was reset, by a power failure perhaps, so nothing is known of this label.
            return Evidence(Proof.MISSING, status.answer())
        if counted > 1:
            return Evidence(Proof.COUNT_DIFFERS, status.answer(), counted)
        if not status.idle:
            return None
        self._tally.seen(count)
        return Evidence(Proof.NOTHING_WRONG if self._tally.owed else Proof.PRINTED, status.answer())

    def _status(self, link: Link, within_s: float, stop: Stop) -> HostStatus | None:
        return parse_host_status(fresh_answer(link, ASK_STATE, whole_status, within_s, stop))

    def _count(self, link: Link, stop: Stop) -> int | None:
        """A printer without this setting says so, or nothing; neither is asked again and again."""
        received = fresh_answer(link, ASK_COUNT, lambda heard: bool(_COUNT.search(heard)), COUNT_ANSWER_S, stop)
        count = parse_count(received)
        if count is not None:
            self._silent_counts = 0
        elif self._before is None:
            self._silent_counts = _COUNT_TRIES if _COUNT.search(received) else self._silent_counts + 1
        return count


class _Tally:
    """Labels that were sent and not counted yet: as long as there are any, one more count may be theirs."""

    def __init__(self) -> None:
        self.owed = 0
        self._count: int | None = None
        self._sent_at = 0.0

    def sent(self) -> None:
        self.owed += 1
        self._sent_at = time.monotonic()

    def seen(self, count: int) -> None:
        """What the printer's counter says at this moment."""
        counted = count - self._count if self._count is not None else 0
        forgotten = counted < 0 or time.monotonic() - self._sent_at > LATE_COUNT_S
        self.owed = 0 if forgotten else max(0, self.owed - counted)
        self._count = count
