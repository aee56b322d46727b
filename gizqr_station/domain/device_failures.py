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


@dataclass(eq=False)
class PortAmbiguous(DeviceFailure):
    """A lasting name fits several ports: adapters that share one serial number, or one adapter with several ports."""

    code = "E-DEV-10"
    owner = Owner.LEAD
    port: str
    devices: str


@dataclass(eq=False)
class SaidTwoIdentities(DeviceFailure):
    """The device named two identities in the place where one is expected."""

    code = "E-DEV-11"
    owner = Owner.LEAD
    port: str
    first: str
    second: str


@dataclass(eq=False)
class SaidOnlyOnce(DeviceFailure):
    """An identity was seen, but not a second time, and once is not enough."""

    code = "E-DEV-12"
    port: str
    seen: str


@dataclass(eq=False)
class NoIdentitySaid(DeviceFailure):
    """The device talks and is understood, but does not say who it is."""

    code = "E-DEV-13"
    owner = Owner.LEAD
    port: str
    reader: str


@dataclass(eq=False)
class NothingRecognised(DeviceFailure):
    """None of the ways that were tried was understood."""

    code = "E-DEV-14"
    owner = Owner.LEAD
    port: str
    tried: str


@dataclass(eq=False)
class BootloaderSilent(DeviceFailure):
    """No ESP chip answered in its bootloader."""

    code = "E-DEV-15"
    port: str
    reason: str


@dataclass(eq=False)
class ReaderUnknown(DeviceFailure):
    """No reader profile has this name."""

    code = "E-DEV-16"
    owner = Owner.LEAD
    reader: str
    known: str


@dataclass(eq=False)
class ProfileUnreadable(DeviceFailure):
    """A reader profile is not as it must be."""

    code = "E-DEV-17"
    owner = Owner.LEAD
    file: str
    reason: str


@dataclass(eq=False)
class PortInUseHere(DeviceFailure):
    """A slot of this very station holds the port."""

    code = "E-DEV-18"
    port: str
    slot: str


@dataclass(eq=False)
class RateRefused(DeviceFailure):
    """The adapter, or its driver, cannot do this baud rate."""

    code = "E-DEV-33"
    owner = Owner.LEAD
    port: str
    baud: int


NEVER_OPENED: tuple[type[DeviceFailure], ...] = (PortBusy, PortDenied, PortAmbiguous, RateRefused)
"""After these no port is open, so that nothing tells whether the device has left."""
NOTHING_SAID: tuple[type[DeviceFailure], ...] = (
    PortMissing,
    PortBusy,
    PortDenied,
    DeviceUnplugged,
    DeviceSilent,
    OnlyNoise,
    ModuleInfoUnsupported,
    NoIdentitySaid,
    NothingRecognised,
    BootloaderSilent,
)
"""After these the device has said nothing of who it is. Every other fault leaves a doubt about that."""
