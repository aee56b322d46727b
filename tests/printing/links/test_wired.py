"""A printer that never stops talking keeps nobody from looking at the time."""

import pytest

from gizqr_station.domain.printer import Patience
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.links.link import End
from gizqr_station.printing.links.wired import WiredLink


class Chatter:
    """Always has something to say; fails when it is listened to for too long in one turn."""

    hears, ended, delivering = True, False, False

    def __init__(self) -> None:
        self.in_this_turn = 0

    def push(self, data: bytes) -> int:
        self.in_this_turn = 0
        return len(data)

    def pull(self) -> bytes:
        self.in_this_turn += 1
        assert self.in_this_turn < 1000, "listened to without end"
        return b"chatter " * 128

    def untaken(self) -> int:
        return 0

    def wait(self, seconds: float, *, to_push: bool) -> None:
        self.in_this_turn = 0

    def end(self) -> bool:
        self.in_this_turn = 0
        return True

    def close(self, *, discard: bool) -> None:
        pass


@pytest.fixture
def link() -> WiredLink:
    return WiredLink(Chatter())


def test_a_question_ends_when_its_time_is_up(link: WiredLink) -> None:
    heard = link.ask(b"?", lambda _: False, 0.02, Stop())
    assert heard.endswith(b"chatter ")
    assert len(heard) <= 65536


def test_a_label_goes_out_all_the_same(link: WiredLink) -> None:
    assert link.deliver(b"label", Patience(), Stop()).end is End.TAKEN
    assert link.finish(0.02, Stop()) is End.TAKEN
