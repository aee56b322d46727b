"""Of a log full of addresses only what stands beside the right words counts."""

import random

import pytest

from gizqr_station.domain.reader_profile import LogTalk
from gizqr_station.readers.boot_log import BootLog
from gizqr_station.readers.profile_files import ProfileShelf
from gizqr_station.readers.sayings import Terms
from gizqr_station.readers.simulated_boot_texts import LogFamily, boot_text
from tests.readers.boot_logs import ESP8266, FAMILIES, GAGENT, IMEIS, MAC, ST_BOARD


def picked(profile_name: str, log: bytes) -> set[str]:
    """All that a profile takes from a log, once or more often."""
    profile = ProfileShelf().profile(profile_name)
    assert isinstance(profile.talk, LogTalk)
    reads = BootLog(profile.talk, Terms(profile.expects))
    reads.feed(log)
    words = set()
    while (saying := reads.next()) is not None:
        words.add(saying.words)
    return words


@pytest.mark.parametrize(
    ("profile", "log", "identity"),
    [
        ("log-st-board", ST_BOARD, MAC),
        ("log-esp8266-gagent", ESP8266, "18fe349d8985"),
        ("log-esp8266-gagent", GAGENT, "accf232be530"),
        ("log-hf-lpb100", GAGENT, "accf232be530"),
    ],
)
def test_logs_that_were_seen_name_their_device(profile: str, log: bytes, identity: str) -> None:
    assert picked(profile, log) == {identity}


@pytest.mark.parametrize("profile", FAMILIES)
def test_of_hundred_logs_full_of_other_addresses_each_names_its_own_device(profile: str) -> None:
    for seed in range(100):
        chance = random.Random(seed)
        mac = f"{chance.choice(('18fe34', 'accf23', 'c47f51'))}{chance.getrandbits(24):06x}"
        identity = chance.choice(IMEIS) if FAMILIES[profile] is LogFamily.NB else mac
        log = boot_text(FAMILIES[profile], identity, chance)
        assert picked(profile, log) == {identity}, log.decode("latin-1")


@pytest.mark.parametrize("profile", FAMILIES)
def test_of_hundred_logs_of_devices_that_do_not_tell_none_names_anybody(profile: str) -> None:
    for seed in range(100):
        log = boot_text(FAMILIES[profile], "", random.Random(seed))
        assert picked(profile, log) == set(), log.decode("latin-1")


@pytest.mark.parametrize("profile", FAMILIES)
@pytest.mark.parametrize(
    "line",
    [
        b"BSSID: c4:7f:51:03:85:f7",
        b"AP MAC: c4:7f:51:03:85:f7",
        b"MAC: c4:7f:51:03:85:f7",
        b"gateway mac :c47f510385f7",
        b"GAgent AP mac :c47f510385f7",
        b"GAgent mac :c47f510385f7ab",
        b"GAgent mac :c47f510385f",
        b"mode : softAP(18:fe:34:9d:89:85)",
        b"mode : sta(18:fe:34:9d:89:85:00)",
        b"Retrieving the AP MAC address: c4:7f:51:03:85:f7",
        b"Retrieving the WiFi module MAC address: c4:7f:51:03:85:f7:00",
        b"station: c4:7f:51:03:85:f7 join, AID = 1",
        b"STA MAC: c4:7f:51:03:85:f7 joined",
        b"Bluetooth MAC: c4:7f:51:03:85:f7",
        b"IMSI: 866061038958554",
        b"IMEISV: 8660610389585502",
        b"peer IMEI: 866061038958554",
        b"IMEI: 8660610389585541",
        b"c4:7f:51:03:85:f7",
        b"866061038958554",
    ],
)
def test_words_that_are_nearly_right_name_nobody(profile: str, line: bytes) -> None:
    assert picked(profile, line + b"\r\n") == set()


def test_a_line_that_is_cut_at_any_byte_names_nobody_or_the_right_one() -> None:
    line = b"GAgent mac :accf232be530 Retrieving the WiFi module MAC address: accf232be530\r\n"
    for profile in FAMILIES:
        for cut in range(len(line)):
            assert picked(profile, line[:cut] + b"\r\n" + line[cut:]) <= {"accf232be530"}
            assert picked(profile, line[:cut] + b"\0" + line[cut + 1 :]) <= {"accf232be530"}


def test_a_line_that_says_it_twice_says_it_once() -> None:
    talk = ProfileShelf().profile("log-esp8266-gagent").talk
    assert isinstance(talk, LogTalk)
    log = BootLog(talk, Terms())
    log.feed(b"GAgent mac :18fe349d8985, mode : sta(18:fe:34:9d:89:85)\n")
    assert log.next() is not None
    assert log.next() is None


def test_a_log_without_an_end_is_not_kept() -> None:
    talk = ProfileShelf().profile("log-hf-lpt").talk
    assert isinstance(talk, LogTalk)
    log = BootLog(talk, Terms())
    for number in range(1000):
        log.feed(f"GAgent mac :accf23{number:06x} ".encode() * 20 + b"\n" + b"U" * 10_000 + b"\n")
        assert log.held <= 64 * 1024


def test_the_word_imei_names_a_cellular_device() -> None:
    assert picked("log-nb", b"IMEI: 866061038958554\n") == {"866061038958554"}
