"""The computer's own time."""

import time
from datetime import UTC, datetime


class SystemClock:
    """A Clock that also knows how much time went by."""

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC)

    def elapsed_s(self) -> float:
        """Seconds since some moment, those that the computer slept included where the system counts them."""
        boot_time = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


def local_midnight() -> datetime:
    """When today began here, as an aware time."""
    return datetime.now(UTC).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
