"""A label that nobody can account for is settled here; of one that is over, it is said what there is to do."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gizqr_station.domain.job import JobState
from gizqr_station.domain.people import Permission
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.hand_confirm_button import HandConfirmButton
from gizqr_station.gui.marked_line import MarkedLine
from gizqr_station.gui.records_state import RecordsState
from gizqr_station.gui.records_words import good_label_words
from gizqr_station.gui.tokens import ACTION_HEIGHT, SPACE, Tone


class SettlePane(QWidget):
    """``settled``: no usable label came out. ``live`` carries the number of the label that counts."""

    settled = Signal()
    live = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = 0
        self._what = MarkedLine()
        self._do = QLabel()
        self._do.setWordWrap(True)
        self.none = HandConfirmButton()
        self.show_live = HandButton()
        self.show_live.setMinimumHeight(ACTION_HEIGHT)
        self.none.confirmed.connect(self.settled)
        self.show_live.clicked.connect(self._pressed_live)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for widget in (self._what, self._do, self.none, self.show_live):
            column.addWidget(widget)
        column.addStretch(1)

    def show_state(self, state: RecordsState) -> None:
        """The only place that touches the widgets."""
        tone, what, do = self._words(state)
        self._what.show_words(tone, what)
        self._do.setText(do)
        self.none.set_words(self.tr("No usable label came out"), self.tr("Press again: none came out"))
        self.none.setVisible(state.unsettled and state.allowed(Permission.SETTLE))
        self.none.setEnabled(state.may_settle)
        if not state.may_settle:
            self.none.disarm()
        live = state.live
        self._live = 0 if live is None else live.id
        self.show_live.setVisible(live is not None)
        label = "" if live is None else good_label_words(live)
        self.show_live.setText(self.tr("Show the label that counts: {label}").format(label=label))
        self.show_live.setAccessibleName(self.show_live.text())

    def _words(self, state: RecordsState) -> tuple[Tone, str, str]:
        if state.unit is None:
            return Tone.CALM, "", ""
        job = state.unit.job
        if job.state is JobState.UNKNOWN:
            what = self.tr("It may have come out or not: nobody knows.")
            found = self.tr("Look at the printer, on the floor, on the device. Whoever finds it scans it here.")
            none = self.tr("Only when there is none that can be read: say so below. Then the device can get another.")
            return Tone.ACT, what, f"{found} {none}"
        if job.open:
            what = self.tr("It was not scanned yet: nobody knows whether it is on the device, and readable.")
            found = self.tr("Scan it here, and it is verified.")
            none = self.tr("Only when there is none that can be read: say so below. Then the device can get another.")
            return Tone.ACT, what, f"{found} {none}"
        if job.state is JobState.VOIDED:
            what = self.tr("This label is voided: it must not be on any device.")
            return Tone.STOP, what, self.tr("If you hold it, destroy it.")
        if job.state is JobState.FAILED:
            return Tone.CALM, self.tr("Nothing was printed of it."), self.tr("There is nothing to take back.")
        return Tone.CALM, self.tr("It is still to be printed."), self.tr("The printers page shows what waits.")

    @Slot()
    def _pressed_live(self) -> None:
        if self._live:
            self.live.emit(self._live)
