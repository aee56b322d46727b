"""What the window needs to know of a page, whichever it is."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from gizqr_station.workflows.happenings import Happening


class WindowPage(QWidget):
    """One page of the window. ``drawn`` each time that it shows something else, its title perhaps."""

    drawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._looked_at = False

    @property
    def title(self) -> str:
        """On its tab, in the language of the moment."""
        raise NotImplementedError

    def hear(self, happening: Happening) -> None:
        """Something happened: show the state after it."""
        raise NotImplementedError

    def speak(self, language: str) -> None:
        """Show the same state in another language; the translator is installed already."""
        raise NotImplementedError

    def looked_at(self, *, visible: bool) -> None:
        """Somebody begins to look at the page, or nobody does any more."""

    def showEvent(self, event: QShowEvent) -> None:
        """Qt shows a page that is shown already whenever the window comes back."""
        super().showEvent(event)
        self._tell_looked_at(visible=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """The counterpart."""
        super().hideEvent(event)
        self._tell_looked_at(visible=False)

    def _tell_looked_at(self, *, visible: bool) -> None:
        if visible is not self._looked_at:
            self._looked_at = visible
            self.looked_at(visible=visible)
