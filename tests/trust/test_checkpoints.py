"""Checkpoints: signed, kept in the second place, told in the record, and held against it."""

import json
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gizqr_station.domain.audit import ActKind, AuditFaultKind
from gizqr_station.domain.audit_failures import CheckpointPlaceAway, OlderLedger, RecordCutShort, RecordRestamped
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.trust.checkpoint_form import Beginnings, decoded, encoded, signed
from gizqr_station.trust.checkpoints import SignedCheckpoints, require_remembered
from gizqr_station.trust.remembered import Remembered
from gizqr_station.trust.second_place import SecondPlace
from gizqr_station.trust.signing import StationKey
from tests.trust.sealed_ledger import KEY, SealedLedger

PUBLIC_KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="


def files_in(folder: Path) -> list[Path]:
    return sorted((folder / "second place").iterdir())


def test_a_checkpoint_stands_for_all_entries_and_is_told_in_the_record(
    sealed: SealedLedger, checkpoints: SignedCheckpoints, tmp_path: Path
) -> None:
    last = sealed.ledger.last_entry()
    made = checkpoints.sign(who="qa", stop=Stop())
    assert (made.count, made.head, made.station) == (last, sealed.ledger.seal_at(last), "bench-1")
    assert made.key_id == "56475aa75463474c"
    (told,) = sealed.ledger.entries(last, 9)
    assert (told.kind, told.subject, told.who) == (ActKind.CHECKPOINT.value, made.key_id, "qa")
    facts = {"count": str(last), "head": made.head, "root": made.root, "public_key": PUBLIC_KEY}
    assert json.loads(told.evidence) == facts
    (file,) = files_in(tmp_path / "new")
    assert decoded(file.read_bytes()).checkpoint == made
    assert checkpoints.verify(Stop()).covered == last


def test_the_next_one_goes_on_where_the_last_one_ended(sealed: SealedLedger, tmp_path: Path) -> None:
    whole = SecondPlace(tmp_path / "second place", made=True).kept(sealed.ledger.ledger_id(), Stop()).good
    assert [held.after for held in whole] == [0, whole[0].checkpoint.count]
    assert [len(held.witness) for held in whole] == [
        whole[0].checkpoint.count,
        whole[1].checkpoint.count - whole[0].checkpoint.count,
    ]
    assert sealed.verified().fault is None


def test_the_root_is_the_same_as_if_all_was_read_anew(sealed: SealedLedger, checkpoints: SignedCheckpoints) -> None:
    later = sealed.checkpoints.sign(who="qa", stop=Stop())
    anew = checkpoints.sign(who="qa", stop=Stop())
    assert anew.count == later.count + 1
    place_before = sealed.checkpoints.sign(who="qa", stop=Stop())
    assert place_before.count == anew.count + 1
    assert checkpoints.verify(Stop()).fault is None
    assert sealed.verified().fault is None


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter on Windows")
def test_no_other_user_reads_the_files(sealed: SealedLedger, tmp_path: Path) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [*files_in(tmp_path), tmp_path / "last.json"]}
    assert modes == {0o600}


def test_the_private_key_stands_in_no_file(sealed: SealedLedger, tmp_path: Path) -> None:
    for path in [sealed.path, *files_in(tmp_path), tmp_path / "last.json"]:
        data = path.read_bytes()
        assert KEY not in data
        assert b"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" not in data


def test_a_named_second_place_that_is_away_is_said_and_nothing_is_written(sealed: SealedLedger, tmp_path: Path) -> None:
    parts = replace(sealed.checkpoints._parts, place=SecondPlace(tmp_path / "not mounted", made=False))
    last = sealed.ledger.last_entry()
    with pytest.raises(CheckpointPlaceAway) as away:
        SignedCheckpoints(parts).sign(who="qa", stop=Stop())
    assert away.value.folder == str(tmp_path / "not mounted")
    with pytest.raises(CheckpointPlaceAway):
        SignedCheckpoints(parts).verify(Stop())
    assert sealed.ledger.last_entry() == last
    assert not (tmp_path / "not mounted").exists()


def test_a_file_that_cannot_be_finished_does_not_appear(
    sealed: SealedLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_in(tmp_path)

    def full(_handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CheckpointPlaceAway, match="No space"):
        sealed.checkpoints.sign(who="qa", stop=Stop())
    assert files_in(tmp_path) == before


def test_a_record_that_lost_what_was_signed_is_not_signed_again(sealed: SealedLedger) -> None:
    with sealed.changed() as raw:
        raw.execute("DELETE FROM entries WHERE sequence > 5")
    with pytest.raises(RecordCutShort) as cut:
        sealed.checkpoints.sign(who="qa", stop=Stop())
    assert cut.value.sequence == 6
    with sealed.changed() as raw:
        raw.execute("UPDATE entries SET seal = ? WHERE sequence = ?", ("0" * 64, sealed.covered))
    with pytest.raises(RecordRestamped):
        sealed.checkpoints.sign(who="qa", stop=Stop())


def test_an_older_ledger_is_found_at_the_start(sealed: SealedLedger, tmp_path: Path) -> None:
    remembered = Remembered(tmp_path / "last.json")
    require_remembered(sealed.ledger, remembered, "ledger")
    require_remembered(sealed.ledger, Remembered(tmp_path / "never written"), "ledger")
    sealed.put_back(sealed.older[3][1])
    with pytest.raises(OlderLedger) as older:
        require_remembered(sealed.ledger, remembered, "ledger")
    assert (older.value.count, older.value.found) == (sealed.covered, sealed.older[3][0])
    assert older.value.remembered == str(tmp_path / "last.json")


def test_another_ledger_in_its_place_is_found(sealed: SealedLedger, tmp_path: Path) -> None:
    with sealed.changed() as raw:
        raw.execute("UPDATE meta SET ledger_id = ?", ("f" * 32,))
    with pytest.raises(OlderLedger):
        require_remembered(sealed.ledger, Remembered(tmp_path / "last.json"), "ledger")
    fault = sealed.verified().fault
    assert fault is not None
    assert (fault.kind, fault.sequence) == (AuditFaultKind.TAIL_CUT, 1)


def test_a_mark_that_says_nothing_of_use_is_none(tmp_path: Path) -> None:
    for text in ("", "[]", "{}", '{"ledger":"x","count":"many","head":""}'):
        (tmp_path / "last.json").write_text(text)
        assert Remembered(tmp_path / "last.json").read() is None


def test_every_changed_byte_of_a_checkpoint_is_found(sealed: SealedLedger, tmp_path: Path) -> None:
    file = files_in(tmp_path)[0]
    whole = file.read_bytes()
    for at in range(0, len(whole), 7):
        changed = bytearray(whole)
        changed[at] ^= 1
        with pytest.raises(ValueError):
            decoded(bytes(changed))
    file.write_bytes(whole.replace(b"bench-1", b"bench-2"))
    fault = sealed.verified().fault
    assert fault is not None
    assert (fault.kind, fault.sequence) == (AuditFaultKind.CHECKPOINT_BROKEN, decoded(whole).checkpoint.count)
    assert file.name in fault.detail


@pytest.mark.parametrize("which", [0, 1])
def test_a_checkpoint_that_is_gone_is_missed(sealed: SealedLedger, tmp_path: Path, which: int) -> None:
    files_in(tmp_path)[which].unlink()
    fault = sealed.verified().fault
    assert fault is not None
    assert fault.kind is AuditFaultKind.CHECKPOINT_BROKEN


def test_a_checkpoint_of_another_ledger_is_no_concern(sealed: SealedLedger, tmp_path: Path) -> None:
    kept = SecondPlace(tmp_path / "second place", made=True).kept(sealed.ledger.ledger_id(), Stop()).good[0]
    foreign = signed(replace(kept, checkpoint=replace(kept.checkpoint, ledger_id="e" * 32)), StationKey(KEY))
    SecondPlace(tmp_path / "second place", made=True).write(foreign)
    assert sealed.verified().fault is None
    ours = next(file for file in files_in(tmp_path) if sealed.ledger.ledger_id()[:12] in file.name)
    ours.write_bytes(encoded(foreign))
    assert sealed.verified().fault is not None


def test_whoever_checks_can_be_stopped(sealed: SealedLedger) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        sealed.checkpoints.verify(stop)
    with pytest.raises(Stopped):
        sealed.checkpoints.sign(who="qa", stop=stop)


def test_beginnings_are_a_sequence() -> None:
    seals = [f"{number:064x}"[::-1] for number in range(4)]
    begun = Beginnings.of(seals)
    assert list(begun) == [seal[:16] for seal in seals]
    assert (len(begun), begun[3], list(begun[1:3])) == (4, seals[3][:16], [seals[1][:16], seals[2][:16]])
    with pytest.raises(IndexError):
        begun[4]
    with pytest.raises(ValueError, match="9 bytes"):
        Beginnings(b"123456789")
