"""The operator's page: one unit at a time, zero clicks as long as all is well."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from gizqr_station.domain.failures import Failure, PeopleFailure
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.band import BandView
from gizqr_station.gui.band_words import BandWords, band_words, band_words_of, old_label_words
from gizqr_station.gui.codes_words import line_note
from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.duty_words import duty_band
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.health_tiles import HealthBar
from gizqr_station.gui.label_preview import LabelPreview
from gizqr_station.gui.line_controls import LineControls
from gizqr_station.gui.message_panel import MessagePanel
from gizqr_station.gui.old_labels import OldLabels
from gizqr_station.gui.retry_countdowns import RetryCountdowns
from gizqr_station.gui.slot_lamps import SlotLamps
from gizqr_station.gui.slot_words import lamp_words
from gizqr_station.gui.slots_state import SlotsState, after, calmed, pin
from gizqr_station.gui.station_state import Band, StationState, Step
from gizqr_station.gui.station_words import aside_words, size_note
from gizqr_station.gui.tally_panel import TallyPanel
from gizqr_station.gui.tokens import BUTTON_HEIGHT, GOOD_FOR_MS, SPACE, Tone
from gizqr_station.gui.unit_panel import UnitPanel
from gizqr_station.gui.window_page import WindowPage
from gizqr_station.wording import words_for
from gizqr_station.workflows.happenings import Happening


class StationPage(WindowPage):
    """Shows one SlotsState; ``show_state`` is the only place that touches the widgets."""

    def __init__(self, controls: LineControls, product: str, *, slots: tuple[SlotConfig, ...], language: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.state = SlotsState(slots)
        self._controls = controls
        self.product = product
        self._language = language

        self._lamps = SlotLamps(len(slots))
        self._band = BandView(below_lamps=len(slots) > 1)
        self._unit = UnitPanel(low=len(slots) > 1)
        self._message = MessagePanel()
        self._no_label = ConfirmButton()
        self._retry = QPushButton()
        self._new_roll = ConfirmButton()
        self._alarms = OldLabels(self)
        self._destroyed = HandButton()
        self._preview = LabelPreview()
        self._preview_note = QLabel()
        self._tally = TallyPanel()
        self._health = HealthBar(low=len(slots) > 1)
        self._good = QTimer(self)
        self._again = RetryCountdowns(parent=self)
        self._seen = self.state.seen

        self._preview_note.setObjectName("quiet")
        self._preview_note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._retry.setMinimumHeight(BUTTON_HEIGHT)
        self._destroyed.setMinimumHeight(BUTTON_HEIGHT)
        self._retry.setAutoDefault(False)
        self._good.setSingleShot(True)
        self._good.setInterval(GOOD_FOR_MS)

        self._lamps.pressed.connect(self._pin)
        self._no_label.confirmed.connect(self._say_no_label)
        self._retry.clicked.connect(self._try_again)
        self._new_roll.confirmed.connect(self._say_new_roll)
        self._destroyed.clicked.connect(self._say_destroyed)
        self._good.timeout.connect(self._calm_down)
        self._again.changed.connect(self._count_down)

        self._lay_out()
        self.show_state(self.state)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._no_label, 3)
        buttons.addWidget(self._retry, 2)
        preview_card = QFrame()
        preview_card.setObjectName("card")
        preview_column = QVBoxLayout(preview_card)
        preview_column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        preview_column.addWidget(self._preview, 1)
        preview_column.addWidget(self._preview_note)
        middle = QVBoxLayout()
        middle.setSpacing(SPACE)
        middle.addWidget(preview_card, 1)
        # Beside the other keys, where a label gives way more easily than words do.
        middle.addWidget(self._new_roll)
        middle.addWidget(self._destroyed)

        body = QGridLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        body.setSpacing(SPACE)
        body.addWidget(self._unit, 0, 0)
        body.addWidget(self._message, 1, 0)
        body.addLayout(buttons, 2, 0)
        body.addLayout(middle, 0, 1, 3, 1)
        body.addWidget(self._tally, 0, 2, 3, 1)
        body.setRowStretch(1, 1)
        for column, stretch in enumerate((9, 7, 10)):
            body.setColumnStretch(column, stretch)
            body.setColumnMinimumWidth(column, 220)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, SPACE)
        column_layout.setSpacing(SPACE)
        above = QVBoxLayout()
        above.setSpacing(0)
        above.addWidget(self._lamps)
        above.addWidget(self._band)
        column_layout.addLayout(above)
        column_layout.addLayout(body, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        foot.addWidget(self._health)
        column_layout.addLayout(foot)

    def watch(self, alarms: OldLabels) -> None:
        """Once: whose alarms are said here, before everything else and until somebody acts."""
        self._alarms = alarms
        alarms.changed.connect(self._draw)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F7, F8, F5 and F9, even where no window manager makes the window the active one, as shortcuts would need.

        A key that is held down or leaned on is one press, however long.
        """
        buttons: dict[int, QPushButton] = {
            Qt.Key.Key_F7: self._destroyed,
            Qt.Key.Key_F8: self._no_label,
            Qt.Key.Key_F5: self._retry,
            Qt.Key.Key_F9: self._new_roll,
        }
        button = buttons.get(event.key())
        if button is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            button.click()

    def label_out(self) -> int:
        """The slot whose label waits for its scan; 0: none."""
        return self.state.in_hand

    @property
    def title(self) -> str:
        """On its tab."""
        return self.tr("Station")

    def speak(self, language: str) -> None:
        """Show the same state in another language; the translator is installed already."""
        self._language = language
        self.show_state(self.state)

    def hear(self, happening: Happening) -> None:
        """Something happened: show the state after it."""
        self._again.hear(happening)
        state = after(self.state, happening)
        if state != self.state:
            self.show_state(state)

    def show_state(self, state: SlotsState) -> None:
        """Draw a state, whole."""
        before, now = self._seen, state.seen
        if state.verified_since(self.state):
            self._good.start()
        elif not state.fresh:
            self._good.stop()
        if now.job is None or before.job is None or now.job.id != before.job.id:
            self._no_label.disarm()
        if now.roll_due is not before.roll_due:
            self._new_roll.disarm()
        self.state, self._seen = state, now
        self._draw()

    @Slot()
    def _draw(self) -> None:
        state = self._seen
        shown = self._shown(state)
        if self.state.several:
            self._lamps.show_lamps([lamp_words(self.state, slot) for slot in self.state.slots])
        self._band.show_words(self._alarm or self._words(shown))
        self._unit.show_state(shown, self.product, self._language)
        failure, tone = self._said(state)
        self._message.show_failure(None if state.known or state.loaded else failure, tone, self._language)
        self._message.show_note(aside_words(state, self._language))
        free = failure is None and state.band in {Band.OPENING, Band.WAITING}
        self._message.show_aside(line_note(self.state.pool) if free else "")
        self._no_label.set_words(self.tr("F8  No usable label"), self.tr("F8  Press again: void"))
        self._no_label.setEnabled(state.label_awaited)
        self._retry.setText(self.tr("F5  Try again"))
        self._retry.setAccessibleName(self._retry.text())
        self._retry.setEnabled(state.can_retry)
        self._word_new_roll(state.roll_due)
        self._destroyed.setText(self.tr("F7  Destroyed"))
        self._destroyed.setAccessibleName(self._destroyed.text())
        self._destroyed.setVisible(self._alarm is not None)
        self._destroyed.setEnabled(self._alarm is not None)
        self._preview.show_image(state.image)
        self._preview_note.setText(size_note(state.image, self._preview.scale))
        self._tally.show_tally(state.tally, self._language)
        self._health.show_health(state.health, self._language, self.state.pool)
        self.drawn.emit()

    @property
    def in_short(self) -> BandWords:
        """The state for a page on which nothing else of this one is seen."""
        words = self._band.words
        assert words is not None, "a page is drawn when it is made"
        failure, tone = self._said(self._seen)
        if self._alarm is not None or failure is None or tone is Tone.CALM:
            return words
        what = words_for(failure, self._language).what
        return replace(words, line=f"{what} {words.line}" if tone is Tone.ACT else what)

    @property
    def _alarm(self) -> BandWords | None:
        shown = self._alarms.shown
        return None if shown is None else old_label_words(shown)

    def _words(self, shown: StationState) -> BandWords:
        if (waits := duty_band(self.state.duty, shown)) is not None:
            return waits
        slot = self.state.config
        again_in_s = self._again.left_s(slot.number)
        if self.state.several:
            words = band_words_of(shown, slot, again_in_s)
        else:
            words = band_words(shown, scanner_only=slot.port is None, again_in_s=again_in_s)
        # What was refused or has failed beside it does not stand under a green band.
        if words.tone is Tone.GOOD and (shown.remark is not None or self.state.fresh != self.state.number):
            return replace(words, tone=Tone.CALM)
        return words

    def _word_new_roll(self, due: SupplyKind | None) -> None:
        # A button that is not seen must not be pressed by its key either.
        self._new_roll.setVisible(due is not None)
        self._new_roll.setEnabled(due is not None)
        if due is SupplyKind.RIBBON:
            self._new_roll.set_words(self.tr("F9  New ribbon"), self.tr("F9  Press again: ribbon changed"))
        else:
            self._new_roll.set_words(self.tr("F9  New roll"), self.tr("F9  Press again: roll changed"))

    def _shown(self, state: StationState) -> StationState:
        """A scanner-only line is ready at once; its last success still stays green for its moment."""
        if state.band is Band.WAITING and self.state.fresh == self.state.number and state.job is not None:
            return replace(state, band=Band.VERIFIED, step=Step.DONE)
        return state

    def _said(self, state: StationState) -> tuple[Failure | None, Tone]:
        if state.remark is not None and not state.why_stopped:
            return state.remark, Tone.STOP if state.band is Band.WRONG_LABEL else Tone.ATTENTION
        tones = {Band.REFUSED: Tone.STOP, Band.RETRYING: Tone.ATTENTION, Band.SETTLE: Tone.ACT}
        if state.roll_ended or isinstance(state.failure, PeopleFailure):
            return state.failure, Tone.ACT
        return state.failure, tones.get(state.band, Tone.CALM)

    @Slot()
    def _say_no_label(self) -> None:
        if self._seen.job is not None:
            self._controls.no_usable_label(self._seen.job.id)

    @Slot()
    def _try_again(self) -> None:
        self._controls.try_again(self.state.number)

    @Slot()
    def _say_new_roll(self) -> None:
        if self._seen.roll_due is not None:
            self._controls.new_roll(self._seen.roll_due)

    @Slot()
    def _say_destroyed(self) -> None:
        self._alarms.destroy()

    @Slot()
    def _count_down(self) -> None:
        self._band.show_words(self._alarm or self._words(self._shown(self._seen)), aloud=False)
        self.drawn.emit()

    @Slot()
    def _calm_down(self) -> None:
        self.show_state(calmed(self.state))

    @Slot(int)
    def _pin(self, number: int) -> None:
        self.show_state(pin(self.state, number))
