"""Which failures pass by themselves, and how long to leave them before the station tries again."""

from gizqr_station.domain.code_failures import (
    AnswerBroken,
    AnswerNotUnderstood,
    AnswerTooSlow,
    CertificateRefused,
    ConnectionCut,
    NameUnknown,
    ProxyRefused,
    ServiceFault,
    ServiceSlow,
    ServiceThrottles,
    ServiceUnreachable,
    TaskNotReady,
    WebPageAnswered,
)
from gizqr_station.domain.device_failures import (
    DeviceSilent,
    DeviceUnplugged,
    ModuleInfoUnsupported,
    OnlyNoise,
    PortAmbiguous,
    PortBusy,
    PortDenied,
    RateRefused,
)
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.ledger_failures import DiskFull, LedgerBusy, LedgerNotWritable
from gizqr_station.domain.people_failures import FirstLeadDue, NobodySignedIn, StationLocked
from gizqr_station.domain.pool_failures import PoolBusy
from gizqr_station.domain.print_queue_failures import QueueRejects, QueueStopped, SpoolerSilent
from gizqr_station.domain.printer_failures import (
    CoverOpen,
    LabelNotTaken,
    MediaJam,
    MediaOut,
    PrinterBusy,
    PrinterFault,
    PrinterOffline,
    PrinterOverheated,
    PrinterPaused,
    PrinterSilent,
    PrinterUnreachable,
    RibbonEnded,
    RibbonOut,
    RollEnded,
)
from gizqr_station.domain.printer_setup_failures import MediaDiffers, PrinterPortDenied, PrinterPortMissing
from gizqr_station.domain.shared_ledger_failures import (
    DatabaseRefused,
    LedgerAway,
    OutcomeInDoubt,
    StationNameTaken,
)

LONGEST_PAUSE_S = 300.0

# A printer may report some of these after bytes have gone out: the line tries only jobs again of which nothing was
# sent, whatever the failure, so trying again can never make a second label.
_PASSING: dict[type[Failure], float] = {
    ServiceUnreachable: 5.0,
    ServiceSlow: 5.0,
    ServiceFault: 5.0,
    ConnectionCut: 5.0,
    AnswerTooSlow: 5.0,
    NameUnknown: 5.0,
    # At the least: the service's own wish counts.
    ServiceThrottles: 1.0,
    AnswerNotUnderstood: 10.0,
    AnswerBroken: 10.0,
    # Somebody signs in at the network, mends the proxy, renews the certificate: nothing the station could speed up.
    WebPageAnswered: 10.0,
    ProxyRefused: 30.0,
    CertificateRefused: 60.0,
    TaskNotReady: 10.0,
    DeviceUnplugged: 0.5,
    DeviceSilent: 3.0,
    OnlyNoise: 3.0,
    ModuleInfoUnsupported: 3.0,
    PortBusy: 3.0,
    PortDenied: 10.0,
    PortAmbiguous: 5.0,
    RateRefused: 10.0,
    PrinterUnreachable: 5.0,
    # What a person puts right at the printer: it is asked until it is, and only then tried.
    MediaOut: 2.0,
    RibbonOut: 2.0,
    CoverOpen: 2.0,
    PrinterPaused: 2.0,
    PrinterOffline: 2.0,
    MediaJam: 2.0,
    MediaDiffers: 2.0,
    LabelNotTaken: 2.0,
    RollEnded: 2.0,
    RibbonEnded: 2.0,
    PrinterSilent: 2.0,
    PrinterBusy: 2.0,
    PrinterFault: 5.0,
    PrinterOverheated: 5.0,
    PrinterPortMissing: 3.0,
    PrinterPortDenied: 10.0,
    SpoolerSilent: 5.0,
    QueueStopped: 5.0,
    QueueRejects: 5.0,
    LedgerBusy: 2.0,
    DiskFull: 5.0,
    PoolBusy: 2.0,
    LedgerNotWritable: 5.0,
    LedgerAway: 2.0,
    OutcomeInDoubt: 2.0,
    # Somebody mends a password, closes the other station.
    DatabaseRefused: 10.0,
    StationNameTaken: 5.0,
    # Somebody signs in, and the line hears of it at once; perhaps at another station.
    NobodySignedIn: 2.0,
    StationLocked: 2.0,
    FirstLeadDue: 2.0,
}


def retry_after_s(failure: Failure, records: int = 0) -> float | None:
    """Seconds until the station tries again by itself; None where only a person can change something.

    ``records`` is how many FAILED jobs this unit has left so far: from the second on each one doubles the pause, so
    that a printer that looks ready and refuses all the same does not fill the ledger. A service that asks for a pause
    is never asked before its end.
    """
    pause_s = _PASSING.get(type(failure))
    if pause_s is not None and isinstance(failure, ServiceThrottles):
        pause_s = max(pause_s, failure.seconds)
    if pause_s is None or records < 2:
        return pause_s
    return min(pause_s * 2.0 ** min(records - 1, 16), LONGEST_PAUSE_S)
