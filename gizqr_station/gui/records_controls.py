"""What the records page asks for; the workflows' records desk is it."""

from typing import Protocol

from gizqr_station.domain.corrections import ReprintReason
from gizqr_station.domain.people import Credential
from gizqr_station.domain.records import RecordQuery


class RecordControls(Protocol):
    """Every call returns at once; the answers come as happenings."""

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page: RecordsFound of the last query."""
        ...

    def search(self, query: RecordQuery) -> None:
        """Search as somebody types; only the newest query is answered: RecordsFound."""
        ...

    def more(self, query: RecordQuery, after: int) -> None:
        """The next page: RecordsFound."""
        ...

    def look(self, job: int) -> None:
        """Everything about the device of a label: UnitSeen."""
        ...

    def scanned(self, text: str) -> None:
        """A label or a device was scanned at the desk.

        Answered by UnitSeen, by OldLabelScanned, by RecordDone(VERIFY) where a reprinted label was awaited, or by
        RecordDone(SCAN) with why not.
        """
        ...

    def reprint(self, job: int, reason: ReprintReason, remark: str = "", second: Credential | None = None) -> None:
        """Void it and print another one that says the same: LabelAwaited, then RecordDone(REPRINT), UnitSeen."""
        ...

    def void(self, job: int, reason: ReprintReason, remark: str = "") -> None:
        """Take it back without another: RecordDone(VOID), UnitSeen."""
        ...

    def no_usable_label(self, job: int) -> None:
        """Nobody has a label of this UNKNOWN job: RecordDone(SETTLE), UnitSeen. Found ones are scanned."""
        ...

    def give_up_waiting(self) -> None:
        """The awaited label is not scanned here now; it stays open."""
        ...

    def old_label_destroyed(self, job: int) -> None:
        """Somebody says that they destroyed a voided label that was scanned: noted of it. Nothing is told."""
        ...

    def export(self, query: RecordQuery, path: str) -> None:
        """Into a new .csv or .xlsx file: RecordProgress, RecordDone(EXPORT)."""
        ...

    def evidence(self, job: int, path: str) -> None:
        """What a third party can check of this device: RecordDone(EVIDENCE)."""
        ...

    def stop_file_work(self) -> None:
        """Enough of the export: RecordDone."""
        ...
