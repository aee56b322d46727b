"""What somebody with a database tool may do to a record; each says which entry is then the first bad one."""

import hashlib
import json
import random
import sqlite3
import zlib
from collections.abc import Callable

from tests.trust.sealed_ledger import SealedLedger, other_than, rows_of

SEALED = ["job", "kind", "state", "subject", "at", "clock", "who", "station", "evidence"]
DRAFT = [
    "label_serial",
    "identity",
    "identity_kind",
    "product_key",
    "product_name",
    "content",
    "content_digest",
    "code_source",
    "code_task",
    "image_digest",
    "template",
    "dpi",
    "printer",
    "station",
    "operator",
    "revision",
    "test",
    "scan_back_due",
    "opened_at",
    "work_order",
    "code_service",
    "replaces",
    "reason",
    "allowed_by",
]


def edited(held: SealedLedger, dice: random.Random) -> int:
    """One column of one entry."""
    with held.changed() as raw:
        entries = rows_of(raw, "entries", "sequence")
        row, column = dice.choice(entries), dice.choice([*SEALED, "seal"])
        value = other_than(row[column], dice)
        raw.execute(f"UPDATE entries SET {column} = ? WHERE sequence = ?", (value, row["sequence"]))
    return int(str(row["sequence"]))


def deleted(held: SealedLedger, dice: random.Random) -> int:
    """One entry, and the rest may close up; the last of all is a tail."""
    with held.changed() as raw:
        gone = dice.randrange(1, held.last)
        raw.execute("DELETE FROM entries WHERE sequence = ?", (gone,))
        if dice.random() < 0.5:
            for later in range(gone + 1, held.last + 1):
                raw.execute("UPDATE entries SET sequence = ? WHERE sequence = ?", (later - 1, later))
    return gone


def inserted(held: SealedLedger, dice: random.Random) -> int:
    """A copy of another entry between two, which may even be sealed behind the one before it."""
    with held.changed() as raw:
        entries = rows_of(raw, "entries", "sequence")
        at = dice.randrange(1, held.covered + 1)
        for later in range(held.last, at - 1, -1):
            raw.execute("UPDATE entries SET sequence = ? WHERE sequence = ?", (later + 1, later))
        added = {**dice.choice(entries), "sequence": at}
        if dice.random() < 0.5:
            added["seal"] = seal_behind(raw, entries[at - 2] if at > 1 else None, added)
        put(raw, added)
    return at


def swapped(held: SealedLedger, dice: random.Random) -> int:
    """Two entries that say different things, with their seals or without."""
    with held.changed() as raw:
        first, second = sorted(dice.sample(rows_of(raw, "entries", "sequence"), 2), key=lambda row: str(row["at"]))
        columns = [*SEALED, "seal"] if dice.random() < 0.5 else SEALED
        for here, there in ((first, second), (second, first)):
            changed = ", ".join(f"{name} = ?" for name in columns)
            values = [there[name] for name in columns]
            raw.execute(f"UPDATE entries SET {changed} WHERE sequence = ?", [*values, here["sequence"]])
    return min(int(str(first["sequence"])), int(str(second["sequence"])))


def restamped(held: SealedLedger, dice: random.Random) -> int:
    """One entry, or what its job was opened with, and every seal from there on made anew, as the program makes them."""
    with held.changed() as raw:
        at = dice.randrange(1, held.covered + 1)
        entries = rows_of(raw, "entries", "sequence")
        row = entries[at - 1]
        if row["state"] == "intended":
            raw.execute("UPDATE jobs SET operator = operator || '!' WHERE id = ?", (row["job"],))
        else:
            column = dice.choice(["who", "evidence", "at", "station"])
            row[column] = other_than(row[column], dice)
        before = entries[at - 2] if at > 1 else None
        for later in entries[at - 1 :]:
            later["seal"] = seal_behind(raw, before, later)
            raw.execute("DELETE FROM entries WHERE sequence = ?", (later["sequence"],))
            put(raw, later)
            before = later
    return at


def cut(held: SealedLedger, dice: random.Random) -> int:
    """The newest entries, some that a checkpoint has seen among them."""
    with held.changed() as raw:
        kept = dice.randrange(0, held.covered)
        raw.execute("DELETE FROM entries WHERE sequence > ?", (kept,))
    return kept + 1


def put_back(held: SealedLedger, dice: random.Random) -> int:
    """An old file, on which somebody may have gone on working."""
    count, older = dice.choice([old for old in held.older if old[0] < held.covered])
    held.put_back(older)
    for _ in range(dice.choice([0] * 10 + [1, 2, 3, 3, held.last])):
        held.ledger.note(held.ledger.job(1), who="li.wei", evidence="went on")
    return count + 1


def draft_edited(held: SealedLedger, dice: random.Random) -> int:
    """One column of what a job was opened with."""
    with held.changed() as raw:
        row, column = dice.choice(rows_of(raw, "jobs", "id")), dice.choice(DRAFT)
        value = 1 - int(str(row[column])) if column in {"test", "scan_back_due"} else other_than(row[column], dice)
        raw.execute(f"UPDATE jobs SET {column} = ? WHERE id = ?", (value, row["id"]))
        return opening(raw, row["id"])


def image_edited(held: SealedLedger, dice: random.Random) -> int:
    """The dots of a label, their size, or all of it."""
    with held.changed() as raw:
        row = dice.choice(rows_of(raw, "images", "job"))
        packed = bytes(row["dots"])  # type: ignore[call-overload]
        dots = bytearray(zlib.decompress(packed))
        dots[dice.randrange(len(dots))] ^= 1 << dice.randrange(8)
        statement, values = dice.choice(
            [
                ("UPDATE images SET dots = ? WHERE job = ?", (zlib.compress(dots), row["job"])),
                ("UPDATE images SET dots = ? WHERE job = ?", (packed[: dice.randrange(len(packed))], row["job"])),
                ("UPDATE images SET width = width + ? WHERE job = ?", (dice.randrange(1, 9), row["job"])),
                ("UPDATE images SET dpi = dpi + ? WHERE job = ?", (dice.randrange(1, 9), row["job"])),
                ("DELETE FROM images WHERE dpi > ? AND job = ?", (0, row["job"])),
            ]
        )
        raw.execute(statement, values)
        return opening(raw, row["job"])


MUTATIONS: tuple[Callable[[SealedLedger, random.Random], int], ...] = (
    edited,
    deleted,
    inserted,
    swapped,
    restamped,
    cut,
    put_back,
    draft_edited,
    image_edited,
)


def put(raw: sqlite3.Connection, row: dict[str, object]) -> None:
    """A whole row."""
    raw.execute(f"INSERT INTO entries ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def opening(raw: sqlite3.Connection, job: object) -> int:
    """The entry that opened a job."""
    (sequence,) = raw.execute("SELECT min(sequence) FROM entries WHERE job = ?", (job,)).fetchone()
    return int(sequence)


def seal_behind(raw: sqlite3.Connection, before: dict[str, object] | None, row: dict[str, object]) -> str:
    """A seal as the documents say that it is made, by nothing of the program's own."""
    text = {name: row[name] for name in ["sequence", *SEALED]}
    text["after"] = "0" * 64 if before is None else before["seal"]
    if (row["kind"], row["state"]) == ("move", "intended"):
        job = next(found for found in rows_of(raw, "jobs", "id") if found["id"] == row["job"])
        draft = {name: job[name] for name in DRAFT}
        text["draft"] = {**draft, "test": bool(draft["test"]), "scan_back_due": bool(draft["scan_back_due"])}
    written = json.dumps(text, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
