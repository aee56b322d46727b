"""What a fault proxy does to the exchanges that pass through it; names after those of other such proxies."""

import random
import re
import socket
from collections.abc import Callable

from tests.codes.fault_proxy import Passing, Toxic


def none(passing: Passing) -> None:
    """Nothing spoiled: the control."""
    passing.give(passing.fetch())


def latency(passing: Passing) -> None:
    answer = passing.fetch()
    passing.stop.sleep(0.15)
    passing.give(answer)


def jitter(passing: Passing) -> None:
    answer = passing.fetch()
    for at in range(0, len(answer), 200):
        passing.stop.sleep(random.uniform(0, 0.01))
        passing.give(answer[at : at + 200])


def slicer(passing: Passing) -> None:
    """Every byte a packet of its own, as far as the system lets it."""
    passing.client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in passing.fetch():
        passing.give(bytes([byte]))


def bandwidth(passing: Passing) -> None:
    """Forty bytes a second: alive, and hopeless."""
    for byte in passing.fetch():
        passing.give(bytes([byte]))
        passing.stop.sleep(0.025)


def stall_before(passing: Passing) -> None:
    passing.fetch()
    passing.hold()


def stall_request(passing: Passing) -> None:
    """The request never gets through."""
    passing.hold()


def stall_after(count: int) -> Toxic:
    def toxic(passing: Passing) -> None:
        passing.give(passing.fetch()[:count])
        passing.hold()

    return toxic


def timeout(passing: Passing) -> None:
    """Swallows everything for a while, then hangs up."""
    passing.fetch()
    passing.stop.sleep(0.15)


def slow_close(passing: Passing) -> None:
    """The whole answer, and then an end that does not come."""
    passing.give(passing.fetch())
    passing.hold()


def reset_at_once(passing: Passing) -> None:
    passing.reset()


def reset_after_request(passing: Passing) -> None:
    passing.fetch()
    passing.reset()


def reset_after(count: int) -> Toxic:
    def toxic(passing: Passing) -> None:
        passing.give(passing.fetch()[:count])
        # An RST drops what the client has not read yet; half a moment lets most of the bytes through first.
        passing.stop.sleep(0.05)
        passing.reset()

    return toxic


def limit_data(count: int) -> Toxic:
    def toxic(passing: Passing) -> None:
        passing.give(passing.fetch()[:count])

    return toxic


def limit_last(count: int) -> Toxic:
    """The last bytes are missing."""

    def toxic(passing: Passing) -> None:
        passing.give(passing.fetch()[:-count])

    return toxic


def length_changed(change: int) -> Toxic:
    """A Content-Length that is not the body's."""

    def toxic(passing: Passing) -> None:
        head, _, body = passing.fetch().partition(b"\r\n\r\n")
        stated = b"Content-Length: %d" % max(len(body) + change, 0)
        passing.give(re.sub(rb"(?i)content-length: *\d+", stated, head) + b"\r\n\r\n" + body)

    return toxic


def length_twice(passing: Passing) -> None:
    """Two lengths that differ: a request smuggler's answer."""
    head, _, body = passing.fetch().partition(b"\r\n\r\n")
    passing.give(head + b"\r\nContent-Length: 7\r\n\r\n" + body)


def without_length(count: int) -> Toxic:
    """No length at all, as old servers do it, and the end comes ``count`` bytes too early."""

    def toxic(passing: Passing) -> None:
        head, _, body = passing.fetch().partition(b"\r\n\r\n")
        head = re.sub(rb"(?i)\r\ncontent-length: *\d+", b"", head)
        passing.give(head + b"\r\n\r\n" + body[: len(body) - count])

    return toxic


def chunked(spoil: Callable[[bytes], bytes]) -> Toxic:
    """The body in chunks, and the chunks spoiled."""

    def toxic(passing: Passing) -> None:
        head, _, body = passing.fetch().partition(b"\r\n\r\n")
        head = re.sub(rb"(?i)content-length: *\d+", b"Transfer-Encoding: chunked", head)
        chunks = b"".join(
            b"%x\r\n%b\r\n" % (len(body[at : at + 50]), body[at : at + 50]) for at in range(0, len(body), 50)
        )
        passing.give(head + b"\r\n\r\n" + spoil(chunks + b"0\r\n\r\n"))

    return toxic


def garbage_first(passing: Passing) -> None:
    passing.give(b"\x00\xff garbage \r\n" + passing.fetch())


def empty_lines_first(passing: Passing) -> None:
    passing.give(b"\r\n\r\n" + passing.fetch())


def header_flood(passing: Passing) -> None:
    """Header after header, without an end."""
    passing.fetch()
    passing.give(b"HTTP/1.1 200 OK\r\n")
    for number in range(1_000_000):
        passing.stop.check()
        passing.give(b"X-%d: %b\r\n" % (number, b"x" * 1000))


def interim_flood(passing: Passing) -> None:
    """Answers that say that the answer comes, without an end."""
    passing.fetch()
    while True:
        passing.stop.check()
        passing.give(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)


def body_flood(passing: Passing) -> None:
    """A body without an end."""
    passing.fetch()
    passing.give(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        passing.stop.check()
        passing.give(bytes(100_000))


def duplicate_answer(passing: Passing) -> None:
    """The same answer again behind the first, as a broken cache does it."""
    answer = passing.fetch()
    passing.give(answer + answer)


def duplicate_request(passing: Passing) -> None:
    """The request reaches the server twice; the answer to the second is passed on."""
    request = passing.request()
    passing.ask(request)
    passing.give(passing.ask(request))


def half_closed(passing: Passing) -> None:
    """The proxy's half of the connection is closed, the client's stays open."""
    passing.request()
    passing.client.shutdown(socket.SHUT_WR)
    passing.hold()


def half_open(passing: Passing) -> None:
    """The other end is gone and nobody told: the answer's beginning came, nothing else ever does."""
    answer = passing.fetch()
    passing.give(answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
    passing.hold()


def request_cut(passing: Passing) -> None:
    """Half of the request reaches the server."""
    request = passing.request()
    passing.give(passing.ask(request[: len(request) // 2]))


def bits_flipped(passing: Passing) -> None:
    """The body is changed on its way."""
    head, _, body = passing.fetch().partition(b"\r\n\r\n")
    passing.give(head + b"\r\n\r\n" + bytes(byte ^ 0x55 for byte in body))
