"""``read``: asks one device who it is."""

import argparse
import contextlib
import threading
from collections.abc import Iterator

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.device_failures import DeviceSilent, NoIdentitySaid, PortMissing
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.reader_profile import AUTO, AtTalk, GagentTalk
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.wire_text import WireBytes
from gizqr_station.places import DataFolder
from gizqr_station.workflows.device_ports import ClosableReader

GRACE_S = 0.2
"""The reader says best what it saw, so its own time-outs must end first."""
USUAL_S, PATIENT_S = 10.0, 60.0
"""A module answers at once; a log needs the device switched on twice, and auto tries one way after the other."""
MOST_KEPT = 1_000_000
"""Bytes of the wire that ``--log`` keeps, the last ones."""


class Heard:
    """What went over the wire, the last million bytes of it. Taken by the reader's thread, looked at afterwards."""

    def __init__(self) -> None:
        self.pieces: list[WireBytes] = []
        self.received = 0
        self._held = 0

    def take(self, piece: WireBytes) -> None:
        """As a Tap."""
        self.pieces.append(piece)
        self._held += len(piece.data)
        self.received += 0 if piece.sent else len(piece.data)
        while self._held > MOST_KEPT and len(self.pieces) > 1:
            self._held -= len(self.pieces.pop(0).data)


def read(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """One identity, or why there is none within the time."""
    heard = Heard()
    reader, timeout_s = _reader(arguments, folder, answer, heard)
    try:
        reading = _read(reader, arguments, timeout_s, heard, answer)
    except Failure:
        # The failure is the answer; a log that could not be written besides is only told.
        with _told(answer):
            _keep_log(arguments, heard, answer)
        raise
    _keep_log(arguments, heard, answer)
    answer.give(
        {
            "identity": str(reading.identity),
            "kind": reading.identity.kind.value,
            "readable": reading.identity.readable,
            "reader": reading.reader,
            "port": reading.port,
            "evidence": reading.evidence.hex(),
            "at": reading.at.isoformat(),
            "log": str(arguments.log) if arguments.log else None,
        },
        [f"{reading.identity.kind.value.upper()} {reading.identity.readable}  ({reading.reader})"],
    )
    return 0


def _reader(
    arguments: argparse.Namespace, folder: DataFolder, answer: Answer, heard: Heard
) -> tuple[ClosableReader, float]:
    """The reader that was asked for, and how long it may take; raises ReaderUnknown, ProfileUnreadable."""
    from gizqr_station import assembly
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    shelf = assembly.profile_shelf(folder)
    talk = None if arguments.reader == AUTO else shelf.profile(arguments.reader).talk
    timeout_s: float = arguments.timeout or (USUAL_S if isinstance(talk, GagentTalk | AtTalk) else PATIENT_S)
    product_key = arguments.product_key or settings.product.key
    if not product_key and (talk is None or isinstance(talk, GagentTalk)):
        answer.say("Without --product-key a module that asks for its product is told zeros, and adopts them.")
    try:
        config = SlotConfig(
            number=1,
            name="",
            port=PortName.parse(arguments.port),
            reader=arguments.reader,
            baud=arguments.baud,
            answer_s=min(5.0, timeout_s / 2),
        )
        reader = assembly.reader_for(
            config,
            product_key=product_key,
            local_macs=assembly.local_macs_allowed(settings),
            shelf=shelf,
            ports=assembly.machine_ports(),
            clock=assembly.SystemClock(),
            tap=heard.take,
        )
    except ValueError as fault:
        raise SettingInvalid("the command line", "--port", str(fault)) from fault
    except SettingInvalid as fault:
        raise SettingInvalid("the command line", "--port, --baud or --product-key", fault.reason) from fault
    return reader, timeout_s


def _read(
    reader: ClosableReader, arguments: argparse.Namespace, timeout_s: float, heard: Heard, answer: Answer
) -> DeviceReading:
    with stop_at_interrupt() as stop, _ended_after(timeout_s + GRACE_S, stop) as late:
        answer.say(f"Asking at {arguments.port} with {arguments.reader}, for {timeout_s:g} s at most; Ctrl+C ends it.")
        try:
            return reader.read(stop)
        except Stopped:
            if not late.is_set():
                raise
            if not reader.present():
                raise PortMissing(arguments.port) from None
            if heard.received:
                raise NoIdentitySaid(arguments.port, arguments.reader) from None
            raise DeviceSilent(arguments.port, timeout_s) from None
        finally:
            reader.close()


@contextlib.contextmanager
def _ended_after(seconds: float, stop: Stop) -> Iterator[threading.Event]:
    """Sets the Stop after so long; the event says that it was the time, and not a person."""
    late = threading.Event()

    def end() -> None:
        late.set()
        stop.set()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _keep_log(arguments: argparse.Namespace, heard: Heard, answer: Answer) -> None:
    from gizqr_station.assembly import SystemClock
    from gizqr_station.readers.wire_logs import keep_at

    if arguments.log is None:
        return
    now = SystemClock().now()
    keep_at(arguments.log, arguments.port, arguments.reader, tuple(heard.pieces), now, answer.secrets)
    answer.say(f"What went over the wire is in {arguments.log}.")


@contextlib.contextmanager
def _told(answer: Answer) -> Iterator[None]:
    from gizqr_station.wording import words_for

    try:
        yield
    except Failure as failure:
        answer.say(words_for(failure, answer.language).line.replace("\n", " "))
