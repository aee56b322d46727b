"""Of all that the desk tells, a label of the queue that nobody can account for reaches the line."""

import pytest

from gizqr_station.assembly.station import Doubts
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.workflows.happenings import DeskDone, DeskWork, Happening, SearchEnded
from gizqr_station.workflows.lanes import InlineLane
from gizqr_station.workflows.line import Line
from tests.ear import Ear
from tests.fake_bench import NOW, FakeBench


class CountingLine(Line):
    looks = 0

    def look_at_open_jobs(self) -> None:
        self.looks += 1


@pytest.mark.parametrize(
    ("happening", "looks"),
    [
        (DeskDone(DeskWork.QUEUE, "p", outcome=PrintOutcome.UNKNOWN), 1),
        (DeskDone(DeskWork.QUEUE, "p", outcome=PrintOutcome.CONFIRMED), 0),
        (DeskDone(DeskWork.TEST_LABEL, "p", outcome=PrintOutcome.UNKNOWN), 0),
        (SearchEnded(), 0),
    ],
)
def test_the_line_looks_for_labels_in_doubt(happening: Happening, looks: int) -> None:
    told: list[Happening] = []
    doubts = Doubts(told.append)
    doubts.hear(happening)
    fakes = FakeBench()
    doubts.line = line = CountingLine(fakes.bench(), fakes.reader, InlineLane(), Ear([]).hear, lambda: NOW)
    doubts.hear(happening)
    assert (told, line.looks) == ([happening, happening], looks)
