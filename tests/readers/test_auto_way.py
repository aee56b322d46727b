"""What auto may try unasked, and logs that are listened to together."""

import pytest

from gizqr_station.domain.device_failures import ProfileUnreadable, SaidTwoIdentities
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.reader_profile import AtTalk, EsptoolTalk, GagentTalk, LogTalk, ReaderProfile, Signal
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.auto_reader import AutoConversation
from gizqr_station.readers.auto_way import Way, overheard
from gizqr_station.readers.boot_log import LogConversation
from gizqr_station.readers.conversation import Conversation
from gizqr_station.readers.gagent import GagentConversation
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.profile_files import ProfileShelf
from gizqr_station.readers.serial_line import SerialLine, open_line
from tests.readers.conftest import KEY

MAC = "00911f500047"
SHIPPED = ProfileShelf().profiles()


class Shelf:
    def __init__(self, *profiles: ReaderProfile) -> None:
        self._profiles = profiles

    def profiles(self) -> tuple[ReaderProfile, ...]:
        return self._profiles

    def faults(self) -> tuple[ProfileUnreadable, ...]:
        return ()


def test_two_logs_that_name_different_devices_name_nobody(stop: Stop) -> None:
    line = opened_loop()
    ways = [Way(profile, Sure(mac)) for profile, mac in zip(SHIPPED, (MAC, "00911f500048"), strict=False)]
    for agreed in (ways[:1], [ways[0], ways[0]]):
        found = overheard(agreed, line, stop, b"text")
        assert found is not None
        assert found.identity == MacAddress(MAC)
    assert overheard(ways, line, stop, b"") is None
    with pytest.raises(SaidTwoIdentities):
        overheard(ways, line, stop, b"text")
    line.close()


def opened_loop() -> SerialLine:
    return open_line(PortAt.of("loop://"), 9600)


class Sure(LogConversation):
    """Is sure of somebody at once."""

    def __init__(self, mac: str) -> None:
        super().__init__("log", LogTalk(()))
        self._mac = mac

    def identity(self, *_: object) -> tuple[MacAddress, bytes]:
        return MacAddress(self._mac), b""


def test_unasked_no_reset_line_is_pulled_and_esptool_comes_last_without_a_reset() -> None:
    made: list[ReaderProfile] = []

    def noted(profile: ReaderProfile) -> Conversation:
        made.append(profile)
        return GagentConversation(KEY)

    resets = LogTalk((), reset=Signal.RTS)
    shelf = Shelf(
        ReaderProfile("chip", {}, EsptoolTalk()),
        ReaderProfile("log", {}, resets),
        ReaderProfile("not-by-itself", {}, AtTalk(()), auto=False),
        ReaderProfile("gagent", {}, GagentTalk()),
    )
    AutoConversation(shelf, noted, esptool_installed=lambda: True)._known_ways()
    assert [profile.name for profile in made] == ["gagent", "log", "chip"]
    assert made[1].talk == LogTalk((), reset=Signal.NONE)
    assert made[2].talk == EsptoolTalk("no-reset", "no-reset")
    made.clear()
    AutoConversation(shelf, noted, esptool_installed=lambda: False)._known_ways()
    assert [profile.name for profile in made] == ["gagent", "log"]


class Scripted(GagentConversation):
    """Is understood at once, and says this."""

    def __init__(self, said: MacAddress | SaidTwoIdentities) -> None:
        super().__init__(KEY)
        self._says = said

    def answers(self, *_: object) -> bool:
        return True

    def identity(self, *_: object) -> tuple[MacAddress, bytes]:
        if isinstance(self._says, SaidTwoIdentities):
            raise self._says
        return self._says, b""


def test_a_device_that_said_two_identities_is_not_taken_for_what_a_later_way_makes_of_it(stop: Stop) -> None:
    line = opened_loop()
    said = {"gagent": Scripted(SaidTwoIdentities("p", MAC, "00911f500048")), "at-esp": Scripted(MacAddress(MAC))}
    profiles = [profile for profile in SHIPPED if profile.name in said]
    auto = AutoConversation(Shelf(*profiles), lambda profile: said[profile.name])
    for _ in range(2):
        with pytest.raises(SaidTwoIdentities):
            auto.identity(line, stop, None)
    line.close()


def test_a_profile_that_cannot_be_made_is_left_out_and_the_others_are_tried() -> None:
    def made(profile: ReaderProfile) -> Conversation:
        if profile.name == "mine":
            raise ProfileUnreadable("mine.toml", "expects")
        return GagentConversation(KEY)

    shelf = Shelf(ReaderProfile("mine", {}, GagentTalk()), ReaderProfile("gagent", {}, GagentTalk()))
    ways = AutoConversation(shelf, made, esptool_installed=lambda: False)._known_ways()
    assert [way.profile.name for way in ways] == ["gagent"]


def test_in_a_jig_no_log_is_tried_for_a_device_that_has_booted_seems_gone() -> None:
    shelf = Shelf(ReaderProfile("log", {}, LogTalk(())), ReaderProfile("gagent", {}, GagentTalk()))
    ways = AutoConversation(shelf, lambda _: GagentConversation(KEY), in_jig=True)._known_ways()
    assert [way.profile.name for way in ways] == ["gagent"]
