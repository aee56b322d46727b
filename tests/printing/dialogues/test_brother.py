"""Brother's 32 bytes: fields and tables of the raster command references, and what a series of them proves."""

from collections.abc import Callable

import pytest

from gizqr_station.domain.printer import Media
from gizqr_station.domain.printer_failures import PrinterBusy
from gizqr_station.domain.printer_setup_failures import MediaDiffers
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.dialogues import brother
from gizqr_station.printing.dialogues import dialogue as dialogues
from gizqr_station.printing.dialogues.brother import BrotherDialogue, StatusType, parse_statuses
from gizqr_station.printing.dialogues.conditions import Condition, LoadedMedia
from gizqr_station.printing.dialogues.dialogue import Proof
from tests.printing.dialogues.scripted_link import ScriptedLink


def status(
    kind: int = 0, *, errors: tuple[int, int] = (0, 0), media: tuple[int, int] = (62, 0), phase: int = 0
) -> bytes:  # fmt: skip
    """A QL-820NWB's, by offset: head mark, size, brand, series, model, country; then what the tables say."""
    raw = bytearray(32)
    raw[:8] = b"\x80\x20B4A0\x00\x00"
    raw[8:10] = bytes(errors)
    raw[10], raw[11], raw[17] = media[0], 0x0B if media[1] else 0x0A, media[1]
    raw[14] = 0x3F
    raw[18], raw[19] = kind, phase
    return bytes(raw)


REPLY, COMPLETED = status(), status(1)
PRINTING, RECEIVING = status(6, phase=1), status(6)


@pytest.mark.parametrize(
    ("errors", "condition"),
    [
        ((0x01, 0), Condition.MEDIA_OUT),
        ((0x02, 0), Condition.MEDIA_OUT),
        ((0x04, 0), Condition.FAULT),
        ((0x08, 0), Condition.FAULT),
        ((0x20, 0), Condition.OFFLINE),
        ((0x40, 0), Condition.FAULT),
        ((0x80, 0), Condition.FAULT),
        ((0, 0x01), Condition.FAULT),
        ((0, 0x02), Condition.FAULT),
        ((0, 0x04), Condition.FAULT),
        ((0, 0x08), Condition.FAULT),
        ((0, 0x10), Condition.COVER_OPEN),
        ((0, 0x40), Condition.JAM),
        ((0, 0x80), Condition.FAULT),
    ],
)
def test_each_error_bit_is_a_condition(errors: tuple[int, int], condition: Condition) -> None:
    (one,) = parse_statuses(status(2, errors=errors))
    assert one.kind is StatusType.ERROR
    assert one.answer.conditions == {condition}
    assert (one.answer.trouble == "") is (condition is not Condition.FAULT)


def test_a_reply_of_a_ready_printer_is_clean_and_names_its_media() -> None:
    (one,) = parse_statuses(status(media=(29, 90)))
    assert one.kind is StatusType.REPLY
    assert not one.answer.busy
    assert one.answer.media == LoadedMedia(29, 90)
    assert one.answer.failure("p", Media(29, 90)) is None
    assert isinstance(one.answer.failure("p", Media(62, 0)), MediaDiffers)


def test_a_printer_in_use_is_busy() -> None:
    (one,) = parse_statuses(status(errors=(0x10, 0)))
    assert isinstance(one.answer.failure("p", Media()), PrinterBusy)


def test_statuses_are_found_in_noise_and_in_a_row() -> None:
    found = parse_statuses(b"\x00\x80" + REPLY + PRINTING + b"\x80\x20" + COMPLETED + REPLY[:20])
    assert [one.kind for one in found] == [StatusType.REPLY, StatusType.PHASE_CHANGE, StatusType.COMPLETED]
    assert [one.printing for one in found] == [False, True, False]


def test_an_unknown_kind_is_kept_apart() -> None:
    (one,) = parse_statuses(status(0x21))
    assert one.kind is StatusType.OTHER


class Ql:
    """Replies when asked, and says one thing after the other by itself."""

    def __init__(self, *by_itself: bytes, reply: bytes = REPLY) -> None:
        self.by_itself, self.reply = list(by_itself), reply

    def __call__(self, query: bytes) -> bytes:
        if query:
            return self.reply
        return self.by_itself.pop(0) if self.by_itself else b""


def proof(
    printer: Callable[[bytes], bytes], dialogue: BrotherDialogue | None = None, *, within_s: float = 0.2
) -> Proof:  # fmt: skip
    dialogue = dialogue or BrotherDialogue()
    assert dialogue.wrap(b"label") == b"label"
    return dialogue.evidence(ScriptedLink(printer), within_s, Stop(), same_link=True).proof


def test_printing_and_then_completed_is_proof() -> None:
    assert proof(Ql(PRINTING, b"", COMPLETED, RECEIVING)) is Proof.PRINTED


def test_a_status_may_come_in_pieces() -> None:
    both = PRINTING + COMPLETED
    assert proof(Ql(both[:5], both[5:40], both[40:41], both[41:])) is Proof.PRINTED


def test_completed_without_printing_belongs_to_an_older_label() -> None:
    assert proof(Ql(COMPLETED)) is Proof.MISSING
    assert proof(Ql(COMPLETED, PRINTING, COMPLETED)) is Proof.PRINTED


@pytest.mark.parametrize("errors", [(0x01, 0), (0, 0x10), (0, 0x01)])
def test_an_error_while_printing_is_a_fault(errors: tuple[int, int]) -> None:
    assert proof(Ql(PRINTING, status(2, errors=errors), COMPLETED)) is Proof.FAULT


def test_a_printer_that_is_turned_off_in_between_is_missed() -> None:
    assert proof(Ql(PRINTING, status(4))) is Proof.MISSING


def test_printing_without_an_end_is_missed() -> None:
    assert proof(Ql(PRINTING)) is Proof.MISSING


def test_a_printer_that_never_speaks_up_can_only_be_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brother, "FIRST_WORD_S", 0.1)
    assert proof(Ql(), within_s=60.0) is Proof.NOTHING_WRONG
    assert proof(Ql(reply=status(errors=(0x01, 0))), within_s=60.0) is Proof.FAULT
    assert proof(Ql(reply=b""), within_s=60.0) is Proof.SILENT


def test_one_that_did_before_and_now_does_not_is_missed() -> None:
    dialogue = BrotherDialogue()
    assert proof(Ql(PRINTING, COMPLETED), dialogue) is Proof.PRINTED
    assert proof(Ql(), dialogue) is Proof.MISSING


def test_a_look_asks_only_for_the_state_for_another_program_may_be_at_a_label() -> None:
    for says, answered in ((Ql(), True), (Ql(reply=b""), False)):
        link = ScriptedLink(says)
        assert (BrotherDialogue().look(link, 0.2, Stop()) is not None) is answered
        assert link.asked == [b"\x1biS"]


def test_completed_after_a_label_that_was_not_proved_may_be_that_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    dialogue = BrotherDialogue()
    assert proof(Ql(PRINTING), dialogue) is Proof.MISSING
    assert proof(Ql(PRINTING, COMPLETED), dialogue) is Proof.NOTHING_WRONG
    assert proof(Ql(PRINTING, COMPLETED), dialogue) is Proof.NOTHING_WRONG
    monkeypatch.setattr(dialogues, "LATE_PROOF_S", 0.0)
    assert proof(Ql(PRINTING, COMPLETED), dialogue) is Proof.PRINTED


def test_of_a_printer_that_talks_without_end_only_what_may_be_a_status_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    whole = brother._parsed

    def counted(received: bytes) -> tuple[tuple[brother.BrotherStatus, ...], bytes]:
        parsed.append(len(received))
        return whole(received)

    monkeypatch.setattr(brother, "_parsed", counted)
    assert proof(Ql(*[b"n" * 1000] * 20, PRINTING, COMPLETED[:9], COMPLETED[9:])) is Proof.PRINTED
    assert max(parsed) <= 1031


def test_before_a_label_whatever_was_begun_is_forgotten() -> None:
    link = ScriptedLink(Ql())
    assert BrotherDialogue().prepare(link, 0.2, Stop()) is not None
    assert link.asked == [b"\x00" * 400 + b"\x1b@\x1biS"]


def test_only_a_reply_answers_a_question() -> None:
    assert BrotherDialogue().prepare(ScriptedLink(Ql(reply=COMPLETED)), 0.1, Stop()) is None
