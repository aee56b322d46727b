"""Facts about several stations at one service, with real connections, pictures and threads."""

import random
import threading
from datetime import UTC, datetime

import pytest

from gizqr_station.codes.pace import Pace
from gizqr_station.codes.range_codes import ServiceRangeCodes
from gizqr_station.codes.task_client import TaskClient
from gizqr_station.codes.task_memory import MemoryJournal
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.stop import Stop
from tests.codes.faulty_server import FaultyServer
from tests.codes.made_codes import content_for
from tests.codes.ranged_service import RangedService, macs_between
from tests.codes.scripted_service import PRODUCT

# A task is ready long before the second look is over, so whatever is asked for again was lost before it was taken.
PACE = Pace(deadline_s=30.0, second_look_s=0.5, first_pause_s=0.01, longest_pause_s=0.05, page=5)


class RealClock:
    """The time of day."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Station(threading.Thread):
    """Fetches one range after the other."""

    def __init__(self, url: str, cuts: list[IdentityRange]) -> None:
        super().__init__(name="station")
        self._journal = MemoryJournal()
        self._codes = ServiceRangeCodes(TaskClient(url, "G"), RealClock(), self._journal, pace=PACE)
        self._cuts = cuts
        self.got: dict[str, dict[str, str]] = {}
        self.failures: list[CodeFailure] = []

    def run(self) -> None:
        for cut in self._cuts:
            for _ in range(4):
                try:
                    codes = self._codes.codes_of(PRODUCT, cut, Stop(), lambda _done: None)
                except CodeFailure as failure:
                    self.failures.append(failure)
                else:
                    self.got[str(cut)] = {identity.text: content for identity, content in codes.contents.items()}
                    self._journal.settled(PRODUCT, self._codes.service, str(cut))
                    break


def cut_of(chance: random.Random) -> IdentityRange:
    first = 0x00911F500000 + chance.randrange(8)
    return IdentityRange(MacAddress(f"{first:012x}"), MacAddress(f"{first + chance.choice([0, 0, 1, 3, 5]):012x}"))


@pytest.mark.parametrize("seed", range(20))
def test_every_station_gets_its_own_codes(seed: int) -> None:
    chance = random.Random(f"http {seed}")
    service = RangedService(chance, ready_s=0.1, lost=0.15)
    cuts = [[cut_of(chance) for _ in range(chance.randint(1, 2))] for _ in range(chance.choice([2, 2, 3, 4, 8]))]
    with FaultyServer(service) as server:
        stations = [Station(server.url, theirs) for theirs in cuts]
        for station in stations:
            station.start()
        for station in stations:
            station.join(60)
    for station, theirs in zip(stations, cuts, strict=True):
        for cut in theirs:
            wanted = {identity.text: content_for(identity.text) for identity in cut}
            assert station.got.get(str(cut)) == wanted, station.failures
    for cut in {cut for theirs in cuts for cut in theirs}:
        names = macs_between(cut.first.text, cut.last.text)
        asked = sum(theirs.count(cut) for theirs in cuts)
        assert service.tasks_of(names) <= asked + service.lost.get(names, 0)
