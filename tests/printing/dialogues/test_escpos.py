"""``DLE EOT`` and ``GS r``: bits from the manuals, and telling one answer from another."""

import pytest

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.dialogues import escpos
from gizqr_station.printing.dialogues.conditions import Condition
from gizqr_station.printing.dialogues.dialogue import Proof
from gizqr_station.printing.dialogues.escpos import (
    ERROR,
    OFFLINE_CAUSE,
    PAPER,
    PRINTER,
    EscPosDialogue,
    parse_states,
    sort_heard,
)
from tests.printing.dialogues.scripted_link import ScriptedLink

FINE = {PRINTER: 0x12, OFFLINE_CAUSE: 0x12, ERROR: 0x12, PAPER: 0x12}
IN_TURN = b"\x00"


@pytest.mark.parametrize(
    ("number", "state", "condition"),
    [
        (PRINTER, 0x1A, Condition.OFFLINE),
        (OFFLINE_CAUSE, 0x16, Condition.COVER_OPEN),
        (OFFLINE_CAUSE, 0x32, Condition.MEDIA_OUT),
        (OFFLINE_CAUSE, 0x52, Condition.FAULT),
        (ERROR, 0x16, Condition.FAULT),
        (ERROR, 0x1A, Condition.FAULT),
        (ERROR, 0x32, Condition.FAULT),
        (ERROR, 0x52, Condition.HOT),
        (PAPER, 0x72, Condition.MEDIA_OUT),
    ],
)
def test_each_bit_is_a_condition(number: int, state: int, condition: Condition) -> None:
    assert parse_states({**FINE, number: state}).conditions == {condition}


def test_off_line_with_a_cause_is_the_cause() -> None:
    answer = parse_states({**FINE, PRINTER: 0x1A, OFFLINE_CAUSE: 0x16})
    assert answer.conditions == {Condition.COVER_OPEN}


def test_a_near_end_is_a_warning_and_a_fed_line_nothing() -> None:
    assert parse_states({**FINE, PAPER: 0x1E}).low
    assert parse_states({**FINE, PAPER: 0x1E}).conditions == frozenset()
    assert parse_states({**FINE, OFFLINE_CAUSE: 0x1A}).conditions == frozenset()


def test_a_fault_is_named_and_the_codes_are_kept() -> None:
    answer = parse_states({**FINE, ERROR: 0x1A})
    assert (answer.trouble, answer.said) == ("cutter", "1:12 2:12 3:1a 4:12")


def test_answers_are_told_apart_by_their_fixed_bits() -> None:
    heard = sort_heard(b"\x12\x00\x1e\x0c\x16")
    assert heard.now == (0x12, 0x1E, 0x16)
    assert heard.in_turn == (0x00, 0x0C)
    assert heard.understood


def test_what_the_printer_sends_by_itself_is_no_answer() -> None:
    # Automatic status back: 0xx1xx00 and three more; and flow control.
    assert sort_heard(b"\x10\x00\x0c\x0f").in_turn == ()
    assert sort_heard(b"\x14\x00\x00\x00\x00").in_turn == (0x00,)
    assert sort_heard(b"\x13\x11\x00") == sort_heard(b"\x00")
    assert sort_heard(b"\x10\x00\x12\x00\x00\x00").in_turn == (0x00,)


def test_noise_is_not_understood() -> None:
    assert not sort_heard(b"\x00\xff").understood


class Receipt:
    """Answers DLE EOT by a table, and GS r when it is ready to, on the so-many-th occasion."""

    def __init__(self, states: dict[int, int] | None = None, in_turn: bytes = IN_TURN, after: int = 2) -> None:
        self.states = FINE if states is None else states
        self.in_turn, self.after = in_turn, after

    def __call__(self, query: bytes) -> bytes:
        said = b""
        if query[:2] == b"\x10\x04" and query[2] in self.states:
            said = bytes([self.states[query[2]]])
        self.after -= 1
        return said + self.in_turn if self.after == 0 else said


def proof(receipt: Receipt, dialogue: EscPosDialogue | None = None, *, within_s: float = 0.2) -> Proof:
    dialogue = dialogue or EscPosDialogue()
    assert dialogue.wrap(b"label") == b"label\x1dr\x01"
    return dialogue.evidence(ScriptedLink(receipt), within_s, Stop(), same_link=True).proof


def test_an_answer_in_its_turn_with_paper_present_is_proof() -> None:
    assert proof(Receipt()) is Proof.PRINTED
    assert proof(Receipt(in_turn=b"\x03")) is Proof.PRINTED


@pytest.mark.parametrize("occasion", [1, 2, 3, 4])
def test_the_answer_is_not_lost_among_others_whenever_it_comes(occasion: int) -> None:
    assert proof(Receipt(after=occasion), within_s=5.0) is Proof.PRINTED


@pytest.mark.parametrize("in_turn", [b"\x0c", b"\x04", b"\x00\x00", b"\xff\x00", b"\x10\x00\x00\x00", b"\x11", b""])
def test_anything_else_is_no_proof(in_turn: bytes) -> None:
    assert proof(Receipt(in_turn=in_turn)) is not Proof.PRINTED


def test_a_fault_instead_of_the_answer_is_a_fault() -> None:
    assert proof(Receipt({**FINE, OFFLINE_CAUSE: 0x32, PAPER: 0x72}, after=-1)) is Proof.FAULT


def test_a_printer_that_never_answers_in_turn_can_only_be_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escpos, "FIRST_WAIT_S", 0.1)
    assert proof(Receipt(after=-1), within_s=60.0) is Proof.NOTHING_WRONG


def test_one_that_did_before_and_now_does_not_is_missed() -> None:
    dialogue = EscPosDialogue()
    assert proof(Receipt(), dialogue) is Proof.PRINTED
    assert proof(Receipt(after=-1), dialogue) is Proof.MISSING


def test_silence_after_the_label_is_said_to_be_silence() -> None:
    assert proof(Receipt({}, after=-1)) is Proof.SILENT


def test_an_answer_after_a_label_that_got_none_may_be_that_labels() -> None:
    dialogue = EscPosDialogue()
    assert proof(Receipt(after=-1), dialogue) is Proof.NOTHING_WRONG
    assert proof(Receipt(), dialogue) is Proof.NOTHING_WRONG
    assert proof(Receipt(), dialogue) is Proof.PRINTED


def test_over_another_connection_nothing_is_answered_in_turn() -> None:
    dialogue = EscPosDialogue()
    dialogue.wrap(b"label")
    clean = ScriptedLink(Receipt(after=1))
    assert dialogue.evidence(clean, 5.0, Stop(), same_link=False).proof is Proof.NOTHING_WRONG


def test_a_printer_that_answers_only_the_first_question_is_taken_at_its_word() -> None:
    answer = EscPosDialogue().look(ScriptedLink(Receipt({PRINTER: 0x12}, after=-1)), 0.2, Stop())
    assert answer is not None
    assert answer.conditions == frozenset()


def test_a_printer_that_does_not_answer_the_first_is_silent() -> None:
    states = {number: state for number, state in FINE.items() if number != PRINTER}
    assert EscPosDialogue().look(ScriptedLink(Receipt(states, after=-1)), 0.2, Stop()) is None


def test_the_questions_are_those_of_the_manual() -> None:
    link = ScriptedLink(Receipt(after=-1))
    EscPosDialogue().look(link, 1.0, Stop())
    assert sorted(link.asked) == [b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04"]


def test_noise_before_the_answer_is_not_forgotten() -> None:
    noise = [b"\xff"]

    def says(query: bytes) -> bytes:
        if query:
            return b"\x12\x00" if query == b"\x10\x04\x02" else b"\x12"
        return noise.pop() if noise else b""

    dialogue = EscPosDialogue()
    dialogue.wrap(b"label")
    assert dialogue.evidence(ScriptedLink(says), 0.2, Stop(), same_link=True).proof is Proof.NOTHING_WRONG


def test_whoever_talks_without_end_is_not_listened_to_until_time_is_up() -> None:
    turns: list[bytes] = []

    def says(query: bytes) -> bytes:
        turns.append(query)
        return b"\x12" if query else b"\xff" * 5000

    dialogue = EscPosDialogue()
    dialogue.wrap(b"label")
    assert dialogue.evidence(ScriptedLink(says), 5.0, Stop(), same_link=True).proof is Proof.NOTHING_WRONG
    assert len(turns) <= 10
