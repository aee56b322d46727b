"""What the orders page asks for; the workflows' orders desk is it."""

from typing import Protocol

from gizqr_station.domain.people import Credential


class OrderControls(Protocol):
    """Every call returns at once; the answers come as happenings."""

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page: OrdersSeen, ShiftSeen."""
        ...

    def look(self, *, closed: bool = False) -> None:
        """OrdersSeen, with those that ended too where asked for, and ShiftSeen."""
        ...

    def plan(self, number: str, quantity: int, identities: str = "", list_file: str = "") -> None:
        """An order with what this station labels now as its profile, and these ranges or this list.

        OrderDone(PLAN), OrdersSeen.
        """
        ...

    def sign(self, number: str) -> None:
        """Fix the profile: OrderDone(SIGN), OrdersSeen."""
        ...

    def take(self, number: str) -> None:
        """Changeover: OrderTaken, or OrderDone(TAKE) with why not. Empty: work on no order."""
        ...

    def release(self, number: str, second: Credential | None = None, *, scanned: str = "") -> None:
        """QA releases by the first article: OrderDone(RELEASE), OrdersSeen.

        ``second``: whose badge or PIN, where somebody else is on duty; ``scanned``: what QA read from that
        label.
        """
        ...

    def close_order(self, number: str, remark: str = "") -> None:
        """End it, with a report; short of its quantity it needs a remark: OrderDone(CLOSE), OrdersSeen."""
        ...

    def cancel(self, number: str, remark: str) -> None:
        """One that was never begun: OrderDone(CANCEL), OrdersSeen."""
        ...

    def report(self, number: str) -> None:
        """How it stands, as PDF and CSV: OrderDone(REPORT)."""
        ...

    def open_shift(self) -> None:
        """OrderDone(OPEN_SHIFT), ShiftSeen."""
        ...

    def close_shift(self, remark: str = "") -> None:
        """With a report, a checkpoint and a copy of the ledger: OrderDone(CLOSE_SHIFT), ShiftSeen."""
        ...
