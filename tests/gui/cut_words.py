"""Finds what is said in a window and does not fit where it stands."""

from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QLabel

from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.main_window import MainWindow


def cut(window: MainWindow) -> list[str]:
    """The words, as far as they are to be seen."""
    found = []
    for label in window.findChildren(QLabel):
        if not label.isVisible() or isinstance(label, ElidedLabel) or not label.text():
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        wide = 0 if label.wordWrap() else label.sizeHint().width()
        if needed > label.height() + 2 or wide > label.width():
            found.append(label.text())
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            wide = max(button.fontMetrics().horizontalAdvance(line) for line in button.text().splitlines())
            if wide > button.width() - 8:
                found.append(button.text())
    fields = [field for field in window.findChildren(QAbstractSpinBox) if field.isVisible()]
    narrow = [field for field in fields if field.fontMetrics().horizontalAdvance(field.text()) > field.width() - 12]
    return found + [field.text() for field in narrow]
