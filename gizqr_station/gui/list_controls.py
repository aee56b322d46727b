"""What the lists page asks for; the workflows' list desk is it."""

from typing import Protocol


class ListControls(Protocol):
    """Every call returns at once; the answers come as happenings."""

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page: PrintersKnown, BatchesSeen."""
        ...

    def look_in(self, folder: str) -> None:
        """The lists in a folder, empty for the user's own: ListFolderSeen."""
        ...

    def check_file(self, path: str, request: int) -> None:
        """Look a file through: ListChecking, ListChecked with this number."""
        ...

    def check_text(self, text: str, name: str, request: int) -> None:
        """Look through what was pasted or typed: ListChecking, ListChecked with this number."""
        ...

    def stop_checking(self) -> None:
        """Enough of it."""
        ...

    def begin(self, printer: str, request: int) -> None:
        """A person says yes to the list of this number, the last one: BatchSeen, or BatchRefused."""
        ...

    def go_on(self, number: int, printer: str = "") -> None:
        """Let a paused batch go on: BatchSeen, or BatchRefused."""
        ...

    def pause(self) -> None:
        """After the label that is being printed: BatchSeen."""
        ...

    def cancel(self, number: int) -> None:
        """Nothing of it is printed any more: BatchSeen, or BatchRefused."""
        ...
