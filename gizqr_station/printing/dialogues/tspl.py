"""What a TSPL printer says: ``<ESC>!?``, one byte, at any time.

Source: Gprinter GP-2120T programming manual, "Status Polling Commands"; TSC's manuals agree. Cheap clones never answer.
Not tried on a printer here.
"""

import time

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.dialogues.conditions import Answer, Condition, condition_flags
from gizqr_station.printing.dialogues.dialogue import ClosingWatch, Doubt, Evidence, Proof, answer_time_s, fresh_answer
from gizqr_station.printing.links.link import Link

ASK_STATE = b"\x1b!?"
BETWEEN_LOOKS_S = 0.03
"""Shorter than the shortest label takes, or its printing would not be seen."""
BEGINS_WITHIN_S = 2.0
"""A printer that has not begun by then has missed the label, or its printing was missed."""

_LINE_END = 2
"""Behind the state, should a clone end it like a line; as states they would be faults."""
_PRINTING = 0x20
_CONDITIONS = {
    0x01: Condition.COVER_OPEN,  # the head
    0x02: Condition.JAM,
    0x04: Condition.MEDIA_OUT,
    0x08: Condition.RIBBON_OUT,
    0x10: Condition.PAUSED,
    0x40: Condition.COVER_OPEN,
    0x80: Condition.HOT,  # "environment temperature over range"
}


def parse_state(received: bytes) -> Answer | None:
    """The newest byte, for one that came before it answers an older question; None for silence."""
    if not received:
        return None
    state = received.removesuffix(b"\r\n")[-1] if len(received) > _LINE_END else received[-1]
    return Answer(condition_flags(state, _CONDITIONS), busy=bool(state & _PRINTING), said=f"{state:02x}")


class TsplDialogue:
    """A Dialogue in TSPL. A label counts as printed when the printer was seen printing, and then ready and clean."""

    def __init__(self) -> None:
        self._printed = False
        self._doubt = Doubt()
        self._closing = ClosingWatch()

    def look(self, link: Link, within_s: float, stop: Stop) -> Answer | None:
        """By ``<ESC>!?``."""
        return parse_state(fresh_answer(link, ASK_STATE, bool, within_s, stop))

    def prepare(self, link: Link, within_s: float, stop: Stop) -> Answer | None:
        """Nothing else to be known before a label."""
        return self.look(link, within_s, stop)

    def wrap(self, label: bytes) -> bytes:
        """With a first question, if that will do no harm."""
        self._printed = False
        self._doubt.sent()
        return label + self._closing.question(ASK_STATE)

    def evidence(self, link: Link, within_s: float, stop: Stop, *, same_link: bool) -> Evidence:
        """Ask until it has printed and is ready again, a fault is reported, or time is up. Any connection will do."""
        if same_link:
            self._closing.wait(link, stop)
        asked_at = time.monotonic()
        until, answer_s = asked_at + within_s, answer_time_s(within_s)
        while True:
            answer = self.look(link, answer_s, stop)
            if answer is None:
                return Evidence(Proof.SILENT)
            if same_link:
                self._closing.stays()
            if answer.conditions:
                return Evidence(Proof.FAULT, answer)
            self._printed = self._printed or answer.busy
            if self._printed and not answer.busy:
                return Evidence(self._doubt.proof(), answer)
            now = time.monotonic()
            if not self._printed and now - asked_at >= BEGINS_WITHIN_S:
                return Evidence(Proof.NOTHING_WRONG, answer)
            if now >= until:
                return Evidence(Proof.MISSING if self._printed else Proof.NOTHING_WRONG, answer)
            stop.sleep(BETWEEN_LOOKS_S)
