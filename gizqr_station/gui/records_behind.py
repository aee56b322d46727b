"""Passes what is asked on the records page on to the station once it is open."""

from gizqr_station.domain.corrections import ReprintReason
from gizqr_station.domain.people import Credential
from gizqr_station.domain.records import RecordQuery
from gizqr_station.gui.desk_behind import DeskBehind
from gizqr_station.gui.records_controls import RecordControls


class RecordsBehind(DeskBehind[RecordControls]):
    """The records desk, or nobody yet. What was asked for before it is there is asked for again by the page."""

    def search(self, query: RecordQuery) -> None:
        """Search; only the newest query is answered."""
        self._ask(lambda desk: desk.search(query))

    def more(self, query: RecordQuery, after: int) -> None:
        """The next page."""
        self._ask(lambda desk: desk.more(query, after))

    def look(self, job: int) -> None:
        """Everything about the device of a label."""
        self._ask(lambda desk: desk.look(job))

    def scanned(self, text: str) -> None:
        """A label or a device was scanned at the desk."""
        self._ask(lambda desk: desk.scanned(text))

    def reprint(self, job: int, reason: ReprintReason, remark: str = "", second: Credential | None = None) -> None:
        """Replace a label."""
        self._ask(lambda desk: desk.reprint(job, reason, remark, second))

    def void(self, job: int, reason: ReprintReason, remark: str = "") -> None:
        """Take a label back."""
        self._ask(lambda desk: desk.void(job, reason, remark))

    def no_usable_label(self, job: int) -> None:
        """Nobody has a label of this job."""
        self._ask(lambda desk: desk.no_usable_label(job))

    def give_up_waiting(self) -> None:
        """The awaited label is not scanned here now."""
        self._ask(lambda desk: desk.give_up_waiting())

    def old_label_destroyed(self, job: int) -> None:
        """Somebody says that they destroyed a voided label."""
        self._ask(lambda desk: desk.old_label_destroyed(job))

    def export(self, query: RecordQuery, path: str) -> None:
        """What a search finds, into a file."""
        self._ask(lambda desk: desk.export(query, path))

    def evidence(self, job: int, path: str) -> None:
        """What a third party can check of a device, into a file."""
        self._ask(lambda desk: desk.evidence(job, path))

    def stop_file_work(self) -> None:
        """Enough of it."""
        self._ask(lambda desk: desk.stop_file_work())
