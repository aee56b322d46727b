"""``<ESC>!?``: one byte, every value of it, and what a series of them proves."""

import pytest

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.dialogues import dialogue as dialogues
from gizqr_station.printing.dialogues import tspl
from gizqr_station.printing.dialogues.conditions import Condition
from gizqr_station.printing.dialogues.dialogue import Proof
from gizqr_station.printing.dialogues.tspl import ASK_STATE, TsplDialogue, parse_state
from tests.printing.dialogues.scripted_link import ScriptedLink, one_after_the_other

COVER, JAM, MEDIA, RIBBON = Condition.COVER_OPEN, Condition.JAM, Condition.MEDIA_OUT, Condition.RIBBON_OUT


@pytest.mark.parametrize(
    ("state", "conditions"),
    [
        # The table of the manual.
        (0x00, set()),
        (0x01, {COVER}),
        (0x02, {JAM}),
        (0x03, {JAM, COVER}),
        (0x04, {MEDIA}),
        (0x05, {MEDIA, COVER}),
        (0x08, {RIBBON}),
        (0x09, {RIBBON, COVER}),
        (0x0A, {RIBBON, JAM}),
        (0x0B, {RIBBON, JAM, COVER}),
        (0x0C, {RIBBON, MEDIA}),
        (0x0D, {RIBBON, MEDIA, COVER}),
        (0x10, {Condition.PAUSED}),
        (0x20, set()),
        (0x40, {COVER}),
        (0x80, {Condition.HOT}),
    ],
)
def test_each_state_of_the_manual(state: int, conditions: set[Condition]) -> None:
    answer = parse_state(bytes([state]))
    assert answer is not None
    assert answer.conditions == conditions
    assert answer.busy is (state == 0x20)
    assert answer.said == f"{state:02x}"


def test_silence_is_no_state() -> None:
    assert parse_state(b"") is None


def test_the_newest_of_several_counts_and_a_line_end_is_none() -> None:
    assert parse_state(b"\x04\x00") == parse_state(b"\x00")
    assert parse_state(b"\x20\r\n") == parse_state(b"\x20")
    assert parse_state(b"\x0a") is not None
    assert parse_state(b"\r\n") == parse_state(b"\n")


def proof(*states: bytes, within_s: float = 0.2) -> Proof:
    dialogue, link = TsplDialogue(), ScriptedLink(one_after_the_other(b"\x00", *states))
    assert dialogue.prepare(link, 1.0, Stop()) is not None
    assert dialogue.wrap(b"label") == b"label"
    return dialogue.evidence(link, within_s, Stop(), same_link=True).proof


def test_printing_and_then_ready_is_proof() -> None:
    assert proof(b"\x00", b"\x20", b"\x20", b"\x00", within_s=5.0) is Proof.PRINTED


def test_ready_all_the_time_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tspl, "BEGINS_WITHIN_S", 0.1)
    assert proof(b"\x00", within_s=5.0) is Proof.NOTHING_WRONG
    assert proof(b"\x00", within_s=0.05) is Proof.NOTHING_WRONG


def test_printing_without_end_is_no_proof() -> None:
    assert proof(b"\x20") is Proof.MISSING


@pytest.mark.parametrize("fault", [b"\x04", b"\x24", b"\x01", b"\x10", b"\x80"])
def test_a_fault_after_printing_began_is_no_proof(fault: bytes) -> None:
    assert proof(b"\x20", fault, b"\x00", within_s=5.0) is Proof.FAULT


def test_silence_after_the_label_is_said_to_be_silence() -> None:
    assert proof(b"") is Proof.SILENT
    assert proof(b"\x20", b"", within_s=5.0) is Proof.SILENT


def test_printing_that_was_seen_for_the_last_label_proves_nothing_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tspl, "BEGINS_WITHIN_S", 0.1)
    dialogue = TsplDialogue()
    link = ScriptedLink(one_after_the_other(b"\x20", b"\x00"))
    dialogue.wrap(b"first")
    assert dialogue.evidence(link, 5.0, Stop(), same_link=True).proof is Proof.PRINTED
    dialogue.wrap(b"second")
    assert dialogue.evidence(link, 5.0, Stop(), same_link=True).proof is Proof.NOTHING_WRONG


def test_printing_seen_over_one_connection_and_ready_over_the_next_is_proof() -> None:
    dialogue = TsplDialogue()
    dialogue.wrap(b"label")
    first = ScriptedLink(one_after_the_other(b"\x20", b""))
    assert dialogue.evidence(first, 5.0, Stop(), same_link=True).proof is Proof.SILENT
    second = ScriptedLink(one_after_the_other(b"\x00"))
    assert dialogue.evidence(second, 5.0, Stop(), same_link=False).proof is Proof.PRINTED


def test_only_the_state_is_asked() -> None:
    link = ScriptedLink(one_after_the_other(b"\x00"))
    TsplDialogue().look(link, 1.0, Stop())
    assert link.asked == [ASK_STATE] == [b"\x1b!?"]


def test_printing_after_a_label_that_was_not_proved_may_be_that_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    dialogue = TsplDialogue()

    def proof_of(*states: bytes) -> Proof:
        dialogue.wrap(b"label")
        link = ScriptedLink(one_after_the_other(*states))
        return dialogue.evidence(link, 0.2, Stop(), same_link=True).proof

    assert proof_of(b"\x04") is Proof.FAULT
    assert proof_of(b"\x20", b"\x00") is Proof.NOTHING_WRONG
    assert proof_of(b"\x20", b"\x00") is Proof.NOTHING_WRONG
    monkeypatch.setattr(dialogues, "LATE_PROOF_S", 0.0)
    assert proof_of(b"\x20", b"\x00") is Proof.PRINTED
    monkeypatch.undo()
    assert proof_of(b"\x20", b"\x00") is Proof.PRINTED
