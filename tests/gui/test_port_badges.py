"""A scanner on a port of its own: whose its badges are while a page waits for one, and that they sign in else."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from gizqr_station.domain.people import Badge
from gizqr_station.gui.badge_scan import BadgeScan
from gizqr_station.gui.desk_scans import DeskScans
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.people_behind import PeopleBehind
from gizqr_station.gui.port_badges import PortBadges
from gizqr_station.workflows.people_happenings import PeopleSeen
from tests.gui.heard import Bench
from tests.gui.heard_desks import HeardPeople
from tests.gui.people_samples import LEAD, PEOPLE, on_duty

BADGE = Badge("P7001001")


class Ports:
    """The pages' scans, and the people desk behind them; nothing is in hand at the line unless said so."""

    def __init__(self) -> None:
        self.in_hand = 0
        self.people = HeardPeople()
        self.armed = BadgeScan(lambda: self.in_hand)
        self.desk = DeskScans(lambda: self.in_hand)
        self.ports = PortBadges(self.people, self.armed)
        self.ports.stand_behind(self.desk)
        self.taken: list[str] = []
        self.desk.badge.connect(self.taken.append)

    def scan(self) -> None:
        """As a scanner's lane does it."""
        take = self.people.takes_badge
        assert take is not None
        lane = threading.Thread(target=take, args=(BADGE,))
        lane.start()
        lane.join()


@pytest.fixture
def ports(qapp: object) -> Ports:
    return Ports()


def test_nobody_is_asked_for_badges_while_no_page_waits_for_one(ports: Ports) -> None:
    ports.desk.stand(on=True)
    assert ports.people.takes_badge is None


def test_a_page_that_waits_gets_one_badge_on_the_windows_thread(ports: Ports, qtbot: QtBot) -> None:
    seen: list[tuple[str, threading.Thread]] = []
    ports.armed.arm(lambda text: seen.append((text, threading.current_thread())))
    ports.scan()
    assert seen == []
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(BADGE.text, threading.main_thread())]
    assert ports.people.takes_badge is None
    assert ports.people.calls == []


def test_a_second_persons_badge_goes_to_the_desk_as_long_as_it_waits(ports: Ports, qtbot: QtBot) -> None:
    ports.desk.stand(on=True)
    ports.desk.badge_awaited = True
    ports.scan()
    qtbot.waitUntil(lambda: ports.taken == [BADGE.text])
    ports.desk.badge_awaited = False
    assert ports.people.takes_badge is None


@pytest.mark.parametrize("how", ["the page is left", "a label waits at the line", "it is disarmed"])
def test_whoever_waits_no_more_leaves_badges_to_sign_in(ports: Ports, how: str) -> None:
    ports.desk.stand(on=True)
    ports.desk.badge_awaited = True
    ports.armed.arm(lambda _: None)
    assert ports.people.takes_badge is not None
    if how == "a label waits at the line":
        ports.in_hand = 1
        ports.armed.look()
        ports.desk.look()
    else:
        ports.armed.disarm()
        assert ports.people.takes_badge is not None
        ports.desk.stand(on=False)
    assert ports.people.takes_badge is None


def test_a_badge_that_was_under_way_when_the_page_was_left_signs_in(ports: Ports, qtbot: QtBot) -> None:
    ports.desk.stand(on=True)
    ports.desk.badge_awaited = True
    ports.scan()
    ports.desk.stand(on=False)
    qtbot.waitUntil(lambda: bool(ports.people.calls))
    assert (ports.people.calls, ports.taken) == ([("sign_in", BADGE)], [])


def test_who_waits_is_told_to_a_desk_that_comes_later() -> None:
    behind, desk, next_desk = PeopleBehind(), HeardPeople(), HeardPeople()
    taken: list[Badge] = []
    behind.next_badges_to(taken.append)
    behind.open(desk)
    behind.close()
    behind.open(next_desk)
    assert desk.takes_badge == next_desk.takes_badge == taken.append
    behind.next_badges_to(None)
    assert next_desk.takes_badge is None


def test_the_people_pages_field_takes_a_badge_until_another_page_is_looked_at(bench: Bench, window: MainWindow) -> None:
    window.hear(on_duty(LEAD))
    window.open_page(Page.PEOPLE)
    window.hear(PeopleSeen(PEOPLE))
    window.people._new.badge.wanted.emit()
    take = bench.people.takes_badge
    assert take is not None
    window.open_page(Page.STATION)
    assert bench.people.takes_badge is None


def test_the_release_takes_a_badge_until_another_page_is_looked_at(bench: Bench, window: MainWindow) -> None:
    window.open_page(Page.ORDERS)
    window.orders._badge_scan.arm(window.orders._release_by_badge)  # as it is once the first label was scanned
    assert bench.people.takes_badge is not None
    window.open_page(Page.STATION)
    assert bench.people.takes_badge is None
