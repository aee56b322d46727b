"""What the pages beside the station's own share: one sentence until the station is open, then a list and its panes."""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gizqr_station.gui.page_stack import PageStack
from gizqr_station.gui.tokens import DEVICE_LIST_WIDTH, SPACE
from gizqr_station.gui.window_page import WindowPage
from gizqr_station.workflows.happenings import Happening


class PageState(Protocol):
    """What the state of every such page says of the station."""

    @property
    def opened(self) -> bool:
        """Whether it told already what the page shows."""
        ...

    @property
    def ended(self) -> bool:
        """Whether it is closed, or did not open at all."""
        ...


S = TypeVar("S", bound=PageState)


class DeskPage(WindowPage, Generic[S]):
    """Shows one state; ``show_state`` is the only place that touches the widgets, by way of ``_draw_opened``.

    A subclass, ``CodesPage(DeskPage[CodesState])``, gives

    - its first state and its ``after(state, happening)``, both to this constructor;
    - in its own constructor, in this order: its widgets, their connections, its panes into ``_panes``, one call of
      ``_lay_out_beside`` with what stands in the card at the side, and at last ``_draw()``;
    - ``title``, in words that it translates itself;
    - ``_draw_opened()``, which puts ``state``, in ``_language``, into its widgets and chooses the pane;
    - ``_take_file(path)``, where it takes a file that is dropped on it;
    - ``looked_at``, where its desk wants to know, with ``super().looked_at(visible=visible)`` first;
    - ``speak``, where it has panes that are drawn only while they are seen: those first, then ``super()``'s, for what
      has no words yet would have no room kept for them.

    It gets ``state``, ``_language``, ``_panes``, the sentence that is shown until ``state.opened``, ``hear``, and
    ``show_state``, which leaves what nobody sees undrawn until somebody looks, and emits ``drawn`` in either case.
    """

    def __init__(self, state: S, after: Callable[[S, Happening], S], *, language: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.state = state
        self._after = after
        self._language = language
        self._stale = False
        self._notice = QLabel()
        self._notice.setObjectName("title")
        self._notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._panes = PageStack()
        self._whole = PageStack()

    def _lay_out_beside(
        self,
        side: Sequence[tuple[QWidget, int]],
        *,
        widths: tuple[int, int] = DEVICE_LIST_WIDTH,
        shares: tuple[int, int] = (1, 3),
        below: QWidget | None = None,
    ) -> None:
        """Once: a card at the left, the panes beside it, and something below both where there is something.

        ``side`` is what stands in the card, from the top, each with its stretch; ``widths`` the least and the most of
        the card; ``shares`` how card and panes share the width.
        """
        card = QFrame()
        card.setObjectName("card")
        card.setMinimumWidth(widths[0])
        card.setMaximumWidth(widths[1])
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        for widget, stretch in side:
            column.addWidget(widget, stretch)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(card, shares[0])
        row.addWidget(self._panes, shares[1])
        inside: QBoxLayout = row
        if below is not None:
            # Only then one within the other: Qt tells the inner one of a widget's new size an event later.
            inside = QVBoxLayout()
            inside.setSpacing(SPACE)
            inside.addLayout(row, 1)
            inside.addWidget(below)
        inside.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        opened = QWidget()
        opened.setLayout(inside)
        self._whole.addWidget(self._notice)
        self._whole.addWidget(opened)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._whole)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file, on a page that takes drops; which would come first of several, nobody could see."""
        urls = event.mimeData().urls()
        if self.state.opened and len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """It is handed over."""
        event.acceptProposedAction()
        self._take_file(event.mimeData().urls()[0].toLocalFile())

    def hear(self, happening: Happening) -> None:
        """Something happened: show the state after it."""
        state = self._after(self.state, happening)
        if state != self.state:
            self.show_state(state)

    def speak(self, language: str) -> None:
        """Show the same state in another language; the translator is installed already."""
        self._language = language
        self._draw()

    def looked_at(self, *, visible: bool) -> None:
        """Draw what changed while nobody looked."""
        if visible and self._stale:
            self._draw()

    def show_state(self, state: S) -> None:
        """Draw a state, whole; one that nobody sees is drawn when somebody looks."""
        self.state = state
        if self.isVisible():
            self._draw()
        else:
            self._stale = True
            # The title is seen all the same.
            self.drawn.emit()

    def _draw(self) -> None:
        self._stale = False
        self._whole.setCurrentIndex(int(self.state.opened))
        self._notice.setText(
            self.tr("The station is not open: its own page says why.")
            if self.state.ended
            else self.tr("The station is opening.")
        )
        self._draw_opened()
        self.drawn.emit()

    def _take_file(self, path: str) -> None:
        """A file was dropped, on a page that set ``setAcceptDrops``."""
        raise NotImplementedError

    def _draw_opened(self) -> None:
        """Everything but the sentence; drawn before the station is open too, so that room is kept for it."""
        raise NotImplementedError
