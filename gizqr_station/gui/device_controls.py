"""What the devices page asks for; the workflows' device desk is it."""

from typing import Protocol

from gizqr_station.domain.slot import SlotConfig


class DeviceControls(Protocol):
    """Every call returns at once; the answers come as happenings."""

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page: only then are the ports looked at. SlotsKnown, ReadersKnown, PortsSeen."""
        ...

    def try_reader(self, port: str, reader: str, baud: int) -> None:
        """Ask the device at a port; ``baud`` 0 as the reader says. TrialBegun, WireHeard, TrialEnded."""
        ...

    def stop_trial(self) -> None:
        """Enough of it: TrialEnded."""
        ...

    def keep_log(self) -> None:
        """Write the bytes of the last trial into a file: WireLogKept."""
        ...

    def save_slots(self, slots: tuple[SlotConfig, ...]) -> None:
        """Set the slots up, from the next start on. SlotsKept."""
        ...
