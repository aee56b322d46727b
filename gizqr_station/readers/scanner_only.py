"""The reader of a bench without a device port: identities come from the scanner alone."""

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.stop import Stop

_LOOK_AT_STOP_S = 3600.0


class ScannerOnly:
    """Implements Reader by never reading anything."""

    def read(self, stop: Stop) -> DeviceReading:
        """Waits until stopped."""
        while True:
            stop.sleep(_LOOK_AT_STOP_S)

    def read_again(self, reading: DeviceReading, stop: Stop) -> None:
        """A scanned identity cannot be asked again; the scan-back of its label is the check."""

    def wait_until_gone(self, stop: Stop) -> None:
        """Nothing is plugged in."""

    def present(self) -> bool:
        """Nothing ever is."""
        return False

    def health(self, stop: Stop) -> Failure | None:
        """A keyboard cannot be looked at."""
        stop.check()
        return None

    def close(self) -> None:
        """Nothing is open."""
