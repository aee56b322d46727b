"""What a scan means at a free line."""

from dataclasses import replace

import pytest

from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.line_failures import CommandUnknown, LabelVoided, ScanNotUnderstood, WrongLabel
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.happenings import Happening, JobChanged, LabelKnown, ScanRefused
from gizqr_station.workflows.label_scan import idle_scan, label_scan
from gizqr_station.workflows.provision import provision
from tests.fake_bench import MAC, OTHER_MAC, FakeBench, content_of, reading_of


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
    assert scan(fakes, content_of(MAC)) == [LabelKnown(job)]


def test_a_voided_label_that_turns_up_is_refused_by_name() -> None:
    fakes = FakeBench()
    fakes.ledger.move(labelled(fakes), JobState.VOIDED, who="QA")
    (told,) = scan(fakes, content_of(MAC))
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
        label_scan(fakes.bench(), awaited, content_of(MAC), any_open=False)
    assert label_scan(fakes.bench(), awaited, content_of(MAC), any_open=True).id == other.id


def test_a_voided_label_is_named_while_another_is_waited_for() -> None:
    fakes = FakeBench()
    fakes.ledger.move(labelled(fakes), JobState.VOIDED, who="QA")
    awaited = provision(
        fakes.bench(), reading_of(OTHER_MAC), Stop(), lambda _: None, still_there=lambda: None, scan_back_due=True
    ).job
    with pytest.raises(LabelVoided):
        label_scan(fakes.bench(), awaited, content_of(MAC), any_open=False)


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
        label_scan(fakes.bench(), fakes.ledger.kept.jobs[expected.id], text, any_open=True)
    assert fakes.ledger.kept.jobs[expected.id].state is JobState.SENT
