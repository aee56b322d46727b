"""Try a reader on a port: start and stop, every byte as it comes, and what it came to."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.slot import MOST_SLOTS
from gizqr_station.gui.device_rows import short_device
from gizqr_station.gui.device_words import name_words
from gizqr_station.gui.devices_state import DevicesState
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.reader_field import ReaderField
from gizqr_station.gui.tokens import ACTION_HEIGHT, FIELD_HEIGHT, SPACE
from gizqr_station.gui.trial_panel import TrialPanel
from gizqr_station.gui.wire_view import WireView
from gizqr_station.wording import words_for


class TryPane(QFrame):
    """``use`` carries the number of the slot that this port and reader are for; one more than there are: a new one."""

    start = Signal()
    stop = Signal()
    keep = Signal()
    use = Signal(int)
    chosen = Signal(str, int)
    """Reader and rate."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._trying = False
        self._title = QLabel()
        self._title.setObjectName("title")
        self._name = ElidedLabel()
        self._name.setObjectName("quiet")
        self.reader = ReaderField()
        self._go = QPushButton()
        self._result = TrialPanel()
        self.wire = WireView()
        self._log_name = QLabel()
        self._log_name.setObjectName("heading")
        self._note = ElidedLabel()
        self._note.setObjectName("quiet")
        self._copy = QPushButton()
        self._keep = QPushButton()
        self._use_name = QLabel()
        self._uses = tuple(QPushButton() for _ in range(MOST_SLOTS))

        self._go.setMinimumHeight(ACTION_HEIGHT)
        for button in (self._copy, self._keep, *self._uses):
            button.setFixedHeight(FIELD_HEIGHT)
        for button in (self._go, self._copy, self._keep, *self._uses):
            button.setAutoDefault(False)
        for number, button in enumerate(self._uses, start=1):
            button.setProperty("slot", number)
            button.clicked.connect(self._use)
        self.reader.changed.connect(self._chosen)
        self._go.clicked.connect(self._pressed)
        self._keep.clicked.connect(self.keep)
        self._copy.clicked.connect(self._copy_all)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(self._title)
        head.addWidget(self._name, 1)
        middle = QGridLayout()
        middle.setHorizontalSpacing(2 * SPACE)
        middle.setVerticalSpacing(SPACE)
        middle.addWidget(self.reader, 0, 0, 2, 1)
        middle.addWidget(self._result, 0, 1)
        middle.addWidget(self._go, 1, 1)
        middle.setColumnStretch(0, 9)
        middle.setColumnStretch(1, 11)
        middle.setRowStretch(0, 1)
        uses = QHBoxLayout()
        uses.setSpacing(SPACE // 2)
        uses.addWidget(self._use_name)
        uses.addSpacing(SPACE // 2)
        for button in self._uses:
            uses.addWidget(button)
        uses.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self._log_name)
        foot.addStretch(1)
        foot.addWidget(self._copy)
        foot.addWidget(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addLayout(uses)
        column.addLayout(foot)
        column.addWidget(self.wire, 1)
        column.addWidget(self._note)

    def show_state(self, state: DevicesState, language: str) -> None:
        """The only place that touches the widgets, but for the rate that somebody types."""
        self._trying = state.trying
        port = state.port
        self._title.setText(self.tr("No port") if port is None else short_device(port.device))
        self._name.show_text(self._name_words(state))
        if (self.reader.reader, self.reader.baud) != (state.reader, state.baud):
            self.reader.fill(state.reader, state.baud)
        self.reader.show_readers(state, language, enabled=not state.trying)
        self._go.setText(self.tr("Stop") if state.trying else self.tr("Start"))
        stopping = state.trial is not None and state.trial.stopping and state.trying
        self._go.setEnabled(port is not None and not stopping)
        self._result.show_state(state, language)
        self._show_uses(state)
        self._log_name.setText(self.tr("Bytes"))
        self._note.show_text(self._note_words(state, language))
        self._copy.setText(self.tr("Copy"))
        self._copy.setEnabled(bool(state.lines))
        self._keep.setText(self.tr("Save log"))
        self._keep.setEnabled(bool(state.heard) and not state.log_asked)
        for button in (self._go, self._copy, self._keep):
            button.setAccessibleName(button.text())
        self.wire.setAccessibleName(self.tr("Bytes of the trial"))
        self.wire.setPlaceholderText(self.tr("→ sent by the station      ← came from the device"))
        self.wire.show_lines(state)

    def _name_words(self, state: DevicesState) -> str:
        if state.port is None:
            return self.tr("Plug an adapter in: it appears on the left.")
        name = state.name_of_port
        words = "" if name is None else name_words(name)
        return words if state.plugged else self.tr("not plugged in now, known {words}").format(words=words)

    def _show_uses(self, state: DevicesState) -> None:
        self._use_name.setText(self.tr("Use port and reader for slot"))
        for number, button in enumerate(self._uses, start=1):
            another = number == len(state.kept) + 1
            button.setText(self.tr("{number} (new)").format(number=number) if another else str(number))
            button.setAccessibleName(f"{self._use_name.text()} {button.text()}")
            button.setVisible(number <= len(state.kept) + 1)
            button.setEnabled(state.opened and state.port is not None and not state.saving and not state.trying)

    def _note_words(self, state: DevicesState, language: str) -> str:
        kept = state.log_kept
        if kept is not None and kept.failure is not None:
            return words_for(kept.failure, language).line
        words: Sequence[str] = ()
        if kept is not None:
            words = (self.tr("Saved: {path}").format(path=kept.path),)
            if kept.dropped:
                words = (*words, self.tr("without the first {count} bytes").format(count=kept.dropped))
        elif state.missed:
            words = (
                self.tr("{count} more bytes came too quickly to be shown; save the log.").format(count=state.missed),
            )
        return " ".join(words)

    @Slot()
    def _chosen(self) -> None:
        self.chosen.emit(self.reader.reader, self.reader.baud)

    @Slot()
    def _pressed(self) -> None:
        (self.stop if self._trying else self.start).emit()

    @Slot()
    def _copy_all(self) -> None:
        self.wire.copy_all()

    @Slot()
    def _use(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.use.emit(sender.property("slot"))
