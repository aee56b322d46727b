"""The three calls of the QR service that getting codes takes, as whoever searches sees them."""

from typing import Protocol

from gizqr_station.codes.task_client import Download, Listing
from gizqr_station.domain.stop import Stop


class QrService(Protocol):
    """What a search needs of ``TaskClient``."""

    @property
    def address(self) -> str:
        """Base address, without a slash at its end."""
        ...

    def create_task(self, product_key: str, start: str, end: str, stop: Stop, *, within_s: float | None = None) -> None:
        """As TaskClient does."""
        ...

    def list_tasks(
        self, product_key: str, stop: Stop, *, skip: int = 0, limit: int = 10, within_s: float | None = None
    ) -> Listing:
        """As TaskClient does."""
        ...

    def download(self, file: str, stop: Stop, *, within_s: float | None = None) -> Download:
        """As TaskClient does."""
        ...
