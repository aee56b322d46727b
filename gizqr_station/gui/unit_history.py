"""What is known of a label, and everything that was written about its device."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.evidence_words import entry_words
from gizqr_station.gui.records_state import RecordsState
from gizqr_station.gui.records_words import facts_of, local_words
from gizqr_station.gui.row_table import RowTable
from gizqr_station.gui.tokens import SPACE

_MOST_FACTS = 9


class UnitHistory(QWidget):
    """Only read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = tuple((QLabel(), ElidedLabel()) for _ in range(_MOST_FACTS))
        self._title = QLabel()
        self._title.setObjectName("heading")
        self.table = RowTable(3, 2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(0)
        for row, (name, value) in enumerate(self._facts):
            name.setObjectName("quiet")
            value.setObjectName("small")
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(grid)
        column.addWidget(self._title)
        column.addWidget(self.table, 1)

    def show_state(self, state: RecordsState, language: str) -> None:
        """The only place that touches the widgets."""
        unit = state.unit
        facts = [] if unit is None else facts_of(unit.job, language)
        for place, (name, value) in enumerate(self._facts):
            known = place < len(facts)
            name.setVisible(known)
            value.setVisible(known)
            if known:
                name.setText(facts[place][0])
                value.show_text(facts[place][1])
                value.setAccessibleName(f"{facts[place][0]}: {facts[place][1]}")
        self._title.setText(self.tr("History of the device"))
        self.table.setAccessibleName(self._title.text())
        several = unit is not None and len(unit.jobs) > 1
        serials = {job.id: job.draft.label_serial for job in unit.jobs} if unit is not None and several else {}
        entries = () if unit is None else unit.entries
        self.table.show_lines(
            (self.tr("When"), self.tr("Who"), self.tr("What")),
            [
                (local_words(entry.at), entry.who, _what(serials.get(entry.job, ""), entry_words(entry, language)))
                for entry in entries
            ],
        )


def _what(serial: str, words: str) -> str:
    """Where a device had several labels, it is said which one."""
    return f"{serial} · {words}" if serial else words
