"""The printer that lies keeps a true log, or no proof with it would prove anything."""

import socket
from contextlib import suppress

import pytest

from gizqr_station.domain.label import LabelImage
from tests.printing.lying_printer import Count, Fate, LyingPrinter, Manners, Out, Status, Wire
from tests.printing.zpl_bytes import ASK_COUNT, ASK_STATUS, SETUP, label_zpl

LABEL = LabelImage(8, 2, 203, (b"\x81", b"\x18"))
JOB = SETUP + label_zpl(LABEL, "7")
IDLE = b"\x02030,0,0,0240,000,0,0,0,000,0,0,0\x03\r\n\x02001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
OUT = IDLE.replace(b"030,0,0,0240,000", b"030,1,0,0240,001").replace(b"00000000", b"00000001")


def _send(lying: LyingPrinter, data: bytes = JOB, *, ends: bool = False) -> str:
    """How the connection ended: ``closed``, ``reset`` or, unless it is known to end, ``open``."""
    with socket.create_connection(("127.0.0.1", lying.port), timeout=5) as connection:
        try:
            connection.sendall(data)
            connection.settimeout(5 if ends else 0.1)
            while connection.recv(100):
                pass
        except TimeoutError:
            return "open"
        except OSError:
            return "reset"
        return "closed"


def _asked(lying: LyingPrinter, question: bytes, expected: bytes) -> bytes:
    heard = b""
    with (
        socket.create_connection(("127.0.0.1", lying.port), timeout=5 if expected else 0.2) as connection,
        suppress(TimeoutError),
    ):
        connection.sendall(question)
        while len(heard) < max(1, len(expected)):
            heard += connection.recv(100)
    return heard


def _came_out(lying: LyingPrinter) -> list[tuple[str, bool, bool]]:
    assert lying.at_rest()
    return [(piece.job, piece.whole, piece.own_doing) for piece in lying.paper]


@pytest.mark.parametrize(
    ("out", "pieces", "count"),
    [
        (Out.WHOLE, [("7", True, False)], 1),
        (Out.NOTHING, [], 0),
        (Out.HALF, [("7", False, False)], 0),
        (Out.TWICE, [("7", True, False), ("7", True, True)], 2),
        (Out.HELD, [("7", False, False)], 0),
    ],
)
def test_what_comes_out_is_logged_and_counted_truly(out: Out, pieces: list[object], count: int) -> None:
    with LyingPrinter(Manners(), lambda: Fate(out)) as lying:
        assert _send(lying) == "open"
        assert _came_out(lying) == pieces
        assert all(piece.image == LABEL for piece in lying.paper)
        assert _asked(lying, ASK_COUNT, b'"%d"' % count) == b'"%d"' % count
        assert (lying.label_bytes, lying.names["7"]) == (len(JOB), 1)
        assert lying.told[out.value] == (out is not Out.WHOLE)


def test_a_held_label_comes_out_when_the_roll_is_changed_and_the_state_tells_until_then() -> None:
    with LyingPrinter(Manners(), lambda: Fate(Out.HELD)) as lying:
        _send(lying)
        assert lying.at_rest()
        assert _asked(lying, ASK_STATUS, OUT) == OUT
        lying.change_roll()
        assert _came_out(lying) == [("7", False, False), ("7", True, False)]
        assert _asked(lying, ASK_STATUS, IDLE) == IDLE


@pytest.mark.parametrize(("keeps", "pieces"), [(True, [("7", True, False)]), (False, [])])
def test_switched_off_it_forgets_or_remembers_what_was_not_printed(keeps: bool, pieces: list[object]) -> None:
    with LyingPrinter(Manners(keeps_buffer=keeps), lambda: Fate(wire=Wire.POWER_OFF)) as lying:
        assert _send(lying, ends=True) == "reset"
        with pytest.raises(ConnectionRefusedError):
            _send(lying)
        assert _came_out(lying) == []
        lying.switch_on()
        assert _came_out(lying) == pieces


@pytest.mark.parametrize(("wire", "ended"), [(Wire.STALL, "open"), (Wire.RESET, "reset"), (Wire.CLOSE, "closed")])
@pytest.mark.parametrize("after", [1, len(JOB) - 2])
def test_the_wire_misbehaves_in_mid_job(wire: Wire, ended: str, after: int) -> None:
    with LyingPrinter(Manners(), lambda: Fate(wire=wire, after_bytes=after)) as lying:
        assert _send(lying, ends=wire is not Wire.STALL) in {
            ended,
            "reset",
        }  # a close with bytes unread is a reset on most systems
        assert (_came_out(lying), lying.told[wire.value], lying.label_bytes) == ([], 1, after)


@pytest.mark.parametrize(
    ("status", "answers"),
    [
        (Status.TRUE, [OUT, OUT]),
        (Status.TRUE_OR_SILENT, [b"", b""]),
        (Status.IDLE, [IDLE, IDLE]),
        (Status.LATE, [b"", b""]),
        (Status.PIECES, [OUT, OUT]),
        (Status.NONE, [b"", b""]),
        (Status.ONCE, [OUT, b""]),
    ],
)
def test_its_state_is_told_as_its_manners_are(status: Status, answers: list[bytes]) -> None:
    with LyingPrinter(Manners(status), lambda: Fate(Out.HELD)) as lying:
        _send(lying)
        assert lying.at_rest()
        assert [_asked(lying, ASK_STATUS, expected) for expected in answers] == answers


@pytest.mark.parametrize(
    ("count", "answer"),
    [
        (Count.TRUE, b'"2"'),
        (Count.LATE, b'"0"'),
        (Count.NONE, b""),
        (Count.UNKNOWN, b'"?"'),
        (Count.RESET, b'"1"'),
        (Count.WITH_NEXT, b'"1"'),
    ],
)
def test_its_count_is_told_as_its_manners_are(count: Count, answer: bytes) -> None:
    with LyingPrinter(Manners(count=count), Fate) as lying:
        _send(lying)
        _send(lying)
        assert len(_came_out(lying)) == 2
        assert _asked(lying, ASK_COUNT, answer) == answer


def test_bytes_that_are_none_of_it_are_refused_and_logged() -> None:
    with LyingPrinter(Manners(), Fate) as lying:
        assert _send(lying, b"%PDF-1.7 and so on", ends=True) == "reset"
        assert lying.refused == ["b'%PDF-1.7 and so on': outside of a format"]
