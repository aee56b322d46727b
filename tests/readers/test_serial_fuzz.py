"""A million bytes that name nobody: noise, cut frames, other rates, lines without an end. None of it names anybody."""

import functools
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise, permutations

import pytest

from gizqr_station.domain.device_failures import ModuleInfoUnsupported, NoIdentitySaid, OnlyNoise
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.reader_profile import AtTalk, LogTalk
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.at_dialogue import final_of
from gizqr_station.readers.boot_log import BootLog
from gizqr_station.readers.code_bytes import CodeBytes
from gizqr_station.readers.conversation import Conversation
from gizqr_station.readers.esptool_run import macs_in
from gizqr_station.readers.gagent import GagentConversation
from gizqr_station.readers.gagent_frames import FrameParser
from gizqr_station.readers.mcu import EqualAnswers
from gizqr_station.readers.profile_files import ProfileShelf
from gizqr_station.readers.sayings import Terms, TwiceSaid
from gizqr_station.readers.simulated import SimulatedDevice, supported
from gizqr_station.readers.simulated_boot_texts import LogFamily, boot_text
from gizqr_station.readers.simulated_log import PluggedLog
from gizqr_station.readers.simulated_wire import heard_at_another_rate, wire_frame
from gizqr_station.readers.text_lines import LineAssembler, text_of
from tests.readers.conftest import KEY
from tests.readers.talking import at_conversation, log_conversation, reader_of

A_MILLION = 1_000_000
MOST_HELD = 64 * 1024
LINE_BYTES = 10 * 1024 * 1024
MAC, IMEI = "accf232be530", "866061038958554"
RATES = (9600, 57600, 74880, 115200, 921600)


def gagent_frames() -> list[bytes]:
    """Answers who a Wi-Fi and a cellular module are, and what they say besides."""
    versions = b"00000004" + b"00000001" + b"04020034"
    wifi = b"\x01" + versions + MAC.encode().ljust(16, b"\0") + b"192.168.1.20".ljust(16, b"\0") + bytes(8)
    cellular = b"\x02" + versions + bytes(8) + IMEI.encode().ljust(16, b"\0") + bytes(16) + bytes(16) + b"\0\x05"
    return [
        wire_frame(0x22, 7, wifi),
        wire_frame(0x22, 7, cellular),
        bytes.fromhex("FFFF00070D010000000419"),
        bytes.fromhex("FFFF0005010200000 8".replace(" ", "")),
    ]


def at_answers() -> list[bytes]:
    mac = ":".join(MAC[at : at + 2] for at in range(0, 12, 2))
    return [
        f"AT+CGSN=1\r\r\n+CGSN: {IMEI}\r\n\r\nOK\r\n".encode(),
        f"\r\n{IMEI}\r\n\r\nOK\r\n".encode(),
        f'+CIFSR:STAMAC,"{mac}"\r\n\r\nOK\r\n+CIPSTAMAC:"{mac}"\r\n\r\nOK\r\n'.encode(),
        f"MAC: {mac}\nBASE MAC:           {mac}\n".encode(),
    ]


def captures(chance: random.Random) -> list[bytes]:
    """What devices say, whole."""
    logs = [boot_text(family, IMEI if family is LogFamily.NB else MAC, chance) for family in LogFamily]
    return [*gagent_frames(), *at_answers(), *logs]


def noise(chance: random.Random) -> bytes:
    return chance.randbytes(4096)


def printable_noise(chance: random.Random) -> bytes:
    return bytes(chance.choices(b'0123456789abcdefABCDEF:-.\r\n "+,CGSNMACTOK=?\xff\x55\x00', k=4096))


def zeros_and_ones(chance: random.Random) -> bytes:
    return bytes(chance.choice((0, 0xFF, 0x55, 0x0A)) for _ in range(8)) * 512


def cut_frames(chance: random.Random) -> bytes:
    """Each is cut in front of, or inside, the identity that it would have named."""
    cut = b""
    while len(cut) < 4096:
        whole = chance.choice(captures(chance))
        named = [whole.lower().find(word) for word in _ways_to_write()]
        ends = min(at for at in named if at >= 0) + 11 if max(named) >= 0 else len(whole) - 1
        cut += whole[: chance.randrange(1, ends)] + chance.choice((b"\r\n", b"\0", b"\xff\xff", b"\xff\xff\x00\x05"))
    return cut


@functools.cache
def resampled() -> bytes:
    """Everything that devices say, at each pair of rates."""
    chance = random.Random(3)
    pairs = permutations(RATES, 2)
    return b"".join(heard_at_another_rate(b"".join(captures(chance)), *pair) for pair in pairs)


def another_rate(chance: random.Random) -> bytes:
    start = chance.randrange(len(resampled()) - 4096)
    return resampled()[start : start + 4096]


def _ways_to_write() -> list[bytes]:
    return [MAC.encode(), ":".join(MAC[at : at + 2] for at in range(0, 12, 2)).encode(), IMEI.encode()]


KINDS: tuple[Callable[[random.Random], bytes], ...] = (
    noise,
    printable_noise,
    zeros_and_ones,
    cut_frames,
    another_rate,
)


def fuzz(total: int, seed: int = 1) -> Iterator[bytes]:
    """So many bytes, in pieces of every size that a port gives out."""
    chance = random.Random(seed)
    given, at = 0, 0
    while given < total:
        data = KINDS[at % len(KINDS)](chance)[: total - given]
        at += 1
        given += len(data)
        edges = sorted({0, len(data), *(chance.randrange(len(data) + 1) for _ in range(chance.randrange(6)))})
        yield from (data[start:end] for start, end in pairwise(edges))


@pytest.fixture(scope="module")
def a_million() -> list[bytes]:
    pieces = [*fuzz(A_MILLION), b"U" * LINE_BYTES, b"\n"]
    assert sum(map(len, pieces)) == A_MILLION + LINE_BYTES + 1
    return pieces


def test_no_frame_of_it_names_a_module(a_million: list[bytes]) -> None:
    parser, answers = FrameParser(), EqualAnswers("COM3")
    named: list[Identity] = []
    for piece in a_million:
        # Bytes that are no mark are passed over one by one; ten megabytes of them are tried in a piece.
        for frame in parser.feed(piece[:MOST_HELD]):
            for sequence in range(256):
                answers.asked(sequence)
            try:
                identity = answers.take(frame)
            except Failure:
                continue
            named += [identity] if identity else []
        assert parser.held <= MOST_HELD
    assert not named


@pytest.mark.parametrize("name", ["at-cgsn", "at-esp"])
def test_no_answer_in_it_names_a_module(a_million: list[bytes], name: str) -> None:
    profile = ProfileShelf().profile(name)
    assert isinstance(profile.talk, AtTalk)
    assembler, terms, lines = LineAssembler(), Terms(profile.expects), 0
    said = [TwiceSaid("COM3") for _ in profile.talk.asks]
    for piece in a_million:
        for line in assembler.feed(piece):
            lines += 1
            final_of(text_of(line))
            for ask, twice in zip(profile.talk.asks, said, strict=True):
                match = ask.answer.fullmatch(text_of(line).strip())
                if match:
                    saying = terms.saying(match["identity"], line)
                    assert saying.identity is None
                    twice.take(saying)
        assert assembler.held <= MOST_HELD
    assert lines > 5000


@pytest.mark.parametrize("name", ["log-st-board", "log-esp8266-gagent", "log-hf-lpt", "log-nb"])
def test_no_line_in_it_names_a_device(a_million: list[bytes], name: str) -> None:
    profile = ProfileShelf().profile(name)
    assert isinstance(profile.talk, LogTalk)
    log, named = BootLog(profile.talk, Terms(profile.expects)), []
    for piece in a_million:
        log.feed(piece)
        assert log.held <= MOST_HELD
        while (saying := log.next()) is not None:
            named += [saying] if saying.identity else []
    assert not named


def test_the_same_captures_whole_do_name_their_devices() -> None:
    """So that it is the cutting, and not the words, that names nobody above."""
    whole = b"".join(captures(random.Random(1)))
    frames, answers = FrameParser().feed(whole), EqualAnswers("COM3")
    for _ in range(2):
        answers.asked(7)
        named = answers.take(next(frame for frame in frames if frame.command == 0x22))
    assert str(named) == MAC
    for name, identity in (("log-st-board", MAC), ("log-esp8266-gagent", MAC), ("log-hf-lpt", MAC), ("log-nb", IMEI)):
        talk = ProfileShelf().profile(name).talk
        assert isinstance(talk, LogTalk)
        log = BootLog(talk, Terms())
        log.feed(whole)
        first = log.next()
        assert first is not None
        assert first.words == identity
    assert macs_in(whole.decode("utf-8", errors="replace")) == (":".join(MAC[at : at + 2] for at in range(0, 12, 2)),)
    lines = [text_of(line) for line in LineAssembler().feed(whole)]
    for name, matches in (("at-cgsn", 2), ("at-esp", 2)):
        asks = ProfileShelf().profile(name).talk
        assert isinstance(asks, AtTalk)
        assert sum(any(ask.answer.fullmatch(line) for ask in asks.asks) for line in lines) == matches


def test_nothing_in_it_is_taken_for_esptools_words(a_million: list[bytes]) -> None:
    printed = b"".join(a_million[:-2]).decode("utf-8", errors="replace")
    assert macs_in(printed) == ()


def test_a_scanner_port_holds_little_of_it(a_million: list[bytes]) -> None:
    codes = CodeBytes()
    for piece in a_million:
        codes.feed(piece)
        assert codes.held <= MOST_HELD


class Flood:
    """A port where the bytes never end."""

    port, baud = "COM3", 115200

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self.sent: list[bytes] = []
        self.taken = 0

    def receive(self) -> bytes:
        piece = self._pieces[self.taken % len(self._pieces)][:4096]
        self.taken += 1
        return piece

    def send(self, data: bytes) -> None:
        self.sent.append(data)

    def pulse(self, *_: object) -> None:
        pass


CONVERSATIONS: dict[str, Callable[[], Conversation]] = {
    "gagent": lambda: GagentConversation(KEY, answer_timeout_s=0.2, ask_every_s=0.1),
    "at-cgsn": lambda: at_conversation("at-cgsn", pause_s=0.05, tries=1, answer_timeout_s=0.2),
    "log-st-board": lambda: log_conversation("log-st-board", again_s=0.3),
}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_each_conversation_ends_in_it_and_says_so(a_million: list[bytes], name: str) -> None:
    flood = Flood(a_million[:-2])
    talk = CONVERSATIONS[name]()
    with pytest.raises((OnlyNoise, NoIdentitySaid, ModuleInfoUnsupported)):
        talk.identity(flood, Stop(), None)  # type: ignore[arg-type]
    assert flood.taken > 10
    talk.answers(flood, Stop(), 0.1)  # type: ignore[arg-type]
    talk.attend(flood, a_million[0])  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    if not supported():
        pytest.skip("no pseudo-terminals here")
    program = (sys.executable, "-m", "gizqr_station.readers.simulated_log")
    with SimulatedDevice(tmp_path_factory.mktemp("bench") / "port", program) as device:
        device.plug(PluggedLog("", boots=0, noise_bytes=A_MILLION))
        yield device


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_noise_that_comes_over_a_port_names_nobody(bench: SimulatedDevice, name: str) -> None:
    with closing(reader_of(bench, CONVERSATIONS[name]())) as reader, pytest.raises((OnlyNoise, ModuleInfoUnsupported)):
        reader.read(Stop())
