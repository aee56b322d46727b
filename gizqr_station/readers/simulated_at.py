"""A module that answers AT commands, made of bytes: a program that speaks on a pseudo-terminal.

Written from the commands' description alone (3GPP TS 27.007 and the NB-IoT modules' manuals for CGSN, ESP-AT's for
CIFSR and CIPSTAMAC), so it shares nothing with the reader. Run as ``python -m gizqr_station.readers.simulated_at --link
PATH``; what is plugged in are the fields of PluggedAt. Beside the bench's events it tells ``received`` (the command's
bytes in hexadecimal).
"""

import random
import time
from dataclasses import dataclass
from enum import StrEnum

from gizqr_station.readers.simulated_bench import Wire, serve, tell


class AtQuirk(StrEnum):
    """What is wrong with a module."""

    NONE = "none"
    SILENT = "silent"
    NOISE = "noise"
    """It answers with random bytes."""
    NO_VALUE = "no_value"
    """OK, and nothing before it."""
    ONLY_ERRORS = "only_errors"
    NEVER_THE_SAME = "never_the_same"
    """Each answer says another identity."""
    ONCE = "once"
    """It says who it is once, and then answers OK alone."""
    FIRST_WRONG = "first_wrong"
    """The first answer says another identity."""
    TWO_AT_ONCE = "two_at_once"
    """Two identities in one answer."""
    CUT = "cut"
    """The line with the identity comes, but never the OK behind it."""
    ZEROS_WITH_A_MARK = "zeros_with_a_mark"
    """``000000000000000!``, as one real module without an IMEI answered."""


@dataclass(frozen=True, slots=True)
class PluggedAt:
    """One module at the port."""

    identity: str
    """An IMEI or, of an ESP, a MAC with colons: answered as it is."""
    esp: bool = False
    soft_ap: str = "1a:fe:34:00:00:01"
    """An ESP's other MAC."""
    older: bool = False
    """An ESP before AT 2.0, or a modem that knows AT+CGSN and AT+GSN alone."""
    asleep_for: int = 0
    """Commands that go unheard while it wakes."""
    errors_first: int = 0
    """Commands that are answered with +CME ERROR before it is ready."""
    echo: bool = True
    line_end: str = "\r\n"
    chatter_s: float = 0.0
    """How often it reports something on its own."""
    boots: bool = False
    """It begins with the lines of its start, and some noise."""
    quirk: str = AtQuirk.NONE.value
    baud: int = 0
    """Its rate; 0: the host's."""
    cut_after_bytes: int | None = None
    seed: int = 1


_START = (
    "\0\xf8\0REBOOT_CAUSE_APPLICATION_POWER_ON_RESET",
    "Neul ",
    "OK",
    "Security..Verified",
    "+QLWEVTIND:0",
)
_ON_ITS_OWN = ("+CREG: 1", "+CEREG:2,7B3D,0A6A4E0B,7", "+CSQ:18,99", "WIFI CONNECTED", "+CGEV: ME PDN ACT 1")
_Form = tuple[str, ...]
"""Lines of an answer: {0} is the identity, {1} the soft-AP's MAC."""
_MODEM: dict[str, _Form] = {
    "AT+CGSN=1": ("+CGSN: {0}",),
    "AT+CGSN=2": ("+CGSN: {0:.14}02",),
    "AT+CGSN": ("MP823G70607252204",),
}
_OLDER_MODEM: dict[str, _Form] = {"AT+CGSN": ("{0}",), "AT+GSN": ("{0}",)}
_ESP: dict[str, _Form] = {
    "AT+CIFSR": (
        '+CIFSR:APIP,"192.168.4.1"',
        '+CIFSR:APMAC,"{1}"',
        '+CIFSR:STAIP,"192.168.3.133"',
        '+CIFSR:STAMAC,"{0}"',
    ),
    "AT+CIPSTAMAC?": ('+CIPSTAMAC:"{0}"',),
}
_OLDER_ESP: dict[str, _Form] = {"AT+CIPSTAMAC_CUR?": ('+CIPSTAMAC_CUR:"{0}"',)}
_OTHER_IMEI = "861193040496508"
_OTHER_MAC = "18:fe:34:a5:8d:c6"


class Modem:
    """One module."""

    def __init__(self, plugged: PluggedAt, master: int) -> None:
        self._plugged = plugged
        self._wire = Wire(master, baud=plugged.baud, cut_after_bytes=plugged.cut_after_bytes)
        self._buffer = b""
        self._heard = 0
        self._said = 0
        self._random = random.Random(plugged.seed)  # noqa: S311 - noise has to repeat, not to be secret
        self._chatter_at = time.monotonic() + plugged.chatter_s
        self._begun = not plugged.boots

    def tick(self) -> None:
        """Start, and report things on its own."""
        if not self._begun:
            self._begun = True
            self._lines(*_START)
        if self._plugged.chatter_s and time.monotonic() >= self._chatter_at:
            self._chatter_at = time.monotonic() + self._plugged.chatter_s
            self._lines(self._random.choice(_ON_ITS_OWN))

    def hear(self, data: bytes) -> None:
        """Take commands, ended by a carriage return; a line feed behind it counts for nothing."""
        self._buffer = (self._buffer + self._wire.hear(data))[-512:]
        while b"\r" in self._buffer:
            command, _, self._buffer = self._buffer.partition(b"\r")
            self._obey(command.strip(b"\n"))

    def _obey(self, command: bytes) -> None:
        tell("received", payload=command.hex())
        self._heard += 1
        if self._heard <= self._plugged.asleep_for or self._plugged.quirk == AtQuirk.SILENT:
            return
        if self._plugged.quirk == AtQuirk.NOISE:
            self._wire.write(self._random.randbytes(self._random.randrange(20, 200)))
            return
        if self._plugged.echo:
            self._wire.write(command + b"\r")
        if self._heard <= self._plugged.asleep_for + self._plugged.errors_first:
            self._lines("+CME ERROR: 14")
        elif command == b"AT":
            self._lines("OK")
        else:
            self._answer(command.decode("ascii", errors="replace"))

    def _answer(self, command: str) -> None:
        quirk = self._plugged.quirk
        form = self._form(command)
        if form is None or quirk == AtQuirk.ONLY_ERRORS:
            self._lines("ERROR")
            return
        self._said += 1
        if quirk == AtQuirk.NO_VALUE or (quirk == AtQuirk.ONCE and self._said > 1):
            self._lines("OK")
            return
        values = [self._value()]
        if quirk == AtQuirk.TWO_AT_ONCE:
            values.append(_OTHER_MAC if self._plugged.esp else _OTHER_IMEI)
        lines = [line.format(value, self._plugged.soft_ap) for value in values for line in form]
        self._lines(*lines, "" if quirk == AtQuirk.CUT else "OK")

    def _value(self) -> str:
        quirk, plugged = self._plugged.quirk, self._plugged
        if quirk == AtQuirk.ZEROS_WITH_A_MARK:
            return "000000000000000!"
        if quirk == AtQuirk.NEVER_THE_SAME:
            return f"c4:7f:51:00:00:{self._said % 256:02x}" if plugged.esp else _imei(self._said)
        if quirk == AtQuirk.FIRST_WRONG and self._said == 1:
            return _OTHER_MAC if plugged.esp else _OTHER_IMEI
        return plugged.identity

    def _form(self, command: str) -> "_Form | None":
        if self._plugged.esp:
            return (_OLDER_ESP if self._plugged.older else _ESP).get(command)
        return (_OLDER_MODEM if self._plugged.older else _MODEM).get(command)

    def _lines(self, *lines: str) -> None:
        end = self._plugged.line_end
        self._wire.write("".join(f"{end}{line}{end}" for line in lines if line).encode("latin-1"))


def _imei(number: int) -> str:
    """A rightly made IMEI, so that only its changing is wrong with it."""
    body = f"86119304{number:06d}"
    total = sum(int(digit) if at % 2 == 0 else sum(divmod(2 * int(digit), 10)) for at, digit in enumerate(body))
    return f"{body}{-total % 10}"


if __name__ == "__main__":
    serve("A simulated AT module on a pseudo-terminal.", lambda what, master: Modem(PluggedAt(**what), master))
