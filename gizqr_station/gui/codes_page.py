"""The codes page: codes for a whole shift fetched ahead, carried about in files, judged and proved."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent

from gizqr_station.gui import codes_state
from gizqr_station.gui.codes_controls import CodeControls
from gizqr_station.gui.codes_fetch_pane import CodesFetchPane
from gizqr_station.gui.codes_files_pane import CodesFilesPane, is_picture
from gizqr_station.gui.codes_judge_pane import CodesJudgePane
from gizqr_station.gui.codes_state import CodesState, Section
from gizqr_station.gui.codes_summary import CodesSummary
from gizqr_station.gui.codes_words import number_words, row_of_fetch, section_rows
from gizqr_station.gui.countdown import Countdown
from gizqr_station.gui.desk_page import DeskPage
from gizqr_station.gui.next_scan import NextScan
from gizqr_station.gui.row_list import RowList
from gizqr_station.gui.tokens import FETCH_ROW_HEIGHT, FETCHES_HEIGHT, PORT_ROW_HEIGHT
from gizqr_station.workflows.code_happenings import CodesProgress, CodesWork, FetchSeen
from gizqr_station.workflows.happenings import Happening

_DRAWN_EVERY_MS = 100
"""Of an import's progress; nobody reads faster."""


class CodesPage(DeskPage[CodesState]):
    """Shows one CodesState. ``judge`` takes the one scan that ``next_scan`` kept from the line."""

    def __init__(self, controls: CodeControls, next_scan: NextScan, *, language: str) -> None:
        super().__init__(CodesState(), codes_state.after, language=language)
        self.setAcceptDrops(True)
        self._controls = controls
        self._next_scan = next_scan
        self._waits = Countdown(parent=self)
        self._drawn = QTimer(self)
        self._drawn.setSingleShot(True)
        self._drawn.setInterval(_DRAWN_EVERY_MS)
        self._summary = CodesSummary()
        self._sections = RowList(PORT_ROW_HEIGHT)
        self._others = RowList(FETCH_ROW_HEIGHT)
        self._fetch = CodesFetchPane()
        self._files = CodesFilesPane()
        self._judge = CodesJudgePane()

        self._connect()
        for pane in (self._fetch, self._files, self._judge):
            self._panes.addWidget(pane)
        self._others.setFixedHeight(FETCHES_HEIGHT)
        self._lay_out_beside(((self._summary, 0), (self._sections, 1), (self._others, 0)))
        self._draw()

    def _connect(self) -> None:
        self._sections.picked.connect(self._choose_section)
        self._others.picked.connect(self._look_at_fetch)
        self._waits.changed.connect(self._count_down)
        self._drawn.timeout.connect(self._draw_progress)
        self._next_scan.changed.connect(self._show_next_scan)
        self._fetch.wanted.connect(self._want)
        self._fetch.view.pause.connect(self._pause)
        self._fetch.view.go_on.connect(self._go_on)
        self._fetch.view.cancel.connect(self._cancel)
        self._files.file.connect(self._take_file)
        self._files.export.connect(self._export)
        self._files.folder.connect(self._look_in)
        self._files.filed.stopped.connect(self._stop_file_work)
        self._judge.text.connect(self.judge)
        self._judge.picture.connect(self._judge_picture)
        self._judge.arm.connect(self._next_scan.arm)
        self._judge.disarm.connect(self._next_scan.disarm)
        self._judge.judged.prove.connect(self._prove)
        self._judge.judged.stopped.connect(self._stop_proof)
        self._judge.left.connect(self._judge_another)

    @property
    def title(self) -> str:
        """On its tab; with the number of codes that the order misses."""
        words = self.tr("Codes")
        return f"{words} ({number_words(self.state.missing)})" if self.state.missing else words

    def hear(self, happening: Happening) -> None:
        """Something happened: show the state after it, and count a pause of the service down."""
        if isinstance(happening, CodesProgress) and self._drawn.isActive():
            # A picture takes less time than drawing the page: hundreds of these would keep the window from all else.
            self.state = codes_state.after(self.state, happening)
            return
        super().hear(happening)
        if isinstance(happening, CodesProgress):
            self._drawn.start()
        if isinstance(happening, FetchSeen):
            self._waits.start(happening.waits_s if self.state.waits_s else 0.0)

    def speak(self, language: str) -> None:
        """Show the same state in another language; the translator is installed already."""
        for pane in (self._fetch, self._files, self._judge):
            pane.show_state(self.state, language)
        super().speak(language)

    def _draw_opened(self) -> None:
        state, focused = self.state, self.window().focusWidget()
        self._summary.show_state(state)
        self._sections.setAccessibleName(self.tr("What to do with codes"))
        self._sections.show_rows(section_rows(state))
        shown = state.fetch
        others = state.unfinished if any(each != shown for each in state.unfinished) else ()
        self._others.setVisible(bool(others))
        self._others.setAccessibleName(self.tr("Fetches that are not finished"))
        self._others.show_rows([row_of_fetch(each, chosen=each == shown) for each in others])
        panes: dict[Section, CodesFetchPane | CodesFilesPane | CodesJudgePane] = {
            Section.FETCH: self._fetch,
            Section.FILES: self._files,
            Section.JUDGE: self._judge,
        }
        pane = panes[state.shown]
        inside = focused is not None and self._panes.isAncestorOf(focused)
        if inside and pane is not self._panes.currentWidget():
            # Otherwise Qt gives the focus to whatever comes next, and that may fetch or prove something.
            self.setFocus()
        pane.show_state(state, self._language)
        self._panes.setCurrentWidget(pane)
        if inside and self.window().focusWidget() is not focused:
            # The same for a key that is gone or cannot be pressed any more: it was pressed just now.
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the next scan back to the line."""
        if event.key() == Qt.Key.Key_Escape:
            self._next_scan.disarm()
        else:
            super().keyPressEvent(event)

    def looked_at(self, *, visible: bool) -> None:
        """The folder is looked into once; who looks elsewhere wants no scan judged any more."""
        super().looked_at(visible=visible)
        self._controls.shown(visible=visible)
        if not visible:
            self._next_scan.disarm()
        elif self.state.folder is None:
            self._controls.look_in("")

    @Slot(str)
    def judge(self, text: str) -> None:
        """What the App would make of this text."""
        self._leave_proof()
        self.show_state(codes_state.judging(self.state))
        self._controls.judge_text(text)

    @Slot(str)
    def _judge_picture(self, path: str) -> None:
        self._leave_proof()
        self.show_state(codes_state.judging(self.state))
        self._controls.judge_picture(path)

    @Slot()
    def _judge_another(self) -> None:
        self._leave_proof()
        self.show_state(codes_state.chose_another(self.state))

    def _leave_proof(self) -> None:
        if self.state.proving:
            self._controls.stop_proof()

    @Slot(str)
    def _choose_section(self, key: str) -> None:
        section = Section(key)
        if section is not Section.JUDGE:
            self._next_scan.disarm()
        self.show_state(codes_state.showing(self.state, section))

    @Slot()
    def _draw_progress(self) -> None:
        self.show_state(self.state)

    @Slot()
    def _count_down(self) -> None:
        self.show_state(replace(self.state, waits_s=self._waits.left_s))

    @Slot()
    def _show_next_scan(self) -> None:
        self.show_state(replace(self.state, armed_s=self._next_scan.left_s, held_by=self._next_scan.held_by))

    @Slot(str)
    def _want(self, ranges: str) -> None:
        if not self.state.asked and self.state.running is None:
            self.show_state(codes_state.asking(self.state))
            self._controls.fetch(ranges)

    @Slot(str)
    def _look_at_fetch(self, number: str) -> None:
        self.show_state(replace(codes_state.cleared(self.state), section=Section.FETCH, chosen=int(number)))

    @Slot()
    def _pause(self) -> None:
        self.show_state(replace(codes_state.cleared(self.state), pausing=True))
        self._controls.pause()

    @Slot(int)
    def _go_on(self, number: int) -> None:
        if not self.state.asked and self.state.running is None:
            self.show_state(codes_state.asking(self.state, number))
            self._controls.go_on(number)

    @Slot(int)
    def _cancel(self, number: int) -> None:
        self._controls.cancel(number)

    @Slot(str)
    def _take_file(self, path: str) -> None:
        if is_picture(path):
            self._judge_picture(path)
        elif self.state.filing is None:
            self.show_state(codes_state.filing(self.state, CodesWork.IMPORT))
            self._controls.import_file(path)

    @Slot(str)
    def _export(self, path: str) -> None:
        self.show_state(codes_state.filing(self.state, CodesWork.EXPORT))
        self._controls.export(path)

    @Slot()
    def _stop_file_work(self) -> None:
        self.show_state(replace(self.state, stopping=True))
        self._controls.stop_file_work()

    @Slot(str)
    def _look_in(self, folder: str) -> None:
        self._controls.look_in(folder)

    @Slot(str)
    def _prove(self, identity_text: str) -> None:
        reading = self.state.reading
        if self.state.may_prove and reading is not None:
            self.show_state(codes_state.proving(self.state))
            self._controls.prove(reading.content, identity_text)

    @Slot()
    def _stop_proof(self) -> None:
        self._controls.stop_proof()
