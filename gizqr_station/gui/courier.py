"""The only crossing from the lanes to the GUI thread."""

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gizqr_station.workflows.happenings import Happening, Tell


class Courier(QObject):
    """Lives on the GUI thread; ``tell`` may be called on any."""

    _crossing = Signal(object)

    def __init__(self, hear: Tell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hear = hear
        self._closed = False
        self._crossing.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    def tell(self, happening: Happening) -> None:
        """Hand a happening over; returns at once."""
        if not self._closed:
            self._crossing.emit(happening)

    def close(self) -> None:
        """Let nothing more arrive: the window is going."""
        self._closed = True

    @Slot(object)
    def _arrive(self, happening: Happening) -> None:
        if not self._closed:
            self._hear(happening)
