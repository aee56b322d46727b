"""The only crossing: whatever is told on a lane arrives on the GUI thread, in order, and never after the end."""

import threading

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from gizqr_station.gui.courier import Courier
from gizqr_station.workflows.happenings import Happening, Tally
from gizqr_station.workflows.lanes import ThreadLane
from tests.fake_bench import WAIT_S


def test_happenings_cross_to_the_gui_thread_in_their_order(qtbot: QtBot) -> None:
    arrived: list[tuple[Happening, threading.Thread]] = []
    courier = Courier(lambda happening: arrived.append((happening, threading.current_thread())))
    lane = ThreadLane("teller")
    told = [Tally(number, 0, 0, 0, ()) for number in range(500)]
    for happening in told:
        lane.submit(courier.tell, happening)
    qtbot.waitUntil(lambda: len(arrived) == 500)
    lane.close()
    assert [happening for happening, _ in arrived] == told
    assert {thread for _, thread in arrived} == {threading.main_thread()}


def test_nothing_arrives_after_the_end_not_even_what_was_told_before(qtbot: QtBot) -> None:
    arrived: list[Happening] = []
    courier = Courier(arrived.append)
    lane = ThreadLane("teller")
    lane.submit(courier.tell, Tally(1, 0, 0, 0, ())).result(WAIT_S)
    courier.close()
    lane.submit(courier.tell, Tally(2, 0, 0, 0, ())).result(WAIT_S)
    lane.close()
    QCoreApplication.processEvents()
    assert arrived == []
