"""A list of ports that a test can change."""

from gizqr_station.domain.serial_ports import SerialPort


class FakePorts:
    """A PortList."""

    def __init__(self, *ports: SerialPort) -> None:
        self.now = ports
        self.asked = 0

    def ports(self) -> tuple[SerialPort, ...]:
        self.asked += 1
        return self.now
