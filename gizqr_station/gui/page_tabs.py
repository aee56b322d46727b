"""The pages of the window, side by side in its header."""

from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gizqr_station.gui.tokens import SPACE, TAB_HEIGHT, TAB_SPACE


class Page(Enum):
    """In the order of their keys: Ctrl+1, Ctrl+2 …"""

    STATION = 0
    PRINTERS = 1
    DEVICES = 2
    LISTS = 3
    CODES = 4
    RECORDS = 5
    ORDERS = 6
    PEOPLE = 7


class PageTabs(QWidget):
    """``wanted`` carries the page that was pressed."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = {page: QPushButton() for page in Page}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        for page, tab in self._tabs.items():
            tab.setObjectName("tab")
            tab.setCheckable(True)
            tab.setAutoDefault(False)
            tab.setFixedHeight(TAB_HEIGHT)
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tab.setToolTip(f"Ctrl+{page.value + 1}")
            tab.setProperty("page", page.value)
            tab.clicked.connect(self._clicked)
            row.addWidget(tab)

    def show_page(self, page: Page, words: Mapping[Page, str]) -> None:
        """The only place that touches the tabs."""
        for each, tab in self._tabs.items():
            tab.setText(words[each])
            tab.setAccessibleName(words[each])
            tab.setAccessibleDescription(f"Ctrl+{each.value + 1}")
            # As wide as when it is bold, so that the row does not move when another one is.
            tab.setMinimumWidth(tab.fontMetrics().horizontalAdvance(words[each]) + TAB_SPACE)
            tab.setChecked(each is page)

    @Slot()
    def _clicked(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.wanted.emit(Page(sender.property("page")))
