"""How one kind of device is asked who it is, as data: what a reader needs to know, whoever wrote it down."""

import re
from dataclasses import dataclass, field
from enum import Enum

from gizqr_station.domain.identity import IdentityKind

AUTO = "auto"
"""In place of a profile's name: try what a port can be."""


class Signal(Enum):
    """A control line that a device's reset hangs on."""

    NONE = "none"
    DTR = "dtr"
    RTS = "rts"


@dataclass(frozen=True, slots=True)
class GagentTalk:
    """The Gizwits module protocol, the station being the MCU."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One AT command and the line that answers it."""

    send: str
    """Without the line end."""
    answer: re.Pattern[str]
    """For a whole line; its group ``identity`` is the MAC or IMEI."""


@dataclass(frozen=True, slots=True)
class AtTalk:
    """AT commands: each is sent until it is answered, then the next profile's turn is up."""

    asks: tuple[Ask, ...]
    """Tried in this order; the first whose answer matches counts, and is asked twice."""
    wake: str = "AT"
    """Sent first, until it is answered with OK; empty to begin at once."""
    line_end: str = "\r\n"
    tries: int = 4
    """Times each ask is repeated while the module wakes."""
    pause_s: float = 0.8
    """Between two tries."""


@dataclass(frozen=True, slots=True)
class LogTalk:
    """A device that says who it is while it boots, among much else."""

    lines: tuple[re.Pattern[str], ...]
    """For a part of a line, with the words beside the right MAC; the group ``identity`` is it."""
    reset: Signal = Signal.NONE
    """Pulled to let it boot again."""
    again_s: float = 20.0
    """How long the second sighting may take: people switch it off and on."""


@dataclass(frozen=True, slots=True)
class EsptoolTalk:
    """An ESP chip in its ROM bootloader, asked by Espressif's esptool in a process of its own."""

    before: str = "default-reset"
    after: str = "hard-reset"


Talk = GagentTalk | AtTalk | LogTalk | EsptoolTalk


@dataclass(frozen=True, slots=True)
class ReaderProfile:
    """One way of asking, at one rate."""

    name: str
    """``gagent``, ``at-cgsn``: the word of settings and command line, a-z, 0-9 and dashes."""
    title: dict[str, str]
    """For people, by language: ``en``, ``zh_CN``."""
    talk: Talk
    baud: int = 115200
    expects: IdentityKind | None = None
    """What it can answer; anything else is refused. None: either."""
    auto: bool = True
    """Whether ``auto`` tries it."""
    own: bool = False
    """The user's, not shipped."""
    notes: dict[str, str] = field(default_factory=dict)
    """What to know before it is used, by language."""

    def title_in(self, language: str) -> str:
        """In this language, else in English, else its name."""
        return self.title.get(language) or self.title.get("en") or self.name
