"""What the station says to a module, and when it believes the answer."""

import pytest

from gizqr_station.domain.device_failures import AnswerTooShort
from gizqr_station.domain.identity import IdentityKind, MacAddress
from gizqr_station.domain.identity_failures import MulticastMac, WrongKind
from gizqr_station.readers import mcu
from gizqr_station.readers.gagent_frames import Frame, FrameParser
from gizqr_station.readers.mcu import EqualAnswers, Mcu
from tests.readers.test_module_info import wifi

KEY = "2efc9e621cb34553b12edf7e63645864"
MAC = "00911f500047"


def said(wire: bytes | None) -> Frame:
    assert wire is not None
    (frame,) = FrameParser().feed(wire)
    return frame


def test_a_module_is_told_the_product_in_the_documented_form() -> None:
    frame = said(Mcu(KEY).answer(Frame(0x01, 0x2C)))
    assert (frame.command, frame.sequence, frame.flags, len(frame.payload)) == (0x02, 0x2C, 0, 74)
    assert frame.payload[:8] == b"00000004"
    assert frame.payload[32:64] == KEY.encode()
    assert frame.payload[:32].isdigit()
    assert frame.payload[64:] == bytes(10)


@pytest.mark.parametrize(("asked", "answered"), [(0x07, 0x08), (0x0D, 0x0E)])
def test_heartbeat_and_status_are_answered_with_their_sequence_and_nothing_else(asked: int, answered: int) -> None:
    assert said(Mcu(KEY).answer(Frame(asked, 0xFF, payload=b"\x00\x04"))) == Frame(answered, 0xFF)


def test_who_are_you_carries_the_byte_that_the_vendors_kit_sends() -> None:
    mcu = Mcu(KEY)
    sequence, wire = mcu.question()
    assert wire == bytes.fromhex(f"FF FF 00 06 21 {sequence:02x} 00 00 00 28")
    assert mcu.question()[0] != sequence


def test_who_are_you_can_be_the_bare_command_of_the_protocols_pages() -> None:
    sequence, wire = Mcu(KEY).question(bare=True)
    assert wire == bytes.fromhex(f"FF FF 00 05 21 {sequence:02x} 00 00 27")


def test_a_complaint_is_counted_and_not_answered() -> None:
    mcu = Mcu(KEY)
    assert mcu.answer(Frame(0x11, 1, payload=b"\x02")) is None
    assert mcu.illegal_packets == 1


def test_nothing_a_module_says_makes_the_station_say_anything_harmful() -> None:
    mcu = Mcu(KEY)
    answers = [mcu.answer(Frame(command, 1, payload=b"\0")) for command in range(256)]
    questions = [mcu.question()[1] for _ in range(300)]
    assert {said(wire).command for wire in (*answers, *questions) if wire} == {0x02, 0x08, 0x0E, 0x21}


@pytest.mark.parametrize("harmful", [0x0B, 0x0F, 0x13, 0x29])
def test_not_even_a_wrong_table_can_make_the_station_say_anything_harmful(
    harmful: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(mcu._ANSWERS, 0x07, harmful)
    with pytest.raises(ValueError, match=str(harmful)):
        Mcu(KEY).answer(Frame(0x07, 1))


@pytest.mark.parametrize("key", ["", KEY.upper(), KEY[:-1], KEY + "0", "g" * 32])
def test_a_malformed_product_key_is_never_told_to_a_module(key: str) -> None:
    with pytest.raises(ValueError, match="product key"):
        Mcu(key)


def asked(*sequences: int, known: str | None = None) -> EqualAnswers:
    answers = EqualAnswers("p", MacAddress(known) if known else None)
    for sequence in sequences:
        answers.asked(sequence)
    return answers


def answer(sequence: int, mac: str = MAC) -> Frame:
    return Frame(0x22, sequence, payload=wifi(mac))


def test_an_identity_counts_when_it_was_said_twice() -> None:
    answers = asked(1, 2)
    assert answers.take(answer(1)) is None
    assert answers.take(answer(2)) == MacAddress(MAC)


def test_two_different_answers_name_nobody() -> None:
    answers = asked(1, 2, 3, 4)
    assert [answers.take(answer(n, f"00911f50000{n}")) for n in (1, 2, 3)] == [None, None, None]
    assert answers.take(answer(4, "00911f500003")) == MacAddress("00911f500003")


def test_one_answer_that_comes_twice_is_one_answer() -> None:
    answers = asked(1, 2)
    assert [answers.take(answer(1)), answers.take(answer(1)), answers.taken] == [None, None, 1]


def test_an_answer_to_a_question_that_was_not_asked_counts_for_nothing() -> None:
    answers = asked(1, 2)
    assert [answers.take(answer(7)), answers.take(answer(8)), answers.taken] == [None, None, 0]


def test_another_command_with_the_right_sequence_counts_for_nothing() -> None:
    answers = asked(1, 2)
    for sequence in (1, 2):
        assert answers.take(Frame(0x20, sequence, payload=wifi(MAC))) is None
    assert answers.taken == 0


def test_a_refusal_has_to_be_said_twice_too() -> None:
    answers = asked(1, 2, 3)
    assert answers.take(answer(1, "01911f500047")) is None
    assert answers.take(Frame(0x22, 2, payload=b"\x09")) is None
    with pytest.raises(AnswerTooShort):
        answers.take(Frame(0x22, 3, payload=b"\x09"))
    answers = asked(1, 2)
    answers.take(answer(1, "01911f500047"))
    with pytest.raises(MulticastMac):
        answers.take(answer(2, "01911f500047"))


def test_another_kind_than_the_profile_names_is_refused_when_it_was_said_twice() -> None:
    answers = EqualAnswers("p", expects=IdentityKind.IMEI)
    for sequence in (1, 2):
        answers.asked(sequence)
    assert answers.take(answer(1)) is None
    with pytest.raises(WrongKind):
        answers.take(answer(2))


def test_a_local_mac_is_taken_where_somebody_allowed_it() -> None:
    answers = EqualAnswers("p", local_macs=True)
    for sequence in (1, 2):
        answers.asked(sequence)
    assert answers.take(answer(1, "02911f500047")) is None
    assert answers.take(answer(2, "02911f500047")) == MacAddress("02911f500047")


def test_who_is_known_says_it_once_and_anybody_else_twice() -> None:
    assert asked(1, known=MAC).take(answer(1)) == MacAddress(MAC)
    answers = asked(1, 2, known=MAC)
    assert answers.take(answer(1, "00911f500048")) is None
    assert answers.take(answer(2, "00911f500048")) == MacAddress("00911f500048")


def test_our_own_echo_is_not_a_module() -> None:
    answers = asked(1)
    answers.take(Frame(0x21, 1))
    assert answers.module_frames == 0
    answers.take(Frame(0x07, 1))
    assert answers.module_frames == 1
