"""Passes what is asked on a page on to its desk once the station is open."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class ShownDesk(Protocol):
    """What every desk wants to know of its page."""

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page."""
        ...


D = TypeVar("D", bound=ShownDesk)


class DeskBehind(Generic[D]):
    """A desk, or nobody yet. Whether the page is looked at is told to it as soon as it is there.

    What is asked while there is none goes nowhere; a page that wants otherwise overrides ``_ask``.
    """

    def __init__(self) -> None:
        self._desk: D | None = None
        self._visible = False

    def open(self, desk: D) -> None:
        """From now on there is one."""
        self._desk = desk
        desk.shown(self._visible)

    def close(self) -> None:
        """From now on there is none."""
        self._desk = None

    def shown(self, visible: bool) -> None:
        """Whether anybody looks at the page."""
        self._visible = visible
        if self._desk is not None:
            self._desk.shown(visible)

    def _ask(self, ask: Callable[[D], None]) -> None:
        if self._desk is not None:
            ask(self._desk)
