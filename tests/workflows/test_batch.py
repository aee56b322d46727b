"""A list, label after label, from its beginning to its end, and what gets no label."""

import pytest

from gizqr_station.domain.allowance import Allowance, LocalMacs
from gizqr_station.domain.batch import BatchState, ItemState
from gizqr_station.domain.code_failures import NoCodeListed
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import JobState
from gizqr_station.domain.label_failures import ReadBackDiffers
from gizqr_station.domain.list_failures import (
    ListEmpty,
)
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.batch import HANDFUL
from gizqr_station.workflows.happenings import JobChanged
from gizqr_station.workflows.provision import provision
from gizqr_station.workflows.single_label import queue_label
from tests.fake_bench import content_of, reading_of
from tests.workflows.batch_bench import FEW, MANY, BatchBench, PickyCodes

# from beginning to end


def test_each_identity_of_a_list_gets_its_label_in_order() -> None:
    bench = BatchBench()
    batch = bench.begun(MANY)
    assert (batch.state, batch.printer, batch.who, bench.printed()) == (BatchState.READY, "fake printer", "Li Wei", [])
    ended = bench.run()
    assert (ended.batch.state, ended.failure, ended.batch.counts[ItemState.SENT]) == (BatchState.DONE, None, 45)
    assert bench.printed() == [str(identity) for identity in MANY]
    bench.require_whole(1, MANY)
    contents = {job.draft.content for job in bench.fakes.ledger.all_jobs()}
    assert contents == {content_of(identity) for identity in MANY}
    assert list(bench.fakes.ledger.queued()) == []


def test_nobody_waits_for_the_scan_of_a_batchs_label_and_it_does_not_count_as_verified() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    bench.run()
    assert bench.job_states() == [JobState.SENT] * 3
    assert list(bench.fakes.ledger.open_jobs()) == []
    # What the station finds at its next start is not in doubt either.
    assert list(bench.fakes.ledger.settle_interrupted("station")) == []


def test_progress_is_told_at_every_label_and_the_line_hears_of_no_unit() -> None:
    bench = BatchBench()
    bench.begun(MANY[:25])
    bench.run()
    sent = [each.batch.counts[ItemState.SENT] for each in bench.seen()]
    assert sent == sorted(sent)
    assert set(range(1, 26)) <= set(sent)
    assert all(each.batch.total == 25 for each in bench.seen())
    assert bench.seen()[-1].batch.state is BatchState.DONE
    assert bench.seen()[-1].labels_a_minute > 0
    assert bench.seen()[0].labels_a_minute == 0
    assert not [each for each in bench.told if isinstance(each, JobChanged)]


def test_labels_are_made_a_handful_ahead_and_no_more() -> None:
    bench = BatchBench()
    bench.begun(MANY)
    ahead: list[int] = []
    bench.fakes.printer.before = lambda _: ahead.append(
        len(bench.fakes.painter.painted) - len(bench.fakes.printer.printed)
    )
    bench.run()
    assert max(ahead) == HANDFUL


def test_an_empty_list_begins_nothing() -> None:
    with pytest.raises(ListEmpty):
        BatchBench().begun([])


# identities that get no label


def test_what_has_its_label_is_passed_over_with_the_labels_serial() -> None:
    bench = BatchBench()
    queue_label(bench.bench(), MANY[1], Stop(), bench.told.append, held_because="x")
    bench.begun(FEW)
    assert bench.run().batch.state is BatchState.DONE
    items = bench.fakes.ledger.batch_items(1)
    assert [(item.state, item.reason) for item in items] == [
        (ItemState.SENT, ""),
        (ItemState.SKIPPED, "L-000001"),
        (ItemState.SENT, ""),
    ]
    assert [waiting.job.id for waiting in bench.fakes.ledger.queued()] == [1]


def test_what_is_labelled_at_the_line_while_its_label_is_drawn_keeps_the_lines_label() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    paint = bench.fakes.painter.paint
    other: list[str] = []

    def painted(template: str, dpi: int, fields: object) -> object:
        if len(bench.fakes.painter.painted) == 2 and not other:
            other.append("")
            made = provision(
                bench.bench(), reading_of(MANY[1]), Stop(), bench.told.append, still_there=lambda: None,
                scan_back_due=False,
            )  # fmt: skip
            other[0] = made.job.draft.label_serial
        return paint(template, dpi, fields)  # type: ignore[arg-type]

    bench.fakes.painter.paint = painted  # type: ignore[method-assign, assignment]
    assert bench.run().batch.state is BatchState.DONE
    item = bench.fakes.ledger.batch_items(1)[1]
    assert (item.state, item.reason) == (ItemState.SKIPPED, other[0])
    assert sorted(bench.printed()) == [str(identity) for identity in FEW]


def test_what_gets_no_code_is_refused_by_name_and_the_next_goes_on() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    bench.anew(codes=PickyCodes({MANY[1]: NoCodeListed(str(MANY[1]), "links.csv")}))
    assert bench.run().batch.state is BatchState.DONE
    items = bench.fakes.ledger.batch_items(1)
    assert [item.state for item in items] == [ItemState.SENT, ItemState.REFUSED, ItemState.SENT]
    assert (items[1].reason, items[1].job) == ("E-COD-12", None)


def test_a_code_that_is_the_same_for_several_is_printed_for_one_of_them() -> None:
    bench = BatchBench()
    bench.begun(MANY)
    bench.anew(codes=PickyCodes({}, content="https://example.com/the-same"))
    bench.run()
    assert bench.printed() == [str(MANY[0])]
    # Those of one handful are compared with each other, the others with the ledger.
    assert [item.reason for item in bench.fakes.ledger.batch_items(1)] == ["", *["E-COD-14"] * 44]


def test_what_is_not_allowed_is_refused_by_name_and_nobody_is_asked_for_its_code() -> None:
    bench = BatchBench(allowance=Allowance(order="WO-7", ranges=(IdentityRange(MANY[0], MANY[1]),)))
    bench.begun([MANY[0], MANY[2], MANY[1]])
    assert bench.run().batch.state is BatchState.DONE
    assert [item.reason for item in bench.fakes.ledger.batch_items(1)] == ["", "E-ID-11", ""]
    assert bench.fakes.codes.asked == MANY[:2]
    assert {job.draft.work_order for job in bench.fakes.ledger.all_jobs()} == {"WO-7"}


def test_who_allowed_a_locally_administered_mac_is_noted_of_its_label() -> None:
    local = MacAddress.parse("02:11:22:33:44:55", local_macs=True)
    bench = BatchBench(allowance=Allowance(local_macs=LocalMacs("Chen", "module lot 12")))
    bench.begun([local, MANY[0]])
    bench.run()
    notes = [[entry.evidence for entry in bench.fakes.ledger.history(job)] for job in (1, 2)]
    assert "locally administered MAC allowed by Chen: module lot 12" in notes[0]
    assert not [note for note in notes[1] if "locally" in note]


def test_dots_that_do_not_read_back_are_refused() -> None:
    bench = BatchBench()
    bench.begun(FEW)
    bench.fakes.read_back.failure = ReadBackDiffers("a", "b")
    assert bench.run().batch.state is BatchState.DONE
    assert (bench.states(), bench.printed(), bench.job_states()) == ([ItemState.REFUSED] * 3, [], [])
