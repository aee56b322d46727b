"""Evidence: whoever has the file and the key's id needs nobody of us to check it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gizqr_station.domain.stop import Stop
from gizqr_station.trust.checkpoint_form import signed_text
from gizqr_station.trust.evidence import Shown, evidence
from gizqr_station.trust.signing import StationKey
from tests.contracts.ledger_samples import mac
from tests.trust.sealed_ledger import KEY, SealedLedger

CHECKER = Path(__file__).parents[2] / "packaging" / "check_evidence.py"
Check = Callable[[bytes, str], str]


def evidence_of(sealed: SealedLedger, about: Mapping[str, str], key: bytes = KEY) -> bytes:
    ledger = sealed.ledger
    held = sealed.checkpoints.sign_whole(who="qa", stop=Stop())
    jobs = ledger.jobs_about(about)
    entries = ledger.sealed_about([job.id for job in jobs], ["reprint"], held.checkpoint.count)
    images = {job.id: image for job in jobs if (image := ledger.image(job.id)) is not None}
    shown = Shown(about, entries, images, "qa", datetime(2026, 3, 2, tzinfo=UTC))
    return evidence(shown, held, ledger.seals(0, held.checkpoint.count, Stop()), StationKey(key))


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """What the checker says, in this process, for a new Python a field would take minutes."""
    checker: dict[str, Any] = {"__name__": "check_evidence"}
    exec(compile(CHECKER.read_text(encoding="utf-8"), str(CHECKER), "exec"), checker)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    checker["Key"] = Ed25519PublicKey

    def run(data: bytes, key_id: str = "") -> str:
        try:
            read = json.loads(data)
            checker["_must"](checker["_canonical"](read) + b"\n" == data, "no evidence")
            checker["_check"](read, key_id, read["checkpoint"], {})
        except SystemExit as refused:
            return str(refused)
        except Exception as broken:  # noqa: BLE001 - as the checker does
            return f"NOT GOOD: {type(broken).__name__}"
        return "GOOD"

    return run


def checked(path: Path, *key_id: str, python: tuple[str, ...] = (sys.executable,)) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*python, CHECKER, path, *key_id], capture_output=True, text=True, timeout=60, check=False)


def test_a_third_party_finds_it_good(sealed: SealedLedger, tmp_path: Path) -> None:
    file = tmp_path / "evidence.json"
    file.write_bytes(evidence_of(sealed, {"identity": mac(1).text}))
    good = checked(file, "56475aa75463474c")
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.startswith("GOOD: 1 labels, 16 entries, signed with key 56475aa75463474c")
    other = checked(file, "0123456789abcdef")
    assert (other.returncode, other.stderr) == (1, "NOT GOOD: another key\n")
    missing = checked(tmp_path / "nothing")
    assert missing.returncode == 1
    assert missing.stderr.startswith("NOT GOOD: FileNotFoundError")


def test_without_the_package_for_signatures_it_says_so(sealed: SealedLedger, tmp_path: Path) -> None:
    file = tmp_path / "evidence.json"
    file.write_bytes(evidence_of(sealed, {"identity": mac(1).text}))
    bare = checked(file, python=(sys.executable, "-I", "-S"))
    assert (bare.returncode, bare.stdout) == (1, "")
    assert "the Python package cryptography is not installed" in bare.stderr


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every leaf of a document, by the names and numbers that lead to it."""
    if isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*at, name))
    else:
        yield at


def other(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{value[:-2]}{'1' if value[-2:-1] != '1' else '2'}{value[-1:]}" if len(value) > 1 else f"{value}0"


def changed(document: dict[str, Any], at: tuple[Any, ...], change: Callable[[Any], Any]) -> dict[str, Any]:
    copy = deepcopy(document)
    inner: Any = copy
    for name in at[:-1]:
        inner = inner[name]
    inner[at[-1]] = change(inner[at[-1]])
    return copy


def written(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode() + b"\n"


def test_no_field_can_be_changed(sealed: SealedLedger, check: Check) -> None:
    data = evidence_of(sealed, {"identity": mac(1).text})
    assert check(data, "") == "GOOD"
    document = json.loads(data)
    at_all = list(places(document))
    assert len(at_all) > 200
    for at in at_all:
        assert check(written(changed(document, at, other)), "") != "GOOD", at


def test_whoever_signs_it_anew_with_the_stations_key_still_cannot_change_what_was_recorded(
    sealed: SealedLedger, check: Check
) -> None:
    """The signature of the file is not what holds the entries: the checkpoint does."""
    document = json.loads(evidence_of(sealed, {"identity": mac(1).text}))
    for at in places(document):
        if at[0] not in {"entries", "images", "about"}:
            continue
        forged = changed(document, at, other)
        forged["signature"] = StationKey(KEY).sign(signed_text(forged))
        assert check(written(forged), "") != "GOOD", at


def test_an_entry_of_another_unit_or_a_label_without_its_image_is_refused(sealed: SealedLedger, check: Check) -> None:
    mine = json.loads(evidence_of(sealed, {"identity": mac(1).text}))
    for change in (
        {**mine, "about": {"identity": mac(2).text}},
        {**mine, "images": []},
        {**mine, "entries": [each for each in mine["entries"] if "draft" not in each["entry"]]},
    ):
        unsigned = {name: value for name, value in change.items() if name != "signature"}
        signature = StationKey(KEY).sign(signed_text(unsigned))
        assert check(written({**unsigned, "signature": signature}), "") != "GOOD"


def test_a_file_that_another_key_signed_is_refused(sealed: SealedLedger, check: Check) -> None:
    assert check(evidence_of(sealed, {"identity": mac(1).text}, key=bytes(32)), "") == "NOT GOOD: InvalidSignature"


def test_an_order_is_shown_with_all_its_labels(sealed: SealedLedger, check: Check) -> None:
    data = evidence_of(sealed, {"work_order": ""})
    assert len(json.loads(data)["images"]) == 12
    assert check(data, "") == "GOOD"


def test_the_checker_is_short() -> None:
    assert len(CHECKER.read_text(encoding="utf-8").splitlines()) <= 60
