"""Codes fetched ahead: what is missing, the one key that fetches it, and where all of it came from."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gizqr_station.gui.codes_fetch_view import CodesFetchView
from gizqr_station.gui.codes_state import CodesState
from gizqr_station.gui.codes_words import number_words, of_sandbox, range_cells, zip_cells
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.row_table import RowTable
from gizqr_station.gui.status_panel import Said, StatusPanel, said_of
from gizqr_station.gui.tokens import (
    BUTTON_HEIGHT,
    FIELD_HEIGHT,
    FORM_HEADING,
    SPACE,
    Tone,
)
from gizqr_station.workflows.code_happenings import PoolSeen

GAPS_SHOWN = 50


class CodesFetchPane(QFrame):
    """``wanted`` carries ranges, empty for what the order misses."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = QLabel()
        self._title.setObjectName("title")
        self._begin = HandButton()
        self._by_hand = QWidget()
        self._ranges = QLineEdit()
        self._ranges_field = FormField(self._ranges)
        self._take_ranges = QPushButton()
        self._said = StatusPanel()
        self._enough = QPushButton()
        self.view = CodesFetchView()
        self._tabled: tuple[PoolSeen | None, str] | None = None
        self._gaps_title = QLabel()
        self._gaps = RowTable(2, wide=0)
        self._zips_title = QLabel()
        self._zips = RowTable(3, wide=1)

        for heading in (self._gaps_title, self._zips_title):
            heading.setObjectName("heading")
        self._begin.setMinimumHeight(BUTTON_HEIGHT)
        for field in (self._ranges, self._take_ranges):
            field.setFixedHeight(FIELD_HEIGHT)
        self._enough.setMinimumHeight(BUTTON_HEIGHT)
        for button in (self._take_ranges, self._enough):
            button.setAutoDefault(False)
        self._begin.clicked.connect(self._pressed_begin)
        self._take_ranges.clicked.connect(self._typed_ranges)
        self._enough.clicked.connect(self.view.pause)
        self._ranges.returnPressed.connect(self._typed_ranges)
        self._lay_out()

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setContentsMargins(0, FORM_HEADING, 0, 0)
        beside.addWidget(self._take_ranges)
        by_hand = QHBoxLayout(self._by_hand)
        by_hand.setContentsMargins(0, 0, 0, 0)
        by_hand.setSpacing(SPACE)
        by_hand.addWidget(self._ranges_field, 1)
        by_hand.addLayout(beside)
        tables = QGridLayout()
        tables.setHorizontalSpacing(2 * SPACE)
        tables.setVerticalSpacing(2)
        for column, (heading, table) in enumerate(((self._gaps_title, self._gaps), (self._zips_title, self._zips))):
            tables.addWidget(heading, 0, column)
            tables.addWidget(table, 1, column)
            tables.setColumnStretch(column, 1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column_layout.setSpacing(SPACE)
        column_layout.addWidget(self._title)
        column_layout.addWidget(self._begin)
        column_layout.addWidget(self._by_hand)
        column_layout.addWidget(self._said)
        column_layout.addWidget(self._enough)
        column_layout.addWidget(self.view)
        column_layout.addLayout(tables, 1)

    def show_state(self, state: CodesState, language: str) -> None:
        """The only place that touches the widgets, but for what somebody types."""
        order = "" if state.pool is None else state.pool.order
        titled = self.tr("Codes for order {order}").format(order=order) if order else self.tr("Codes fetched ahead")
        self._title.setText(titled)
        self._show_begin(state)
        self._show_said(state, language)
        self.view.show_state(state, language)
        if (state.pool, language) != self._tabled:
            # Up to three hundred lines, which a fetch that goes on does not change.
            self._tabled = (state.pool, language)
            self._show_tables(state)

    def _show_said(self, state: CodesState, language: str) -> None:
        counting = state.counting
        self._said.setVisible(state.failure is not None or counting is not None)
        self._enough.setVisible(counting is not None)
        self._enough.setEnabled(not state.pausing)
        self._enough.setText(self.tr("Stop"))
        self._enough.setAccessibleName(self._enough.text())
        if state.failure is not None:
            owner = self.tr("Who can mend it: {owner}")
            self._said.show_said(said_of(state.failure, Tone.ATTENTION, owner, language))
        elif counting is not None:
            words = self.tr("Looking for what is missing: {done} of {total}")
            numbers = {"done": number_words(counting.done), "total": number_words(counting.total)}
            self._said.show_said(Said(Tone.CALM, "working", words.format(**numbers)))

    def _show_begin(self, state: CodesState) -> None:
        idle, may = state.running is None, state.pooled and not state.asked
        ordered = state.pool is not None and bool(state.pool.order)
        self._begin.setVisible(idle and ordered)
        if state.missing == 1:
            words = self.tr("Fetch the missing code")
        elif state.missing:
            words = self.tr("Fetch the {number} missing codes").format(number=number_words(state.missing))
        else:
            words = self.tr("Nothing is missing")
        self._begin.setText(words)
        self._begin.setAccessibleName(words)
        self._begin.setEnabled(may and state.missing > 0)
        self._by_hand.setVisible(idle)
        for widget in (self._ranges_field, self._take_ranges):
            widget.setEnabled(may)
        if ordered:
            self._ranges_field.set_words(self.tr("Or the codes of a range, or a few"))
        else:
            self._ranges_field.set_words(self.tr("The codes of a range, or a few"))
        self._ranges.setPlaceholderText("00911F500000..00911F5003E7     00911F500000 x 1000")
        self._take_ranges.setText(self.tr("Fetch these"))
        self._take_ranges.setAccessibleName(self._take_ranges.text())

    def _show_tables(self, state: CodesState) -> None:
        pool = state.pool
        gaps = () if pool is None else pool.gaps
        lines: list[tuple[str, ...]] = [range_cells(gap) for gap in gaps[:GAPS_SHOWN]]
        if pool is not None and (more := pool.missing - sum(len(gap) for gap in gaps[:GAPS_SHOWN])) > 0:
            lines.append((self.tr("and more gaps after these"), number_words(more)))
        self._gaps_title.setText(self.tr("Gaps: devices without a code"))
        self._gaps.setAccessibleName(self._gaps_title.text())
        self._gaps.show_lines((self.tr("From … to"), self.tr("Devices")), lines)
        zips = () if pool is None else pool.zips
        if of_sandbox(pool):
            self._zips_title.setText(self.tr("Where the codes came from (a sandbox's: TEST)"))
        else:
            self._zips_title.setText(self.tr("Where the codes came from"))
        self._zips.setAccessibleName(self._zips_title.text())
        headings = (self.tr("Time"), self.tr("Zip"), self.tr("Codes"))
        self._zips.show_lines(headings, [zip_cells(came, codes) for came, codes in zips])

    @Slot()
    def _pressed_begin(self) -> None:
        self.wanted.emit("")

    @Slot()
    def _typed_ranges(self) -> None:
        typed = self._ranges.text().strip()
        if typed and self._take_ranges.isEnabled():
            self.wanted.emit(typed)
