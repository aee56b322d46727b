"""Printers of a few lines, each a script for one connection, and the driver that is to cope with them."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import Asking, Patience, PrinterConfig
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.printing.dialogues.dialogue import Dialogue
from gizqr_station.printing.direct_printer import DirectPrinter, Pace
from gizqr_station.printing.languages.encoder import Encoder
from gizqr_station.printing.languages.zpl import ZplEncoder
from gizqr_station.printing.links.tcp import TcpConnector
from tests.labels.samples import MAC_FIELDS, PAINTER

SMALL = PAINTER.paint("25x25", 203, MAC_FIELDS)
# Noise does not compress: several hundred kilobytes, more than any buffer on the way holds.
LARGE = LabelImage(3200, 4000, 600, tuple(bytes((x * y * 7 + x * x) % 251 for x in range(400)) for y in range(4000)))


def config_at(port: int, host: str = "127.0.0.1", *, dpi: int = 203, **patience: float) -> PrinterConfig:
    """A printer that is not asked for its state."""
    address = PrinterAddress.parse(f"tcp://{host}:{port}")
    return PrinterConfig("bench", address, dpi=dpi, asking=Asking.NEVER, patience=Patience(**patience))


def _zpl(image: LabelImage) -> bytes:
    encoder = ZplEncoder(config_at(9100, dpi=image.dpi))
    return encoder.setup() + encoder.label(image, "17")


SMALL_ZPL, LARGE_ZPL = _zpl(SMALL), _zpl(LARGE)

Script = Callable[[socket.socket], object]


@contextmanager
def serving(script: Script, receive_buffer: int = 0) -> Iterator[int]:
    """A port that lets one script after another deal with its connections."""
    door = socket.socket()
    if receive_buffer:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    door.bind(("127.0.0.1", 0))
    door.listen()
    door.settimeout(0.05)
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                connection, _ = door.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(10)
                script(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield door.getsockname()[1]
    finally:
        ended.set()
        thread.join(timeout=15)
        door.close()
        assert not thread.is_alive()


def printer_at(
    port: int, host: str = "127.0.0.1", *, dpi: int = 203, settle_s: float = 1.0, **patience: float
) -> DirectPrinter:
    """Over TCP, in ZPL, never asked."""
    return driver(config_at(port, host, dpi=dpi, **patience), pace=Pace(settle_s=settle_s))


def driver(
    config: PrinterConfig, dialogue: Dialogue | None = None, encoder: Encoder | None = None, pace: Pace | None = None
) -> DirectPrinter:
    address = config.address
    connector = TcpConnector(config.name, address.host, address.port, connect_s=config.patience.connect_s)
    return DirectPrinter(config, connector, encoder or ZplEncoder(config), dialogue, pace=pace)


def read_all(connection: socket.socket) -> bytes:
    received = b""
    while part := connection.recv(65536):
        received += part
    return received


def read(connection: socket.socket, count: int) -> bytes:
    received = b""
    while len(received) < count:
        received += connection.recv(count - len(received))
    return received


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def closed_port() -> int:
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
