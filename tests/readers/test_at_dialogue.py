"""Modules that answer AT commands: who they are is taken from two equal answers, whatever else they say."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing

import pytest

from gizqr_station.domain.device_failures import (
    DeviceSilent,
    DeviceSwapped,
    DeviceUnplugged,
    NoIdentitySaid,
    OnlyNoise,
    SaidOnlyOnce,
    SaidTwoIdentities,
)
from gizqr_station.domain.identity import Identity, Imei, MacAddress
from gizqr_station.domain.identity_failures import EmptyImei, LocallyAdministeredMac, WrongCheckDigit
from gizqr_station.domain.reader_profile import AtTalk
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers.at_dialogue import AtConversation
from gizqr_station.readers.profile_files import parse_profile
from gizqr_station.readers.simulated import SimulatedDevice, supported
from gizqr_station.readers.simulated_at import AtQuirk, PluggedAt
from tests.readers.talking import at_conversation, reader_of

IMEI = "866061038958554"
MAC = "18:fe:34:de:a6:00"
Beside = Callable[[Callable[[], object]], Future[object]]
QUICK_S = 0.15
ASKED = {b"AT", b"AT+CGSN=1", b"AT+CGSN", b"AT+GSN", b"AT+CIFSR", b"AT+CIPSTAMAC?", b"AT+CIPSTAMAC_CUR?"}


@pytest.fixture(scope="module")
def at_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    if not supported():
        pytest.skip("no pseudo-terminals here")
    program = (sys.executable, "-m", "gizqr_station.readers.simulated_at")
    with SimulatedDevice(tmp_path_factory.mktemp("bench") / "port", program) as device:
        yield device


@pytest.fixture
def bench(at_port: SimulatedDevice) -> Iterator[SimulatedDevice]:
    yield at_port
    at_port.unplug()


def read(bench: SimulatedDevice, talk: AtConversation) -> DeviceReading:
    with closing(reader_of(bench, talk)) as reader:
        return reader.read(Stop())


@pytest.mark.parametrize(
    "module",
    [
        PluggedAt(IMEI),
        PluggedAt(IMEI, echo=False),
        PluggedAt(IMEI, line_end="\n"),
        PluggedAt(IMEI, line_end="\r"),
        PluggedAt(IMEI, line_end="\r\r\n"),
        PluggedAt(IMEI, older=True),
        PluggedAt(IMEI, chatter_s=0.01),
        PluggedAt(IMEI, boots=True),
        PluggedAt(IMEI, errors_first=3),
        PluggedAt(IMEI, baud=115200),
    ],
    ids=["echo", "no echo", "LF", "CR", "CR CR LF", "older", "reports things", "boots", "errors first", "its rate"],
)
def test_the_imei_is_read_however_the_module_talks(bench: SimulatedDevice, module: PluggedAt) -> None:
    bench.plug(module)
    reading = read(bench, at_conversation("at-cgsn"))
    assert reading.identity == Imei(IMEI)
    assert reading.reader == "at-cgsn"
    assert IMEI.encode() in reading.evidence


@pytest.mark.parametrize("module", [PluggedAt(MAC, esp=True), PluggedAt(MAC, esp=True, older=True)])
def test_an_esps_station_mac_is_read_and_never_its_soft_aps(bench: SimulatedDevice, module: PluggedAt) -> None:
    bench.plug(module)
    assert read(bench, at_conversation("at-esp", local_macs=True)).identity == MacAddress("18fe34dea600")


def test_a_module_that_sleeps_is_asked_until_it_wakes(bench: SimulatedDevice) -> None:
    bench.plug(PluggedAt(IMEI, asleep_for=4))
    assert read(bench, at_conversation("at-cgsn", pause_s=0.3)).identity == Imei(IMEI)


def test_only_commands_of_the_profile_are_ever_sent(bench: SimulatedDevice) -> None:
    for module in (PluggedAt(IMEI, asleep_for=2, quirk=AtQuirk.ONLY_ERRORS), PluggedAt(MAC, esp=True)):
        bench.plug(module)
        for name in ("at-cgsn", "at-esp"):
            with contextlib.suppress(NoIdentitySaid):
                read(bench, at_conversation(name, pause_s=0.3, local_macs=True))
        bench.unplug()
    assert {event.payload for event in bench.events() if event.name == "received"} <= ASKED


@pytest.mark.parametrize(
    "command", ["AT+CGSN=866061038958554", "AT+RST", "ATZ", "AT&F", 'AT+CIPSTAMAC="18:fe:34:0:0:1"']
)
def test_a_conversation_that_could_change_a_module_is_not_even_made(command: str) -> None:
    talk = at_conversation("at-cgsn")._talk
    with pytest.raises(ValueError, match="AT"):
        AtConversation("own", AtTalk(talk.asks, wake=command))


@pytest.mark.parametrize(
    ("module", "failure"),
    [
        (PluggedAt("000000000000000"), EmptyImei),
        (PluggedAt(IMEI, quirk=AtQuirk.ZEROS_WITH_A_MARK), EmptyImei),
        (PluggedAt("866061038958555"), WrongCheckDigit),
        (PluggedAt(IMEI, quirk=AtQuirk.NEVER_THE_SAME), SaidTwoIdentities),
        (PluggedAt(IMEI, quirk=AtQuirk.FIRST_WRONG), SaidTwoIdentities),
        (PluggedAt(IMEI, quirk=AtQuirk.TWO_AT_ONCE), SaidTwoIdentities),
        (PluggedAt(IMEI, quirk=AtQuirk.ONCE), SaidOnlyOnce),
        (PluggedAt(IMEI, quirk=AtQuirk.NO_VALUE), NoIdentitySaid),
        (PluggedAt(IMEI, quirk=AtQuirk.ONLY_ERRORS), NoIdentitySaid),
        (PluggedAt(IMEI, quirk=AtQuirk.CUT), NoIdentitySaid),
        (PluggedAt(MAC, esp=True), NoIdentitySaid),
    ],
    ids=lambda value: value.quirk + value.identity[-6:] if isinstance(value, PluggedAt) else value.__name__,
)
def test_what_must_not_be_taken_is_named(bench: SimulatedDevice, module: PluggedAt, failure: type[Exception]) -> None:
    bench.plug(module)
    with pytest.raises(failure):
        read(bench, at_conversation("at-cgsn", pause_s=QUICK_S, tries=1))


def test_a_soft_ap_alone_is_nobody(bench: SimulatedDevice) -> None:
    bench.plug(PluggedAt("", esp=True, soft_ap=MAC))
    with pytest.raises(NoIdentitySaid):
        read(bench, at_conversation("at-esp", pause_s=QUICK_S, tries=1))


def test_a_local_mac_is_taken_only_where_the_product_has_such(bench: SimulatedDevice) -> None:
    local = PluggedAt("1a:fe:34:de:a6:00", esp=True, soft_ap="18:fe:34:de:a6:01")
    bench.plug(local)
    with pytest.raises(LocallyAdministeredMac):
        read(bench, at_conversation("at-esp"))
    assert read(bench, at_conversation("at-esp", local_macs=True)).identity == MacAddress("1afe34dea600")


def test_a_silent_module_and_a_noisy_one_are_told_apart(bench: SimulatedDevice) -> None:
    bench.plug(PluggedAt(IMEI, quirk=AtQuirk.SILENT))
    with pytest.raises(DeviceSilent):
        read(bench, at_conversation("at-cgsn", pause_s=QUICK_S, answer_timeout_s=0.4))
    bench.unplug()
    bench.plug(PluggedAt(IMEI, quirk=AtQuirk.NOISE))
    with pytest.raises(OnlyNoise) as noise:
        read(bench, at_conversation("at-cgsn", pause_s=QUICK_S, answer_timeout_s=0.4))
    assert noise.value.baud == 115200
    assert noise.value.bytes_seen > 0


def test_a_module_at_another_rate_is_never_understood(bench: SimulatedDevice) -> None:
    bench.plug(PluggedAt(IMEI, baud=9600, chatter_s=0.02))
    with pytest.raises(OnlyNoise):
        read(bench, at_conversation("at-cgsn", pause_s=QUICK_S, answer_timeout_s=0.4))


def test_another_module_behind_the_same_adapter_is_a_swap(bench: SimulatedDevice) -> None:
    bench.plug(PluggedAt(IMEI))
    with closing(reader_of(bench, at_conversation("at-cgsn"))) as reader:
        reading = reader.read(Stop())
        reader.read_again(reading, Stop())
        bench.swap(PluggedAt("861193040496508"))
        with pytest.raises(DeviceSwapped) as swapped:
            reader.read_again(reading, Stop())
    assert (swapped.value.expected, swapped.value.found) == (IMEI, "861193040496508")


def test_one_wrong_answer_before_printing_is_asked_about_again(bench: SimulatedDevice) -> None:
    bench.plug(PluggedAt(IMEI))
    with closing(reader_of(bench, at_conversation("at-cgsn"))) as reader:
        reading = reader.read(Stop())
        bench.swap(PluggedAt(IMEI, quirk=AtQuirk.FIRST_WRONG))
        with pytest.raises(SaidTwoIdentities):
            reader.read_again(reading, Stop())


@pytest.mark.parametrize("cut", [1, 2, 9, 17, 40, 60])
def test_unplugged_at_any_byte_it_says_so(bench: SimulatedDevice, cut: int) -> None:
    bench.plug(PluggedAt(IMEI, cut_after_bytes=cut))
    with pytest.raises(DeviceUnplugged):
        read(bench, at_conversation("at-cgsn"))


def test_stop_ends_it(bench: SimulatedDevice, beside: Beside) -> None:
    bench.plug(PluggedAt(IMEI, quirk=AtQuirk.SILENT))
    stop = Stop()
    with closing(reader_of(bench, at_conversation("at-cgsn"))) as reader:
        reading = beside(lambda: reader.read(stop))
        bench.wait_event("received")
        stop.set()
        with pytest.raises(Stopped):
            reading.result(5)


class Scripted:
    """A port on which chunks come one by one, those of each command behind one another."""

    port, baud = "COM3", 115200

    def __init__(self, wakes: list[bytes], answers: list[list[bytes]]) -> None:
        self._wakes = wakes
        self._answers = answers
        self._coming: list[bytes] = []

    def send(self, data: bytes) -> None:
        if data == b"AT\r\n":
            self._coming += self._wakes
        elif self._answers:
            self._coming += self._answers.pop(0)

    def receive(self) -> bytes:
        return self._coming.pop(0) if self._coming else b""


OTHER_IMEI = "861193040496508"
OK = b"\r\nOK\r\n"


def asked(line: Scripted) -> Identity:
    talk = at_conversation("at-cgsn", pause_s=0.05, tries=1)
    return talk.identity(line, Stop(), None)[0]  # type: ignore[arg-type]


def test_what_came_before_the_question_is_no_answer_to_it() -> None:
    stale = f"\r\n+CGSN: {OTHER_IMEI}\r\n".encode() + OK
    answer = [f"\r\n+CGSN: {IMEI}\r\n".encode() + OK]
    assert asked(Scripted([OK, stale, stale], [answer, answer])) == Imei(IMEI)


def test_half_a_line_from_before_the_question_does_not_begin_its_answer() -> None:
    with pytest.raises(NoIdentitySaid):
        asked(Scripted([OK, b"\r\n+CGSN: 8611930"], [[b"40496508\r\n" + OK]] * 8))


def test_an_answer_that_says_it_twice_says_it_once() -> None:
    answer = [f"\r\n+CGSN: {IMEI}\r\n\r\n+CGSN: {IMEI}\r\n".encode() + OK]
    with pytest.raises(SaidOnlyOnce):
        asked(Scripted([OK], [answer]))


def test_a_pattern_means_the_whole_line() -> None:
    profile = parse_profile(
        "own",
        "[title]\nen = 'Own'\n[at]\ntries = 1\npause_s = 0.05\n"
        "[[at.asks]]\nsend = 'AT+CGSN'\nanswer = '(?P<identity>\\d{15})'",
    )
    assert isinstance(profile.talk, AtTalk)
    longer = [f"\r\n{OTHER_IMEI}02\r\n".encode() + OK]
    with pytest.raises(NoIdentitySaid):
        AtConversation("own", profile.talk).identity(Scripted([OK], [longer] * 8), Stop(), None)  # type: ignore[arg-type]
