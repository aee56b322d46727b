"""What a Brother label printer says: 32 bytes, asked for by ``ESC i S`` and sent by itself while it prints.

Source: Brother's raster command references (QL-600, QL-720NW, QL-1110NWB, TD-2120N): fields, error bits, status types
and phases; not to be asked while printing; how to get a printer back that waits for the rest of a broken label. Not
tried on a printer here. Over the network many models send nothing by themselves.
"""

import time
from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.dialogues.conditions import Answer, Condition, LoadedMedia, condition_flags
from gizqr_station.printing.dialogues.dialogue import Doubt, Evidence, Proof, fresh_answer
from gizqr_station.printing.links.link import Link

ASK_STATE = b"\x1biS"
ASK_AFRESH = b"\x00" * 400 + b"\x1b@" + ASK_STATE
"""Whatever was begun and not ended is filled up and forgotten; prints nothing."""
LENGTH = 32
FIRST_WORD_S = 2.0
"""For a printer that never sent anything by itself to begin doing so."""

_HEAD = b"\x80\x20B"
_ERRORS_1 = {
    0x01: Condition.MEDIA_OUT,
    0x02: Condition.MEDIA_OUT,  # its end was reached
    0x04: Condition.FAULT,
    0x08: Condition.FAULT,
    0x20: Condition.OFFLINE,
    0x40: Condition.FAULT,
    0x80: Condition.FAULT,
}
_ERRORS_2 = {
    0x01: Condition.FAULT,
    0x02: Condition.FAULT,
    0x04: Condition.FAULT,
    0x08: Condition.FAULT,
    0x10: Condition.COVER_OPEN,
    0x40: Condition.JAM,  # "media cannot be fed"
    0x80: Condition.FAULT,
}
_IN_USE = 0x10
_TROUBLE_1 = {0x04: "cutter jam", 0x08: "battery weak", 0x40: "high-voltage adapter", 0x80: "fan"}
_TROUBLE_2 = {
    0x01: "other media wanted",
    0x02: "expansion buffer full",
    0x04: "communication error",
    0x08: "buffer full",
    0x80: "system error",
}


class StatusType(Enum):
    """Why a status was sent."""

    REPLY = 0
    COMPLETED = 1
    ERROR = 2
    TURNED_OFF = 4
    NOTIFICATION = 5
    PHASE_CHANGE = 6
    OTHER = -1


@dataclass(frozen=True, slots=True)
class BrotherStatus:
    """One status of 32 bytes."""

    kind: StatusType
    printing: bool
    """Its phase; else it waits for data."""
    answer: Answer


def parse_statuses(received: bytes) -> tuple[BrotherStatus, ...]:
    """Every whole status in what was received, in order; anything between them is passed over."""
    return _parsed(received)[0]


def _parsed(received: bytes) -> tuple[tuple[BrotherStatus, ...], bytes]:
    """Also what may be the beginning of another one; no more is kept, for a printer may talk without end."""
    found, end = [], 0
    at = received.find(_HEAD)
    while at >= 0 and len(received) - at >= LENGTH:
        end = at + LENGTH
        found.append(_status(received[at:end]))
        at = received.find(_HEAD, end)
    return tuple(found), received[end:][-LENGTH + 1 :]


def _status(raw: bytes) -> BrotherStatus:
    """Offsets: 8 and 9 errors, 10 width, 13 and 17 length of the media, 18 why, 19 phase."""
    kinds = {kind.value: kind for kind in StatusType}
    conditions = condition_flags(raw[8], _ERRORS_1) | condition_flags(raw[9], _ERRORS_2)
    words = [word for bit, word in _TROUBLE_1.items() if raw[8] & bit]
    words += [word for bit, word in _TROUBLE_2.items() if raw[9] & bit]
    printing = raw[19] == 1
    answer = Answer(
        conditions,
        busy=printing or bool(raw[8] & _IN_USE),
        media=LoadedMedia(raw[10], raw[13] * 256 + raw[17]) if raw[10] else None,
        said=raw.hex(),
        trouble=", ".join(words),
    )
    return BrotherStatus(kinds.get(raw[18], StatusType.OTHER), printing, answer)


class BrotherDialogue:
    """A Dialogue with a Brother. A label counts as printed when the printer says so, after it said that it prints."""

    def __init__(self) -> None:
        self._speaks_up = False
        """Whether it ever sent a status by itself."""
        self._doubt = Doubt()

    def look(self, link: Link, within_s: float, stop: Stop) -> Answer | None:
        """Only the state: another program may be at a label, and would lose it if the printer forgot what was begun."""
        return self._reply(link, ASK_STATE, within_s, stop)

    def prepare(self, link: Link, within_s: float, stop: Stop) -> Answer | None:
        """Nothing of ours is under way, so the printer may forget what was begun."""
        return self._reply(link, ASK_AFRESH, within_s, stop)

    def wrap(self, label: bytes) -> bytes:
        """Nothing more: it speaks by itself."""
        self._doubt.sent()
        return label

    def evidence(self, link: Link, within_s: float, stop: Stop, *, same_link: bool) -> Evidence:
        """Listen; ask only when it has said nothing for long."""
        started = time.monotonic()
        received, begun = b"", False
        while same_link:
            left_s = started + (within_s if self._speaks_up else min(within_s, FIRST_WORD_S)) - time.monotonic()
            if left_s <= 0:
                break
            received += link.ask(b"", bool, left_s, stop)
            statuses, received = _parsed(received)
            for status in statuses:
                self._speaks_up = True
                begun = begun or status.printing
                if status.answer.conditions:
                    return Evidence(Proof.FAULT, status.answer)
                if status.kind is StatusType.TURNED_OFF:
                    return Evidence(Proof.MISSING, status.answer)
                if status.kind is StatusType.COMPLETED and begun:
                    return Evidence(self._doubt.proof(), status.answer)
        answer = self.look(link, FIRST_WORD_S, stop)
        if answer is None:
            return Evidence(Proof.SILENT)
        if answer.conditions:
            return Evidence(Proof.FAULT, answer)
        misses = same_link and self._speaks_up
        return Evidence(Proof.MISSING if misses else Proof.NOTHING_WRONG, answer)

    def _reply(self, link: Link, query: bytes, within_s: float, stop: Stop) -> Answer | None:
        statuses = parse_statuses(fresh_answer(link, query, _replied, within_s, stop))
        replies = [status.answer for status in statuses if status.kind is StatusType.REPLY]
        return replies[-1] if replies else None


def _replied(received: bytes) -> bool:
    return any(status.kind is StatusType.REPLY for status in parse_statuses(received))
