"""``ledger reprint | void | settle``: the desk's rules on a real ledger, with real labels and people."""

import contextlib
from pathlib import Path

import pytest

from gizqr_station.assembly import hold
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.people import Role
from gizqr_station.labels.serial_code import SerialCodesOnLabels
from gizqr_station.labels.template_files import TemplateShelf
from gizqr_station.places import DataFolder
from gizqr_station.printing.zpl_reader import read_labels
from gizqr_station.settings.store import load, write_commented
from gizqr_station.trust.pins import Argon2Pins
from tests.cli.bench import labels_in, ledger_of, set_up
from tests.cli.conftest import Answered, Run

MAC = "00:91:1F:50:00:47"
CONTENT = "https://x.example/00911f500047"
PINS = {"Li Wei": "471147", "Zhang Min": "258025", "Wang Fang": "914370"}


@pytest.fixture
def people(tmp_path: Path) -> None:
    """A folder with a lead, somebody from QA and an operator."""
    folder = set_up(tmp_path)
    hasher = Argon2Pins()
    roles = {"Wang Fang": Role.LEAD, "Zhang Min": Role.QA, "Li Wei": Role.OPERATOR}
    with contextlib.closing(ledger_of(folder)) as ledger:
        for name, role in roles.items():
            first, pin = role is Role.LEAD, hasher.hash(PINS[name])
            ledger.add_person(name, role, who="Wang Fang", first=first, pin_hash=pin)


def as_person(monkeypatch: pytest.MonkeyPatch, run: Run, name: str, *words: object) -> Answered:
    monkeypatch.setenv("GIZQR_PIN", PINS[name])
    return run(*words, "--person", name, "--json")


def jobs(tmp_path: Path) -> list[PrintJob]:
    """Newest first."""
    with contextlib.closing(ledger_of(DataFolder(tmp_path / "data"))) as ledger:
        return list(ledger.all_jobs())[::-1]


def verify(folder: DataFolder) -> None:
    with contextlib.closing(ledger_of(folder)) as ledger:
        (job,) = ledger.open_jobs()
        ledger.move(job, JobState.VERIFIED, who="Li Wei")


def test_a_label_is_replaced_with_its_mark_and_small_code_and_found_by_both_codes(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path)
    run("print", "--identity", MAC)
    verify(DataFolder(tmp_path / "data"))
    done = run("ledger", "reprint", "L-000001", "--reason", "damaged", "--json")
    document = done.document()
    assert (done.code, document["error"], document["replaced"], document["small_code"]) == (0, None, "L-000001", True)
    new, old = jobs(tmp_path)
    assert (old.state, new.state, new.mark) == (JobState.VOIDED, JobState.SENT, "R1")
    assert (new.draft.reason, new.draft.replaces, new.draft.operator) == ("damaged", "L-000001", "Li Wei")
    (label,) = read_labels(labels_in(tmp_path / "paper")[-1], 203)
    assert SerialCodesOnLabels(TemplateShelf()).said_by(label.image) == "L-000002"
    wrong = run("ledger", "settle", "L-000002", "--found", "https://x.example/00911f500048")
    assert (wrong.code, "E-LIN-01" in wrong.err) == (1, True)
    found = run("ledger", "settle", "L-000002", "--found", CONTENT)
    assert (found.code, jobs(tmp_path)[0].state) == (0, JobState.VERIFIED)


def test_what_is_wrong_with_a_request_is_said_in_one_line_and_nothing_changes(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path)
    run("print", "--identity", MAC)
    for words, code in (
        (["reprint", "L-000001", "--reason", "lost"], "E-LIN-73"),
        (["reprint", "L-000009", "--reason", "lost"], "E-LED-11"),
        (["reprint", "L-000001", "--reason", "other"], "E-LIN-70"),
        (["void", "L-000001", "--reason", "lost"], "E-PPL-10"),
        (["settle", "L-000009", "--no-usable-label"], "E-LED-11"),
    ):
        done = run("ledger", *words)
        assert (done.code, len(done.err.splitlines()), code in done.err) == (1, 1, True), done.err
    assert [job.state for job in jobs(tmp_path)] == [JobState.SENT]
    assert len(labels_in(tmp_path / "paper")) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["reprint", "L-000001"],
        ["reprint", "L-000001", "--reason", "because"],
        ["void", "L-000001"],
        ["settle", "L-000001"],
        ["settle", "L-000001", "--found", "x", "--no-usable-label"],
    ],
)
def test_a_request_that_leaves_out_what_it_needs_is_wrong_usage(run: Run, words: list[str]) -> None:
    assert run("ledger", *words).code == 2


def test_a_running_station_prints_its_own_replacements(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    run("print", "--identity", MAC)
    verify(DataFolder(tmp_path / "data"))
    lock = hold(folder)
    try:
        done = run("ledger", "reprint", "L-000001", "--reason", "lost")
    finally:
        lock.release()
    assert (done.code, "E-LED-10" in done.err) == (1, True)
    assert [job.state for job in jobs(tmp_path)] == [JobState.VERIFIED]


def test_a_label_that_nobody_has_is_settled_and_its_device_labelled_again(run: Run, tmp_path: Path) -> None:
    set_up(tmp_path)
    run("print", "--identity", MAC)
    assert run("ledger", "settle", "L-000001", "--no-usable-label").code == 0
    assert run("print", "--identity", MAC).code == 0
    new, old = jobs(tmp_path)
    assert (old.state, new.mark, new.draft.replaces, new.draft.reason) == (
        JobState.VOIDED,
        "R1",
        "L-000001",
        "printer_fault",
    )


@pytest.mark.usefixtures("people")
def test_who_may_not_void_is_refused_and_who_may_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert as_person(monkeypatch, run, "Li Wei", "print", "--identity", MAC).code == 0
    assert run("ledger", "void", "L-000001", "--reason", "lost").code == 1
    refused = as_person(monkeypatch, run, "Li Wei", "ledger", "void", "L-000001", "--reason", "lost")
    assert (refused.code, "E-PPL-03" in refused.err) == (1, True)
    voided = as_person(monkeypatch, run, "Zhang Min", "ledger", "void", "L-000001", "--reason", "lost")
    assert voided.code == 0
    (job,) = jobs(tmp_path)
    with contextlib.closing(ledger_of(DataFolder(tmp_path / "data"))) as ledger:
        last = ledger.history(job.id)[-1]
    assert (job.state, last.who, last.evidence) == (JobState.VOIDED, "Zhang Min", "lost")


@pytest.mark.usefixtures("people")
def test_above_the_limit_a_second_person_shows_their_own_pin(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = set_up(tmp_path)
    settings = load(folder.settings_file)
    strict = settings.model_copy(update={"reprints": settings.reprints.model_copy(update={"limit": 0})})
    write_commented(folder.settings_file, strict)
    assert as_person(monkeypatch, run, "Zhang Min", "print", "--identity", MAC).code == 0
    verify(folder)
    words = ("ledger", "reprint", "L-000001", "--reason", "unreadable")
    alone = as_person(monkeypatch, run, "Zhang Min", *words)
    assert (alone.code, "E-LIN-75" in alone.err) == (1, True)
    monkeypatch.setenv("GIZQR_SECOND_PIN", PINS["Zhang Min"])
    herself = as_person(monkeypatch, run, "Zhang Min", *words, "--second", "Zhang Min")
    assert (herself.code, "E-PPL-04" in herself.err) == (1, True)
    pin_file = tmp_path / "pin"
    pin_file.write_text(f"{PINS['Wang Fang']}\n", encoding="utf-8")
    both = as_person(monkeypatch, run, "Zhang Min", *words, "--second", "Wang Fang", "--second-pin-file", pin_file)
    assert both.code == 0, both.err
    with contextlib.closing(ledger_of(folder)) as ledger:
        new, old = list(ledger.all_jobs())[::-1]
    assert (new.draft.operator, new.draft.allowed_by, old.state) == ("Zhang Min", "Wang Fang", JobState.VOIDED)
    assert all(pin not in alone.out + herself.out + both.out + both.err for pin in PINS.values())
