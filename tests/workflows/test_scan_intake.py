"""What arrives in one pull is sorted together, doubles count once, and nothing is lost in silence."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity_failures import TwoIdentities
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.people_failures import TwoBadges
from gizqr_station.domain.scan_failures import BadgeNotUsed, CapsLockOn, ScannerLayoutWrong, ScanTooLong
from gizqr_station.domain.scan_rules import PLAIN, ScanRules
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.happenings import Happening, ScanRefused
from gizqr_station.workflows.scan_intake import ScanIntake

MAC, OTHER = "ACCF232BE530", "ACCF238497E6"
ISSUED = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="


class Bench:
    """An intake, a clock that stands still unless it is moved, and whoever hears."""

    def __init__(self, rules: ScanRules = PLAIN, *, signs_in: bool = False) -> None:
        self.at = 100.0
        self.given_on: list[str] = []
        self.badges: list[str] = []
        self.told: list[Happening] = []
        self.stop = Stop()
        badge = self.badges.append if signs_in else None
        self.intake = ScanIntake(rules, self._deliver, self.told.append, lambda: self.at, badge=badge)

    def _deliver(self, text: str) -> None:
        if text == "boom":
            raise RuntimeError(text)
        self.given_on.append(text)

    def scan(self, *texts: str, later_s: float = 10.0, apart_s: float = 0.0) -> None:
        """One pull, so long after the one before."""
        self.at += later_s
        for text in texts:
            self.intake.scanned(text)
            self.at += apart_s

    def heard(self) -> list[str]:
        """All that was given on; every burst has ended."""
        self.at += 10.0
        self.scan("GIZQR:END")
        self.at += 10.0
        self.intake._deliver = self._until_end
        self.intake.run(self.stop)
        assert self.given_on.pop() == "GIZQR:END"
        return self.given_on

    def _until_end(self, text: str) -> None:
        if text == "GIZQR:END":
            self.stop.set()
        self._deliver(text)

    @property
    def refusals(self) -> list[Failure]:
        return [happening.failure for happening in self.told if isinstance(happening, ScanRefused)]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_scans_are_given_on_in_order(bench: Bench) -> None:
    for text in (MAC, ISSUED, "www.hi-flying.com", "GIZQR:ROLL"):
        bench.scan(text)
    assert bench.heard() == [MAC, ISSUED, "www.hi-flying.com", "GIZQR:ROLL"]
    assert bench.told == []


def test_codes_that_follow_closely_are_one_pull_and_others_are_not(bench: Bench) -> None:
    bench.scan("www.hi-flying.com", MAC, apart_s=0.11)
    bench.scan("www.hi-flying.com", later_s=10)
    bench.scan(OTHER, later_s=0.13)
    assert bench.heard() == [MAC, "www.hi-flying.com", OTHER]


def test_two_devices_in_one_pull_are_refused_by_name_and_none_is_taken(bench: Bench) -> None:
    bench.scan(MAC, OTHER, ISSUED)
    assert bench.heard() == []
    (failure,) = bench.refusals
    assert isinstance(failure, TwoIdentities)
    assert (failure.first, failure.second) == ("AC:CF:23:2B:E5:30", "AC:CF:23:84:97:E6")


def test_whoever_scans_one_of_two_refused_devices_again_at_once_means_it(bench: Bench) -> None:
    bench.scan(MAC, OTHER)
    bench.scan(MAC, later_s=0.5)
    assert bench.heard() == [MAC]


@pytest.mark.parametrize(("later_s", "counts"), [(0.0, 1), (0.5, 1), (1.9, 1), (2.0, 2), (3.0, 2)])
def test_the_same_text_within_two_seconds_counts_once(bench: Bench, later_s: float, counts: int) -> None:
    bench.scan(MAC)
    bench.scan(MAC, later_s=later_s)
    assert bench.heard() == [MAC] * counts


def test_each_appearance_puts_the_end_off(bench: Bench) -> None:
    """A scanner on a stand reads what lies before it all the time."""
    bench.scan(MAC)
    for _ in range(20):
        bench.scan(MAC, later_s=1.5)
    assert bench.heard() == [MAC]


def test_the_same_code_read_in_other_forms_is_the_same_text(bench: Bench) -> None:
    bench.scan(MAC)
    bench.scan(f"]Q1{MAC}\r", later_s=1)
    bench.scan("GIZQR:ROLL")
    bench.scan("GIZQR:ROLL\t", later_s=1)
    assert bench.heard() == [MAC, "GIZQR:ROLL"]


def test_another_text_in_between_is_no_repeat(bench: Bench) -> None:
    bench.scan(MAC)
    bench.scan(ISSUED, later_s=0.5)
    bench.scan(MAC, later_s=0.5)
    assert bench.heard() == [MAC, ISSUED]


def test_what_is_refused_is_said_once_a_pull(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bench = Bench(ScanRules(badge=re.compile("P[0-9]{5}")))
    for text in ("P12345", "P12345", "ACÖCFÖ23Ö2BÖE5Ö30", ISSUED.swapcase(), MAC * 400):
        bench.scan(text, later_s=1)
    assert bench.heard() == []
    assert [type(failure) for failure in bench.refusals] == [BadgeNotUsed, ScannerLayoutWrong, CapsLockOn, ScanTooLong]
    assert "badge" in caplog.text
    assert "P12345" not in caplog.text + repr(bench.told)


BADGES = ScanRules(badge=re.compile("P[0-9]{5}"))


def test_a_badge_signs_in_past_the_lines_and_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bench = Bench(BADGES, signs_in=True)
    bench.scan("P12345")
    bench.scan("P12345", later_s=1)
    bench.scan("P54321", ISSUED, later_s=1)
    bench.scan("]C0P12345", later_s=5)
    assert bench.heard() == [ISSUED]
    assert bench.badges == ["P12345", "P54321", "P12345"]
    assert bench.told == []
    assert "P12345" not in caplog.text
    assert "P54321" not in caplog.text


def test_of_two_badges_in_one_pull_nobody_is_meant() -> None:
    bench = Bench(BADGES, signs_in=True)
    bench.scan("P12345", "P54321")
    assert bench.heard() == []
    assert bench.badges == []
    assert [type(failure) for failure in bench.refusals] == [TwoBadges]


def test_where_no_badge_is_described_none_is_taken() -> None:
    bench = Bench(PLAIN, signs_in=True)
    bench.scan("P12345")
    assert bench.heard() == ["P12345"]
    assert bench.badges == []


def test_nothing_is_dropped_without_a_word_in_the_log(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bench.scan(MAC, "lamp\x1b[2J\u202e\n12", "ÄÖ")
    assert bench.heard() == [MAC]
    assert r"lamp\x1b[2J\u202e\n12" in caplog.text
    assert r"\xc4\xd6" in caplog.text
    assert "\x1b" not in caplog.text


def test_a_fault_in_one_scan_is_said_and_the_next_one_is_heard(bench: Bench) -> None:
    bench.scan("boom")
    bench.scan(MAC)
    assert bench.heard() == [MAC]
    assert isinstance(bench.refusals[0], ProgramFault)


def test_what_had_to_wait_is_sorted_by_when_it_was_scanned(bench: Bench) -> None:
    """All of it comes at one moment, and behind what another scanner read meanwhile."""
    bench.scan(OTHER)
    for text, ago_s in ((MAC, 9.0), (ISSUED, 7.0), ("www.hi-flying.com", 7.0), (OTHER, 5.0)):
        bench.intake.scanned(text, bench.at - ago_s)
    assert bench.heard() == [OTHER, MAC, ISSUED, OTHER]
    assert bench.told == []


def test_codes_of_one_pull_that_waited_are_one_pull_however_slowly_they_are_handed_over() -> None:
    """The second comes only at the second look for more."""
    heard: list[object] = []
    stop = Stop()
    looks = 0

    def hear(what: object) -> None:
        heard.append(what)
        stop.set()

    def now() -> float:
        nonlocal looks
        looks += 1
        if looks == 3:
            intake.scanned(OTHER, 91.05)
        return 100.0 if looks < 5 else 110.0

    intake = ScanIntake(PLAIN, hear, hear, now)
    intake.scanned(MAC, 91.0)
    intake.run(stop)
    assert [type(what) for what in heard] == [ScanRefused]


def test_half_characters_harm_nothing(bench: Bench) -> None:
    bench.scan(f"\ud800{MAC}")
    assert bench.heard() == [MAC]


@contextmanager
def running(intake: ScanIntake, stop: Stop) -> Iterator[None]:
    lane = Thread(target=intake.run, args=(stop,))
    lane.start()
    try:
        yield
    finally:
        stop.set()
        lane.join(5)


def test_scans_from_many_threads_all_arrive() -> None:
    """With the real clock; each text only once, so that none is a repeat."""
    given_on: list[str] = []
    told: list[Happening] = []
    intake = ScanIntake(ScanRules(burst_s=0.0), given_on.append, told.append)
    texts = [f"lamp {number}" for number in range(400)]

    def scan(part: int) -> None:
        for text in texts[part::4]:
            intake.scanned(text)

    stop = Stop()
    scanners = [Thread(target=scan, args=(part,)) for part in range(4)]
    with running(intake, stop):
        for scanner in scanners:
            scanner.start()
        for scanner in scanners:
            scanner.join(5)
        intake.scanned("the last")
        while "the last" not in given_on:
            stop.sleep(0.005)
    assert sorted(given_on) == sorted([*texts, "the last"])
    assert told == []


WORDS = st.sampled_from(
    [MAC, OTHER, ISSUED, "GIZQR:ROLL", "www.hi-flying.com", "12345", "ACÖCFÖ23Ö2BÖE5Ö30", f"{MAC},{OTHER}"]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(WORDS, st.sampled_from([0.0, 0.05, 0.5, 3.0])), max_size=12))
def test_every_scan_is_given_on_or_said_or_written_or_a_repeat(scans: list[tuple[str, float]]) -> None:
    heard: list[str] = []
    bench = Bench()
    log = logging.getLogger("gizqr_station.workflows.scan_intake")
    before = log.level
    log.setLevel(logging.DEBUG)
    listener = logging.Handler()
    listener.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    log.addHandler(listener)
    try:
        for text, later_s in scans:
            bench.scan(text, later_s=later_s)
        bench.heard()
    finally:
        log.removeHandler(listener)
        log.setLevel(before)
    for text, _ in scans:
        for part in text.split(",") if "," in text else [text]:
            assert any(part.encode("unicode_escape").decode()[:60] in line for line in heard)
