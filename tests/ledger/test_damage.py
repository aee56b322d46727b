"""Flipped bytes anywhere in the file: told as damage, or harmless, never a crash."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.domain.batch import BatchState
from gizqr_station.domain.failures import LedgerFailure
from gizqr_station.domain.job import JobState
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.workflows.batch_ports import BatchDraft, BatchLabel
from tests.contracts.ledger_samples import IMAGE, PRODUCT_KEY, brought_to, draft, mac, opened
from tests.ledger.conftest import OpenLedger


def read_everything(ledger: SqlLedger) -> None:
    for job in ledger.all_jobs():
        ledger.history(job.id)
        ledger.image(job.id)
        ledger.latest(job.draft.product_key, job.identity)
        ledger.with_content(job.draft.content)
    for batch in ledger.batches():
        ledger.batch_items(batch.number)
        ledger.batch_history(batch.number)
    ledger.pause_interrupted_batches("station")
    ledger.labels_of_order("be606a7b34d441b59d7eba2c080ff805", "WO-7")
    ledger.find("50:00")
    ledger.open_jobs()
    ledger.count(JobState.SENT)
    ledger.settle_interrupted("station")
    ledger.next_label_serial()


def sqlite_complains(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file)) as raw:
            return bool(raw.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",))
    except (sqlite3.Error, UnicodeDecodeError):
        return True


@pytest.mark.parametrize("copies", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_flipped_bytes_never_crash_the_station(
    ledger: SqlLedger, ledger_file: Path, open_again: OpenLedger, copies: int
) -> None:
    for number, state in enumerate(list(JobState) * 2):
        brought_to(ledger, opened(ledger, identity=mac(number)), state)
    batch = ledger.begin_batch(BatchDraft("list.csv", PRODUCT_KEY, "WO-7", "p", (mac(70), mac(71), mac(72))), who="li")
    ledger.enqueue_items(batch.number, [BatchLabel(1, draft("Q-1", identity=mac(70)), IMAGE)], who="li")
    ledger.move_batch(batch.number, BatchState.RUNNING, who="li")
    ledger.close()
    whole = ledger_file.read_bytes()
    copy = ledger_file.with_name("copy.sqlite")
    chance = random.Random(copies)
    told = 0
    for number in range(copies):
        flipped = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        copy.write_bytes(flipped)
        damaged, told_before = None, told
        broken = sqlite_complains(copy)
        try:
            damaged = open_again(copy)
            fault = damaged.verify()
            told += fault is not None
            read_everything(damaged)
        except LedgerFailure:
            told += 1
        except Exception as crash:
            raise AssertionError(f"copy {number}") from crash
        finally:
            if damaged is not None:
                damaged.close()
            assert told > told_before or not broken, f"copy {number} was used in silence"
            for left in ledger_file.parent.glob("copy.sqlite*"):
                left.unlink()
    assert told > copies / 2
