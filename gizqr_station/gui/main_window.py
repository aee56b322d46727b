"""The main window: a header that says where one is, the station page, and the scan router over all of it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget

from gizqr_station.gui.scan_router import ScanRouter
from gizqr_station.gui.station_page import LineControls, StationPage
from gizqr_station.gui.station_state import after
from gizqr_station.gui.tokens import SPACE, style_sheet
from gizqr_station.gui.translation import Translation
from gizqr_station.workflows.happenings import Happening


class MainWindow(QMainWindow):
    """``hear`` takes happenings on the GUI thread; scans and keys go to the controls."""

    closing = Signal()

    def __init__(
        self,
        controls: LineControls,
        *,
        station: str,
        operator: str,
        product: str,
        demo: bool,
        scanner_only: bool,
        language: str,
    ) -> None:
        super().__init__()
        self._station, self._operator, self._demo = station, operator, demo
        self._controls = controls
        self._language = language
        self._translation = Translation()
        self._router = ScanRouter(self)
        self._where = QLabel()
        self._demo_sign = QLabel()
        self._switch = QPushButton()
        self._translation.speak(language)
        self.page = StationPage(controls, product, scanner_only=scanner_only, language=language)

        self.setStyleSheet(style_sheet())
        # No input method: pinyin would eat a scanner's letters before the window sees them.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._demo_sign.setObjectName("strong")
        self._switch.setObjectName("language")
        self._switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._router.scanned.connect(self._scanned)
        self._switch.clicked.connect(self._switch_language)

        header = QHBoxLayout()
        header.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
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
        column.addWidget(self.page, 1)
        self.setCentralWidget(whole)
        self.resize(1366, 768)
        self._reword()

    @Slot(object)
    def hear(self, happening: Happening) -> None:
        """Something happened: the page shows the state after it."""
        self.page.show_state(after(self.page.state, happening))

    def showEvent(self, event: QShowEvent) -> None:
        """The native window exists from here on, and it is where keys arrive first."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self._router)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nothing else wanted belongs to the page, whatever has the focus."""
        self.page.keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the application, which shuts the parts down in order."""
        self.closing.emit()
        super().closeEvent(event)

    @Slot(str)
    def _scanned(self, text: str) -> None:
        self._controls.scanned(text)

    @Slot()
    def _switch_language(self) -> None:
        self._language = "en" if self._language == "zh_CN" else "zh_CN"
        self._translation.speak(self._language)
        self._reword()
        self.page.speak(self._language)

    def _reword(self) -> None:
        self.setWindowTitle(self.tr("Label station {station}").format(station=self._station))
        self._where.setText(
            self.tr("{station}  ·  operator: {operator}").format(station=self._station, operator=self._operator)
        )
        self._demo_sign.setText(self.tr("DEMO: every label is marked TEST and binds nothing") if self._demo else "")
        self._switch.setText("中文" if self._language == "en" else "English")
        self._switch.setAccessibleName(self.tr("Switch the language"))
