"""The records page: any label is found, its history seen, and a label is replaced, voided or settled."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gizqr_station.domain.records import RecordQuery
from gizqr_station.domain.scan_rules import PLAIN, ScanRules
from gizqr_station.domain.scans import sort_scan
from gizqr_station.gui import records_state
from gizqr_station.gui.alarm_panel import AlarmPanel
from gizqr_station.gui.band_words import old_label_words
from gizqr_station.gui.desk_page import DeskPage
from gizqr_station.gui.desk_scans import DeskScans
from gizqr_station.gui.marked_line import MarkedLine
from gizqr_station.gui.old_labels import OldLabels
from gizqr_station.gui.page_stack import PageStack
from gizqr_station.gui.records_controls import RecordControls
from gizqr_station.gui.records_done import done_words, scan_words
from gizqr_station.gui.records_found_pane import RecordsFoundPane
from gizqr_station.gui.records_search import RecordsSearch
from gizqr_station.gui.records_state import Pane, RecordsState, Section
from gizqr_station.gui.status_panel import StatusPanel
from gizqr_station.gui.tokens import SPACE
from gizqr_station.gui.unit_record_pane import UnitRecordPane
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.record_happenings import RecordWork


class RecordsPage(DeskPage[RecordsState]):
    """Shows one RecordsState. ``scans`` takes scans while it is looked at, ``alarms`` are seen on the station page too.

    The window gives every scan to ``scans.take`` before the line, calls ``scans.look`` when the line moved on, hands
    ``alarms`` to the station page, and draws the line's strip anew at ``scans.changed``.
    """

    def __init__(
        self, controls: RecordControls, in_hand: Callable[[], int], rules: ScanRules = PLAIN, *, language: str
    ) -> None:
        """``in_hand``: the slot whose label waits for its scan at the line, 0 for none."""
        super().__init__(RecordsState(), records_state.after, language=language)
        self._controls = controls
        self.scans = DeskScans(in_hand, rules, self)
        self.alarms = OldLabels(self)
        self._search = RecordsSearch()
        self._scan_line = MarkedLine()
        self._alarm = AlarmPanel()
        self._said = StatusPanel()
        self._found = RecordsFoundPane()
        self._unit = UnitRecordPane()
        self._beside = PageStack()

        self._connect()
        self._lay_out()
        self._draw()

    def _connect(self) -> None:
        self.scans.taken.connect(self._scanned)
        self.scans.badge.connect(self._unit.form.read_badge)
        self.scans.changed.connect(self._show_scans)
        self.alarms.changed.connect(self._show_alarm)
        self.alarms.destroyed.connect(self._controls.old_label_destroyed)
        self._alarm.destroyed.connect(self.alarms.destroy)
        self._search.wanted.connect(self._want)
        self._search.entered.connect(self._found.enter)
        for picked in (self._found.picked, self._unit.labels.picked, self._unit.settle.live):
            picked.connect(self._look_at)
        self._found.more.connect(self._want_more)
        self._found.export.connect(self._export)
        self._unit.left.connect(self._back)
        self._unit.section.connect(self._choose_section)
        self._unit.form.filled.connect(self._fill)
        self._unit.form.reprint.connect(self._reprint)
        self._unit.form.void.connect(self._void)
        self._unit.settle.settled.connect(self._no_usable_label)
        self._unit.awaited.given_up.connect(self._give_up)
        self._unit.file.write.connect(self._write_evidence)
        for file in (self._found.file, self._unit.file):
            file.stopped.connect(self._stop_file_work)

    def _lay_out(self) -> None:
        self._beside.addWidget(self._found)
        self._beside.addWidget(self._unit)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._alarm)
        column.addWidget(self._said)
        column.addWidget(self._beside, 1)
        self._panes.addWidget(right)
        blank = QWidget()
        self._lay_out_beside(((self._search, 0), (blank, 1), (self._scan_line, 0)))

    @property
    def title(self) -> str:
        """On its tab; with the number of labels that nobody can account for."""
        words = self.tr("Records")
        return f"{words} ({len(self.state.unknown)})" if self.state.unknown else words

    def hear(self, happening: Happening) -> None:
        """Something happened: show the state after it."""
        self.alarms.hear(happening)
        super().hear(happening)

    def show_state(self, state: RecordsState) -> None:
        """Draw a state; whose scans they are goes with it."""
        self.scans.badge_awaited = state.badge_awaited
        if _of(state) != _of(self.state):
            # A first press was about another label.
            self._unit.form.void_key.disarm()
            self._unit.settle.none.disarm()
        left = state.pane is not Pane.UNIT or state.section is not Section.CORRECT
        if left or _of(state) != _of(self.state) or state.duty is not self.state.duty:
            self._unit.form.second.forget_quietly()
        super().show_state(state)

    def speak(self, language: str) -> None:
        """Show the same state in another language; the translator is installed already."""
        self._found.show_state(self.state, language)
        self._unit.show_state(self.state, language)
        super().speak(language)

    def looked_at(self, *, visible: bool) -> None:
        """Who looks elsewhere wants no scan at the desk, and leaves nothing filled in."""
        super().looked_at(visible=visible)
        self._controls.shown(visible=visible)
        if not visible:
            self.show_state(records_state.forgotten(self.state))
            self._unit.form.second.forget_quietly()
        self.scans.stand(on=visible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to what was found, F7 ends an alarm; a key that is leaned on is one press."""
        if event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_F7 and self._alarm.isVisible():
            self._alarm.key.click()
        elif event.key() == Qt.Key.Key_Escape and self.state.pane is Pane.UNIT:
            self._back()
        else:
            super().keyPressEvent(event)

    def _draw_opened(self) -> None:
        state, focused = self.state, self.window().focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        self._search.show_words(self._language)
        said = done_words(state, self._language)
        self._said.setVisible(said is not None)
        if said is not None:
            self._said.show_said(said)
        pane = self._found if state.pane is Pane.FOUND else self._unit
        pane.show_state(state, self._language)
        if inside and pane is not self._beside.currentWidget():
            # Otherwise Qt gives the focus to whatever comes next, and that may print something.
            self.setFocus()
        # A device has the whole width; the search comes back with the labels.
        card = self._search.parentWidget()
        if card is not None and pane is self._unit:
            card.hide()
        self._beside.setCurrentWidget(pane)
        if card is not None and pane is self._found and card.isHidden():
            self._settle_layouts()
            card.show()
        if inside and self.window().focusWidget() is not focused:
            self.setFocus()
        self._show_alarm()
        self._show_scans()

    def _settle_layouts(self) -> None:
        """Qt tells an outer layout of an inner one's new size some events later, and a window grows by then."""
        inside = self._beside.parentWidget()
        while inside is not None:
            if (layout := inside.layout()) is not None:
                layout.activate()
            inside = inside.parentWidget()

    @Slot()
    def _show_alarm(self) -> None:
        shown = self.alarms.shown
        self._alarm.show_words(None if shown is None else old_label_words(shown))

    @Slot()
    def _show_scans(self) -> None:
        self._scan_line.show_words(*scan_words(self.state, self.scans))

    @Slot(object)
    def _want(self, query: RecordQuery) -> None:
        if query != self.state.query or not self.state.answered:
            self.show_state(records_state.searching(self.state, query))
            self._controls.search(query)
        elif self.state.pane is not Pane.FOUND:
            self._back()

    @Slot()
    def _want_more(self) -> None:
        onward = self.state.onward
        if onward is not None and self.state.answered and not self.state.asked_more:
            self.show_state(replace(self.state, asked_more=True))
            self._controls.more(self.state.query, onward)

    @Slot(int)
    def _look_at(self, job: int) -> None:
        self.show_state(records_state.looking_at(self.state, job))
        self._controls.look(job)

    @Slot(str)
    def _scanned(self, text: str) -> None:
        self.show_state(replace(self.state, done=None))
        # What is about the unit cannot tell which code of its label was read; the text can.
        self.alarms.small_code_read(sort_scan(text, self.scans.rules).text)
        self._controls.scanned(text)

    @Slot()
    def _back(self) -> None:
        self.show_state(records_state.back(self.state))

    @Slot(object)
    def _choose_section(self, section: Section) -> None:
        self.show_state(records_state.showing(self.state, section))

    @Slot()
    def _fill(self) -> None:
        form = self._unit.form
        self.show_state(
            replace(
                self.state,
                reason=form.reason,
                remark=form.remark.text(),
                badge_read=form.second.badge_read,
                name_and_pin=form.second.name_and_pin,
            )
        )

    @Slot()
    def _reprint(self) -> None:
        state = self.state
        second = self._unit.form.second.taken() if state.second_due else None
        if state.may_reprint and state.unit is not None and state.reason is not None:
            self.show_state(records_state.correcting(state, RecordWork.REPRINT))
            self._controls.reprint(state.unit.job.id, state.reason, state.remark.strip(), second)

    @Slot()
    def _void(self) -> None:
        state = self.state
        if state.may_void and state.unit is not None and state.reason is not None:
            self.show_state(records_state.correcting(state, RecordWork.VOID))
            self._controls.void(state.unit.job.id, state.reason, state.remark.strip())

    @Slot()
    def _no_usable_label(self) -> None:
        if self.state.may_settle and self.state.unit is not None:
            job = self.state.unit.job.id
            self.show_state(records_state.correcting(self.state, RecordWork.SETTLE))
            self._controls.no_usable_label(job)

    @Slot()
    def _give_up(self) -> None:
        self.show_state(records_state.given_up(self.state))
        self._controls.give_up_waiting()

    @Slot(str)
    def _export(self, path: str) -> None:
        if self.state.filing is None:
            self.show_state(records_state.filing(self.state, RecordWork.EXPORT))
            self._controls.export(self.state.query, path)

    @Slot(str)
    def _write_evidence(self, path: str) -> None:
        if self.state.filing is None and self.state.unit is not None:
            self.show_state(records_state.filing(self.state, RecordWork.EVIDENCE))
            self._controls.evidence(self.state.unit.job.id, path)

    @Slot()
    def _stop_file_work(self) -> None:
        self.show_state(replace(self.state, stopping=True))
        self._controls.stop_file_work()


def _of(state: RecordsState) -> int:
    """The label that is shown."""
    return 0 if state.unit is None else state.unit.job.id
