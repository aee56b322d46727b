"""Of all that the desk tells, a label of the queue that nobody can account for reaches the lines."""

import pytest

from gizqr_station.assembly.station import doubts_heard
from gizqr_station.domain.batch import Batch, BatchState
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.list_failures import LabelsInDoubt, ListEmpty
from gizqr_station.workflows.batch_happenings import BatchRefused, BatchSeen
from gizqr_station.workflows.happenings import DeskDone, DeskWork, Happening, SearchEnded
from gizqr_station.workflows.record_happenings import RecordDone, RecordWork
from tests.fake_bench import NOW

BATCH = Batch(7, "x", "key", "", "p", "Li Wei", NOW, BatchState.PAUSED, {})


@pytest.mark.parametrize(
    ("happening", "looks"),
    [
        (DeskDone(DeskWork.QUEUE, "p", outcome=PrintOutcome.UNKNOWN), 1),
        (DeskDone(DeskWork.QUEUE, "p", outcome=PrintOutcome.CONFIRMED), 0),
        (DeskDone(DeskWork.TEST_LABEL, "p", outcome=PrintOutcome.UNKNOWN), 0),
        (BatchSeen(BATCH, LabelsInDoubt("L-000001", "00:91:1F:50:00:47")), 1),
        (BatchRefused(LabelsInDoubt("L-000001", "00:91:1F:50:00:47")), 1),
        (BatchSeen(BATCH), 0),
        (BatchRefused(ListEmpty("x")), 0),
        (RecordDone(RecordWork.VERIFY), 1),
        (RecordDone(RecordWork.SETTLE), 1),
        (RecordDone(RecordWork.VOID), 1),
        (RecordDone(RecordWork.VERIFY, failure=ListEmpty("x")), 0),
        (RecordDone(RecordWork.EXPORT), 0),
        (SearchEnded(), 0),
    ],
)
def test_the_lines_look_for_labels_in_doubt(happening: Happening, looks: int) -> None:
    told: list[Happening] = []
    looked: list[None] = []
    doubts_heard(told.append, lambda: looked.append(None))(happening)
    assert (told, len(looked)) == ([happening], looks)
