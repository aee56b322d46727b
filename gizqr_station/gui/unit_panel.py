"""The unit under work: who it is, and how far it has come."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gizqr_station.domain.identity import IdentityKind
from gizqr_station.domain.job import JobState
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.station_state import Band, StationState, Step
from gizqr_station.gui.tokens import IDENTITY_TEXT, LINE, QUIET_TEXT, SPACE, TONES, Tone
from gizqr_station.wording import state_word

MARK_SIZE = 20
_NOTHING_UNDER_WAY = {Band.WAITING, Band.OPENING, Band.STOPPED, Band.HANDED_OVER}


class UnitPanel(QFrame):
    """Identity, product, label and the five steps; a low one leaves the heading out."""

    def __init__(self, *, low: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._kind = QLabel()
        self._kind.setObjectName("heading")
        if low:
            self._kind.hide()
        self._identity = QLabel()
        self._identity.setObjectName("identity")
        self._identity.setFixedHeight(IDENTITY_TEXT + 2 * SPACE)
        self._product = QLabel()
        self._label = QLabel()
        self._label.setObjectName("quiet")
        for text in (self._identity, self._product, self._label):
            text.setTextFormat(Qt.TextFormat.PlainText)
        self._marks = {step: QLabel() for step in Step if step is not Step.DONE}
        self._names = {step: QLabel() for step in self._marks}

        steps = QHBoxLayout()
        steps.setSpacing(SPACE // 2)
        for step, mark in self._marks.items():
            mark.setFixedSize(MARK_SIZE, MARK_SIZE)
            self._names[step].setObjectName("quiet")
            steps.addWidget(mark)
            steps.addWidget(self._names[step])
            steps.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._kind)
        column.addWidget(self._identity)
        column.addWidget(self._product)
        column.addWidget(self._label)
        column.addSpacing(SPACE)
        column.addLayout(steps)

    def show_state(self, state: StationState, product: str, language: str) -> None:
        """The only place that touches the widgets."""
        identity = state.job.identity if state.job else state.reading.identity if state.reading else None
        if identity is None:
            self._kind.setText(self.tr("Device"))
        else:
            imei = identity.kind is IdentityKind.IMEI
            self._kind.setText(self.tr("Device (IMEI)") if imei else self.tr("Device (MAC)"))
        self._identity.setText(identity.readable if identity else "–")
        self._product.setText(product)
        self._label.setText(self._label_line(state, language))
        for step, name in self._names.items():
            name.setText(self._step_name(step))
            done = step.value < state.step.value
            under_way = step is state.step and state.band not in _NOTHING_UNDER_WAY
            broken = under_way and state.band in {Band.REFUSED, Band.RETRYING}
            unknown = step is Step.PRINT and state.band is Band.SETTLE
            icon, colour = "working", LINE
            if unknown:
                icon, colour = "question", TONES[Tone.ACT].ground
            elif done and step is Step.PRINT and not _printed(state):
                icon, colour = "sent", QUIET_TEXT
            elif done:
                icon, colour = "check", TONES[Tone.GOOD].ground
            elif broken:
                icon, colour = "stop", TONES[Tone.STOP].ground
            elif under_way:
                icon, colour = "working", QUIET_TEXT
            self._marks[step].setPixmap(icon_pixmap(icon, colour, MARK_SIZE, self.devicePixelRatioF()))
            sent = step is Step.PRINT and not _printed(state)
            said = self._said(done=done, broken=broken, unknown=unknown, sent=sent)
            self._marks[step].setAccessibleName(f"{self._step_name(step)}: {said}")
        self.setAccessibleName(f"{self._kind.text()} {self._identity.text()}")

    def _said(self, *, done: bool, broken: bool, unknown: bool, sent: bool) -> str:
        if unknown:
            return self.tr("unknown")
        if done:
            return self.tr("sent") if sent else self.tr("done")
        return self.tr("failed") if broken else self.tr("to do")

    def _label_line(self, state: StationState, language: str) -> str:
        job = state.job
        if job is None:
            return self.tr("No label yet")
        mark = f"  {job.mark}" if job.mark else ""
        return f"{job.draft.label_serial}{mark}  ·  {state_word(job.state.value, language)}"

    def _step_name(self, step: Step) -> str:
        match step:
            case Step.READ:
                return self.tr("Read")
            case Step.CODE:
                return self.tr("Code")
            case Step.LABEL:
                return self.tr("Label")
            case Step.PRINT:
                return self.tr("Print")
            case _:
                return self.tr("Scan")


def _printed(state: StationState) -> bool:
    """Whether it is known that the label came out; that a printer took the bytes is not that."""
    return state.job is not None and state.job.state in {JobState.PRINTED, JobState.VERIFIED}
