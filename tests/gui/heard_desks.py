"""What the pages of records, orders and people asked of their desks; ``shown`` is kept apart."""

from collections.abc import Callable

from gizqr_station.domain.corrections import ReprintReason
from gizqr_station.domain.people import Badge, Credential, Role
from gizqr_station.domain.records import RecordQuery


class HeardCalls:
    """What every desk hears."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.visible: list[bool] = []

    def shown(self, visible: bool) -> None:
        self.visible.append(visible)

    def forget(self) -> None:
        """As if nothing had been asked."""
        self.calls.clear()
        self.visible.clear()


class HeardRecords(HeardCalls):
    """The records desk."""

    def search(self, query: RecordQuery) -> None:
        self.calls.append(("search", query))

    def more(self, query: RecordQuery, after: int) -> None:
        self.calls.append(("more", query, after))

    def look(self, job: int) -> None:
        self.calls.append(("look", job))

    def scanned(self, text: str) -> None:
        self.calls.append(("scanned", text))

    def reprint(self, job: int, reason: ReprintReason, remark: str = "", second: Credential | None = None) -> None:
        self.calls.append(("reprint", job, reason, remark, second))

    def void(self, job: int, reason: ReprintReason, remark: str = "") -> None:
        self.calls.append(("void", job, reason, remark))

    def no_usable_label(self, job: int) -> None:
        self.calls.append(("no_usable_label", job))

    def give_up_waiting(self) -> None:
        self.calls.append(("give_up_waiting",))

    def old_label_destroyed(self, job: int) -> None:
        self.calls.append(("old_label_destroyed", job))

    def export(self, query: RecordQuery, path: str) -> None:
        self.calls.append(("export", query, path))

    def evidence(self, job: int, path: str) -> None:
        self.calls.append(("evidence", job, path))

    def stop_file_work(self) -> None:
        self.calls.append(("stop_file_work",))


class HeardOrders(HeardCalls):
    """The orders desk."""

    def look(self, *, closed: bool = False) -> None:
        self.calls.append(("look", closed))

    def plan(self, number: str, quantity: int, identities: str = "", list_file: str = "") -> None:
        self.calls.append(("plan", number, quantity, identities, list_file))

    def sign(self, number: str) -> None:
        self.calls.append(("sign", number))

    def take(self, number: str) -> None:
        self.calls.append(("take", number))

    def release(self, number: str, second: Credential | None = None, *, scanned: str = "") -> None:
        self.calls.append(("release", number, second, scanned))

    def close_order(self, number: str, remark: str = "") -> None:
        self.calls.append(("close_order", number, remark))

    def cancel(self, number: str, remark: str) -> None:
        self.calls.append(("cancel", number, remark))

    def report(self, number: str) -> None:
        self.calls.append(("report", number))

    def open_shift(self) -> None:
        self.calls.append(("open_shift",))

    def close_shift(self, remark: str = "") -> None:
        self.calls.append(("close_shift", remark))


class HeardPeople(HeardCalls):
    """The people desk; how often somebody stirred, and who waits for a badge, is kept apart too."""

    def __init__(self) -> None:
        super().__init__()
        self.stirrings = 0
        self.takes_badge: Callable[[Badge], None] | None = None

    def forget(self) -> None:
        super().forget()
        self.stirrings = 0

    def sign_in(self, credential: Credential) -> None:
        self.calls.append(("sign_in", credential))

    def sign_out(self) -> None:
        self.calls.append(("sign_out",))

    def lock(self) -> None:
        self.calls.append(("lock",))

    def stirred(self) -> None:
        self.stirrings += 1

    def next_badges_to(self, take: Callable[[Badge], None] | None) -> None:
        self.takes_badge = take

    def make_first_lead(self, name: str, pin: str, badge: str = "") -> None:
        self.calls.append(("make_first_lead", name, pin, badge))

    def add(self, name: str, role: Role, pin: str = "", badge: str = "") -> None:
        self.calls.append(("add", name, role, pin, badge))

    def change(
        self, number: int, *, role: Role | None = None, active: bool | None = None, language: str | None = None
    ) -> None:
        self.calls.append(("change", number, role, active, language))

    def set_pin(self, number: int, pin: str, own_pin: str = "") -> None:
        self.calls.append(("set_pin", number, pin, own_pin))

    def set_badge(self, number: int, badge: str) -> None:
        self.calls.append(("set_badge", number, badge))

    def unlock(self, number: int) -> None:
        self.calls.append(("unlock", number))
