"""What keys mean to the window itself."""

from typing import TypeGuard

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.page_tabs import Page


def pressed_by_enter(widget: QWidget | None) -> TypeGuard[QAbstractButton]:
    """Whether Enter does what Space does."""
    return isinstance(widget, QAbstractButton) and not isinstance(widget, HandButton)


def page_at(event: QKeyEvent) -> Page | None:
    """The page whose key this is: Ctrl+1, Ctrl+2 …"""
    place = event.key() - Qt.Key.Key_1
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or not 0 <= place < len(Page):
        return None
    return Page(place)
