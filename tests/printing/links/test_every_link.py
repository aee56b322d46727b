"""What holds for each kind of connection alike."""

import threading
from collections.abc import Iterator

import pytest

from gizqr_station.domain.printer import Patience
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.links.link import Delivery, End, Link, LinkLost
from tests.printing.links.other_ends import KINDS, OtherEnd

LABEL = bytes(range(256)) * 8
LARGE = b"larger than any buffer on the way" * 20_000
QUICK = Patience(stall_s=0.3, total_s=10.0)
PATIENT = Patience(stall_s=10.0, total_s=20.0)


@pytest.fixture(params=KINDS)
def end(request: pytest.FixtureRequest) -> Iterator[OtherEnd]:
    with KINDS[request.param]() as other_end:
        yield other_end


@pytest.fixture
def link(end: OtherEnd) -> Iterator[Link]:
    opened = end.connector().open(Stop())
    end.meet()
    yield opened
    opened.close()


def never(_: bytes) -> bool:
    return False


def test_every_byte_of_a_label_arrives_in_order(end: OtherEnd, link: Link) -> None:
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(end.read(len(LABEL))))
    reader.start()
    assert link.deliver(LABEL, PATIENT, Stop()) == Delivery(End.TAKEN, len(LABEL), len(LABEL))
    reader.join(10)
    assert received == [LABEL]


def test_a_label_larger_than_any_buffer_arrives_whole(end: OtherEnd, link: Link) -> None:
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(end.read(len(LARGE))))
    reader.start()
    assert link.deliver(LARGE, PATIENT, Stop()).end is End.TAKEN
    reader.join(10)
    assert received == [LARGE]


def test_a_printer_that_takes_nothing_more_stalls(link: Link) -> None:
    delivery = link.deliver(LARGE, QUICK, Stop())
    assert delivery.end is End.STALLED
    assert 0 < delivery.taken <= delivery.sent < len(LARGE)


def test_a_stop_in_mid_label_ends_it(link: Link) -> None:
    stop = Stop()
    timer = threading.Timer(0.1, stop.set)
    timer.start()
    delivery = link.deliver(LARGE, PATIENT, stop)
    timer.join()
    assert delivery.end is End.STOPPED
    assert delivery.sent < len(LARGE)


def test_a_stop_before_the_first_byte_sends_none(end: OtherEnd, link: Link) -> None:
    stop = Stop()
    stop.set()
    assert link.deliver(LABEL, PATIENT, stop) == Delivery(End.STOPPED, 0, 0)


def test_a_printer_that_vanishes_in_mid_label_is_lost(end: OtherEnd, link: Link) -> None:
    def take_some_and_vanish() -> None:
        end.read(1000)
        end.vanish()

    reader = threading.Thread(target=take_some_and_vanish)
    reader.start()
    delivery = link.deliver(LARGE, PATIENT, Stop())
    reader.join(10)
    assert delivery.end is End.LOST
    assert delivery.sent < len(LARGE)


def test_a_question_is_answered(end: OtherEnd, link: Link) -> None:
    def answer() -> None:
        assert end.read(3) == b"~HS"
        for piece in (b"\x02st", b"ate", b"\x03"):
            end.write(piece)

    printer = threading.Thread(target=answer)
    printer.start()
    assert link.ask(b"~HS", lambda heard: heard.endswith(b"\x03"), 5.0, Stop()) == b"\x02state\x03"
    printer.join(10)


def test_silence_is_an_empty_answer_and_half_an_answer_is_returned_as_it_is(end: OtherEnd, link: Link) -> None:
    assert link.ask(b"~HS", never, 0.05, Stop()) == b""
    end.write(b"ha")
    assert link.ask(b"", lambda heard: heard == b"ha", 5.0, Stop()) == b"ha"
    end.write(b"lf")
    assert link.ask(b"~HS", lambda heard: len(heard) == 4, 0.2, Stop()) == b"lf"


def test_what_is_said_while_a_label_is_on_its_way_is_heard_afterwards(end: OtherEnd, link: Link) -> None:
    said = threading.Event()

    def talk() -> None:
        end.read(10_000)
        end.write(b"printing")
        said.set()
        end.read(len(LARGE) - 10_000)

    printer = threading.Thread(target=talk)
    printer.start()
    assert link.deliver(LARGE, PATIENT, Stop()).end is End.TAKEN
    assert said.wait(5)
    assert link.ask(b"", lambda heard: heard == b"printing", 5.0, Stop()) == b"printing"
    printer.join(10)


def test_bytes_that_mean_something_to_terminals_arrive_as_they_are(end: OtherEnd, link: Link) -> None:
    said = bytes(range(256))
    end.write(said)
    assert link.ask(b"", lambda heard: len(heard) == 256, 5.0, Stop()) == said


def test_single_bytes_that_stand_for_flow_control_are_answers_to_a_question(end: OtherEnd, link: Link) -> None:
    for state in (b"\x11", b"\x13"):
        end.write(state)
        assert link.ask(b"\x1b!?", bool, 5.0, Stop()) == state


def test_asking_a_printer_that_has_vanished_is_told(end: OtherEnd, link: Link) -> None:
    end.vanish()
    with pytest.raises(LinkLost):
        link.ask(b"~HS", never, 5.0, Stop())
    with pytest.raises(LinkLost):
        link.ask(b"~HS", never, 5.0, Stop())


def test_asking_heeds_stop(link: Link) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        link.ask(b"~HS", never, 60.0, stop)


def test_a_finished_link_has_taken_everything_and_may_be_closed_again(end: OtherEnd, link: Link) -> None:
    link.deliver(LABEL, PATIENT, Stop())
    assert link.finish(0.05, Stop()) is End.TAKEN
    link.close()
    link.close()


def test_a_printer_that_vanished_behind_the_label_is_lost(end: OtherEnd, link: Link) -> None:
    reader = threading.Thread(target=lambda: end.read(len(LABEL)))
    reader.start()
    link.deliver(LABEL, PATIENT, Stop())
    reader.join(10)
    end.vanish()
    assert link.finish(5.0, Stop()) is End.LOST


def test_opening_heeds_stop(end: OtherEnd) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        end.connector().open(stop)
