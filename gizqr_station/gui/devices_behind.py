"""Passes what is asked on the devices page on to the station once it is open."""

from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.desk_behind import DeskBehind
from gizqr_station.gui.device_controls import DeviceControls


class DevicesBehind(DeskBehind[DeviceControls]):
    """The device desk, or nobody yet."""

    def try_reader(self, port: str, reader: str, baud: int) -> None:
        """Ask the device at a port."""
        self._ask(lambda desk: desk.try_reader(port, reader, baud))

    def stop_trial(self) -> None:
        """Enough of it."""
        self._ask(lambda desk: desk.stop_trial())

    def keep_log(self) -> None:
        """Write its bytes into a file."""
        self._ask(lambda desk: desk.keep_log())

    def save_slots(self, slots: tuple[SlotConfig, ...]) -> None:
        """Set the slots up."""
        self._ask(lambda desk: desk.save_slots(slots))
