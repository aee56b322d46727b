"""Which failures pass by themselves, and how long to leave them before the station tries again."""

from gizqr_station.domain.code_failures import (
    AnswerNotUnderstood,
    ServiceFault,
    ServiceSlow,
    ServiceUnreachable,
    TaskNotReady,
)
from gizqr_station.domain.device_failures import (
    DeviceSilent,
    DeviceUnplugged,
    ModuleInfoUnsupported,
    OnlyNoise,
    PortBusy,
    PortDenied,
)
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.ledger_failures import DiskFull, LedgerBusy, LedgerNotWritable
from gizqr_station.domain.printer_failures import PrinterUnreachable

# Only what sent nothing to a printer may stand here: trying again must never be able to make a second label.
_PASSING: dict[type[Failure], float] = {
    ServiceUnreachable: 5.0,
    ServiceSlow: 5.0,
    ServiceFault: 5.0,
    AnswerNotUnderstood: 10.0,
    TaskNotReady: 10.0,
    DeviceUnplugged: 0.5,
    DeviceSilent: 3.0,
    OnlyNoise: 3.0,
    ModuleInfoUnsupported: 3.0,
    PortBusy: 3.0,
    PortDenied: 10.0,
    PrinterUnreachable: 5.0,
    LedgerBusy: 2.0,
    DiskFull: 5.0,
    LedgerNotWritable: 5.0,
}


def retry_after_s(failure: Failure) -> float | None:
    """Seconds until the station tries again by itself; None where only a person can change something."""
    return _PASSING.get(type(failure))
