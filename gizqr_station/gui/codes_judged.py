"""One judged code: what the App makes of it, who knows it here, and the proof by binding."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.app_reading import AppBinds
from gizqr_station.domain.codes import CodeSource
from gizqr_station.gui.codes_proof import CodesProof
from gizqr_station.gui.codes_state import CodesState
from gizqr_station.gui.codes_words import reading_words, trial_words
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.status_panel import Said, StatusPanel, said_of
from gizqr_station.gui.tokens import FIELD_HEIGHT, FORM_HEADING, SPACE, Tone
from gizqr_station.wording import state_word, words_for
from gizqr_station.workflows.code_happenings import CodeJudged

_FACTS = 5


class CodesJudged(QFrame):
    """``prove`` carries the device that the code should bind, as typed, perhaps empty."""

    prove = Signal(str)
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: CodeJudged | None = None
        self._said = StatusPanel()
        self._facts = tuple((QLabel(), ElidedLabel()) for _ in range(_FACTS))
        self._device = QLineEdit()
        self._device_field = FormField(self._device)
        self._prove = HandButton()
        self._stop = QPushButton()
        self._proof = CodesProof()

        for name, _ in self._facts:
            name.setObjectName("heading")
        self._stop.setAutoDefault(False)
        for field in (self._device, self._prove, self._stop):
            field.setFixedHeight(FIELD_HEIGHT)
        self._prove.clicked.connect(self._pressed_prove)
        self._stop.clicked.connect(self.stopped)
        self._lay_out()

    def _lay_out(self) -> None:
        facts = QGridLayout()
        facts.setHorizontalSpacing(2 * SPACE)
        facts.setVerticalSpacing(2)
        for row, (name, value) in enumerate(self._facts):
            facts.addWidget(name, row, 0)
            facts.addWidget(value, row, 1)
        facts.setColumnStretch(1, 1)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, FORM_HEADING, 0, 0)
        beside.setSpacing(SPACE)
        beside.addWidget(self._prove)
        beside.addWidget(self._stop)
        proving = QHBoxLayout()
        proving.setSpacing(SPACE)
        proving.addWidget(self._device_field, 1)
        proving.addLayout(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._said)
        column.addLayout(facts)
        column.addLayout(proving)
        column.addWidget(self._proof)
        column.addStretch(1)

    def show_state(self, state: CodesState, language: str) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        self._device_field.set_words(self.tr("The device that it should bind"))
        self._device.setPlaceholderText(self.tr("empty: whichever it binds is shown"))
        self._prove.setText(self.tr("Prove by binding"))
        self._stop.setText(self.tr("Stop"))
        for button in (self._prove, self._stop):
            button.setAccessibleName(button.text())
        judged, reading = state.judged, state.reading
        if judged is not self._shown and judged is not None:
            self._device.setText(state.expected)
        self._shown = judged
        if judged is None:
            return
        # A verdict takes the place of what can be seen from outside, but never of a contradiction.
        self._said.setVisible(state.proof is None or state.contradicts)
        self._said.show_said(self._saying(state, judged, language))
        facts = () if reading is None else self._fact_lines(judged, language)
        for (name, value), (title, text) in zip(self._facts, (*facts, *[("", "")] * _FACTS), strict=False):
            name.setText(title)
            value.show_text(text)
            for widget in (name, value):
                widget.setVisible(bool(title))
        provable = state.may_prove or state.proving
        self._device_field.setVisible(provable)
        self._prove.setVisible(provable)
        self._prove.setEnabled(state.may_prove)
        self._device.setEnabled(not state.proving)
        self._stop.setVisible(state.proving)
        self._proof.show_state(state, language)

    def _saying(self, state: CodesState, judged: CodeJudged, language: str) -> Said:
        if judged.reading is None:
            if judged.failure is None:
                return Said(Tone.ATTENTION, "question", self.tr("No code was found."))
            return said_of(judged.failure, Tone.ATTENTION, self.tr("Who can mend it: {owner}"), language)
        if state.contradicts:
            what = self.tr("Records and pool know this code for different devices.")
            return Said(Tone.STOP, "wrong", what, self.tr("Do not use the label. Call the lead."))
        said = reading_words(judged.reading)
        sandbox = judged.of_sandbox or _from_sandbox(judged)
        labelled_test = judged.job is not None and judged.job.draft.test
        return trial_words(said, sandbox=sandbox) if sandbox or labelled_test else said

    def _fact_lines(self, judged: CodeJudged, language: str) -> tuple[tuple[str, str], ...]:
        reading = judged.reading
        assert reading is not None
        says: tuple[tuple[str, str], ...] = ((self.tr("It says"), reading.content),)
        if reading.binds is AppBinds.BY_LINK or reading.link:
            # The text itself would show the passcode.
            link = dict(reading.link)
            hidden = self.tr("{did}  (passcode hidden)").format(did=link.get("did", ""))
            says = ((self.tr("Product key"), link.get("product_key", "")), (self.tr("did"), hidden))
        return (
            (self.tr("From"), judged.source or self.tr("a scan, or typed")),
            *says,
            *self._known_here(judged, language),
        )

    def _known_here(self, judged: CodeJudged, language: str) -> tuple[tuple[str, str], ...]:
        records, pool = self.tr("In the records"), self.tr("In the pool")
        if judged.failure is not None:
            # Nobody could look: that is not the same as not being there.
            unasked = self.tr("not known: {why}").format(why=words_for(judged.failure, language).what)
            job = unasked if judged.job is None else self._label_words(judged, language)
            return (records, job), (pool, self._pool_words(judged) or unasked)
        return (records, self._label_words(judged, language)), (pool, self._pool_words(judged) or self.tr("no"))

    def _pool_words(self, judged: CodeJudged) -> str:
        holder = judged.in_pool_for
        return f"{holder} · {self.tr('from the sandbox')} · TEST" if judged.of_sandbox and holder else holder

    def _label_words(self, judged: CodeJudged, language: str) -> str:
        job = judged.job
        if job is None:
            return self.tr("no label says this")
        parts = [job.identity.readable, f"{job.draft.label_serial} {job.mark}".strip()]
        parts.append(state_word(job.state.value, language))
        if _from_sandbox(judged):
            parts.append(self.tr("from the sandbox"))
        return " · ".join(parts)

    @Slot()
    def _pressed_prove(self) -> None:
        self.prove.emit(self._device.text().strip())


def _from_sandbox(judged: CodeJudged) -> bool:
    """As the records of its label have it."""
    return judged.job is not None and judged.job.draft.code_source is CodeSource.SANDBOX
