"""Passes what is asked on the devices page on to the station once it is open."""

from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.device_controls import DeviceControls


class DevicesBehind:
    """The device desk, or nobody yet. Whether the page is looked at is told to it as soon as it is there."""

    def __init__(self) -> None:
        self._desk: DeviceControls | None = None
        self._visible = False

    def open(self, desk: DeviceControls) -> None:
        """From now on there is one."""
        self._desk = desk
        desk.shown(self._visible)

    def close(self) -> None:
        """From now on there is none."""
        self._desk = None

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page."""
        self._visible = visible
        if self._desk is not None:
            self._desk.shown(visible)

    def try_reader(self, port: str, reader: str, baud: int) -> None:
        """Ask the device at a port."""
        if self._desk is not None:
            self._desk.try_reader(port, reader, baud)

    def stop_trial(self) -> None:
        """Enough of it."""
        if self._desk is not None:
            self._desk.stop_trial()

    def keep_log(self) -> None:
        """Write its bytes into a file."""
        if self._desk is not None:
            self._desk.keep_log()

    def save_slots(self, slots: tuple[SlotConfig, ...]) -> None:
        """Set the slots up."""
        if self._desk is not None:
            self._desk.save_slots(slots)
