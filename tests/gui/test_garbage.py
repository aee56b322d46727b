"""Cyclic garbage dies on the GUI thread, whoever made it."""

import gc
import threading

from pytestqt.qtbot import QtBot

from gizqr_station.gui.garbage import GarbageCollection
from gizqr_station.workflows.lanes import ThreadLane
from tests.fake_bench import WAIT_S


class Cycle:
    """Holds itself, and notes the thread it dies on."""

    died_on: list[threading.Thread]

    def __init__(self, died_on: list[threading.Thread]) -> None:
        self.died_on = died_on
        self.itself = self

    def __del__(self) -> None:
        self.died_on.append(threading.current_thread())


def litter(died_on: list[threading.Thread]) -> None:
    """Enough for Python's own collector to run many times."""
    for _ in range(20_000):
        Cycle(died_on)


def test_what_a_lane_leaves_behind_is_collected_on_the_gui_thread(qtbot: QtBot) -> None:
    died_on: list[threading.Thread] = []
    collection = GarbageCollection()
    lane = ThreadLane("litter")
    lane.submit(litter, died_on).result(WAIT_S)
    lane.close()
    assert died_on == []
    collection.collect()
    assert died_on
    collection.end()
    assert {thread.name for thread in died_on} == {threading.main_thread().name}
    assert gc.isenabled()
