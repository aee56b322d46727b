"""What a ZPL printer makes of the bytes that come over one connection: formats, questions, and what is neither.

Questions and their answers: ``~HS`` as in Zebra's ZPL II programming guide (three strings), ``getvar`` as in its
Set-Get-Do part (the value in quotation marks, a question mark for what it does not know).
"""

import re
from dataclasses import dataclass

from gizqr_station.printing.zpl_graphics import ZplRefused

LABEL_COUNT = "odometer.total_label_count"
"""The variable that holds how many labels a printer has printed in its life."""

_STATUS = b"~HS"
_CALIBRATION = b"~JC"
_GETVAR = re.compile(rb'! U1 getvar "([a-z0-9_.]{1,60})" ?\r?\n')
_LONGEST_QUESTION = 100
_DARKNESS = re.compile(rb"~SD([012]\d|30)")
_BETWEEN = b" \t\r\n\0"
# Everything that a whole or a broken-off question can look like, alone or with others.
_ONLY_QUESTIONS = re.compile(
    rb'(~HS|! U1 getvar "[a-z0-9_.]{1,60}" ?\r?\n|[ \t\r\n])*(~H?|!( U1?| U1 [a-z0-9_." ]*)?)?'
)


@dataclass(frozen=True, slots=True)
class Format:
    """^XA to ^XZ."""

    zpl: bytes


@dataclass(frozen=True, slots=True)
class StatusAsked:
    """~HS, which is answered at once, even in the middle of a format."""

    partial: bool
    """A format had begun and was not whole yet."""


@dataclass(frozen=True, slots=True)
class VariableAsked:
    """getvar."""

    name: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """~JC: feeds some media and prints nothing."""


Came = Format | StatusAsked | VariableAsked | Calibration


def only_questions(chunk: bytes) -> bool:
    """Whether not one byte of a format is among these."""
    return _ONLY_QUESTIONS.fullmatch(chunk) is not None


class ZplEar:
    """One connection's bytes; what is not complete yet waits for the rest."""

    def __init__(self) -> None:
        self.waiting = b""

    def hear(self, chunk: bytes) -> list[Came]:
        """What is complete by now, in order; raises ZplRefused for bytes that are none of it."""
        self.waiting += chunk
        came: list[Came] = []
        while (found := self._next()) is not None:
            came.append(found)
        return came

    def _next(self) -> Came | None:
        self.waiting = self.waiting.lstrip(_BETWEEN)
        waiting = self.waiting
        if waiting.startswith(b"^"):
            return self._format()
        if waiting.startswith(b"~") and len(waiting) >= len(_STATUS):
            return self._control()
        if waiting.startswith(b"!") and (b"\n" in waiting or len(waiting) > _LONGEST_QUESTION):
            found = _GETVAR.match(waiting)
            if found is None:
                raise ZplRefused(f"{waiting[:40]!r}: not understood")
            self.waiting = waiting[found.end() :]
            return VariableAsked(found.group(1).decode())
        if waiting and not waiting.startswith((b"~", b"!")):
            raise ZplRefused(f"{waiting[:40]!r}: outside of a format")
        return None

    def _format(self) -> Came | None:
        end = self.waiting.find(b"^XZ")
        asked = self.waiting.find(_STATUS, 0, end if end >= 0 else None)
        if asked >= 0:
            self.waiting = self.waiting[:asked] + self.waiting[asked + len(_STATUS) :]
            return StatusAsked(partial=True)
        if end < 0:
            return None
        whole, self.waiting = self.waiting[: end + 3], self.waiting[end + 3 :]
        # One that was broken off before does not spoil the next.
        return Format(whole[max(0, whole.rfind(b"^XA")) :])

    def _control(self) -> Came | None:
        name = self.waiting[:3]
        if name == b"~SD":
            # Darkness may also stand alone; as a format of its own it is read like any other setting.
            found = _DARKNESS.match(self.waiting)
            if found is None and len(self.waiting) < 5:
                return None
            if found is not None:
                self.waiting = self.waiting[found.end() :]
                return Format(b"^XA" + found.group(0) + b"^XZ")
        known: dict[bytes, Came] = {_STATUS: StatusAsked(partial=False), _CALIBRATION: Calibration()}
        if name not in known:
            raise ZplRefused(f"{name.decode('ascii', 'replace')}: not understood")
        self.waiting = self.waiting[3:]
        return known[name]


def host_status(*, label_dots: int, partial: bool) -> bytes:
    """What ~HS answers when nothing is wrong: not one format in the buffer, no label left in the batch."""
    strings = (
        f"030,0,0,{min(label_dots, 9999):04d},000,0,0,{int(partial)},000,0,0,0",
        "001,0,0,0,1,2,6,0,00000000,1,000",
        "1234,0",
    )
    return b"".join(b"\x02" + text.encode("ascii") + b"\x03\r\n" for text in strings)


def variable(value: int | None) -> bytes:
    """What getvar answers, None for a variable that there is not."""
    return b'"?"' if value is None else b'"%d"' % value
