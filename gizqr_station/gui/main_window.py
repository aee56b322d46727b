"""The main window: a header that says where one is, the pages, and the scan router over all of them."""

from typing import TypeGuard

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget

from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.band_words import judging_words
from gizqr_station.gui.codes_controls import CodeControls
from gizqr_station.gui.codes_page import CodesPage
from gizqr_station.gui.device_controls import DeviceControls
from gizqr_station.gui.devices_page import DevicesPage
from gizqr_station.gui.hand_button import HandButton
from gizqr_station.gui.line_controls import LineControls
from gizqr_station.gui.line_strip import LineStrip
from gizqr_station.gui.list_controls import ListControls
from gizqr_station.gui.lists_page import ListsPage
from gizqr_station.gui.next_scan import NextScan
from gizqr_station.gui.page_stack import PageStack
from gizqr_station.gui.page_tabs import Page, PageTabs
from gizqr_station.gui.printer_controls import PrinterControls
from gizqr_station.gui.printers_page import PrintersPage
from gizqr_station.gui.scan_router import ScanRouter
from gizqr_station.gui.scanner_keys import TYPING_SCANNER, ScannerKeys
from gizqr_station.gui.station_page import StationPage
from gizqr_station.gui.tokens import SPACE, style_sheet
from gizqr_station.gui.translation import Translation
from gizqr_station.gui.window_page import WindowPage
from gizqr_station.workflows.happenings import Happening


class MainWindow(QMainWindow):
    """``hear`` takes happenings on the GUI thread; scans and keys go to the controls."""

    closing = Signal()

    def __init__(
        self,
        controls: LineControls,
        desk: PrinterControls,
        devices: DeviceControls,
        lists: ListControls,
        codes: CodeControls,
        *,
        station: str,
        operator: str,
        product: str,
        demo: bool,
        slots: tuple[SlotConfig, ...],
        language: str,
        scanner: ScannerKeys = TYPING_SCANNER,
    ) -> None:
        super().__init__()
        self._station, self._operator, self._demo = station, operator, demo
        self._controls = controls
        self._language = language
        self._translation = Translation()
        self._router = ScanRouter(self, scanner)
        self._where = QLabel()
        self._tabs = PageTabs()
        self._demo_sign = QLabel()
        self._switch = QPushButton()
        self._strip = LineStrip()
        self._pages = PageStack()
        self._translation.speak(language)
        self.page = StationPage(controls, product, slots=slots, language=language)
        self.printers = PrintersPage(desk, language=language)
        self.devices = DevicesPage(devices, slots, language=language)
        self.lists = ListsPage(lists, language=language)
        self._next_scan = NextScan(self._label_out, parent=self)
        self.codes = CodesPage(codes, self._next_scan, language=language)
        # All that there are; what else a page needs is its own affair.
        self._page_of: dict[Page, WindowPage] = {
            Page.STATION: self.page,
            Page.PRINTERS: self.printers,
            Page.DEVICES: self.devices,
            Page.LISTS: self.lists,
            Page.CODES: self.codes,
        }

        self.setStyleSheet(style_sheet())
        # No input method: pinyin would eat a scanner's letters before the window sees them.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._demo_sign.setObjectName("strong")
        self._switch.setObjectName("language")
        self._switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._router.scanned.connect(self._scanned)
        self._switch.clicked.connect(self._switch_language)
        self._tabs.wanted.connect(self.open_page)
        self._strip.clicked.connect(self._open_station)
        self.page.drawn.connect(self._next_scan.look)
        self.page.drawn.connect(self._draw_strip)
        self._next_scan.changed.connect(self._draw_strip)

        self._lay_out()
        self._dress()
        self.resize(1366, 768)
        self._reword()
        self.open_page(Page.STATION)

    def _lay_out(self) -> None:
        for page in Page:
            self._pages.addWidget(self._page_of[page])
            self._page_of[page].drawn.connect(self._draw_tabs)
        header = QHBoxLayout()
        header.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
        header.setSpacing(2 * SPACE)
        header.addWidget(self._tabs)
        header.addWidget(self._where)
        header.addStretch()
        header.addWidget(self._demo_sign)
        header.addStretch()
        header.addWidget(self._switch)
        whole = QWidget()
        whole.setObjectName("page")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self._strip)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(whole)

    def _dress(self) -> None:
        """Give every widget its fonts and edges now; Qt would at its first showing, after it has asked for room."""
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()
        self._speak()
        for widget in reversed(self.findChildren(QWidget)):
            if (layout := widget.layout()) is not None:
                layout.activate()

    @Slot(object)
    def hear(self, happening: Happening) -> None:
        """Something happened: each page shows the state after it."""
        for page in self._page_of.values():
            page.hear(happening)

    @property
    def shown(self) -> Page:
        """The page that is looked at."""
        return Page(self._pages.currentIndex())

    @Slot(object)
    def open_page(self, page: Page) -> None:
        """Look at a page; what is typed on another one stays there."""
        self._pages.setCurrentIndex(page.value)
        self._strip.setVisible(page is not Page.STATION)
        self._page_of[page].setFocus()
        self._draw_tabs()

    def showEvent(self, event: QShowEvent) -> None:
        """The native window exists from here on, and it is where keys arrive first."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            self._router.watch(handle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nothing else wanted: another page, or the page that is looked at, whatever has the focus.

        A page that is not seen gets no keys: what F8 cannot take back is never pressed blindly.
        """
        page = _page_at(event)
        focused = self.focusWidget()
        if page is not None:
            self.open_page(page)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and _pressed_by_enter(focused):
            # As Space does. The end of a scan that was too short or too slow to be known as one presses nothing.
            if not event.isAutoRepeat() and not self._router.ends_typing(event):
                focused.click()
        else:
            self._page_of[self.shown].keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the application, which shuts the parts down in order."""
        self._router.close()
        self.closing.emit()
        super().closeEvent(event)

    @Slot(str)
    def _scanned(self, text: str) -> None:
        judged = self._next_scan.take(text)
        if judged is None:
            self._controls.scanned(text)
        elif judged:
            self.codes.judge(judged)

    def _label_out(self) -> int:
        return self.page.state.in_hand

    @Slot()
    def _open_station(self) -> None:
        self.open_page(Page.STATION)

    @Slot()
    def _draw_strip(self) -> None:
        armed_s = self._next_scan.left_s
        self._strip.show_words(judging_words(armed_s) if armed_s else self.page.in_short)

    @Slot()
    def _draw_tabs(self) -> None:
        self._tabs.show_page(self.shown, {page: made.title for page, made in self._page_of.items()})

    def _speak(self) -> None:
        for page in self._page_of.values():
            page.speak(self._language)

    @Slot()
    def _switch_language(self) -> None:
        self._language = "en" if self._language == "zh_CN" else "zh_CN"
        self._translation.speak(self._language)
        self._reword()
        self._speak()

    def _reword(self) -> None:
        self.setWindowTitle(self.tr("Label station {station}").format(station=self._station))
        self._where.setText(
            self.tr("{station}  ·  operator: {operator}").format(station=self._station, operator=self._operator)
        )
        self._demo_sign.setText(self.tr("DEMO: every label is marked TEST and binds nothing") if self._demo else "")
        self._switch.setText("中文" if self._language == "en" else "English")
        self._switch.setAccessibleName(self.tr("Switch the language"))
        self._draw_strip()
        self._draw_tabs()


def _pressed_by_enter(widget: QWidget | None) -> TypeGuard[QAbstractButton]:
    return isinstance(widget, QAbstractButton) and not isinstance(widget, HandButton)


def _page_at(event: QKeyEvent) -> Page | None:
    """The page whose key this is: Ctrl+1, Ctrl+2 …"""
    place = event.key() - Qt.Key.Key_1
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or not 0 <= place < len(Page):
        return None
    return Page(place)
