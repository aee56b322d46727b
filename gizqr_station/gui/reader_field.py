"""The choice of how a device is asked, and at which rate."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gizqr_station.domain.reader_profile import AUTO
from gizqr_station.gui.device_rows import row_of_reader
from gizqr_station.gui.devices_state import DevicesState
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.number_fields import WholeNumber
from gizqr_station.gui.row_list import RowList
from gizqr_station.gui.tokens import READER_ROW_HEIGHT, SPACE

_FASTEST = 4_000_000
_LAID_OUT_MS = 50


class ReaderField(QWidget):
    """``reader`` and ``baud`` are what stands in it; ``changed`` when a person changed one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reader = AUTO
        self._brought = ""
        self._name = QLabel()
        self._name.setObjectName("heading")
        self.list = RowList(READER_ROW_HEIGHT)
        self.rate = WholeNumber(0, _FASTEST, 100)
        self._rate_field = FormField(self.rate)

        self.list.picked.connect(self._picked)
        self.rate.valueChanged.connect(self.changed)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._name)
        column.addWidget(self.list, 1)
        column.addWidget(self._rate_field)

    @property
    def baud(self) -> int:
        """Bits a second; 0: as the reader says."""
        return self.rate.value()

    def fill(self, reader: str, baud: int) -> None:
        """Put values in; says nothing."""
        self.reader = reader
        blocked = self.rate.blockSignals(True)
        self.rate.setValue(baud)
        self.rate.blockSignals(blocked)

    def show_readers(self, state: DevicesState, language: str, *, enabled: bool) -> None:
        """The only place that touches the list."""
        self._name.setText(self.tr("How it is asked"))
        self.list.setAccessibleName(self._name.text())
        names = [AUTO, *(profile.name for profile in state.readers)]
        # One whose profile is gone is still what is set up.
        names += [self.reader] if self.reader not in names else []
        self.list.show_rows([row_of_reader(state, name, self.reader, language, enabled=enabled) for name in names])
        if self._brought != self.reader and self.isVisible():
            self._brought = self.reader
            # Rows that have just come have their places after a round or two of events.
            QTimer.singleShot(_LAID_OUT_MS, self.list, self.list.bring_chosen)
        self._rate_field.set_words(self.tr("Rate"), self.tr("bit/s"))
        # Each way that auto tries has a rate of its own.
        self.rate.setEnabled(enabled and self.reader != AUTO)
        profile = state.profile(self.reader)
        own = "" if profile is None else f" ({profile.baud})"
        self.rate.setSpecialValueText(self.tr("as the reader says") + own)
        self.rate.setAlignment(Qt.AlignmentFlag.AlignLeft)

    @Slot(str)
    def _picked(self, name: str) -> None:
        self.fill(name, 0 if name == AUTO else self.baud)
        self.changed.emit()
