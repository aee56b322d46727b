"""What can go wrong between the station and a device."""

from dataclasses import dataclass

from gizqr_station.domain.failures import DeviceFailure, Owner


@dataclass(eq=False)
class PortMissing(DeviceFailure):
    """The port is not there."""

    code = "E-DEV-01"
    port: str


@dataclass(eq=False)
class PortBusy(DeviceFailure):
    """Another program holds the port."""

    code = "E-DEV-02"
    owner = Owner.LEAD
    port: str


@dataclass(eq=False)
class PortDenied(DeviceFailure):
    """This user may not open the port."""

    code = "E-DEV-03"
    owner = Owner.IT
    port: str


@dataclass(eq=False)
class DeviceUnplugged(DeviceFailure):
    """The device went away while it was being read."""

    code = "E-DEV-04"
    port: str


@dataclass(eq=False)
class DeviceSilent(DeviceFailure):
    """Not one byte came."""

    code = "E-DEV-05"
    port: str
    seconds: float


@dataclass(eq=False)
class OnlyNoise(DeviceFailure):
    """Bytes came, but nothing that can be understood: most likely the wrong baud rate."""

    code = "E-DEV-06"
    port: str
    bytes_seen: int
    baud: int


@dataclass(eq=False)
class ModuleInfoUnsupported(DeviceFailure):
    """The module talks, but its firmware does not answer who it is."""

    code = "E-DEV-07"
    owner = Owner.LEAD
    port: str


@dataclass(eq=False)
class AnswerTooShort(DeviceFailure):
    """The module's answer with its identity does not have the documented length or form."""

    code = "E-DEV-08"
    owner = Owner.LEAD
    port: str
    reason: str


@dataclass(eq=False)
class DeviceSwapped(DeviceFailure):
    """Just before printing, the port answered with another identity."""

    code = "E-DEV-09"
    expected: str
    found: str
