"""Which AT commands this station may ever send: those that ask, none that changes anything in a module.

The forms are those of ITU-T V.250: ``+NAME?`` asks for a value, ``+NAME=?`` for the possible ones, ``+NAME=value``
sets, ``+NAME`` does. So the first two are safe for any name; of the others only what is written here.
"""

import re

_ASKS = re.compile(r"AT([+^#%$*][A-Z][A-Z0-9_]{0,30}=?\?)?")
_READS = frozenset({"ATI", "AT+CGSN", "AT+CGSN=0", "AT+CGSN=1", "AT+GSN", "AT+CIFSR", "AT+GMR", "AT+CGMR"})
"""Of the other two forms those that only answer: 3GPP TS 27.007 (CGSN, CGMR), V.250 (I, GSN, GMR), ESP-AT (CIFSR)."""


def is_harmless(command: str) -> bool:
    """Whether a command, without its line end, only asks."""
    return command in _READS or _ASKS.fullmatch(command) is not None


def require_harmless(command: str) -> None:
    """Raise ValueError for a command that could change something."""
    if not is_harmless(command):
        raise ValueError(f"{command!r} is not among the AT commands that only ask")
