"""The quota on the command line: said before a list begins, kept to while it prints, shown by doctor."""

import contextlib
from pathlib import Path

import pytest

from gizqr_station.places import DataFolder
from tests.cli.bench import KEY, labels_in, ledger_of, set_up
from tests.cli.conftest import Answered, Run

RANGE = "00911f500040..00911f50004b"
"""Twelve devices."""


def error_of(done: Answered) -> str:
    error = done.document()["error"]
    assert isinstance(error, dict)
    return f"{error['code']} {error['what']} {error['do']}"


def devices(folder: DataFolder) -> int:
    with contextlib.closing(ledger_of(folder)) as ledger:
        return ledger.devices_labelled(KEY)


def test_a_list_that_exceeds_what_is_left_says_how_many_are_allowed_and_pauses_there(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path, quota=10, registered_elsewhere=3)
    looked = run("batch", "run", "--range", RANGE, "--dry-run")
    assert (looked.code, devices(folder)) == (0, 0)
    told = "Smart Plug: of 10 devices 7 may still register, and 12 here are new: the batch pauses there."
    assert told in looked.out
    done = run("batch", "run", "--range", RANGE, "--yes", "--json")
    assert done.code == 1
    assert told in done.err
    assert "E-COD-41 Smart Plug: of 10 devices 0 may still register. 5 more were wanted." in error_of(done)
    assert (len(labels_in(tmp_path / "paper")), devices(folder)) == (7, 7)
    again = run("batch", "resume", "1")
    assert (again.code, "E-COD-41" in again.err, len(labels_in(tmp_path / "paper"))) == (1, True, 7)
    set_up(tmp_path, quota=20, registered_elsewhere=3)
    assert run("batch", "resume", "1").code == 0
    assert (len(labels_in(tmp_path / "paper")), devices(folder)) == (12, 12)


@pytest.mark.parametrize("dry", [True, False])
def test_a_list_of_which_no_device_may_register_is_not_begun(run: Run, tmp_path: Path, *, dry: bool) -> None:
    folder = set_up(tmp_path, quota=2, registered_elsewhere=2)
    done = run("batch", "run", "--range", RANGE, "--dry-run" if dry else "--yes", "--json")
    assert (done.code, done.document()["batch"]) == (1, None)
    assert "E-COD-41" in error_of(done)
    assert "12 more were wanted" in error_of(done)
    if not dry:
        with contextlib.closing(ledger_of(folder)) as ledger:
            assert list(ledger.batches()) == []


def test_one_label_more_than_may_register_is_refused(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path, quota=1)
    assert run("print", "--identity", "00911f500047").code == 0
    done = run("print", "--identity", "00911f500048")
    assert (done.code, "E-COD-41" in done.err, len(labels_in(tmp_path / "paper"))) == (1, True, 1)
    assert len(done.err.splitlines()) == 1


def finding(run: Run, subject: str) -> dict[str, object]:
    findings = run("doctor", "--json").document()["findings"]
    assert isinstance(findings, list)
    (found,) = [each for each in findings if each["subject"] == subject]
    assert isinstance(found, dict)
    return found


def test_doctor_says_what_is_left(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path, quota=5, registered_elsewhere=3)
    assert run("print", "--identity", "00911f500047").code == 0
    says = "1 of 5 devices may still register; 1 have labels of this station, 3 were used elsewhere"
    assert finding(run, "quota") == {"subject": "quota", "good": True, "needed": False, "says": says}
    assert run("print", "--identity", "00911f500048").code == 0
    assert finding(run, "quota")["good"] is False
    set_up(tmp_path, quota=0)
    assert finding(run, "quota")["says"] == "no limit is set: product.quota is 0"


@pytest.mark.parametrize(
    ("product", "good", "words"),
    [
        ({}, True, "template"),
        ({"content": "type=share&code={mac}"}, False, "all labels carry TEST"),
        ({"content": "x?product_key={product_key}&did={mac}&passcode=1"}, False, "all labels carry TEST"),
        ({"scheme": "gizwits"}, True, "gizwits"),
    ],
)
def test_doctor_says_whether_the_codes_fit_the_scheme(
    run: Run, tmp_path: Path, product: dict[str, object], words: str, *, good: bool
) -> None:
    set_up(tmp_path, **product)
    found = finding(run, "code scheme")
    assert (found["good"], words in str(found["says"])) == (good, True)


def test_doctor_says_that_codes_of_another_address_are_right_for_a_tunnel_only(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path, scheme="gizwits")
    text = folder.settings_file.read_text("utf-8")
    changed = text.replace("http://qrcode.gizwitsapi.com:1800", "http://127.0.0.1:9")
    folder.settings_file.write_text(changed, "utf-8")
    found = finding(run, "code scheme")
    assert (found["good"], found["needed"]) == (False, False)
    assert "127.0.0.1" in str(found["says"])
