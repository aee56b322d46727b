"""Labels and ribbon by count: how many are left, and that a new roll was put in."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.supplies import Supply, SupplyKind
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.number_fields import WholeNumber
from gizqr_station.gui.page_stack import PageStack
from gizqr_station.gui.printer_words import supply_word
from gizqr_station.gui.tokens import ACTION_HEIGHT, SPACE, TONES, WARNING_MARK, Tone

MOST_LABELS = 1_000_000
_FIRST_FULL, _FIRST_WARNING = 1000, 50


class SuppliesPanel(PageStack):
    """Two lines, or in their place the fields for a new roll."""

    new_roll = Signal(object, int, int)
    """The kind, how many labels it is good for (0: nobody counts), when to warn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._supplies: dict[SupplyKind, Supply] = {}
        self._kind = SupplyKind.LABELS
        self._names = {kind: QLabel() for kind in SupplyKind}
        self._counts = {kind: QLabel() for kind in SupplyKind}
        self._warnings = {kind: QLabel() for kind in SupplyKind}
        self._changes = {kind: QPushButton() for kind in SupplyKind}
        self._full = WholeNumber(0, MOST_LABELS, 100)
        self._warn = WholeNumber(0, MOST_LABELS, 10)
        self._full_field, self._warn_field = FormField(self._full), FormField(self._warn)
        self._do = QPushButton()
        self._back = QPushButton()

        for kind, change in self._changes.items():
            change.setMinimumHeight(ACTION_HEIGHT)
            change.setAutoDefault(False)
            change.setProperty("kind", kind.value)
            change.clicked.connect(self._ask)
            self._names[kind].setObjectName("strong")
            self._counts[kind].setTextFormat(Qt.TextFormat.PlainText)
            self._warnings[kind].setObjectName("quiet")
        for button in (self._do, self._back):
            button.setMinimumHeight(ACTION_HEIGHT)
            button.setAutoDefault(False)
        self._do.clicked.connect(self._change)
        self._back.clicked.connect(self.leave)

        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        for row, kind in enumerate(SupplyKind):
            grid.addWidget(self._names[kind], row, 0)
            words = QVBoxLayout()
            words.setSpacing(0)
            for part in (self._counts[kind], self._warnings[kind]):
                words.addWidget(part)
            grid.addLayout(words, row, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self._changes[kind], row, 2)
        grid.setColumnStretch(1, 1)
        fields = QHBoxLayout()
        fields.setSpacing(SPACE)
        fields.addWidget(self._full_field, 1)
        fields.addWidget(self._warn_field, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._do, 2)
        buttons.addWidget(self._back, 1)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(fields)
        column.addLayout(buttons)
        self.addWidget(lines)
        self.addWidget(form)

    def show_supplies(self, supplies: tuple[Supply, ...], *, enabled: bool) -> None:
        """The only place that touches the lines."""
        self._supplies = {supply.kind: supply for supply in supplies}
        for kind in SupplyKind:
            supply = self._supplies.get(kind)
            self._names[kind].setText(supply_word(kind))
            self._counts[kind].setText(self._count(supply))
            colour = "" if supply is None or not supply.low else f"color: {_colour(supply)}; font-weight: 700;"
            if colour != self._counts[kind].styleSheet():
                self._counts[kind].setStyleSheet(colour)
            warned = "" if supply is None else self.tr("warns below {warn}").format(warn=supply.warn_below)
            self._warnings[kind].setText(warned)
            self._warnings[kind].setVisible(bool(warned))
            words = self.tr("New roll") if kind is SupplyKind.LABELS else self.tr("New ribbon")
            self._changes[kind].setText(words)
            self._changes[kind].setAccessibleName(words)
            self._changes[kind].setEnabled(enabled)
        self._do.setEnabled(enabled)
        self._word_form()

    @Slot()
    def leave(self) -> None:
        """Back to the two lines; nothing was changed."""
        focused = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        if self.currentIndex():
            self.setCurrentIndex(0)
            if focused:
                self._changes[self._kind].setFocus()

    def _word_form(self) -> None:
        labels = self._kind is SupplyKind.LABELS
        self._full.setSpecialValueText(self.tr("not counted"))
        self._full_field.set_words(
            self.tr("Labels on the new roll") if labels else self.tr("Labels the new ribbon is good for")
        )
        self._warn_field.set_words(self.tr("Warn below"))
        self._do.setText(self.tr("New roll is in") if labels else self.tr("New ribbon is in"))
        self._back.setText(self.tr("Back"))
        for button in (self._do, self._back):
            button.setAccessibleName(button.text())

    def _count(self, supply: Supply | None) -> str:
        if supply is None:
            return self.tr("not counted")
        if supply.ended:
            return self.tr("ended (of {full})").format(full=supply.full)
        return self.tr("{left} of {full} left").format(left=supply.left, full=supply.full)

    @Slot()
    def _ask(self) -> None:
        sender = self.sender()
        assert sender is not None
        self._kind = SupplyKind(sender.property("kind"))
        supply = self._supplies.get(self._kind)
        self._full.setValue(_FIRST_FULL if supply is None else supply.full)
        self._warn.setValue(_FIRST_WARNING if supply is None else supply.warn_below)
        self._word_form()
        self.setCurrentIndex(1)
        self._do.setFocus()

    @Slot()
    def _change(self) -> None:
        self.leave()
        self.new_roll.emit(self._kind, self._full.value(), self._warn.value())


def _colour(supply: Supply) -> str:
    return TONES[Tone.STOP].ground if supply.ended else WARNING_MARK
