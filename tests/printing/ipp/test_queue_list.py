"""The queues of a real cupsd, as whoever looks for printers gets them."""

import pytest

from gizqr_station.domain.print_queue_failures import SpoolerSilent
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.ipp.queue_list import list_queues
from gizqr_station.printing.ipp.server import Server
from tests.printing.ipp.private_cups import PrivateCups
from tests.printing.ipp.programs import free_port


def test_raw_and_driven_queues_are_told_apart(own_cups: PrivateCups) -> None:
    assert list_queues(Stop()) == ()
    raw = own_cups.queue("socket://127.0.0.1:9")
    driven = own_cups.queue("socket://127.0.0.1:9", "drv:///sample.drv/zebra.ppd")
    found = {queue.address.path: queue for queue in list_queues(Stop())}
    assert set(found) == {raw, driven}
    assert found[raw].raw
    assert str(found[raw].address) == f"cups:{raw}"
    assert found[raw].device == "socket://127.0.0.1:9"
    assert not found[driven].raw
    assert found[driven].make == "Zebra ZPL Label Printer"
    there = Server("127.0.0.2", own_cups.port)
    with pytest.raises(SpoolerSilent):
        list_queues(Stop(), there)


def test_no_print_server_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SpoolerSilent):
        list_queues(Stop(), Server("127.0.0.1", free_port()))
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        list_queues(stop)
