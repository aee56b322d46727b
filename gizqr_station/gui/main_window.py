"""The main window: a header that says where one is and who works here, the pages, and the scan router over all."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.codes_page import CodesPage
from gizqr_station.gui.devices_page import DevicesPage
from gizqr_station.gui.duty_notice import DutyNotice
from gizqr_station.gui.line_strip import LineStrip
from gizqr_station.gui.lists_page import ListsPage
from gizqr_station.gui.orders_page import OrdersPage
from gizqr_station.gui.page_stack import PageStack
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.people_page import PeoplePage
from gizqr_station.gui.printers_page import PrintersPage
from gizqr_station.gui.records_page import RecordsPage
from gizqr_station.gui.scan_router import ScanRouter
from gizqr_station.gui.scan_turns import ScanTurns
from gizqr_station.gui.scanner_keys import TYPING_SCANNER, ScannerKeys
from gizqr_station.gui.sign_in_panel import SignInPanel
from gizqr_station.gui.slots_state import SlotsState
from gizqr_station.gui.station_page import StationPage
from gizqr_station.gui.stirring import Stirring
from gizqr_station.gui.tokens import style_sheet
from gizqr_station.gui.translation import LANGUAGES, Translation
from gizqr_station.gui.window_controls import WindowControls
from gizqr_station.gui.window_header import WindowHeader
from gizqr_station.gui.window_keys import page_at, pressed_by_enter
from gizqr_station.gui.window_page import WindowPage
from gizqr_station.workflows.happenings import Happening, ScanRefused
from gizqr_station.workflows.order_happenings import OrderTaken
from gizqr_station.workflows.people_happenings import OnDuty, PeopleDone, PeopleWork


class MainWindow(QMainWindow):
    """``hear`` takes happenings on the GUI thread; scans and keys go to the controls.

    ``changeover`` carries the order that was taken: whoever opened the station opens it anew.
    """

    closing = Signal()
    changeover = Signal(object)

    def __init__(
        self,
        controls: WindowControls,
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
        self._station = station
        self._controls = controls
        self._language = self._own_language = language
        self._duty: OnDuty | None = None
        self._signing_in = False
        self._translation = Translation()
        self._router = ScanRouter(self, scanner)
        self._stirring = Stirring(controls.people.stirred, parent=self)
        self._strip = LineStrip()
        self._pages = PageStack()
        self._translation.speak(language)
        self.header = WindowHeader(station=station, operator=operator, demo=demo)
        self._notice = DutyNotice()
        self.page = StationPage(controls.line, product, slots=slots, language=language)
        self.printers = PrintersPage(controls.printers, language=language)
        self.devices = DevicesPage(controls.devices, slots, language=language)
        self.lists = ListsPage(controls.lists, language=language)
        self._turns = ScanTurns(self.page.label_out, controls.people, parent=self)
        self.codes = CodesPage(controls.codes, self._turns.judged, language=language)
        self.records = RecordsPage(controls.records, self.page.label_out, language=language)
        self.orders = OrdersPage(controls.orders, self._turns.badge, language=language)
        self.people = PeoplePage(controls.people, self._turns.badge, language=language)
        self.sign_in = SignInPanel(controls.people, language=language)
        self._page_of: dict[Page, WindowPage] = {
            Page.STATION: self.page,
            Page.PRINTERS: self.printers,
            Page.DEVICES: self.devices,
            Page.LISTS: self.lists,
            Page.CODES: self.codes,
            Page.RECORDS: self.records,
            Page.ORDERS: self.orders,
            Page.PEOPLE: self.people,
        }
        self._shown = Page.STATION

        self.setStyleSheet(style_sheet())
        # No input method: pinyin would eat a scanner's letters before the window sees them.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._connect()
        self._lay_out()
        self._dress()
        self.resize(1366, 768)
        self._reword()
        self.open_page(Page.STATION)

    def _connect(self) -> None:
        self._router.scanned.connect(self._scanned)
        self.header.language.connect(self._switch_language)
        self.header.person.connect(self._person_pressed)
        self.header.tabs.wanted.connect(self.open_page)
        self._notice.pressed.connect(self._open_people)
        self.sign_in.left.connect(self._leave_sign_in)
        self.orders.record.connect(self._open_record)
        self._strip.clicked.connect(self._open_station)
        self.page.drawn.connect(self._turns.look)
        self.page.watch(self.records.alarms)
        self.page.drawn.connect(self._draw_strip)
        self._turns.stand_behind(self.records.scans)
        self._turns.changed.connect(self._draw_strip)

    def _lay_out(self) -> None:
        for page in Page:
            self._pages.addWidget(self._page_of[page])
            self._page_of[page].drawn.connect(self._draw_tabs)
        self._pages.addWidget(self.sign_in)
        whole = QWidget()
        whole.setObjectName("page")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._strip)
        column.addWidget(self._notice)
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
        if isinstance(happening, OnDuty):
            self._on_duty(happening)
        for page in self._page_of.values():
            page.hear(happening)
        self.sign_in.hear(happening)
        self.header.hear(happening, self._language)
        match happening:
            case PeopleDone(PeopleWork.SIGN_IN, failure=failure) if failure is not None and not self._signing_in:
                # A badge was scanned at the line: the answer stands where the line's own are.
                self.page.hear(ScanRefused(failure))
            case OrderTaken(order):
                self.changeover.emit(order)
            case _:
                pass

    def begin_again(self, product: str) -> None:
        """The station opens anew, for another product perhaps; what was about the old one's units is over."""
        self.page.product = product
        self.page.show_state(SlotsState(self.page.state.slots))

    @property
    def shown(self) -> Page:
        """The page that is looked at, or that is looked at again after somebody has signed in."""
        return self._shown

    @Slot(object)
    def open_page(self, page: Page) -> None:
        """Look at a page; what is typed on another one stays there."""
        self._shown, self._signing_in = page, False
        self._open(self._page_of[page])

    @Slot()
    def open_sign_in(self) -> None:
        """Look at the place where somebody else takes over."""
        self._signing_in = True
        self._open(self.sign_in)

    def _open(self, page: WindowPage) -> None:
        self._turns.badge.disarm()
        self._pages.setCurrentWidget(page)
        self._strip.setVisible(page is not self.page)
        self._draw_notice()
        if page is not self.sign_in:
            page.setFocus()
        self._draw_tabs()

    def _on_duty(self, duty: OnDuty) -> None:
        before, self._duty = self._duty, duty
        # Whoever was on duty asked for that scan: the next one's badge is their own.
        self._turns.badge.disarm()
        had = None if before is None or before.person is None else before.person.id
        if duty.person is not None and duty.person.id != had:
            # What they chose for themselves; who chose nothing takes the station's.
            self._speak_in(duty.person.language or self._own_language)
        self._draw_notice()

    def showEvent(self, event: QShowEvent) -> None:
        """The native window exists from here on, and it is where keys arrive first."""
        super().showEvent(event)
        if (handle := self.windowHandle()) is not None:
            self._router.watch(handle)
            self._stirring.watch(handle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nothing else wanted: another page, or the page that is looked at, whatever has the focus.

        A page that is not seen gets no keys: what F8 cannot take back is never pressed blindly.
        """
        page = page_at(event)
        focused = self.focusWidget()
        if page is not None:
            self.open_page(page)
        elif event.key() == Qt.Key.Key_F2:
            self._person_pressed()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and pressed_by_enter(focused):
            # As Space does. The end of a scan that was too short or too slow to be known as one presses nothing.
            if not event.isAutoRepeat() and not self._router.ends_typing(event):
                focused.click()
        else:
            (self.sign_in if self._signing_in else self._page_of[self.shown]).keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the application, which shuts the parts down in order."""
        self._router.close()
        self.closing.emit()
        super().closeEvent(event)

    @Slot(str)
    def _scanned(self, text: str) -> None:
        if not self._turns.take(text, self.codes.judge):
            self._controls.line.scanned(text)

    @Slot()
    def _open_station(self) -> None:
        self.open_page(Page.STATION)

    @Slot()
    def _open_people(self) -> None:
        self.open_page(Page.PEOPLE)

    @Slot(int)
    def _open_record(self, job: int) -> None:
        self.open_page(Page.RECORDS)
        self._controls.records.look(job)

    @Slot()
    def _person_pressed(self) -> None:
        if self._duty is not None and self._duty.first_lead_due:
            self._open_people()
        elif self._signing_in:
            self._leave_sign_in()
        else:
            self.open_sign_in()

    @Slot()
    def _leave_sign_in(self) -> None:
        self.open_page(self._shown)

    @Slot()
    def _draw_strip(self) -> None:
        self._strip.show_words(self._turns.words(self.page.in_short))

    @Slot()
    def _draw_tabs(self) -> None:
        self.header.tabs.show_page(self.shown, {page: made.title for page, made in self._page_of.items()})

    def _draw_notice(self) -> None:
        due = self._duty is not None and self._duty.first_lead_due
        self._notice.setVisible(due and self._shown is Page.STATION and not self._signing_in)
        self._notice.show_duty(self._duty)

    def _speak(self) -> None:
        for page in self._page_of.values():
            page.speak(self._language)
        self.sign_in.speak(self._language)

    @Slot()
    def _switch_language(self) -> None:
        self._speak_in("en" if self._language == "zh_CN" else "zh_CN")

    def _speak_in(self, language: str) -> None:
        if language == self._language or language not in LANGUAGES:
            return
        self._language = language
        self._translation.speak(language)
        self._reword()
        self._speak()

    def _reword(self) -> None:
        self.setWindowTitle(self.tr("Label station {station}").format(station=self._station))
        self.header.reword(self._language)
        self._draw_notice()
        self._draw_strip()
        self._draw_tabs()
