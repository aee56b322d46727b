"""Every value that the printers page can show has words, in each language."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from gizqr_station.domain.failures import PrinterFailure, leaves
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.printer import Asking, Graphic, Language, Media, Sensing
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui import printer_words
from gizqr_station.gui.printer_draft import Fault, Problem
from gizqr_station.gui.printer_words import (
    asking_word,
    condition_of,
    connection_word,
    done_words,
    graphic_word,
    held_words,
    language_word,
    media_words,
    problem_words,
    sensing_word,
    supply_word,
    when_words,
    work_words,
)
from gizqr_station.gui.translation import Translation
from gizqr_station.ledger import store
from gizqr_station.workflows.happenings import DeskWork
from gizqr_station.workflows.print_queue import STOPPED
from gizqr_station.workflows.printer_desk import HELD_BY_HAND

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WRONG_ADDRESSES = [
    "", "zebra", "ftp://x", "tcp://", "tcp://a:0", "tcp://a:99999", "tcp://a:b", "tcp://a:9100/x", "tcp://[::1",
    "tcp://[zz]", "tcp://a b", "cups:", "cups://h/", "serial:", "serial:/dev/x?baud=abc", "serial:/dev/x?x=1", "usb:",
    "file:", "tcp://u@h", "ipp://h?x",
]  # fmt: skip


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    spoken = Translation()
    spoken.speak(request.param)
    yield request.param
    spoken.speak("en")


def test_every_value_has_a_word_of_its_own(language: str) -> None:
    for values in (
        [language_word(each) for each in Language],
        [connection_word(each) for each in Connection],
        [sensing_word(each) for each in Sensing],
        [graphic_word(each) for each in Graphic],
        [asking_word(each) for each in Asking],
        [supply_word(each) for each in SupplyKind],
        [work_words(each) for each in DeskWork],
        [problem_words(Problem(each)) for each in Fault if each is not Fault.ADDRESS_WRONG],
    ):
        assert all(values)
        assert len(set(values)) == len(values)


def test_nothing_is_said_to_be_printed_that_was_only_taken(language: str) -> None:
    for work in DeskWork:
        words = {outcome: done_words(work, outcome) for outcome in (None, *PrintOutcome)}
        assert all(words.values())
        if work in {DeskWork.TEST_LABEL, DeskWork.QUEUE}:
            others = [said for outcome, said in words.items() if outcome is not PrintOutcome.CONFIRMED]
            assert words[PrintOutcome.CONFIRMED] not in others


@pytest.mark.parametrize("text", WRONG_ADDRESSES)
def test_every_wrong_address_is_explained_in_the_language_of_the_page(language: str, text: str) -> None:
    with pytest.raises(ValueError) as said:
        PrinterAddress.parse(text)
    words = problem_words(Problem(Fault.ADDRESS_WRONG, str(said.value)))
    assert words != str(said.value), "the parser's own line is not shown where there are words"
    assert bool(CHINESE.search(words)) is (language == "zh_CN")
    assert len(words) <= 75


def test_an_unknown_fault_of_an_address_is_said_as_it_is() -> None:
    assert problem_words(Problem(Fault.ADDRESS_WRONG, "something new")) == "something new"


def test_every_state_of_a_printer_is_short_enough_for_a_list(language: str) -> None:
    named = {leaf.code: condition_of(leaf.code) for leaf in leaves(PrinterFailure)}
    assert all(len(word) <= 24 for word in named.values())
    # The others are about a job or the settings; where one is a state after all, its whole sentence is shown.
    states = {f"E-PRN-{number:02d}" for number in (*range(1, 22), *range(25, 33), *range(36, 40), 43, 46)}
    assert states == {code for code, word in named.items() if word}


def test_why_a_job_is_held_is_worded_or_said_as_it_was_written(language: str) -> None:
    assert store.RESTARTED == printer_words.RESTARTED
    for reason in (store.RESTARTED, HELD_BY_HAND, STOPPED, "E-PRN-04"):
        assert bool(CHINESE.search(held_words(reason))) is (language == "zh_CN")
    assert held_words("ask Chen first") == "ask Chen first"


@pytest.mark.parametrize(
    ("media", "words"),
    [
        (Media(), "as template, Gap 2 mm"),
        (Media(40, 30), "40 × 30 mm, Gap 2 mm"),
        (Media(62, 0, Sensing.CONTINUOUS), "62 mm wide, Continuous"),
        (Media(0, 25.4, Sensing.MARK, 3.5), "25.4 mm high, Black mark 3.5 mm"),
    ],
)
def test_media_is_said_on_one_line(qapp: QApplication, media: Media, words: str) -> None:
    assert media_words(media) == words


def test_a_time_has_its_day_unless_it_is_today() -> None:
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", when_words(now, now))
    assert re.fullmatch(r"2026-11-2\d \d\d:\d\d", when_words(now - timedelta(days=1), now))
