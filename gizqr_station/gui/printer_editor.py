"""A printer's settings, in place: every field checked while it is filled in."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.gui.choice import Choice
from gizqr_station.gui.editor_fields import EditorFields
from gizqr_station.gui.form_field import Mark
from gizqr_station.gui.printer_draft import Draft, Field, Problem
from gizqr_station.gui.printer_words import condition_word, connection_word, problem_words, work_words
from gizqr_station.gui.printers_state import Editing, PrintersState
from gizqr_station.gui.scroll_column import ScrollColumn
from gizqr_station.gui.status_panel import StatusPanel, said_of
from gizqr_station.gui.tokens import ACTION_HEIGHT, SPACE, Tone
from gizqr_station.workflows.happenings import DeskWork


class PrinterEditor(QFrame):
    """``saved`` carries the PrinterConfig that the fields make; ``left`` that nothing is to be saved."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._editing: Editing | None = None
        self._taken: frozenset[str] = frozenset()
        self._spoken = ""
        self._title = QLabel()
        self._title.setObjectName("title")
        self._because = StatusPanel()
        self.fields = EditorFields()
        self._scroll = ScrollColumn()
        self._note = QLabel()
        self._note.setObjectName("quiet")
        self._note.setWordWrap(True)
        self._save = QPushButton()
        self._discard = QPushButton()

        for button in (self._save, self._discard):
            button.setMinimumSize(140, ACTION_HEIGHT)
            button.setAutoDefault(False)
        self.fields.changed.connect(self._check)
        self._save.clicked.connect(self._saved)
        self._discard.clicked.connect(self.left)

        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self._note, 1)
        foot.addWidget(self._discard)
        foot.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE + SPACE // 2, 2 * SPACE, SPACE + SPACE // 2)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        self._scroll.column.addWidget(self._because)
        self._scroll.column.addWidget(self.fields)
        self._scroll.column.addStretch(1)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)

    def show_state(self, state: PrintersState, language: str) -> None:
        """The only place that touches the widgets, but for what a person types."""
        if language != self._spoken:
            self._speak(language)
        editing = state.editing
        if editing is None:
            self._editing = None
            return
        begins = self._editing is None or (self._editing.config, self._editing.was) != (editing.config, editing.was)
        opens = self._editing is None
        self._editing = editing
        self._taken = state.names_beside(editing.was)
        if begins:
            self.fields.fill(Draft.of(editing.config))
        self._title.setText(editing.was or self.tr("New printer"))
        self._because.setVisible(editing.because is not None)
        if editing.because is not None:
            said = said_of(editing.because, Tone.ATTENTION, "", language)
            self._because.show_said(replace(said, quiet=""))
        self._note.setText(self._what_saving_does(state, editing))
        self.fields.setEnabled(not editing.saving)
        self._check()
        if opens:
            self._go_to(editing.marked or Field.NAME)

    def _speak(self, language: str) -> None:
        self._spoken = language
        self.fields.speak()
        self._save.setText(self.tr("Save"))
        self._discard.setText(self.tr("Discard"))
        for button in (self._save, self._discard):
            button.setAccessibleName(button.text())

    @property
    def unchanged(self) -> bool:
        """Whether nothing that was typed would be lost."""
        return self._editing is None or self.fields.draft() == self.fields.begun

    def _what_saving_does(self, state: PrintersState, editing: Editing) -> str:
        if editing.saving:
            return work_words(DeskWork.SAVE)
        if not editing.was or editing.was != state.line_printer:
            return ""
        if state.unit_under_way:
            return self.tr("The line prints here and a unit is on its way: changes count from the next label on.")
        return self.tr("The line prints here: changes count from the next label on.")

    @Slot()
    def _check(self) -> None:
        editing = self._editing
        if editing is None:
            return
        draft = self.fields.draft()
        problems = draft.problems(self._taken)
        for field, shown in self.fields.fields.items():
            note, mark = self._note_at(field, draft, problems.get(field), editing)
            shown.show_note(note, mark)
        worth = not editing.was or draft != self.fields.begun
        self._save.setEnabled(not problems and worth and not editing.saving)
        self._discard.setEnabled(not editing.saving)

    def _note_at(self, field: Field, draft: Draft, problem: Problem | None, editing: Editing) -> tuple[str, Mark]:
        if problem is not None:
            return problem_words(problem), Mark.WRONG
        if field is editing.marked and editing.because is not None:
            return condition_word(editing.because) or self.tr("look here"), Mark.LOOK
        if field is Field.ADDRESS:
            return connection_word(PrinterAddress.parse(draft.address).connection), Mark.NONE
        return "", Mark.NONE

    def _go_to(self, field: Field) -> None:
        editor = self.fields.fields[field].editor
        target = editor.button(editor.value) if isinstance(editor, Choice) else editor
        target.setFocus()
        self._scroll.bring(target)

    @Slot()
    def _saved(self) -> None:
        self.saved.emit(self.fields.draft().config())
