"""A printer's ear as a program of its own, so that it takes no time from the station that is measured.

``python -m tests.benchmarks.printer_ear [--answers]`` announces its port and ends when its input is closed. With
``--answers`` it says how it is and counts its labels, as a printer does that is infinitely fast.
"""

import os
import re
import selectors
import socket
import sys

STATUS = b"\x02030,0,0,0240,000,0,0,0,000,0,0,0\x03\r\n\x02001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
_ASKED = re.compile(rb"~HS|! U1 getvar \"odometer\.total_label_count\"\r\n|\^PQ1\^XZ")
_LONGEST = 60


def main() -> int:
    answers = "--answers" in sys.argv
    door = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{door.getsockname()[1]}\n")
    sys.stdout.flush()
    labels = 0
    with selectors.DefaultSelector() as selector:
        selector.register(door, selectors.EVENT_READ)
        selector.register(sys.stdin, selectors.EVENT_READ)
        left: dict[socket.socket, bytes] = {}
        while True:
            for key, _ in selector.select():
                if key.fileobj is sys.stdin:
                    if not os.read(0, 1):
                        return 0
                    sys.stdout.write(f"{labels}\n")
                    sys.stdout.flush()
                elif key.fileobj is door:
                    connection, _ = door.accept()
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    selector.register(connection, selectors.EVENT_READ)
                    left[connection] = b""
                else:
                    connection = key.fileobj  # type: ignore[assignment]
                    came = _received(connection)
                    if not came:
                        selector.unregister(connection)
                        del left[connection]
                        connection.close()
                        continue
                    heard, ends = left[connection] + came, 0
                    for asked in _ASKED.finditer(heard):
                        ends = asked.end()
                        if asked.group().startswith(b"^"):
                            labels += 1
                        elif answers:
                            connection.send(STATUS if asked.group() == b"~HS" else b'"%d"' % labels)
                    left[connection] = heard[ends:][-_LONGEST:]


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except OSError:
        return b""


if __name__ == "__main__":
    sys.exit(main())
