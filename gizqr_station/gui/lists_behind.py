"""Passes what is asked on the lists page on to the station once it is open."""

from gizqr_station.gui.list_controls import ListControls


class ListsBehind:
    """The list desk, or nobody yet. Whether the page is looked at is told to it as soon as it is there."""

    def __init__(self) -> None:
        self._desk: ListControls | None = None
        self._visible = False

    def open(self, desk: ListControls) -> None:
        """From now on there is one."""
        self._desk = desk
        desk.shown(self._visible)
        if self._visible:
            desk.look_in("")

    def close(self) -> None:
        """From now on there is none."""
        self._desk = None

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page."""
        self._visible = visible
        if self._desk is not None:
            self._desk.shown(visible)

    def look_in(self, folder: str) -> None:
        """The lists in a folder."""
        if self._desk is not None:
            self._desk.look_in(folder)

    def check_file(self, path: str, request: int) -> None:
        """Look a file through."""
        if self._desk is not None:
            self._desk.check_file(path, request)

    def check_text(self, text: str, name: str, request: int) -> None:
        """Look through what was pasted or typed."""
        if self._desk is not None:
            self._desk.check_text(text, name, request)

    def stop_checking(self) -> None:
        """Enough of it."""
        if self._desk is not None:
            self._desk.stop_checking()

    def begin(self, printer: str, request: int) -> None:
        """Print the good ones."""
        if self._desk is not None:
            self._desk.begin(printer, request)

    def go_on(self, number: int, printer: str = "") -> None:
        """Let a batch go on."""
        if self._desk is not None:
            self._desk.go_on(number, printer)

    def pause(self) -> None:
        """Pause it."""
        if self._desk is not None:
            self._desk.pause()

    def cancel(self, number: int) -> None:
        """Print nothing more of it."""
        if self._desk is not None:
            self._desk.cancel(number)
