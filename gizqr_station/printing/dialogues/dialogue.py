"""What a driver asks of a language in which printers answer: how they are, and whether a label came out."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.dialogues.conditions import Answer
from gizqr_station.printing.links.link import Link

CLOSES_WITHIN_S = 0.05
"""How soon a printer closes that does so behind each label, or behind each answer."""

LATE_PROOF_S = 60.0
"""How long after a label that was not proved another proof may still be that label's."""

_LONGEST_ANSWER_S = 1.0


class Proof(Enum):
    """What a printer gave to know of the label that it was sent."""

    PRINTED = "printed"
    """Something that a printer which swallowed the label could not have said."""
    NOTHING_WRONG = "nothing wrong"
    """It is idle and clean; it would be so too if it had swallowed the label."""
    FAULT = "fault"
    COUNT_DIFFERS = "count differs"
    MISSING = "missing"
    """It can tell when a label is out, and did not in time."""
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A proof with what belongs to it."""

    proof: Proof
    answer: Answer | None = None
    """The last one."""
    counted: int = 0
    """Labels, for COUNT_DIFFERS."""


class Dialogue(Protocol):
    """One printer's, for it remembers what the printer can do. Used by one thread at a time.

    All methods raise LinkLost and Stopped; None and SILENT stand for a printer that said nothing it could be
    understood by.
    """

    def look(self, link: Link, within_s: float, stop: Stop) -> Answer | None:
        """How it is now. Prints nothing, changes nothing."""
        ...

    def prepare(self, link: Link, within_s: float, stop: Stop) -> Answer | None:
        """How it is just before a label, and whatever the evidence for that label is measured by."""
        ...

    def wrap(self, label: bytes) -> bytes:
        """What is sent for a label, with whatever makes the printer answer in its turn. It counts as sent from here."""
        ...

    def evidence(self, link: Link, within_s: float, stop: Stop, *, same_link: bool) -> Evidence:
        """Of the label that was sent since ``prepare``.

        Without ``same_link`` it is another connection than the label went over.
        """
        ...


def fresh_answer(
    link: Link, query: bytes, complete: Callable[[bytes], bool], within_s: float, stop: Stop
) -> bytes:  # fmt: skip
    """Drop what came before the query, for it can only answer an older one."""
    link.ask(b"", lambda _: True, 0.0, stop)
    return link.ask(query, complete, within_s, stop)


def answer_time_s(within_s: float) -> float:
    """How long to wait for one answer, so that there is time left for another connection after a silence."""
    return min(_LONGEST_ANSWER_S, within_s / 3)


class Doubt:
    """Whether a proof may be an older label's: there is one that was sent and not proved.

    Such a label may have been lost, so the doubt cannot be counted away; it ends when labels had a pause.
    """

    def __init__(self) -> None:
        self._unproved = False
        self._sent_at = 0.0
        self._doubtful = False

    def sent(self) -> None:
        """A label goes out now."""
        now = time.monotonic()
        self._doubtful = self._unproved and now - self._sent_at <= LATE_PROOF_S
        self._unproved, self._sent_at = True, now

    def proof(self) -> Proof:
        """What it is worth when the printer says that a label is out."""
        self._unproved = self._doubtful
        return Proof.NOTHING_WRONG if self._doubtful else Proof.PRINTED


class ClosingWatch:
    """Whether a question may go right behind a label: not to a printer that closes there.

    That one would answer it with a reset, which looks as if the label had been broken off.
    """

    def __init__(self) -> None:
        self._stayed = False
        """Behind the last label it answered over the same connection."""
        self._asked = False

    def question(self, query: bytes) -> bytes:
        """To be sent behind a label: its answer acknowledges the label 40 ms and more before a printer would."""
        self._asked, self._stayed = self._stayed, False
        return query if self._asked else b""

    def wait(self, link: Link, stop: Stop) -> None:
        """Before any other question over the label's connection; raises LinkLost from a printer that closes."""
        if not self._asked:
            link.ask(b"", lambda _: False, CLOSES_WITHIN_S, stop)

    def stays(self) -> None:
        """It has answered."""
        self._stayed = True
