"""Passes what is asked on the lists page on to the station once it is open."""

from gizqr_station.gui.desk_behind import DeskBehind
from gizqr_station.gui.list_controls import ListControls


class ListsBehind(DeskBehind[ListControls]):
    """The list desk, or nobody yet."""

    def open(self, desk: ListControls) -> None:
        """From now on there is one; who looks already sees the folder."""
        super().open(desk)
        if self._visible:
            desk.look_in("")

    def look_in(self, folder: str) -> None:
        """The lists in a folder."""
        self._ask(lambda desk: desk.look_in(folder))

    def check_file(self, path: str, request: int) -> None:
        """Look a file through."""
        self._ask(lambda desk: desk.check_file(path, request))

    def check_text(self, text: str, name: str, request: int) -> None:
        """Look through what was pasted or typed."""
        self._ask(lambda desk: desk.check_text(text, name, request))

    def stop_checking(self) -> None:
        """Enough of it."""
        self._ask(lambda desk: desk.stop_checking())

    def begin(self, printer: str, request: int) -> None:
        """Print the good ones."""
        self._ask(lambda desk: desk.begin(printer, request))

    def go_on(self, number: int, printer: str = "") -> None:
        """Let a batch go on."""
        self._ask(lambda desk: desk.go_on(number, printer))

    def pause(self) -> None:
        """Pause it."""
        self._ask(lambda desk: desk.pause())

    def cancel(self, number: int) -> None:
        """Print nothing more of it."""
        self._ask(lambda desk: desk.cancel(number))
