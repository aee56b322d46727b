"""What a scan means at a free line."""

import re
from dataclasses import replace

import pytest

from gizqr_station.domain.code_failures import CodeIsIdentity, CodeMalformed
from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.keyboard_layouts import KEYBOARDS
from gizqr_station.domain.line_failures import CommandUnknown, LabelVoided, ScanNotUnderstood, WrongLabel
from gizqr_station.domain.scan_failures import (
    BadgeNotUsed,
    CapsLockOn,
    ScannerLayoutWrong,
    ScanTooLong,
    SymbologyNotWanted,
)
from gizqr_station.domain.scan_rules import PLAIN, ScanRules
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.happenings import Happening, JobChanged, LabelKnown, ScanRefused
from gizqr_station.workflows.label_scan import idle_scan, label_scan
from gizqr_station.workflows.provision import provision, require_own
from gizqr_station.workflows.record_happenings import OldLabelScanned
from tests.fake_bench import MAC, NOW, OTHER_MAC, FakeBench, content_of, reading_of

QWERTZ = next(keyboard for keyboard in KEYBOARDS if keyboard.name == "QWERTZ")


def labelled(fakes: FakeBench) -> PrintJob:
    return provision(
        fakes.bench(), reading_of(MAC), Stop(), lambda _: None, still_there=lambda: None, scan_back_due=True
    ).job


def scan(fakes: FakeBench, text: str) -> list[Happening]:
    told: list[Happening] = []
    assert idle_scan(fakes.bench(), text, told.append) is None
    return told


def test_a_device_starts_a_unit() -> None:
    reading = idle_scan(FakeBench().bench(), "00:91:1F:50:00:47\r", lambda _: None)
    assert reading is not None
    assert (reading.identity, reading.port, reading.reader) == (MAC, "", "scanner")


def test_a_label_that_was_still_open_is_verified() -> None:
    fakes = FakeBench()
    job = labelled(fakes)
    told = scan(fakes, content_of(MAC))
    assert [type(happening) for happening in told] == [JobChanged, LabelKnown]
    assert fakes.ledger.kept.jobs[job.id].state is JobState.VERIFIED


def test_a_verified_label_is_only_looked_up() -> None:
    fakes = FakeBench()
    job = fakes.ledger.move(labelled(fakes), JobState.VERIFIED, who="Li Wei")
    assert scan(fakes, content_of(MAC)) == [LabelKnown(job, by_content=True)]


def test_a_voided_label_that_turns_up_is_refused_by_name() -> None:
    fakes = FakeBench()
    fakes.ledger.move(labelled(fakes), JobState.VOIDED, who="QA")
    alarm, told = scan(fakes, content_of(MAC))
    assert isinstance(alarm, OldLabelScanned)
    assert (alarm.voided.draft.label_serial, alarm.replacement, alarm.certain) == ("L-000001", None, True)
    assert isinstance(told, ScanRefused)
    assert isinstance(told.failure, LabelVoided)
    assert (told.failure.label_serial, told.failure.identity) == ("L-000001", MAC.readable)


def test_only_at_start_up_another_open_label_is_taken_for_the_awaited_one() -> None:
    fakes = FakeBench()
    other = labelled(fakes)
    awaited = provision(
        fakes.bench(), reading_of(OTHER_MAC), Stop(), lambda _: None, still_there=lambda: None, scan_back_due=True
    ).job
    with pytest.raises(WrongLabel):
        label_scan(fakes.bench(), awaited, content_of(MAC), lambda _: None, any_open=False)
    assert label_scan(fakes.bench(), awaited, content_of(MAC), lambda _: None, any_open=True).id == other.id


def test_a_voided_label_is_named_while_another_is_waited_for() -> None:
    fakes = FakeBench()
    fakes.ledger.move(labelled(fakes), JobState.VOIDED, who="QA")
    awaited = provision(
        fakes.bench(), reading_of(OTHER_MAC), Stop(), lambda _: None, still_there=lambda: None, scan_back_due=True
    ).job
    with pytest.raises(LabelVoided):
        label_scan(fakes.bench(), awaited, content_of(MAC), lambda _: None, any_open=False)


def test_anything_else_is_not_understood() -> None:
    (told,) = scan(FakeBench(), "www.hi-flying.com")
    assert isinstance(told, ScanRefused)
    assert isinstance(told.failure, ScanNotUnderstood)


@pytest.mark.parametrize("text", ["GIZQR:ROLL", "gizqr:ribbon", "GIZQR:00911f500047"])
def test_a_command_is_no_label_even_where_a_label_says_it(text: str) -> None:
    fakes = FakeBench()
    expected = labelled(fakes)
    draft = replace(expected.draft, content=text)
    fakes.ledger.kept.jobs[expected.id] = replace(expected, draft=draft)
    (told,) = scan(fakes, text)
    assert isinstance(told, ScanRefused)
    assert isinstance(told.failure, CommandUnknown)
    with pytest.raises(CommandUnknown):
        label_scan(fakes.bench(), fakes.ledger.kept.jobs[expected.id], text, lambda _: None, any_open=True)
    assert fakes.ledger.kept.jobs[expected.id].state is JobState.SENT


def told_of(fakes: FakeBench, text: str, rules: ScanRules = PLAIN) -> Failure:
    told: list[Happening] = []
    assert idle_scan(replace(fakes.bench(), scan_rules=rules), text, told.append) is None
    (happening,) = told
    assert isinstance(happening, ScanRefused)
    return happening.failure


LABEL = content_of(MAC)
ISSUED = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
BADGES = ScanRules(badge=re.compile("P[0-9]{5}"))
ONLY_QR = ScanRules(symbologies=frozenset("Q"))


@pytest.mark.parametrize(
    ("text", "rules", "failure"),
    [
        (LABEL.swapcase(), PLAIN, CapsLockOn),
        (QWERTZ.typed_here(LABEL), PLAIN, ScannerLayoutWrong),
        (QWERTZ.meant_here(LABEL), PLAIN, ScannerLayoutWrong),
        ("ACÖCFÖ23Ö2BÖE5Ö30", PLAIN, ScannerLayoutWrong),
        ("P12345", BADGES, BadgeNotUsed),
        (f"]C1{LABEL}", ONLY_QR, SymbologyNotWanted),
        (LABEL, ONLY_QR, SymbologyNotWanted),
        ("A" * 5000, PLAIN, ScanTooLong),
    ],
)
def test_what_came_out_wrong_is_named_and_verifies_nothing(text: str, rules: ScanRules, failure: type[Failure]) -> None:
    fakes = FakeBench()
    job = labelled(fakes)
    assert isinstance(told_of(fakes, text, rules), failure)
    with pytest.raises(failure):
        label_scan(replace(fakes.bench(), scan_rules=rules), job, text, lambda _: None, any_open=True)
    assert fakes.ledger.kept.jobs[job.id].state is JobState.SENT


def test_a_label_is_verified_whatever_identifier_the_scanner_sends() -> None:
    fakes = FakeBench()
    job = labelled(fakes)
    bench = replace(fakes.bench(), scan_rules=ONLY_QR)
    assert label_scan(bench, job, f"]Q1{LABEL}\r", lambda _: None, any_open=False).state is JobState.VERIFIED


def test_a_text_with_half_characters_in_it_is_still_a_device() -> None:
    reading = idle_scan(FakeBench().bench(), "\ud80000911f500047", lambda _: None)
    assert reading is not None
    assert reading.identity == MAC


def test_what_is_said_of_a_scan_is_short() -> None:
    failure = told_of(FakeBench(), "x" * 4000)
    assert isinstance(failure, ScanNotUnderstood)
    assert len(failure.text) == 80


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        ("P12345", BADGES),
        ("]Q1 lamp of 00911f500047", PLAIN),
        ("ACÖCFÖ23Ö2BÖE5Ö30", PLAIN),
        (ISSUED.swapcase(), PLAIN),
        ("x" * 5000, PLAIN),
        ("00911f50004700911f500047", ScanRules(own_content=re.compile(".*"))),
        ("L-000001", PLAIN),
    ],
)
def test_no_code_is_put_on_a_label_that_would_be_refused_when_scanned(content: str, rules: ScanRules) -> None:
    bench = replace(FakeBench().bench(), scan_rules=rules)
    with pytest.raises((CodeMalformed, CodeIsIdentity)):
        require_own(bench, IssuedCode(content, MAC, CodeSource.TEMPLATE, NOW))


def test_where_symbologies_are_named_a_code_may_still_be_printed() -> None:
    require_own(replace(FakeBench().bench(), scan_rules=ONLY_QR), IssuedCode(LABEL, MAC, CodeSource.SERVICE, NOW))
