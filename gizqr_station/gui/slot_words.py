"""What a slot's lamp says: its number, name, icon, word and tone, and the end of its device's identity."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gizqr_station.domain.identity import Identity, IdentityKind
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.band_words import band_words
from gizqr_station.gui.slots_state import SlotsState
from gizqr_station.gui.station_state import Band, StationState
from gizqr_station.gui.tokens import Tone

_NOBODY_IN_IT = {Band.OPENING, Band.WAITING, Band.STOPPED}


@dataclass(frozen=True, slots=True)
class LampWords:
    """All of a lamp."""

    number: int
    name: str
    tone: Tone
    icon: str
    word: str
    ending: str
    """Of the identity: enough to tell the devices on a bench apart. Empty for a free slot."""
    shown: bool
    """Whether the page is about this slot; while all are free it is about none."""
    pinned: bool
    free: bool

    @property
    def said(self) -> str:
        """All of it aloud."""
        return ", ".join(part for part in (f"{self.number} {self.name}".strip(), self.word, self.ending) if part)


def lamp_words(state: SlotsState, slot: SlotConfig) -> LampWords:
    """Of one slot, in the language of the moment."""
    unit = state.unit(slot.number)
    words = band_words(unit, scanner_only=slot.port is None)
    tone, word = words.tone, words.word
    if unit.band is Band.VERIFIED and state.fresh != slot.number:
        tone = Tone.CALM
        if unit.reading is not None and unit.reading.port:
            word = QCoreApplication.translate("Band", "Take out")
    return LampWords(
        number=slot.number,
        name=slot.name,
        tone=tone,
        icon=words.icon,
        word=word,
        ending=_ending(unit),
        shown=slot.number == state.number and (state.pinned or unit.band not in _NOBODY_IN_IT),
        pinned=state.pinned and slot.number == state.number,
        free=unit.band in _NOBODY_IN_IT,
    )


def _ending(unit: StationState) -> str:
    if unit.band in _NOBODY_IN_IT:
        return ""
    identity: Identity | None = None
    if unit.job is not None:
        identity = unit.job.identity
    elif unit.reading is not None:
        identity = unit.reading.identity
    if identity is None:
        return ""
    return identity.readable[-8:] if identity.kind is IdentityKind.MAC else identity.text[-6:]
