"""What an ESC/POS printer says: ``DLE EOT n``, at once, and ``GS r 1``, in its turn behind a label.

Sources: Epson's TM-U220 and TM-U295 operation guides (bits, and that GS r is executed when the data before it is),
Citizen's CT-D150 manual 5.3 (which byte answers which command). Not tried on a printer here.
"""

import time
from dataclasses import dataclass

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.dialogues.conditions import Answer, Condition, condition_flags
from gizqr_station.printing.dialogues.dialogue import Evidence, Proof, fresh_answer
from gizqr_station.printing.links.link import Link

ASK_IN_TURN = b"\x1dr\x01"
PRINTER, OFFLINE_CAUSE, ERROR, PAPER = 1, 2, 3, 4
LISTEN_S = 0.5
"""In one turn, between two looks at whether something is wrong."""
LOOK_S = 0.5
FIRST_WAIT_S = 3.0
"""For the answer in turn of a printer that never gave one: many do not know the command."""
LATE_S = 20.0
"""How long after a label whose answer did not come another answer may still be that label's."""

_OFFLINE = 0x08
_NEAR_END = 0x0C
_SOME_ERROR = 0x40
_NO_PAPER_IN_TURN = 0x0C
_CONDITIONS: dict[int, dict[int, Condition]] = {
    PRINTER: {},
    OFFLINE_CAUSE: {0x04: Condition.COVER_OPEN, 0x20: Condition.MEDIA_OUT},
    ERROR: {0x04: Condition.FAULT, 0x08: Condition.FAULT, 0x20: Condition.FAULT, 0x40: Condition.HOT},
    PAPER: {0x60: Condition.MEDIA_OUT},
}
_TROUBLE = {0x04: "recoverable error", 0x08: "cutter", 0x20: "unrecoverable error"}
_XON, _XOFF = 0x11, 0x13
_MOST_HEARD = 4096
"""Behind one label; whoever says more is not answering."""


def ask_now(number: int) -> bytes:
    """``DLE EOT n``, which is answered even by a printer that takes nothing else."""
    return bytes((0x10, 0x04, number))


@dataclass(frozen=True, slots=True)
class Heard:
    """What a printer said, sorted by the bits that tell the answers apart."""

    now: tuple[int, ...]
    """Answers to DLE EOT: 0xx1xx10."""
    in_turn: tuple[int, ...]
    """Answers to GS r: 0xx0xxxx."""
    understood: bool
    """Nothing came that is neither of these nor a status it sends by itself: else noise may look like an answer."""


def sort_heard(received: bytes) -> Heard:
    """Put aside are XON, XOFF, and statuses that it sends by itself: four bytes that begin with 0xx1xx00."""
    now, in_turn, understood = [], [], True
    left_of_own = 0
    for byte in received:
        if byte in {_XON, _XOFF}:
            continue
        if left_of_own and not byte & 0x90:
            left_of_own -= 1
        elif byte & 0x93 == 0x10:
            left_of_own = 3
        elif byte & 0x93 == 0x12:
            now.append(byte)
        elif not byte & 0x90:
            in_turn.append(byte)
        else:
            understood = False
    return Heard(tuple(now), tuple(in_turn), understood)


def parse_states(states: dict[int, int]) -> Answer:
    """Of the answers to DLE EOT by their number; what is missing says nothing."""
    conditions: frozenset[Condition] = frozenset()
    for number, state in states.items():
        conditions |= condition_flags(state, _CONDITIONS[number])
    if not conditions and states.get(OFFLINE_CAUSE, 0) & _SOME_ERROR:
        conditions = frozenset({Condition.FAULT})
    if not conditions and states.get(PRINTER, 0) & _OFFLINE:
        conditions = frozenset({Condition.OFFLINE})
    low = bool(states.get(PAPER, 0) & _NEAR_END)
    trouble = ", ".join(word for bit, word in _TROUBLE.items() if states.get(ERROR, 0) & bit)
    said = " ".join(f"{number}:{state:02x}" for number, state in sorted(states.items()))
    return Answer(conditions, low=low, said=said, trouble=trouble)


class EscPosDialogue:
    """A Dialogue in ESC/POS. A label counts as printed when the question behind it is answered, with paper present."""

    def __init__(self) -> None:
        self._answers_in_turn = False
        """Whether it ever did."""
        self._answered = True
        self._doubtful = False
        self._sent_at = 0.0

    def look(self, link: Link, within_s: float, stop: Stop) -> Answer | None:
        """By DLE EOT 1 to 4; a printer that knows only some of them is taken at its word."""
        until = time.monotonic() + within_s
        states: dict[int, int] = {}
        for number in (PRINTER, PAPER, OFFLINE_CAUSE, ERROR):
            left_s = until - time.monotonic()
            if left_s <= 0:
                break
            now = sort_heard(fresh_answer(link, ask_now(number), _answer_now, left_s, stop)).now
            if now:
                states[number] = now[-1]
            elif number is PRINTER:
                return None
        return parse_states(states)

    def prepare(self, link: Link, within_s: float, stop: Stop) -> Answer | None:
        """Nothing else to be known before a label."""
        return self.look(link, within_s, stop)

    def wrap(self, label: bytes) -> bytes:
        """With the question behind the label."""
        now = time.monotonic()
        self._doubtful = not self._answered and now - self._sent_at < LATE_S
        self._answered, self._sent_at = False, now
        return label + ASK_IN_TURN

    def evidence(self, link: Link, within_s: float, stop: Stop, *, same_link: bool) -> Evidence:
        """Listen for the answer; meanwhile ask now and then whether something is wrong."""
        wait_s = within_s if self._answers_in_turn else min(within_s, FIRST_WAIT_S)
        until = time.monotonic() + wait_s
        received = b""
        while same_link:
            left_s = until - time.monotonic()
            received += link.ask(b"", _answer_in_turn, min(LISTEN_S, max(left_s, 0.0)), stop)
            if not _proves(received):
                # Not a fresh answer: the one that is waited for may come at this very moment.
                received += link.ask(ask_now(OFFLINE_CAUSE), _answer_now, LOOK_S, stop)
            if _proves(received):
                self._answers_in_turn = self._answered = True
                return Evidence(Proof.NOTHING_WRONG if self._doubtful else Proof.PRINTED)
            now = sort_heard(received).now
            if (
                left_s <= 0
                or len(received) > _MOST_HEARD
                or (now and parse_states({OFFLINE_CAUSE: now[-1]}).conditions)
            ):
                break
        answer = self.look(link, LOOK_S, stop)
        if answer is None:
            return Evidence(Proof.SILENT)
        if answer.conditions:
            return Evidence(Proof.FAULT, answer)
        misses = same_link and self._answers_in_turn
        return Evidence(Proof.MISSING if misses else Proof.NOTHING_WRONG, answer)


def _proves(received: bytes) -> bool:
    heard = sort_heard(received)
    return heard.understood and len(heard.in_turn) == 1 and not heard.in_turn[0] & _NO_PAPER_IN_TURN


def _answer_now(received: bytes) -> bool:
    return bool(sort_heard(received).now)


def _answer_in_turn(received: bytes) -> bool:
    return bool(sort_heard(received).in_turn)
