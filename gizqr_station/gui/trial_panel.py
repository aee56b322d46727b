"""What a trial came to: the identity, large, or what went wrong and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gizqr_station.gui.device_rows import short_device
from gizqr_station.gui.device_words import reader_words
from gizqr_station.gui.devices_state import DevicesState, TrialSeen
from gizqr_station.gui.status_panel import Said, StatusPanel, said_of
from gizqr_station.gui.tokens import SPACE, Tone


class TrialPanel(QFrame):
    """Keeps its place, so that nothing on the page jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._identity = QLabel()
        self._identity.setObjectName("identity")
        self._identity.setTextFormat(Qt.TextFormat.PlainText)
        self._identity.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._status = StatusPanel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._identity)
        column.addWidget(self._status, 1)

    def show_state(self, state: DevicesState, language: str) -> None:
        """The only place that touches the widgets."""
        trial = state.trial
        reading = None if trial is None else trial.reading
        self._identity.setVisible(reading is not None)
        if reading is not None:
            self._identity.setText(reading.identity.readable)
        self._status.show_said(self._said(state, language))
        self.setAccessibleName(
            " ".join(part for part in (self._identity.text(), self._status.accessibleName()) if part)
        )

    def _said(self, state: DevicesState, language: str) -> Said:
        trial = state.trial
        if trial is None:
            return self._nothing_yet(state, language)
        if not trial.ended:
            return self._under_way(state, trial, language)
        if trial.failure is not None:
            return said_of(trial.failure, Tone.STOP, self.tr("Who can mend it: {owner}"), language)
        if trial.reading is None:
            return Said(Tone.CALM, "power", self.tr("Stopped."), self.tr("Nothing was read."))
        found = trial.reading.reader
        words = self.tr("The device says so, asked by: {reader}.")
        return Said(
            Tone.GOOD,
            "check",
            words.format(reader=reader_words(state.profile(found), found, language)),
            self.tr("Compare it with the device's own label. Nothing is printed by a trial."),
        )

    def _nothing_yet(self, state: DevicesState, language: str) -> Said:
        if state.readers_failure is not None:
            return said_of(state.readers_failure, Tone.ATTENTION, self.tr("Who can mend it: {owner}"), language)
        return Said(
            Tone.CALM,
            "question",
            self.tr("Here you see what a device says."),
            self.tr("Choose a port and how the device is asked, then press Start. Nothing is printed."),
        )

    def _under_way(self, state: DevicesState, trial: TrialSeen, language: str) -> Said:
        if trial.stopping:
            return Said(Tone.CALM, "working", self.tr("Stopping."))
        reader = reader_words(state.profile(trial.reader), trial.reader, language)
        port = short_device(trial.port)
        if not state.plugged:
            return Said(
                Tone.ACT, "plug", self.tr("Waiting for {port}.").format(port=port), self.tr("Plug the device in now.")
            )
        if not state.heard:
            return Said(
                Tone.CALM,
                "working",
                self.tr("Listening at {port}.").format(port=port),
                self.tr("Not one byte yet. Is the device switched on? Some speak only while they start."),
                reader,
            )
        return Said(Tone.CALM, "working", self.tr("Asking at {port}.").format(port=port), "", reader)
