"""What came of a file: how far an import is, how many codes were new, and which of them gave none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.pool_failures import CodeOnTwoDevices, ZipIncomplete
from gizqr_station.gui.codes_state import CodesState
from gizqr_station.gui.codes_words import done_words, file_name, number_words, sandbox_words
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.status_panel import Said, StatusPanel, said_of
from gizqr_station.gui.tokens import ACTION_HEIGHT, SPACE, Tone
from gizqr_station.workflows.code_happenings import CodesDone

NAMED_AT_MOST = 3
"""Devices that kept another code; a longer list helps nobody here."""


class CodesFiled(QFrame):
    """``stopped`` when somebody has enough of it; hidden until there is something to say."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ElidedLabel()
        self._name.setObjectName("strong")
        self._how_far = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(ACTION_HEIGHT // 3)
        self._stop = QPushButton()
        self._stop.setMinimumHeight(ACTION_HEIGHT)
        self._stop.setAutoDefault(False)
        self._stop.clicked.connect(self.stopped)
        self._counts = tuple((QLabel(), QLabel()) for _ in range(4))
        self._said = StatusPanel()
        self._lay_out()

    def _lay_out(self) -> None:
        going = QHBoxLayout()
        going.setSpacing(2 * SPACE)
        going.addWidget(self._name, 1)
        going.addWidget(self._how_far)
        going.addWidget(self._stop)
        counts = QGridLayout()
        counts.setHorizontalSpacing(4 * SPACE)
        counts.setVerticalSpacing(0)
        for column, (number, word) in enumerate(self._counts):
            number.setObjectName("title")
            word.setObjectName("quiet")
            counts.addWidget(number, 0, column)
            counts.addWidget(word, 1, column)
        counts.setColumnStretch(len(self._counts), 1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(SPACE)
        column_layout.addLayout(going)
        column_layout.addWidget(self._bar)
        column_layout.addLayout(counts)
        column_layout.addWidget(self._said)

    def show_state(self, state: CodesState, language: str) -> None:
        """The only place that touches the widgets."""
        going, filed = state.filing is not None, state.filed
        self.setVisible(going or filed is not None)
        self._stop.setText(self.tr("Stop"))
        self._stop.setAccessibleName(self._stop.text())
        self._stop.setEnabled(not state.stopping)
        for widget in (self._name, self._how_far, self._bar, self._stop):
            widget.setVisible(going)
        if going:
            self._show_progress(state)
        counted = filed is not None and not going and _took_any(filed)
        for number, word in self._counts:
            number.setVisible(counted)
            word.setVisible(counted)
        self._said.setVisible(filed is not None and not going)
        if filed is not None and not going:
            self._show_counts(filed)
            self._said.show_said(self._saying(state, filed, language))

    def _show_progress(self, state: CodesState) -> None:
        seen = state.progress
        self._name.show_text("" if seen is None else file_name(seen.file))
        self._how_far.setText("" if seen is None else done_words(seen.done, seen.total))
        # A bar without an end moves until it is known how much there is.
        self._bar.setRange(0, 0 if seen is None else seen.total)
        self._bar.setValue(0 if seen is None else seen.done)
        self._bar.setAccessibleName(self._how_far.text() or self.tr("Working"))

    def _show_counts(self, filed: CodesDone) -> None:
        added = filed.added
        if added is None:
            return
        bad = filed.failure.bad if isinstance(filed.failure, (ZipIncomplete, CodeOnTwoDevices)) else 0
        titles = (
            self.tr("new"), self.tr("were there already"), self.tr("kept their other code"), self.tr("gave no code"),
        )  # fmt: skip
        for (number, word), title, count in zip(
            self._counts, titles, (added.new, added.same, len(added.kept), bad), strict=True
        ):
            number.setText(number_words(count))
            number.setAccessibleName(f"{title}: {count}")
            word.setText(title)

    def _saying(self, state: CodesState, filed: CodesDone, language: str) -> Said:
        if filed.failure is not None:
            warns = _took_any(filed) and not isinstance(filed.failure, CodeOnTwoDevices)
            tone = Tone.ATTENTION if warns else Tone.STOP
            return said_of(filed.failure, tone, self.tr("Who can mend it: {owner}"), language)
        if filed.written:
            what = self.tr("Codes written into {file}: {number}.")
            do = self.tr("Keep the file where only the factory can read it: whoever has a code can bind its device.")
            written = what.format(number=number_words(filed.written), file=file_name(filed.file))
            return Said(Tone.GOOD, "check", written, do)
        if not _took_any(filed):
            return Said(Tone.ATTENTION, "stop", self.tr("Ended: nothing was taken or written."))
        if state.stopping:
            return Said(Tone.ATTENTION, "attention", self.tr("Stopped. What was taken by then stays in the pool."))
        what = self.tr("{file} is in the pool.").format(file=file_name(filed.file))
        if filed.added is None or not filed.added.kept:
            sandbox = sandbox_words(state.pool)
            return Said(Tone.CALM, "ledger", what, sandbox) if sandbox else Said(Tone.GOOD, "check", what)
        named = ", ".join(each.readable for each in filed.added.kept[:NAMED_AT_MOST])
        more = " …" if len(filed.added.kept) > NAMED_AT_MOST else ""
        kept = self.tr("These keep the code that they had, so that no device has two: {devices}")
        return Said(Tone.ATTENTION, "attention", what, kept.format(devices=f"{named}{more}"))


def _took_any(filed: CodesDone) -> bool:
    """Whether a file had any good code; one that was refused as a whole says so with zeros."""
    added = filed.added
    return added is not None and bool(added.new or added.same or added.kept)
