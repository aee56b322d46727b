"""What the station page shows of all its slots, as one frozen value computed from happenings; no Qt in here."""

from dataclasses import dataclass, field, replace

from gizqr_station.domain.device_failures import PortMissing
from gizqr_station.domain.failures import PeopleFailure
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui import station_state
from gizqr_station.gui.station_state import Band, StationState
from gizqr_station.workflows.code_happenings import PoolSeen
from gizqr_station.workflows.happenings import (
    AtSlot,
    DeskDone,
    DeviceRead,
    FaultSeen,
    Happening,
    HealthSeen,
    LabelKnown,
    LineStopped,
    Part,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    Tally,
    UnitDone,
    UnitRefused,
)
from gizqr_station.workflows.people_happenings import OnDuty

IN_HAND = frozenset({Band.WRONG_LABEL, Band.SETTLE, Band.SCAN_BACK})
"""A label of this slot is out there: nobody may do anything else before it is on its device."""
_FINISHED = frozenset({Band.VERIFIED, Band.HANDED_OVER})
_URGENCY = (
    {Band.WRONG_LABEL},
    {Band.SETTLE},
    {Band.SCAN_BACK},
    {Band.REFUSED},
    {Band.RETRYING},
    {Band.WORKING},
    {Band.TURN},
    _FINISHED,
)
"""Which slot the page shows, by itself: the first of these that any slot is in."""
_MOVES_ON = DeviceRead | UnitDone | UnitRefused | ScanBackDue | SettlementDue
"""After these on the slot that is looked at, what was said beside it is old."""


@dataclass(frozen=True, slots=True)
class SlotsState:
    """All that the station page needs to draw itself."""

    slots: tuple[SlotConfig, ...]
    """At least one."""
    units: dict[int, StationState] = field(default_factory=dict)
    """By slot number; one that nothing was heard of is opening."""
    shown: int = 0
    """The slot that the page is about; 0: the first one."""
    pinned: bool = False
    """A person chose it, so it stays until hands are needed elsewhere."""
    fresh: int = 0
    """The slot that was verified just now and is green for a moment; 0: none."""
    order: tuple[int, ...] = ()
    """The slots by their last change, the latest last."""
    pool: PoolSeen | None = None
    """The codes that were fetched ahead, of the whole bench."""
    duty: OnDuty | None = None
    """Who works at it."""
    beside: Happening | None = None
    """A refused or looked-up scan, or a fault, of no slot in particular; only where there are several."""

    @property
    def number(self) -> int:
        """Of the slot that is shown."""
        return self.shown or self.slots[0].number

    @property
    def config(self) -> SlotConfig:
        """Of the slot that is shown."""
        return next(slot for slot in self.slots if slot.number == self.number)

    @property
    def several(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.slots) > 1

    @property
    def in_hand(self) -> int:
        """The slot whose label is out there; 0: none."""
        return next((slot.number for slot in self.slots if self.unit(slot.number).band in IN_HAND), 0)

    def unit(self, number: int) -> StationState:
        """What is known of one slot's unit."""
        return self.units.get(number, StationState())

    def verified_since(self, before: "SlotsState") -> bool:
        """Whether the slot that is green became so since then."""
        if not self.fresh or self.unit(self.fresh).band is not Band.VERIFIED:
            return False
        return self.fresh != before.fresh or before.unit(self.fresh).band is not Band.VERIFIED

    @property
    def seen(self) -> StationState:
        """What the page shows, with what was said beside it and the ports of all slots as one part."""
        unit = self.unit(self.number)
        if not self.several:
            return unit
        if self.beside is not None:
            # It is about no unit, so it changes nothing of this one's.
            unit = replace(station_state.after(unit, self.beside), band=unit.band)
        ports = self._ports()
        return unit if ports is None else replace(unit, health={**unit.health, Part.DEVICE_PORT: ports})

    def _ports(self) -> HealthSeen | None:
        """The first port that is in trouble, else how many have a device."""
        told = [self.unit(slot.number).health.get(Part.DEVICE_PORT) for slot in self.slots if slot.port is not None]
        looked = [seen for seen in told if seen is not None]
        for seen in looked:
            if seen.failure is not None and not isinstance(seen.failure, PortMissing):
                return seen
        if not looked:
            return None
        plugged = sum(seen.failure is None for seen in looked)
        return replace(looked[0], failure=None, detail=f"{plugged}/{len(told)}")


def after(state: SlotsState, happening: Happening) -> SlotsState:
    """The next state."""
    match happening:
        case AtSlot(number, inner):
            return _at(state, number, inner)
        case LineStopped() | UnitRefused():
            # Of no slot: the station did not open, or all of it ends.
            return _settled(_each(state, happening))
        case DeskDone() | Tally() | HealthSeen():
            return _settled(_each(state, happening))
        case PoolSeen():
            return replace(state, pool=happening)
        case OnDuty():
            return _on_duty(state, happening)
        case ScanRefused() | FaultSeen() | LabelKnown() if state.several:
            return replace(state, beside=happening)
        case _:
            # A line that names no slot has only one.
            return _at(state, state.slots[0].number, happening)


def _on_duty(state: SlotsState, duty: OnDuty) -> SlotsState:
    """Why somebody was not let in is over as soon as somebody is."""
    state = replace(state, duty=duty)
    if duty.person is None or duty.locked:
        return state
    units = {
        number: replace(unit, remark=None) if isinstance(unit.remark, PeopleFailure) else unit
        for number, unit in state.units.items()
    }
    refused = isinstance(state.beside, ScanRefused) and isinstance(state.beside.failure, PeopleFailure)
    return replace(state, units=units, beside=None if refused else state.beside)


def pin(state: SlotsState, number: int) -> SlotsState:
    """A person pressed a slot's lamp: look at that one, or, the second time, leave the choice to the page."""
    if state.pinned and number == state.number:
        return _settled(replace(state, pinned=False))
    return replace(state, shown=number, pinned=True)


def calmed(state: SlotsState) -> SlotsState:
    """The green moment is over."""
    return _settled(replace(state, fresh=0))


def _at(state: SlotsState, number: int, happening: Happening) -> SlotsState:
    if all(slot.number != number for slot in state.slots):
        return state
    before = state.unit(number)
    now = station_state.after(before, happening)
    state = replace(state, units={**state.units, number: now})
    if now.band is not before.band:
        state = _changed(state, number, now.band)
    if isinstance(happening, ScanRefused | LabelKnown):
        return _answered(state, number, happening)
    state = _settled(state)
    if number == state.number and isinstance(happening, _MOVES_ON):
        state = replace(state, beside=None)
    return state


def _answered(state: SlotsState, number: int, said: ScanRefused | LabelKnown) -> SlotsState:
    """Whoever has scanned looks for the answer: it is seen, whatever slot it is of and whatever slot is shown."""
    in_hand = state.unit(number).band in IN_HAND
    state = _settled(replace(state, pinned=state.pinned and not in_hand))
    return replace(state, beside=None if number == state.number else said)


def _changed(state: SlotsState, number: int, band: Band) -> SlotsState:
    """A slot came into another state: what a person chose gives way when hands are needed elsewhere."""
    order = (*(each for each in state.order if each != number), number)
    fresh = state.fresh
    if band is Band.VERIFIED:
        fresh = number
    elif fresh == number and band is not Band.WAITING:
        fresh = 0
    elsewhere = band in IN_HAND and number != state.number
    return replace(state, order=order, fresh=fresh, pinned=state.pinned and not elsewhere)


def _each(state: SlotsState, happening: Happening) -> SlotsState:
    units = {slot.number: station_state.after(state.unit(slot.number), happening) for slot in state.slots}
    return replace(state, units=units)


def _settled(state: SlotsState) -> SlotsState:
    """Choose which slot is shown. The one that is, stays as long as no other one is more urgent: nothing flickers."""
    if state.pinned:
        return state
    urgency = {slot.number: _urgency(state, slot.number) for slot in state.slots}
    most = min(urgency.values())
    if urgency[state.number] == most and state.unit(state.number).band not in _FINISHED:
        return state
    # Of several the latest.
    latest = [each for each in (*urgency, *state.order) if urgency[each] == most][-1]
    return replace(state, shown=latest)


def _urgency(state: SlotsState, number: int) -> int:
    band = state.unit(number).band
    if number == state.fresh:
        # Green is seen before the next one's work is, but never before what needs hands or eyes.
        return _URGENCY.index({Band.WORKING}) * 2 - 1
    for place, bands in enumerate(_URGENCY):
        if band in bands:
            return place * 2
    return len(_URGENCY) * 2
