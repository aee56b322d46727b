"""The computer's own time."""

from datetime import UTC, datetime


class SystemClock:
    """A Clock."""

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC)


def local_midnight() -> datetime:
    """When today began here, as an aware time."""
    return datetime.now(UTC).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
