"""Another order is in hand: the window stays, and the station behind it is closed and opened anew."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gizqr_station.domain.line_failures import PartMissing
from gizqr_station.gui.app import StationApplication, WindowFacts
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.station_state import Band
from gizqr_station.workflows.happenings import LineStopped, Tell, WaitingForDevice
from gizqr_station.workflows.order_happenings import OrderTaken
from gizqr_station.workflows.people_happenings import PeopleSeen
from tests.gui.heard import ONE_SLOT, HeardCodes, HeardDesk, HeardDevices, HeardLine, HeardLists
from tests.gui.heard_desks import HeardOrders, HeardPeople, HeardRecords
from tests.gui.order_samples import SIGNED
from tests.gui.people_samples import PEOPLE


class FakeStation:
    """Open until it is shut down; it ends as a real one does, and may be slow or broken about it."""

    def __init__(self, tell: Tell, may_end: threading.Event, *, broken: bool) -> None:
        self.controls, self.desk, self.devices, self.lists = HeardLine(), HeardDesk(), HeardDevices(), HeardLists()
        self.codes, self.records = HeardCodes(), HeardRecords()
        self.orders, self.people = HeardOrders(), HeardPeople()
        self.ended = 0
        self._tell, self._may_end, self._broken = tell, may_end, broken
        tell(WaitingForDevice())

    def shut_down(self) -> None:
        assert self._may_end.wait(10)
        self.ended += 1
        self._tell(LineStopped())
        if self._broken:
            raise OSError("it hangs")


class Opening:
    """Opens one fake station after the other."""

    def __init__(self) -> None:
        self.stations: list[FakeStation] = []
        self.may_end = threading.Event()
        self.may_end.set()
        self.broken = False
        self.refuses = False

    def __call__(self, tell: Tell) -> FakeStation:
        if self.refuses:
            raise PartMissing("printer", "pip install it")
        assert all(station.ended for station in self.stations), "never two at once"
        self.stations.append(FakeStation(tell, self.may_end, broken=self.broken))
        return self.stations[-1]


@pytest.fixture
def opening() -> Opening:
    return Opening()


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, opening: Opening) -> Iterator[StationApplication]:
    facts = WindowFacts("bench-1", "Li Wei", "Lamp", demo=False, slots=ONE_SLOT, language="en")
    application = StationApplication(facts, opening)
    application.start()
    qtbot.waitUntil(lambda: application.window.page.state.seen.band is Band.WAITING)
    qtbot.waitUntil(lambda: application._behind._line._target is not None)
    yield application
    opening.may_end.set()
    application.window.close()
    for made in (application.window, application):
        made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def wait_for_second(qtbot: QtBot, app: StationApplication, opening: Opening) -> FakeStation:
    qtbot.waitUntil(lambda: len(opening.stations) == 2 and app._behind._line._target is opening.stations[1].controls)
    return opening.stations[1]


def test_the_station_is_closed_and_opened_anew_and_the_page_stays(
    app: StationApplication, opening: Opening, qtbot: QtBot
) -> None:
    app.window.open_page(Page.ORDERS)
    bands = set[Band]()
    app.window.page.drawn.connect(lambda: bands.add(app.window.page.state.seen.band))
    app.courier.tell(OrderTaken(SIGNED))
    second = wait_for_second(qtbot, app, opening)
    assert (opening.stations[0].ended, second.ended) == (1, 0)
    assert (app.window.shown, app.window.page.product) == (Page.ORDERS, "Plug")
    qtbot.waitUntil(lambda: app.window.page.state.seen.band is Band.WAITING)
    assert bands == {Band.OPENING, Band.WAITING}, "the end of the one before is not that of the line"
    app.window._scanned("ACCF232BE530")
    assert (opening.stations[0].controls.calls, second.controls.calls) == ([], ["ACCF232BE530"])


def test_an_order_that_is_given_back_brings_the_settings_product_back(
    app: StationApplication, opening: Opening, qtbot: QtBot
) -> None:
    app.courier.tell(OrderTaken(SIGNED))
    wait_for_second(qtbot, app, opening)
    app.courier.tell(OrderTaken(None))
    qtbot.waitUntil(lambda: len(opening.stations) == 3)
    assert app.window.page.product == "Lamp"


def test_a_scan_between_two_stations_is_refused_aloud_and_labels_nothing(
    app: StationApplication, opening: Opening, qtbot: QtBot
) -> None:
    opening.may_end.clear()
    app.courier.tell(OrderTaken(SIGNED))
    qtbot.waitUntil(lambda: app._changing)
    app.window._scanned("ACCF232BE530")
    assert app.window.page.state.seen.band is Band.OPENING
    opening.may_end.set()
    second = wait_for_second(qtbot, app, opening)
    assert (opening.stations[0].controls.calls, second.controls.calls) == ([], [])


def test_two_changeovers_at_once_are_one(app: StationApplication, opening: Opening, qtbot: QtBot) -> None:
    app.courier.tell(OrderTaken(SIGNED))
    app.courier.tell(OrderTaken(SIGNED))
    wait_for_second(qtbot, app, opening)
    app.courier.tell(PeopleSeen(PEOPLE))
    qtbot.waitUntil(lambda: app.window.people.state.people == PEOPLE)
    assert len(opening.stations) == 2


def test_what_keeps_the_next_station_from_opening_is_said(
    app: StationApplication, opening: Opening, qtbot: QtBot
) -> None:
    opening.refuses = True
    app.courier.tell(OrderTaken(SIGNED))
    qtbot.waitUntil(lambda: app.window.page.state.seen.band is Band.STOPPED)
    assert isinstance(app.window.page.state.seen.failure, PartMissing)


def test_a_station_that_does_not_close_is_not_opened_on_top_of(
    app: StationApplication, opening: Opening, qtbot: QtBot
) -> None:
    opening.stations[0]._broken = True
    app.courier.tell(OrderTaken(SIGNED))
    qtbot.waitUntil(lambda: app.window.page.state.seen.band is Band.STOPPED)
    assert len(opening.stations) == 1


def test_a_window_that_is_closed_amid_a_changeover_leaves_nothing_open(
    app: StationApplication, opening: Opening, qtbot: QtBot
) -> None:
    opening.may_end.clear()
    app.courier.tell(OrderTaken(SIGNED))
    qtbot.waitUntil(lambda: app._changing)
    opening.may_end.set()
    app.window.close()
    assert all(station.ended == 1 for station in opening.stations)
