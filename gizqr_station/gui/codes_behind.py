"""Passes what is asked on the codes page on to the station once it is open."""

from collections.abc import Callable

from gizqr_station.gui.codes_controls import CodeControls
from gizqr_station.gui.desk_behind import DeskBehind


class CodesBehind(DeskBehind[CodeControls]):
    """The codes desk, or nobody yet. What is pressed before it is there is asked of it as soon as it is.

    The pool is told while the station still opens, so that the page can be used before there is anybody to ask.
    """

    def __init__(self) -> None:
        super().__init__()
        self._early: list[Callable[[CodeControls], None]] = []
        self._closed = False

    def open(self, desk: CodeControls) -> None:
        """From now on there is one."""
        super().open(desk)
        early, self._early = self._early, []
        for ask in early:
            ask(desk)

    def close(self) -> None:
        """From now on there is none, and there will be none."""
        super().close()
        self._closed = True
        self._early.clear()

    def look(self) -> None:
        """Look at pool and order again."""
        self._ask(lambda desk: desk.look())

    def fetch(self, ranges_text: str = "") -> None:
        """Fetch what is missing, or these ranges."""
        self._ask(lambda desk: desk.fetch(ranges_text))

    def pause(self) -> None:
        """Pause the fetch that runs."""
        self._ask(lambda desk: desk.pause())

    def go_on(self, number: int) -> None:
        """Let a fetch go on."""
        self._ask(lambda desk: desk.go_on(number))

    def cancel(self, number: int) -> None:
        """Fetch nothing more of it."""
        self._ask(lambda desk: desk.cancel(number))

    def look_in(self, folder: str) -> None:
        """The files in a folder."""
        self._ask(lambda desk: desk.look_in(folder))

    def import_file(self, path: str) -> None:
        """Take a file's codes."""
        self._ask(lambda desk: desk.import_file(path))

    def export(self, path: str) -> None:
        """Write the pool into a file."""
        self._ask(lambda desk: desk.export(path))

    def stop_file_work(self) -> None:
        """Enough of it."""
        self._ask(lambda desk: desk.stop_file_work())

    def judge_text(self, content: str) -> None:
        """Judge a text."""
        self._ask(lambda desk: desk.judge_text(content))

    def judge_picture(self, path: str) -> None:
        """Judge a picture."""
        self._ask(lambda desk: desk.judge_picture(path))

    def prove(self, content: str, identity_text: str = "") -> None:
        """Prove a code by binding it."""
        self._ask(lambda desk: desk.prove(content, identity_text))

    def stop_proof(self) -> None:
        """Enough of it."""
        self._ask(lambda desk: desk.stop_proof())

    def _ask(self, ask: Callable[[CodeControls], None]) -> None:
        if self._desk is not None:
            ask(self._desk)
        elif not self._closed:
            self._early.append(ask)
