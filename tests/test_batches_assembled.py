"""Benches for batches and single labels, made of a folder: what was left is settled, the settings' gate stands."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from gizqr_station.assembly.batches import batch_bench, settled_ledger
from gizqr_station.assembly.single_labels import single_bench
from gizqr_station.domain.batch import BatchState, ItemState
from gizqr_station.domain.identity_failures import OuiNotAllowed
from gizqr_station.domain.job import JobState
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.settings.store import load
from gizqr_station.workflows.batch import BatchRun, begin_batch
from gizqr_station.workflows.batch_ports import BatchLabel
from gizqr_station.workflows.ports import Ledger
from gizqr_station.workflows.single_label import queue_label
from tests.cli.bench import labels_in, ledger_of, set_up
from tests.contracts.ledger_samples import IMAGE, draft, mac

MACS = [mac(number) for number in range(3)]


@contextmanager
def bench_ledger(folder: DataFolder) -> Iterator[Ledger]:
    with batch_bench(folder, load(folder.settings_file)) as bench:
        yield bench.ledger


@contextmanager
def only_ledger(folder: DataFolder) -> Iterator[Ledger]:
    with settled_ledger(folder, "Li Wei") as ledger:
        yield ledger


@pytest.mark.parametrize("opened", [bench_ledger, only_ledger])
def test_what_an_earlier_program_left_running_is_paused_and_its_label_asked_for(
    tmp_path: Path, opened: Callable[[DataFolder], AbstractContextManager[Ledger]]
) -> None:
    folder = set_up(tmp_path)
    with single_bench(folder, load(folder.settings_file)) as bench:
        begin_batch(bench, "list.csv", MACS)
        bench.ledger.move_batch(1, BatchState.RUNNING, who="Li Wei")
        labels = [BatchLabel(at, draft(f"Q-{at}", identity=MACS[at - 1]), IMAGE) for at in (1, 2)]
        first, _ = bench.ledger.enqueue_items(1, labels, who="Li Wei")
        bench.ledger.take(first.id, who="Li Wei")
    with opened(folder) as ledger:
        batch = ledger.batch(1)
        assert (batch.state, batch.reason) == (BatchState.PAUSED, "stopped")
        assert [item.state for item in ledger.batch_items(1)] == [ItemState.SENT, ItemState.QUEUED, ItemState.WAITING]
        assert ledger.job(first.id).state is JobState.UNKNOWN
        assert [waiting.held for waiting in ledger.queued()] == [True]


def test_a_batch_is_printed_on_the_folders_printer(tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    with batch_bench(folder, load(folder.settings_file)) as bench:
        begin_batch(bench, "list.csv", MACS)
        ended = BatchRun(bench, lambda _: None).run(1, Stop())
    assert (ended.batch.state, ended.batch.counts[ItemState.SENT]) == (BatchState.DONE, 3)
    assert len(labels_in(tmp_path / "paper")) == 3
    with closing(ledger_of(folder)) as ledger:
        assert sorted(job.draft.content for job in ledger.all_jobs()) == [f"https://x.example/{mac}" for mac in MACS]


def test_the_gate_of_the_settings_stands_before_single_labels_and_batches(tmp_path: Path) -> None:
    folder = set_up(tmp_path, ouis=["AC:CF:23"])
    with single_bench(folder, load(folder.settings_file)) as bench, pytest.raises(OuiNotAllowed):
        queue_label(bench, MACS[0], Stop(), lambda _: None, held_because="x")
    with batch_bench(folder, load(folder.settings_file)) as bench:
        begin_batch(bench, "list.csv", MACS)
        ended = BatchRun(bench, lambda _: None).run(1, Stop())
    assert ended.batch.counts[ItemState.REFUSED] == 3
    assert labels_in(tmp_path / "paper") == []
