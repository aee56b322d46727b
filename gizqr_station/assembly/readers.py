"""What is asked who a device is."""

from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.readers.gagent import GagentReader
from gizqr_station.readers.scanner_only import ScannerOnly
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.ports import Clock


def device_reader(settings: Settings, clock: Clock) -> GagentReader | ScannerOnly:
    """The reader on the settings' port, or the scanner alone."""
    if not settings.device.port:
        return ScannerOnly()
    try:
        return GagentReader(
            settings.device.port,
            settings.product.key,
            clock=clock,
            baud=settings.device.baud,
            answer_timeout_s=settings.device.answer_s,
        )
    except ValueError as fault:
        raise SettingInvalid("settings.toml", "device", str(fault)) from fault
