"""A label was printed again: it is stuck on, and scanned here before anything else counts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gizqr_station.gui.band import BandView
from gizqr_station.gui.band_words import BandWords
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.records_state import RecordsState
from gizqr_station.gui.records_words import good_label_words
from gizqr_station.gui.tokens import ACTION_HEIGHT, SPACE, Tone


class AwaitedPane(QWidget):
    """``given_up`` when it is not scanned here now."""

    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.band = BandView(below_lamps=True)
        self._steps = QLabel()
        self._steps.setWordWrap(True)
        self.later = HandButton()
        self.later.setMinimumHeight(ACTION_HEIGHT)
        self.later.clicked.connect(self.given_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.band)
        column.addWidget(self._steps)
        column.addStretch(1)
        column.addWidget(self.later)

    def show_state(self, state: RecordsState) -> None:
        """The only place that touches the widgets."""
        self.later.setText(self.tr("Scan it later: it stays open"))
        self.later.setAccessibleName(self.later.text())
        awaited = state.awaited
        if awaited is None:
            return
        label = good_label_words(awaited.job)
        line = self.tr("Stick on the label that says {label}, then scan it.").format(label=label)
        self.band.show_words(BandWords(Tone.ACT, "scan", self.tr("Scan label"), line))
        steps = [
            self.tr("1. Take the old label {serial} off, or make its code unreadable, and destroy it."),
            self.tr("2. Stick on the new one. It says {label}."),
            self.tr("3. Scan its code, and then the small code beside it: both labels say the same otherwise.")
            if awaited.serial_too
            else self.tr("3. Scan its code."),
        ]
        text = "\n".join(steps)
        self._steps.setText(text.format(serial=awaited.replaced.draft.label_serial, label=label))
