"""Passes what is asked on the orders page on to its desk once the station is open."""

from gizqr_station.domain.people import Credential
from gizqr_station.gui.desk_behind import DeskBehind
from gizqr_station.gui.order_controls import OrderControls


class OrdersBehind(DeskBehind[OrderControls]):
    """The orders desk, or nobody yet: before it is there the page shows nothing to press."""

    def look(self, *, closed: bool = False) -> None:
        """Orders and the shift."""
        self._ask(lambda desk: desk.look(closed=closed))

    def plan(self, number: str, quantity: int, identities: str = "", list_file: str = "") -> None:
        """Plan one."""
        self._ask(lambda desk: desk.plan(number, quantity, identities, list_file))

    def sign(self, number: str) -> None:
        """Fix its profile."""
        self._ask(lambda desk: desk.sign(number))

    def take(self, number: str) -> None:
        """Changeover."""
        self._ask(lambda desk: desk.take(number))

    def release(self, number: str, second: Credential | None = None, *, scanned: str = "") -> None:
        """QA releases it."""
        self._ask(lambda desk: desk.release(number, second, scanned=scanned))

    def close_order(self, number: str, remark: str = "") -> None:
        """End it."""
        self._ask(lambda desk: desk.close_order(number, remark))

    def cancel(self, number: str, remark: str) -> None:
        """End one that was never begun."""
        self._ask(lambda desk: desk.cancel(number, remark))

    def report(self, number: str) -> None:
        """Write down how it stands."""
        self._ask(lambda desk: desk.report(number))

    def open_shift(self) -> None:
        """Begin a shift."""
        self._ask(lambda desk: desk.open_shift())

    def close_shift(self, remark: str = "") -> None:
        """End the shift."""
        self._ask(lambda desk: desk.close_shift(remark))
