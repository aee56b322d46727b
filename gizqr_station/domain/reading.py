"""What a device or its module label said of itself."""

from dataclasses import dataclass
from datetime import datetime

from gizqr_station.domain.identity import Identity


@dataclass(frozen=True, slots=True)
class DeviceReading:
    """An identity and how it was come by."""

    identity: Identity
    reader: str
    """``gagent``, ``scanner``, …"""
    port: str
    """Empty for a scanner that types."""
    evidence: bytes
    """The raw bytes that said it."""
    at: datetime
    product_key: str = ""
    """Where the device told it."""
