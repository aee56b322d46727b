"""Alarms about voided labels that were scanned; each stands until somebody acts on it."""

from PySide6.QtCore import QObject, Signal

from gizqr_station.workflows.happenings import AtSlot, Happening, LabelKnown
from gizqr_station.workflows.record_happenings import OldLabelScanned, RecordDone, RecordWork


class OldLabels(QObject):
    """What the station's page and the records page say of them alike. ``destroyed`` carries the voided label's job."""

    changed = Signal()
    destroyed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.alarms: tuple[OldLabelScanned, ...] = ()
        """The latest last."""

    @property
    def shown(self) -> OldLabelScanned | None:
        """What is known for certain comes first, then the latest."""
        return next((each for each in reversed(self.alarms) if each.certain), next(reversed(self.alarms), None))

    def hear(self, happening: Happening) -> None:
        """An alarm begins, or a scan of the right label's small code ends one that was not certain."""
        if isinstance(happening, AtSlot):
            self.hear(happening.happening)
        elif isinstance(happening, OldLabelScanned):
            self._raise(happening)
        elif (live := _scanned_for_certain(happening)) is not None:
            self._keep(tuple(each for each in self.alarms if each.certain or _live(each) != live))

    def small_code_read(self, label_serial: str) -> None:
        """A small code was read at the reprint desk: it is proof of the label that it names."""
        self._keep(tuple(each for each in self.alarms if each.certain or _live_serial(each) != label_serial))

    def destroy(self) -> None:
        """Somebody says that the label which is shown is destroyed."""
        shown = self.shown
        if shown is not None:
            self._keep(tuple(each for each in self.alarms if each is not shown))
            self.destroyed.emit(shown.voided.id)

    def _raise(self, alarm: OldLabelScanned) -> None:
        """One device, one alarm, but each label that is known for certain to be out has its own."""
        of_label = [each for each in self.alarms if each.certain and each.voided.id == alarm.voided.id]
        if of_label and not alarm.certain:
            return
        of_device = [each for each in self.alarms if not each.certain and each.voided.identity == alarm.voided.identity]
        gone = (*of_label, *of_device)
        self._keep((*(each for each in self.alarms if each not in gone), alarm))

    def _keep(self, alarms: tuple[OldLabelScanned, ...]) -> None:
        if alarms != self.alarms:
            self.alarms = alarms
            self.changed.emit()


def _live(alarm: OldLabelScanned) -> int:
    return 0 if alarm.replacement is None else alarm.replacement.id


def _live_serial(alarm: OldLabelScanned) -> str:
    return "" if alarm.replacement is None else alarm.replacement.draft.label_serial


def _scanned_for_certain(happening: Happening) -> int | None:
    match happening:
        case LabelKnown(job) | RecordDone(RecordWork.VERIFY, job, failure=None):
            return None if job is None else job.id
        case _:
            return None
