"""The chosen printer: where it is, how it is, what is in it, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.form_field import FormField, Mark
from gizqr_station.gui.printer_draft import Field, field_to_change
from gizqr_station.gui.printer_words import connection_word, done_words, language_word, media_words, work_words
from gizqr_station.gui.printers_state import PrintersState, trouble_of
from gizqr_station.gui.scroll_column import ScrollColumn
from gizqr_station.gui.status_panel import Said, StatusPanel, said_of
from gizqr_station.gui.supplies_panel import SuppliesPanel
from gizqr_station.gui.tokens import ACTION_HEIGHT, SPACE, Tone
from gizqr_station.workflows.happenings import DeskWork, PrinterLooked

_FACTS = (Field.ADDRESS, Field.LANGUAGE, Field.DPI, Field.WIDTH)


class PrinterCard(QFrame):
    """Tells what was pressed; does nothing by itself."""

    look = Signal()
    test = Signal()
    calibrate = Signal()
    edit = Signal()
    use = Signal()
    remove = Signal()
    new_roll = Signal(object, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._shown = ""
        self._title = ElidedLabel()
        self._title.setObjectName("title")
        self._chip = QLabel()
        self._chip.setObjectName("chip")
        self._facts = {field: FormField(ElidedLabel()) for field in _FACTS}
        self._status = StatusPanel()
        self._supplies = SuppliesPanel()
        self._answer = StatusPanel()
        self._scroll = ScrollColumn()
        self._test = QPushButton()
        self._calibrate = QPushButton()
        self._look = QPushButton()
        self._edit = QPushButton()
        self._use = QPushButton()
        self._remove = ConfirmButton()

        buttons = (self._test, self._calibrate, self._look, self._edit, self._use)
        for button, signal in zip(buttons, (self.test, self.calibrate, self.look, self.edit, self.use), strict=True):
            button.setMinimumHeight(ACTION_HEIGHT)
            button.setAutoDefault(False)
            button.clicked.connect(signal)
        self._remove.setMinimumHeight(ACTION_HEIGHT)
        self._remove.confirmed.connect(self.remove)
        self._supplies.new_roll.connect(self.new_roll)
        self._lay_out(buttons)

    def _lay_out(self, buttons: tuple[QPushButton, ...]) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        facts = QGridLayout()
        facts.setHorizontalSpacing(2 * SPACE)
        facts.setVerticalSpacing(SPACE // 2)
        for at, field in enumerate(self._facts.values()):
            facts.addWidget(field, at // 2, at % 2)
        facts.setColumnStretch(0, 1)
        facts.setColumnStretch(1, 1)
        said = QVBoxLayout()
        said.setSpacing(SPACE)
        said.addLayout(head)
        said.addLayout(facts)
        for part in (self._status, self._answer, self._supplies):
            self._scroll.column.addWidget(part)
        self._scroll.column.addStretch(1)
        said.addWidget(self._scroll, 1)
        actions = QVBoxLayout()
        actions.setSpacing(SPACE)
        for button in (*buttons, self._remove):
            actions.addWidget(button)
            if button in {self._look, self._use}:
                # What prints, what is set, what cannot be taken back: three groups.
                actions.addSpacing(SPACE)
        actions.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE + SPACE // 2, 2 * SPACE, SPACE + SPACE // 2)
        row.setSpacing(2 * SPACE)
        row.addLayout(said, 1)
        row.addLayout(actions)

    def show_state(self, state: PrintersState, language: str) -> None:
        """The only place that touches the widgets."""
        self._word_buttons()
        printer = state.printer
        if printer is None:
            self._supplies.show_supplies((), enabled=False)
            return
        if printer.name != self._shown:
            self._shown = printer.name
            self._remove.disarm()
            self._supplies.leave()
        seen = state.looked.get(printer.name)
        of_line = printer.name == state.line_printer
        self._title.show_text(printer.name)
        self._chip.setText(self.tr("The line prints here"))
        self._chip.setVisible(of_line)
        self._show_facts(printer, seen)
        self._status.show_said(self._status_of(seen, language))
        busy = any(state.is_asked(work, printer.name) for work in DeskWork if work is not DeskWork.QUEUE)
        self._supplies.show_supplies(() if seen is None else seen.supplies, enabled=not busy)
        self._show_answer(self._answer_of(state, printer, language))
        for button in (self._test, self._calibrate, self._edit):
            button.setEnabled(not busy)
        self._use.setEnabled(not busy and not of_line)
        self._remove.setEnabled(not busy and not of_line)
        self._remove.setToolTip(
            self.tr("The line prints here: choose another printer for it first.") if of_line else ""
        )

    def _show_answer(self, answer: Said | None) -> None:
        # What failed just as the printer itself says it is said once.
        if answer is not None and answer == self._status.said:
            answer = None
        new = answer is not None and (answer != self._answer.said or self._answer.isHidden())
        self._answer.setVisible(answer is not None)
        if answer is not None:
            self._answer.show_said(answer)
        if new:
            self._scroll.bring(self._answer)

    def _word_buttons(self) -> None:
        self._test.setText(self.tr("Test label"))
        self._calibrate.setText(self.tr("Calibrate"))
        self._calibrate.setToolTip(self.tr("The printer measures its labels; some come out empty."))
        self._look.setText(self.tr("Look again"))
        self._edit.setText(self.tr("Change settings"))
        self._use.setText(self.tr("Use for the line"))
        self._remove.set_words(self.tr("Remove"), self.tr("Press again: remove"))
        for button in (self._test, self._calibrate, self._look, self._edit, self._use):
            button.setAccessibleName(button.text())

    def _show_facts(self, printer: PrinterConfig, seen: PrinterLooked | None) -> None:
        words = {
            Field.ADDRESS: (
                self.tr("Address ({kind})").format(kind=connection_word(printer.address.connection)),
                str(printer.address),
            ),
            Field.LANGUAGE: (self.tr("Language"), self._language(printer)),
            Field.DPI: (self.tr("Resolution"), f"{printer.dpi} dpi"),
            Field.WIDTH: (self.tr("Labels"), media_words(printer.media)),
        }
        change = None if seen is None else field_to_change(seen.status.failure or seen.status.warning)
        for field, (name, value) in words.items():
            shown = self._facts[field]
            assert isinstance(shown.editor, ElidedLabel)
            shown.editor.show_text(value)
            shown.set_words(name)
            shown.editor.setAccessibleName(f"{name}: {value}")
            marked = field is change
            shown.show_note(self.tr("look here") if marked else "", Mark.LOOK if marked else Mark.NONE)

    def _language(self, printer: PrinterConfig) -> str:
        return " ".join(part for part in (language_word(printer.language), printer.model) if part)

    def _status_of(self, seen: PrinterLooked | None, language: str) -> Said:
        if seen is None:
            return Said(Tone.CALM, "working", self.tr("Not looked at yet."))
        status = seen.status
        failure, warning = trouble_of(seen)
        owner = self.tr("Who can mend it: {owner}")
        if failure is not None:
            return said_of(failure, Tone.STOP, owner, language)
        if warning is not None:
            return said_of(warning, Tone.ATTENTION, owner, language)
        answered = self.tr("It answered: {said}").format(said=status.said) if status.said else ""
        if status.told:
            return Said(Tone.CALM, "check", self.tr("Ready: the printer says so."), quiet=answered)
        return Said(
            Tone.CALM,
            "printer",
            self.tr("Something takes labels at this address."),
            self.tr("It does not report its state: look at the printer itself."),
            answered,
        )

    def _answer_of(self, state: PrintersState, printer: PrinterConfig, language: str) -> Said | None:
        """What is being done, or what came of it."""
        for work in DeskWork:
            if work is not DeskWork.QUEUE and state.is_asked(work, printer.name):
                return Said(Tone.CALM, "working", work_words(work))
        done = state.done
        if done is None or (done.printer != printer.name and done.work is not DeskWork.SAVE):
            return None
        if done.failure is not None:
            tone = Tone.ACT if done.outcome is PrintOutcome.UNKNOWN else Tone.STOP
            return said_of(done.failure, tone, self.tr("Who can mend it: {owner}"), language)
        return Said(Tone.CALM, "check", done_words(done.work, done.outcome))
