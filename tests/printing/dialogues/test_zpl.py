"""``~HS`` and the label counter, as the guide has them, and as half-broken printers send them."""

import time
from collections.abc import Callable

import pytest

from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.dialogues import zpl
from gizqr_station.printing.dialogues.conditions import Condition
from gizqr_station.printing.dialogues.dialogue import Proof
from gizqr_station.printing.dialogues.zpl import (
    ASK_COUNT,
    ASK_STATE,
    HostStatus,
    ZplDialogue,
    parse_count,
    parse_host_status,
    whole_status,
)
from gizqr_station.printing.links.link import LinkLost
from tests.printing.dialogues.scripted_link import ScriptedLink, lost, one_after_the_other

# In the guide's form: communication 030, label length 1245 dots, thermal transfer off, tear-off.
READY = b"\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"


def with_first(at: int, field: bytes) -> bytes:
    """READY with another field in its first line."""
    return _changed(0, at, field)


def with_second(at: int, field: bytes) -> bytes:
    return _changed(1, at, field)


def _changed(line: int, at: int, field: bytes) -> bytes:
    lines = READY.split(b"\r\n")
    fields = lines[line][1:-1].split(b",")
    fields[at] = field
    lines[line] = b"\x02" + b",".join(fields) + b"\x03"
    return b"\r\n".join(lines)


def parsed(received: bytes) -> HostStatus:
    status = parse_host_status(received)
    assert status is not None
    return status


def test_a_ready_printer_is_idle_and_clean() -> None:
    status = parsed(READY)
    assert status.idle
    assert status.answer().conditions == frozenset()
    assert not status.answer().busy
    assert status.said == "030,0,0,1245,000,0,0,0,000,0,0,0 000,0,0,0,0,2,4,0,00000000,1,000"


@pytest.mark.parametrize(
    ("received", "condition"),
    [
        (with_first(1, b"1"), Condition.MEDIA_OUT),
        (with_first(2, b"1"), Condition.PAUSED),
        (with_first(6, b"1"), Condition.FAULT),
        (with_first(9, b"1"), Condition.FAULT),
        (with_first(11, b"1"), Condition.HOT),
        (with_second(2, b"1"), Condition.COVER_OPEN),
        (with_second(3, b"1"), Condition.RIBBON_OUT),
        (with_second(7, b"1"), Condition.LABEL_WAITS),
    ],
)
def test_each_flag_is_a_condition(received: bytes, condition: Condition) -> None:
    assert parsed(received).answer().conditions == frozenset({condition})


def test_a_cold_head_is_no_fault() -> None:
    status = parsed(with_first(10, b"1"))
    assert status.under_temperature
    assert status.answer().conditions == frozenset()


@pytest.mark.parametrize("faulty", [6, 9])
def test_what_has_no_condition_of_its_own_is_said_in_words(faulty: int) -> None:
    assert parsed(with_first(faulty, b"1")).answer().trouble in {"diagnostic mode", "memory lost"}


@pytest.mark.parametrize(
    "received", [with_first(4, b"002"), with_first(5, b"1"), with_first(7, b"1"), with_second(8, b"00000001")]
)
def test_formats_and_labels_in_the_printer_make_it_busy(received: bytes) -> None:
    assert not parsed(received).idle
    assert parsed(received).answer().busy


@pytest.mark.parametrize(
    "received",
    [
        b"",
        b"\x02",
        b"~HS",
        b"OK\r\n",
        READY[:30],
        READY[: READY.index(b"\x03") + 1],
        READY.replace(b"\x02", b""),
        with_first(1, b"?"),
        with_first(1, b"7"),
        with_second(2, b""),
        READY.replace(b",0,0,0,000", b""),
    ],
)
def test_what_is_no_whole_answer_says_nothing(received: bytes) -> None:
    assert parse_host_status(received) is None
    assert not whole_status(received)


def test_noise_around_an_answer_is_passed_over() -> None:
    assert parsed(b"\x00\xff\x02abc" + READY + b"\x02half").idle
    assert parsed(b"\x021,2,3\x03" + READY).idle


def test_of_two_answers_the_newer_one_counts() -> None:
    assert parsed(READY + with_first(1, b"1")).paper_out
    assert not parsed(with_first(1, b"1") + READY).paper_out


def test_an_answer_is_whole_with_its_third_line() -> None:
    assert whole_status(READY)
    assert not whole_status(READY[: READY.rindex(b"\x03")])


@pytest.mark.parametrize(
    ("received", "count"),
    [(b'"1204"', 1204), (b'"0"\r\n', 0), (b'noise"17"', 17), (b'"16""17"', 17), (b'"?"', None), (b"17", None)],
)
def test_the_counter_is_a_quoted_number(received: bytes, count: int | None) -> None:
    assert parse_count(received) == count


class Zebra:
    """Answers by a script: each ``~HS`` the next state, each question for the counter the next count."""

    def __init__(self, states: list[bytes], counts: list[bytes]) -> None:
        self.states, self.counts = states, counts

    def __call__(self, query: bytes) -> bytes:
        if query == ASK_STATE:
            return self.states.pop(0) if len(self.states) > 1 else self.states[0]
        if query == ASK_COUNT:
            return self.counts.pop(0) if len(self.counts) > 1 else self.counts[0]
        return b""


def sent(zebra: Callable[[bytes], bytes], dialogue: ZplDialogue | None = None) -> tuple[ZplDialogue, ScriptedLink]:
    """A dialogue that has sent a label."""
    dialogue, link = dialogue or ZplDialogue(), ScriptedLink(zebra)
    assert dialogue.prepare(link, 1.0, Stop()) is not None
    assert dialogue.wrap(b"label") in {b"label", b"label~HS"}
    return dialogue, link


def proof(zebra: Callable[[bytes], bytes], within_s: float = 0.2) -> tuple[Proof, int]:
    dialogue, link = sent(zebra)
    evidence = dialogue.evidence(link, within_s, Stop(), same_link=True)
    return evidence.proof, evidence.counted


BUSY = with_second(8, b"00000001")


def test_one_more_counted_and_all_clean_is_proof() -> None:
    assert proof(Zebra([READY, READY, BUSY, READY], [b'"100"', b'"100"', b'"101"'])) == (Proof.PRINTED, 0)


def test_a_label_that_waits_at_the_peeler_was_printed() -> None:
    assert proof(Zebra([READY, with_second(7, b"1")], [b'"100"', b'"101"'])) == (Proof.PRINTED, 0)


def test_one_more_counted_is_no_proof_while_the_printer_is_busy() -> None:
    assert proof(Zebra([READY, BUSY], [b'"100"', b'"101"'])) == (Proof.MISSING, 0)


def test_two_more_counted_are_not_one_label() -> None:
    assert proof(Zebra([READY], [b'"100"', b'"102"'])) == (Proof.COUNT_DIFFERS, 2)


def test_a_counter_that_stands_still_is_no_proof() -> None:
    assert proof(Zebra([READY], [b'"100"'])) == (Proof.MISSING, 0)


def test_a_counter_that_went_back_says_nothing() -> None:
    assert proof(Zebra([READY], [b'"100"', b'"1"'])) == (Proof.MISSING, 0)


def test_a_count_that_comes_late_is_waited_for() -> None:
    counts = [b'"100"'] * 4 + [b'"101"']
    assert proof(Zebra([READY], counts), within_s=5.0) == (Proof.PRINTED, 0)


def test_a_counter_that_falls_silent_is_no_proof() -> None:
    assert proof(Zebra([READY], [b'"100"', b""])) == (Proof.MISSING, 0)


@pytest.mark.parametrize("state", [with_first(1, b"1"), with_second(2, b"1"), with_first(2, b"1")])
def test_a_fault_after_the_label_outweighs_the_counter(state: bytes) -> None:
    assert proof(Zebra([READY, state], [b'"100"', b'"101"'])) == (Proof.FAULT, 0)


def test_silence_after_the_label_is_said_to_be_silence() -> None:
    assert proof(Zebra([READY, b""], [b'"100"', b'"101"'])) == (Proof.SILENT, 0)


def test_a_printer_without_a_counter_can_only_be_idle_and_clean() -> None:
    assert proof(Zebra([READY], [b'"?"']), within_s=5.0) == (Proof.NOTHING_WRONG, 0)
    assert proof(Zebra([READY], [b'"?"']), within_s=0.1) == (Proof.NOTHING_WRONG, 0)


def test_a_printer_without_a_counter_that_is_never_through_is_no_proof() -> None:
    assert proof(Zebra([READY, BUSY], [b'"?"'])) == (Proof.MISSING, 0)


def test_a_printer_that_says_it_has_no_counter_is_not_asked_for_it_again() -> None:
    dialogue, link = sent(Zebra([READY], [b'"?"']))
    dialogue.prepare(link, 1.0, Stop())
    assert link.asked.count(ASK_COUNT) == 1


def test_a_printer_that_says_nothing_of_a_counter_is_asked_three_times_in_all() -> None:
    dialogue, link = sent(Zebra([READY], [b""]))
    for _ in range(5):
        dialogue.prepare(link, 1.0, Stop())
    assert link.asked.count(ASK_COUNT) == 3


def test_a_count_after_a_label_that_was_not_counted_may_be_that_labels() -> None:
    zebra = Zebra([READY], [b'"100"'])
    dialogue, link = sent(zebra)
    assert dialogue.evidence(link, 0.1, Stop(), same_link=True).proof is Proof.MISSING
    zebra.counts = [b'"100"', b'"101"']
    sent(zebra, dialogue)
    assert dialogue.evidence(link, 5.0, Stop(), same_link=True).proof is Proof.NOTHING_WRONG


def test_once_the_late_count_has_come_the_next_label_is_proved_again() -> None:
    zebra = Zebra([READY], [b'"100"'])
    dialogue, link = sent(zebra)
    assert dialogue.evidence(link, 0.1, Stop(), same_link=True).proof is Proof.MISSING
    zebra.counts = [b'"101"', b'"102"']
    sent(zebra, dialogue)
    assert dialogue.evidence(link, 5.0, Stop(), same_link=True).proof is Proof.PRINTED


def test_after_a_minute_a_label_that_was_not_counted_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    zebra = Zebra([READY], [b'"100"'])
    dialogue, link = sent(zebra)
    assert dialogue.evidence(link, 0.1, Stop(), same_link=True).proof is Proof.MISSING
    monkeypatch.setattr(zpl, "LATE_COUNT_S", -1.0)
    zebra.counts = [b'"100"', b'"101"']
    sent(zebra, dialogue)
    assert dialogue.evidence(link, 5.0, Stop(), same_link=True).proof is Proof.PRINTED


def test_a_label_that_broke_off_counts_as_sent() -> None:
    # No evidence is asked for then, and yet it may come out.
    zebra = Zebra([READY], [b'"100"'])
    dialogue, link = sent(zebra)
    zebra.counts = [b'"100"', b'"101"']
    sent(zebra, dialogue)
    assert dialogue.evidence(link, 5.0, Stop(), same_link=True).proof is Proof.NOTHING_WRONG


def test_the_counter_may_be_asked_over_another_connection() -> None:
    dialogue, _ = sent(Zebra([READY], [b'"100"']))
    other = ScriptedLink(Zebra([READY], [b'"101"']))
    assert dialogue.evidence(other, 1.0, Stop(), same_link=False).proof is Proof.PRINTED


def test_an_answer_to_an_older_question_is_dropped_before_the_next() -> None:
    silent = ScriptedLink(one_after_the_other(b""))
    silent.heard = READY
    assert ZplDialogue().look(silent, 0.1, Stop()) is None
    assert silent.asked == [ASK_STATE]


def test_a_look_does_not_ask_for_the_counter() -> None:
    link = ScriptedLink(one_after_the_other(READY))
    assert ZplDialogue().look(link, 1.0, Stop()) is not None
    assert link.asked == [b"~HS"]


def test_silence_is_nothing_and_a_broken_connection_is_told() -> None:
    assert ZplDialogue().look(ScriptedLink(one_after_the_other(b"")), 0.1, Stop()) is None
    with pytest.raises(LinkLost):
        ZplDialogue().look(ScriptedLink(lost), 0.1, Stop())


def test_waiting_for_a_count_heeds_stop() -> None:
    dialogue, link = sent(Zebra([READY], [b'"100"']))
    stop = Stop()
    stop.set()
    began = time.monotonic()
    with pytest.raises(Stopped):
        dialogue.evidence(link, 60.0, stop, same_link=True)
    assert time.monotonic() - began < 30


def test_a_question_goes_right_behind_a_label_once_the_printer_has_stayed_behind_one() -> None:
    zebra = Zebra([READY], [b'"100"', b'"101"'])
    dialogue, link = sent(zebra)
    assert dialogue.evidence(link, 5.0, Stop(), same_link=True).proof is Proof.PRINTED
    assert dialogue.wrap(b"label") == b"label~HS"
    # Nothing was answered behind that one: it may have closed.
    assert dialogue.wrap(b"label") == b"label"


def test_an_answer_over_another_connection_is_no_sign_that_it_stays() -> None:
    dialogue, _ = sent(Zebra([READY], [b'"100"']))
    dialogue.evidence(ScriptedLink(Zebra([READY], [b'"101"'])), 5.0, Stop(), same_link=False)
    assert dialogue.wrap(b"label") == b"label"


class ClosesSoon(ScriptedLink):
    """Not yet closed at the first moment."""

    def ask(self, query: bytes, complete: Callable[[bytes], bool], within_s: float, stop: Stop) -> bytes:
        if within_s > 0 and not query:
            raise LinkLost
        return super().ask(query, complete, within_s, stop)


def test_a_printer_that_closes_behind_a_label_is_not_asked_there() -> None:
    dialogue, _ = sent(Zebra([READY], [b'"100"']))
    link = ClosesSoon(Zebra([READY], [b'"101"']))
    with pytest.raises(LinkLost):
        dialogue.evidence(link, 5.0, Stop(), same_link=True)
    assert link.asked == []
