"""Every failure has its words: what happened, what to do, who owns it, in both languages."""

import importlib
import pkgutil
import string
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime

import pytest

import gizqr_station.domain
from gizqr_station.domain.failures import Failure, leaves
from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.line_failures import ScanNotUnderstood
from gizqr_station.domain.order_failures import OrderPart
from gizqr_station.domain.printer_failures import LabelHeldBack, MediaOut
from gizqr_station.domain.work_order import OrderState
from gizqr_station.wording import LANGUAGES, load, words_for

for module in pkgutil.iter_modules(gizqr_station.domain.__path__):
    importlib.import_module(f"gizqr_station.domain.{module.name}")
LEAVES = leaves()
NOT_FAILURES = {"owner", "state", "standing", "part"}


def _fields_named_in(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_and_failures_are_the_same_set(language: str) -> None:
    assert set(load(language)) - NOT_FAILURES == {leaf.code for leaf in LEAVES}


def test_no_code_is_used_twice() -> None:
    assert len({leaf.code for leaf in LEAVES}) == len(LEAVES) > 40


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.code)
def test_words_use_only_the_failures_own_fields(leaf: type[Failure], language: str) -> None:
    entry = load(language)[leaf.code]
    assert set(entry) == {"what", "do"}
    named = _fields_named_in(entry.values())
    assert named <= {field.name for field in fields(leaf)}
    assert all(text.strip() for text in entry.values())


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.code)
def test_what_happened_is_short(leaf: type[Failure]) -> None:
    bare = "".join(text for text, *_ in string.Formatter().parse(load("en")[leaf.code]["what"]))
    assert len(bare) <= 60


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.code)
def test_both_languages_tell_the_same_values(leaf: type[Failure]) -> None:
    told = [_fields_named_in(load(language)[leaf.code].values()) for language in LANGUAGES]
    assert told[0] == told[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_owner_and_state_has_a_word(language: str) -> None:
    assert set(load(language)["owner"]) == {"operator", "lead", "it"}
    assert set(load(language)["state"]) == {state.value for state in JobState}
    assert set(load(language)["standing"]) == {state.value for state in OrderState}
    assert set(load(language)["part"]) == {part.value for part in OrderPart}


def test_a_refusal_reads_as_a_person_would_say_it() -> None:
    failure = AlreadyLabelled("00:91:1F:50:00:47", datetime(2026, 1, 2, tzinfo=UTC), "bench-2", "L-000093", "verified")
    english, chinese = words_for(failure, "en"), words_for(failure, "zh_CN")
    assert english.what == "00:91:1F:50:00:47 already has the label L-000093."
    assert (english.owner, english.code) == ("line lead", "E-LED-01")
    assert "已核对" in chinese.do


def test_what_was_scanned_cannot_break_the_line_or_flood_the_page() -> None:
    words = words_for(ScanNotUnderstood("a\r\nb\x1b[31m" + "x" * 500), "en")
    assert "\n" not in words.line
    assert "\x1b" not in words.line
    assert len(words.what) < 200


@pytest.mark.parametrize(
    ("language", "what"),
    [("en", "Zebra has no labels. The label was sent before."), ("zh_CN", "Zebra 没有标签。标签此前已发送。")],
)
def test_a_failure_that_is_a_cause_is_told_by_what_happened(language: str, what: str) -> None:
    assert words_for(LabelHeldBack("Zebra", MediaOut("Zebra")), language).what == what


def test_an_unknown_language_is_english() -> None:
    assert words_for(ScanNotUnderstood("a"), "fr") == words_for(ScanNotUnderstood("a"), "en")
