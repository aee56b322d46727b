"""Lines of the record as people read them."""

import pytest

from gizqr_station.domain.job import JobState
from gizqr_station.domain.printer_failures import PrinterConnectionLost
from gizqr_station.gui.evidence_words import entry_words, evidence_words
from gizqr_station.gui.records_words import reason_words
from gizqr_station.workflows.ports import Entry
from tests.fake_bench import NOW

LOST = str(PrinterConnectionLost("zebra", 512, 1039))


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("", ""),
        ("scanned back", "scanned back"),
        ("voided label scanned: L-000124", "the voided label L-000124 was scanned"),
        ("scanned at bench-2 although it is voided", "scanned at bench-2 although it is voided"),
        ("other: torn by the gripper", "Other: torn by the gripper"),
        ("replaced by L-000131: damaged", "L-000131 takes its place (Damaged)"),
        ("accepted: 1039 bytes", "1039 bytes taken"),
        ("E-PRN-99 Gone(name='x')", "E-PRN-99 Gone(name='x')"),
        ("E-PRN-03 Broken(name=", "E-PRN-03 Broken(name="),
        ("E-PRN-03 Broken(__import__('os'))", "E-PRN-03 Broken(__import__('os'))"),
        ("something: of another version", "something: of another version"),
    ],
)
def test_what_is_known_is_said_and_all_else_stands_as_it_was_written(evidence: str, words: str) -> None:
    assert evidence_words(evidence, "en") == words


def test_a_failure_is_worded_from_its_code_and_fields_in_both_languages() -> None:
    english, chinese = evidence_words(LOST, "en"), evidence_words(f"unknown: {LOST}", "zh_CN")
    assert "512" in english
    assert english.endswith("[E-PRN-03]")
    assert chinese != english
    assert chinese.endswith("[E-PRN-03]")


def test_a_move_says_the_state_and_a_note_does_not() -> None:
    moved = Entry(1, 7, "move", JobState.VERIFIED, NOW, "Li Wei", "scanned back")
    assert entry_words(moved, "en") == "verified: scanned back"
    assert entry_words(Entry(1, 7, "note", JobState.SENT, NOW, "Li Wei", "refused"), "en") == "nothing was sent"
    assert entry_words(Entry(1, 7, "move", JobState.SENT, NOW, "Li Wei", ""), "en") == "sent"


def test_a_reason_is_said_in_words_and_an_unknown_one_as_it_is() -> None:
    assert reason_words("other: corner is torn") == "Other: corner is torn"
    assert reason_words("damaged") == "Damaged"
    assert reason_words("melted: x") == "melted: x"
