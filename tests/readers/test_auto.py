"""What a port can be is tried in order, without harm, and what worked is remembered."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from gizqr_station.domain.device_failures import (
    DeviceSilent,
    DeviceSwapped,
    DeviceUnplugged,
    ModuleInfoUnsupported,
    NothingRecognised,
    ProfileUnreadable,
)
from gizqr_station.domain.identity import Imei, MacAddress
from gizqr_station.domain.identity_failures import LocallyAdministeredMac
from gizqr_station.domain.reader_profile import (
    AtTalk,
    EsptoolTalk,
    GagentTalk,
    LogTalk,
    ReaderProfile,
)
from gizqr_station.domain.slot import LeavesBy
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers import auto_reader
from gizqr_station.readers.at_dialogue import AtConversation
from gizqr_station.readers.auto_reader import AutoConversation
from gizqr_station.readers.boot_log import LogConversation
from gizqr_station.readers.conversation import Conversation
from gizqr_station.readers.gagent import GagentConversation
from gizqr_station.readers.port_reader import PortReader
from gizqr_station.readers.profile_files import ProfileShelf
from gizqr_station.readers.simulated import SimulatedDevice, supported
from gizqr_station.readers.simulated_at import PluggedAt
from gizqr_station.readers.simulated_log import PluggedLog
from gizqr_station.readers.simulated_module import Plugged, Quirk
from tests.readers.conftest import KEY
from tests.readers.talking import reader_of

Beside = Callable[[Callable[[], object]], Future[object]]
MAC = "00911f500047"
SHIPPED = ProfileShelf().profiles()


class Shelf:
    def __init__(self, *profiles: ReaderProfile) -> None:
        self._profiles = profiles

    def profiles(self) -> tuple[ReaderProfile, ...]:
        return self._profiles

    def faults(self) -> tuple[ProfileUnreadable, ...]:
        return ()


def conversation_for(profile: ReaderProfile) -> Conversation:
    match profile.talk:
        case GagentTalk():
            return GagentConversation(KEY, name=profile.name, answer_timeout_s=2.0, ask_every_s=0.1)
        case AtTalk() as talk:
            return AtConversation(profile.name, talk, expects=profile.expects, answer_timeout_s=2.0)
        case LogTalk() as talk:
            return LogConversation(profile.name, talk, expects=profile.expects)
        case EsptoolTalk():
            raise AssertionError("esptool is not installed in these tests")


def auto(*profiles: ReaderProfile, within_s: float = 30.0) -> AutoConversation:
    return AutoConversation(
        Shelf(*(profiles or SHIPPED)), conversation_for, within_s=within_s, esptool_installed=lambda: False
    )


def shipped(*names: str) -> tuple[ReaderProfile, ...]:
    return tuple(profile for profile in SHIPPED if profile.name in names)


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, SimulatedDevice]]:
    if not supported():
        pytest.skip("no pseudo-terminals here")
    import sys

    folder = tmp_path_factory.mktemp("auto")
    kinds = ("module", "at", "log")
    made = {
        kind: SimulatedDevice(folder / kind, (sys.executable, "-m", f"gizqr_station.readers.simulated_{kind}"))
        for kind in kinds
    }
    yield made
    for device in made.values():
        device.close()


@pytest.fixture
def module(benches: dict[str, SimulatedDevice]) -> Iterator[SimulatedDevice]:
    yield benches["module"]
    benches["module"].unplug()


@pytest.fixture
def modem(benches: dict[str, SimulatedDevice]) -> Iterator[SimulatedDevice]:
    yield benches["at"]
    benches["at"].unplug()


@pytest.fixture
def talker(benches: dict[str, SimulatedDevice]) -> Iterator[SimulatedDevice]:
    yield benches["log"]
    benches["log"].unplug()


@pytest.fixture
def read_by(stop: Stop) -> Iterator[Callable[..., PortReader]]:
    made: list[PortReader] = []

    def reader(bench: SimulatedDevice, talk: AutoConversation, leaves_by: LeavesBy = LeavesBy.PORT) -> PortReader:
        made.append(reader_of(bench, talk, baud=auto_reader.BAUD, leaves_by=leaves_by))
        return made[-1]

    yield reader
    for each in made:
        each.close()


Reading = Callable[..., PortReader]


@pytest.mark.parametrize(("baud", "name"), [(9600, "gagent"), (115200, "gagent-115200")])
def test_a_gagent_module_is_found_at_either_rate(
    module: SimulatedDevice, read_by: Reading, stop: Stop, baud: int, name: str
) -> None:
    module.plug(Plugged(MAC, baud=baud))
    reader = read_by(module, auto())
    reading = reader.read(stop)
    assert (reading.identity, reading.reader) == (MacAddress(MAC), name)
    reader.read_again(reading, stop)


def test_a_modem_is_found_and_the_next_one_is_asked_first_in_its_way(
    modem: SimulatedDevice, read_by: Reading, stop: Stop
) -> None:
    reader = read_by(modem, auto(*shipped("gagent", "at-cgsn")))
    modem.plug(PluggedAt("861193040496508", baud=115200))
    reading = reader.read(stop)
    assert (reading.identity, reading.reader) == (Imei("861193040496508"), "at-cgsn")
    reader.read_again(reading, stop)
    modem.swap(PluggedAt("490154203237518", baud=115200))
    with pytest.raises(DeviceSwapped):
        reader.read_again(reading, stop)
    modem.unplug()
    reader.wait_until_gone(stop)

    seen = len(modem.events())
    modem.plug(PluggedAt("490154203237518", baud=115200))
    assert reader.read(stop).identity == Imei("490154203237518")
    heard = [event.payload for event in modem.events()[seen:] if event.name == "received"]
    assert heard
    assert heard[0] == b"AT"


def test_an_esp_that_answers_at_is_found_behind_the_other_at_profile(
    modem: SimulatedDevice, read_by: Reading, stop: Stop
) -> None:
    modem.plug(PluggedAt("c4:7f:51:03:85:f7", esp=True, baud=115200))
    reading = read_by(modem, auto(*shipped("at-cgsn", "at-esp"))).read(stop)
    assert (reading.identity, reading.reader) == (MacAddress("c47f510385f7"), "at-esp")


def test_a_device_that_only_logs_is_found_by_its_log(talker: SimulatedDevice, read_by: Reading, stop: Stop) -> None:
    talker.plug(PluggedLog("c47f510385f7", boots=1000, boot_every_s=0.3, baud=115200))
    reader = read_by(talker, auto(*shipped("log-hf-lpb100", "log-hf-lpb120", "log-st-board")))
    reading = reader.read(stop)
    assert (reading.identity, reading.reader) == (MacAddress("c47f510385f7"), "log-st-board")
    reader.read_again(reading, stop)
    talker.unplug()
    reader.wait_until_gone(stop)
    # The next one is listened to at once, in the way that worked.
    talker.plug(PluggedLog("c47f510385f8", boots=20, boot_every_s=0.4, baud=115200))
    assert reader.read(stop).identity == MacAddress("c47f510385f8")


def test_silence_is_said_as_silence_and_logs_are_not_waited_for(
    module: SimulatedDevice, read_by: Reading, stop: Stop
) -> None:
    module.plug(Plugged(MAC, quirk=Quirk.SILENT))
    with pytest.raises(DeviceSilent):
        read_by(module, auto(*shipped("log-st-board", "gagent"))).read(stop)


def test_what_nobody_understands_names_what_was_tried(module: SimulatedDevice, read_by: Reading, stop: Stop) -> None:
    module.plug(Plugged(MAC, quirk=Quirk.NOISE))
    with pytest.raises(NothingRecognised) as caught:
        read_by(module, auto(*shipped("log-st-board", "gagent", "esptool"))).read(stop)
    assert caught.value.tried == "gagent, log-st-board"


def test_all_of_it_ends_in_time(module: SimulatedDevice, read_by: Reading, stop: Stop) -> None:
    module.plug(Plugged(MAC, quirk=Quirk.NOISE))
    with pytest.raises(NothingRecognised) as caught:
        read_by(module, auto(within_s=0.7)).read(stop)
    assert caught.value.tried == "gagent"


def test_what_was_understood_but_said_no_identity_is_said(
    module: SimulatedDevice, read_by: Reading, stop: Stop
) -> None:
    module.plug(Plugged(MAC, quirk=Quirk.MUTE_21))
    with pytest.raises(ModuleInfoUnsupported):
        read_by(module, auto(*shipped("gagent"))).read(stop)


def test_an_identity_that_must_not_be_labelled_is_refused_by_name(
    module: SimulatedDevice, read_by: Reading, stop: Stop
) -> None:
    module.plug(Plugged("02911f500047"))
    with pytest.raises(LocallyAdministeredMac):
        read_by(module, auto()).read(stop)


def test_stop_and_unplugging_end_it(module: SimulatedDevice, read_by: Reading, stop: Stop, beside: Beside) -> None:
    own_stop = Stop()
    reader = read_by(module, auto())
    module.plug(Plugged(MAC, quirk=Quirk.SILENT))
    reading = beside(lambda: reader.read(own_stop))
    with pytest.raises(TimeoutError):
        reading.result(0.6)
    own_stop.set()
    with pytest.raises(Stopped):
        reading.result(2)
    reading = beside(lambda: reader.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.6)
    module.unplug()
    with pytest.raises(DeviceUnplugged):
        reading.result(2)


def test_in_a_jig_it_finds_out_who_came_and_that_they_left(
    module: SimulatedDevice, read_by: Reading, stop: Stop, beside: Beside
) -> None:
    module.plug(Plugged(MAC, quirk=Quirk.SILENT))
    reader = read_by(module, auto(*shipped("gagent", "gagent-115200")), LeavesBy.SILENCE)
    reading = beside(lambda: reader.read(stop))
    with pytest.raises(TimeoutError):
        reading.result(0.8)
    module.swap(Plugged(MAC, baud=115200))
    found = reading.result(20)
    assert getattr(found, "reader", None) == "gagent-115200"
    gone = beside(lambda: reader.wait_until_gone(stop))
    module.swap(Plugged(MAC, quirk=Quirk.SILENT))
    gone.result(10)
    assert not reader.present()


def test_nothing_harmful_was_ever_said(module: SimulatedDevice) -> None:
    assert module.commands_received <= {0x02, 0x08, 0x0E, 0x21}


def test_before_anybody_was_understood_it_is_called_auto(tmp_path: Path) -> None:
    assert auto().name == "auto"
