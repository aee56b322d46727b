"""Reader profiles: the shipped ones are whole, and what is wrong with a file of the user's is said with its place."""

from pathlib import Path

import pytest

from gizqr_station.domain.device_failures import ProfileUnreadable, ReaderUnknown
from gizqr_station.domain.identity import IdentityKind
from gizqr_station.domain.reader_profile import AtTalk, EsptoolTalk, GagentTalk, LogTalk, Signal
from gizqr_station.readers.at_commands import is_harmless
from gizqr_station.readers.profile_files import LARGEST_FILE, ProfileShelf, load, parse_profile

OWN_AT = """
baud = 9600
expects = "imei"
[title]
en = "Mine"
[at]
wake = ""
line_end = "\\r"
tries = 2
pause_s = 1
[[at.asks]]
send = "AT+GSN"
answer = '(?P<identity>\\d{15})'
"""
OWN_LOG = """
[title]
en = "Mine"
zh_CN = "我的"
[log]
lines = ['MAC=(?P<identity>[0-9a-f]{12})']
reset = "rts"
"""
RATES = {
    "gagent": 9600,
    "gagent-115200": 115200,
    "at-cgsn": 115200,
    "at-esp": 115200,
    "log-st-board": 115200,
    "log-esp8266-gagent": 74880,
    "log-hf-lpb100": 57600,
    "log-hf-lpb120": 115200,
    "log-hf-lpt": 921600,
    "log-nb": 115200,
    "esptool": 115200,
}


def test_the_shipped_profiles_are_those_of_the_facts() -> None:
    assert {profile.name: profile.baud for profile in ProfileShelf().profiles()} == RATES


@pytest.mark.parametrize("name", RATES)
def test_each_shipped_profile_speaks_both_languages_and_only_asks(name: str) -> None:
    profile = ProfileShelf().profile(name)
    assert set(profile.title) == {"en", "zh_CN"}
    assert profile.notes.keys() in ({"en", "zh_CN"}, set())
    assert not profile.own
    if isinstance(profile.talk, AtTalk):
        assert all(is_harmless(ask.send) for ask in profile.talk.asks)


def test_the_commands_are_tried_in_the_order_of_the_facts() -> None:
    talk = ProfileShelf().profile("at-cgsn").talk
    assert isinstance(talk, AtTalk)
    assert [ask.send for ask in talk.asks] == ["AT+CGSN=1", "AT+CGSN", "AT+GSN"]


@pytest.mark.parametrize(
    ("line", "identity"),
    [
        ("+CGSN: 866061038958554", "866061038958554"),
        ("+CGSN:866061038958554", "866061038958554"),
        ('+CGSN: "866061038958554"', "866061038958554"),
        ("+CGSN: 000000000000000!", "000000000000000"),
        ("+CGSN: 866061038958554!", None),
        ("+CGSN: 8660610389585502", None),
        ("+CGSN: 86606103895855", None),
        ("866061038958554", None),
        ("+CIMI: 866061038958554", None),
    ],
)
def test_what_answers_the_first_question(line: str, identity: str | None) -> None:
    talk = ProfileShelf().profile("at-cgsn").talk
    assert isinstance(talk, AtTalk)
    found = talk.asks[0].answer.fullmatch(line)
    assert (found and found["identity"]) == identity


def test_a_file_says_all_of_a_profile(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(OWN_AT)
    profile = load(tmp_path / "mine.toml", own=True)
    assert (profile.name, profile.baud, profile.expects, profile.auto, profile.own) == (
        "mine",
        9600,
        IdentityKind.IMEI,
        True,
        True,
    )
    assert isinstance(profile.talk, AtTalk)
    assert (profile.talk.wake, profile.talk.line_end, profile.talk.tries, profile.talk.pause_s) == ("", "\r", 2, 1.0)
    log = parse_profile("log", OWN_LOG).talk
    assert isinstance(log, LogTalk)
    assert (log.reset, log.again_s) == (Signal.RTS, 20.0)
    assert isinstance(parse_profile("g", "[title]\nen='G'\n[gagent]").talk, GagentTalk)
    assert parse_profile("e", "[title]\nen='E'\n[esptool]\nbefore='no-reset'").talk == EsptoolTalk("no-reset")


def test_the_users_own_file_wins_by_name(tmp_path: Path) -> None:
    (tmp_path / "at-cgsn.toml").write_text(OWN_AT)
    shelf = ProfileShelf(tmp_path)
    assert shelf.profile("at-cgsn").own
    assert [profile.own for profile in shelf.profiles() if profile.name == "at-cgsn"] == [True]
    assert len(shelf.profiles()) == len(RATES)


def test_a_broken_file_is_told_and_hides_the_shipped_one_and_the_others_still_work(tmp_path: Path) -> None:
    (tmp_path / "at-cgsn.toml").write_text(OWN_AT.replace("tries = 2", "tries = 0"))
    (tmp_path / "mine.toml").write_text(OWN_LOG)
    shelf = ProfileShelf(tmp_path)
    assert {profile.name for profile in shelf.profiles()} == (RATES.keys() - {"at-cgsn"}) | {"mine"}
    [fault] = shelf.faults()
    assert fault.file == str(tmp_path / "at-cgsn.toml")
    assert fault.reason.startswith("at.tries: ")
    with pytest.raises(ProfileUnreadable):
        shelf.profile("at-cgsn")
    with pytest.raises(ReaderUnknown, match="mine"):
        shelf.profile("nobody")
    with pytest.raises(ReaderUnknown):
        shelf.profile("../mine")


def test_without_a_folder_of_the_users_there_are_the_shipped_ones(tmp_path: Path) -> None:
    assert len(ProfileShelf(tmp_path / "not there").profiles()) == len(RATES)
    assert ProfileShelf(tmp_path / "not there").faults() == ()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("baud = 9600", "baud = 12"), "baud: "),
        (("baud = 9600", "baud = '9600'"), "baud: "),
        (("baud = 9600", "bauds = 9600"), "bauds: is not a key"),
        (('expects = "imei"', 'expects = "uuid"'), "expects: "),
        (('en = "Mine"', 'fr = "Mine"'), "title.fr"),
        (('en = "Mine"', 'en = ""'), "title.en: "),
        (("pause_s = 1", "pause_s = 0"), "at.pause_s: "),
        (("pause_s = 1", "pause = 1"), "at.pause: is not a key"),
        (('line_end = "\\r"', 'line_end = ";"'), "at.line_end: "),
        (('wake = ""', 'wake = "ATZ"'), "at.wake: "),
        (('send = "AT+GSN"', 'send = "AT+RST"'), "at.asks[1].send: 'AT+RST' is not among"),
        (("(?P<identity>\\d{15})", "\\d{15}"), "at.asks[1].answer: needs one named group"),
        (("\\d{15}", "(?:\\d+)+"), "at.asks[1].answer: repetitions multiply"),
        (("[at]", "[gagent]\n[at]"), "needs exactly one"),
        (("[at]", "[at"), "Expected"),
    ],
)
def test_every_fault_is_said_with_its_place(change: tuple[str, str], place: str) -> None:
    assert change[0] in OWN_AT
    with pytest.raises(ProfileUnreadable) as fault:
        parse_profile("mine", OWN_AT.replace(*change))
    assert fault.value.reason.startswith(place)


def test_an_esp_chip_cannot_be_expected_to_have_an_imei() -> None:
    text = "expects = '{}'\n[title]\nen = 'E'\n[esptool]\n"
    assert parse_profile("e", text.format("mac")).expects is IdentityKind.MAC
    with pytest.raises(ProfileUnreadable) as fault:
        parse_profile("e", text.format("imei"))
    assert fault.value.reason.startswith("expects: ")


@pytest.mark.parametrize("name", ["auto", "Mine", "a b", "", "-a", "ä", "a" * 41])
def test_a_name_that_settings_could_not_say_is_refused(name: str) -> None:
    with pytest.raises(ProfileUnreadable, match="name"):
        parse_profile(name, OWN_LOG)


def test_a_file_that_is_no_text_or_too_large_is_told(tmp_path: Path) -> None:
    (tmp_path / "noise.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "large.toml").write_bytes(b"#" * (LARGEST_FILE + 1))
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "deep.toml").write_text("a = " + "[" * 5000)
    reasons = {Path(fault.file).name: fault.reason for fault in ProfileShelf(tmp_path).faults()}
    assert set(reasons) == {"noise.toml", "large.toml", "folder.toml", "deep.toml"}
    assert reasons["large.toml"] == "larger than 64 KiB"
