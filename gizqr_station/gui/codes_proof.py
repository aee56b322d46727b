"""A proof by binding: its steps as they go, and at the end one word that nobody can misread."""

from dataclasses import replace

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gizqr_station.domain.binding_proof import ProofStep, ProofVerdict
from gizqr_station.domain.failures import Failure
from gizqr_station.gui.band import BandView
from gizqr_station.gui.codes_proof_words import proof_words, step_words
from gizqr_station.gui.codes_state import CodesState
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.status_panel import StatusPanel, said_of
from gizqr_station.gui.tokens import LINE, MARK_ICON, QUIET_TEXT, SPACE, TONES, Tone

_ORDER = tuple(ProofStep)


class CodesProof(QFrame):
    """Hidden until a proof was asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = QWidget()
        self._marks = {step: (QLabel(), QLabel()) for step in _ORDER}
        self._verdict = BandView(below_lamps=True)
        self._why = StatusPanel()
        self._left_bound = StatusPanel()
        row = QHBoxLayout(self._steps)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        for mark, name in self._marks.values():
            mark.setFixedSize(MARK_ICON, MARK_ICON)
            name.setObjectName("quiet")
            row.addWidget(mark)
            row.addWidget(name)
            row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for widget in (self._steps, self._verdict, self._why, self._left_bound):
            column.addWidget(widget)

    def show_state(self, state: CodesState, language: str) -> None:
        """The only place that touches the widgets."""
        proof = state.proof
        self.setVisible(state.proving or proof is not None or state.not_proved is not None)
        self._steps.setVisible(state.proving)
        reached = -1 if state.step is None else _ORDER.index(state.step)
        for place, (step, (mark, name)) in enumerate(self._marks.items()):
            icon, colour = "working", LINE
            if place < reached:
                icon, colour = "check", TONES[Tone.GOOD].ground
            elif place == reached:
                colour = QUIET_TEXT
            mark.setPixmap(icon_pixmap(icon, colour, MARK_ICON, self.devicePixelRatioF()))
            name.setText(step_words(step))
            mark.setAccessibleName(step_words(step) if place <= reached else "")
        self._verdict.setVisible(proof is not None)
        if proof is not None:
            self._verdict.show_words(proof_words(proof, language))
        why = state.not_proved if proof is None else proof.failure
        tone = Tone.ATTENTION
        if proof is not None and proof.verdict in {ProofVerdict.OTHER_DEVICE, ProofVerdict.DOES_NOT_BIND}:
            tone = Tone.STOP
        self._show_failure(self._why, why, tone, language)
        self._show_failure(self._left_bound, None if proof is None else proof.left_bound, Tone.ATTENTION, language)

    def _show_failure(self, panel: StatusPanel, failure: Failure | None, tone: Tone, language: str) -> None:
        panel.setVisible(failure is not None)
        if failure is None:
            return
        said = said_of(failure, tone, self.tr("Who can mend it: {owner}"), language)
        # Under a verdict, which says already what is so, only what to do about it.
        below_verdict = panel is self._why and not self._verdict.isHidden()
        panel.show_said(replace(said, what=said.do, do="") if below_verdict else said)
