"""``people …`` and ``--person``: who may sign in, and who gives a command, with no secret in an argument or a log."""

import contextlib
import getpass
import shutil
import sys
from pathlib import Path

import pytest

from gizqr_station.assembly import people as assembled_people
from gizqr_station.domain.job import JobState
from gizqr_station.domain.people import Role
from gizqr_station.places import DataFolder
from gizqr_station.trust.pins import Argon2Pins
from tests.cli.bench import ledger_of, set_up
from tests.cli.conftest import Answered, Run

LEAD_PIN, QA_PIN, NEW_PIN = "482915", "739206", "350718"
BADGE = "P7654321"


def cheap_pins() -> Argon2Pins:
    return Argon2Pins(rounds=1, memory_kib=64, lanes=1)


@pytest.fixture(autouse=True)
def _cheap_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembled_people, "Argon2Pins", cheap_pins)
    for name in ("GIZQR_PIN", "GIZQR_NEW_PIN", "GIZQR_BADGE"):
        monkeypatch.delenv(name, raising=False)


class Crew:
    """Whoever types, with PINs in the environment."""

    def __init__(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run = run
        self.monkeypatch = monkeypatch

    def does(self, *words: object, pin: str = "", new: str = "", badge: str = "") -> Answered:
        for name, value in (("GIZQR_PIN", pin), ("GIZQR_NEW_PIN", new), ("GIZQR_BADGE", badge)):
            self.monkeypatch.setenv(name, value)
        return self.run(*words)

    def leads(self, *words: object, new: str = "", badge: str = "") -> Answered:
        return self.does(*words, "--person", "Wang Fang", pin=LEAD_PIN, new=new, badge=badge)


@pytest.fixture(scope="session")
def ledger_with_people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One ledger for all tests, copied: making one takes longer than what most of them do with it."""
    folder = DataFolder(tmp_path_factory.mktemp("people"))
    pins = cheap_pins()
    with contextlib.closing(ledger_of(folder)) as ledger:
        ledger.add_person("Wang Fang", Role.LEAD, who="Wang Fang", first=True, pin_hash=pins.hash(LEAD_PIN))
        ledger.add_person("Zhang Min", Role.QA, who="Wang Fang", pin_hash=pins.hash(QA_PIN), badge=BADGE)
    return folder.ledger_file


@pytest.fixture
def crew(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ledger_with_people: Path) -> Crew:
    """A lead and somebody from QA."""
    folder = set_up(tmp_path)
    text = folder.settings_file.read_text(encoding="utf-8")
    assert 'badge = ""' in text
    folder.settings_file.write_text(text.replace('badge = ""', 'badge = "P[0-9]{7}"'), encoding="utf-8")
    shutil.copy(ledger_with_people, folder.ledger_file)
    return Crew(run, monkeypatch)


def test_people_are_listed_with_what_they_sign_in_by(crew: Crew) -> None:
    listed = crew.run("people", "list", "--json").document()["people"]
    assert isinstance(listed, list)
    assert [(each["name"], each["role"], each["has_pin"], each["has_badge"]) for each in listed] == [
        ("Wang Fang", "lead", True, False),
        ("Zhang Min", "qa", True, True),
    ]
    assert "Zhang Min  qa  badge and PIN" in crew.run("people", "list").out


def test_there_is_one_first_lead(crew: Crew) -> None:
    refused = crew.does("people", "first-lead", "Mallory", new=NEW_PIN)
    assert refused.code == 1
    assert "E-PPL-13" in refused.err


@pytest.mark.parametrize("pin", ["12345", "123456", "000000", "abcdef"])
def test_a_first_lead_has_no_default_and_no_easy_pin(run: Run, tmp_path: Path, crew: Crew, pin: str) -> None:
    (tmp_path / "data" / "ledger.sqlite").unlink()
    assert crew.does("people", "first-lead", "Wang Fang", new=pin).code == 1
    assert crew.run("people", "list", "--json").document()["people"] == []


def test_a_pin_is_asked_for_twice_at_a_terminal_and_never_shown(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path)
    asked: list[str] = []
    answers = iter([LEAD_PIN, LEAD_PIN, LEAD_PIN, NEW_PIN])

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr(getpass, "getpass", typed)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    assert run("people", "first-lead", "Wang Fang").code == 0
    assert asked == ["New PIN of Wang Fang: ", "New PIN of Wang Fang: (again) "]
    mistyped = run("people", "first-lead", "Mallory")
    assert mistyped.code == 1


def test_only_a_lead_changes_people(crew: Crew) -> None:
    for words in (
        ("add", "New", "--role", "lead"),
        ("role", "Wang Fang", "operator"),
        ("pin", "Wang Fang"),
        ("badge", "Wang Fang"),
        ("unlock", "Wang Fang"),
        ("leave", "Wang Fang"),
    ):
        refused = crew.does("people", *words, "--person", "Zhang Min", pin=QA_PIN, new=NEW_PIN, badge="P1111111")
        assert (refused.code, "E-PPL-03" in refused.err) == (1, True), (words, refused.err)


def test_a_lead_adds_people(crew: Crew) -> None:
    assert crew.leads("people", "add", "New", "--role", "qa", new=NEW_PIN, badge="P1111111").code == 0
    assert crew.leads("people", "add", "Badge Alone", "--role", "operator", "--no-pin", badge="P2222222").code == 0
    assert "E-PPL-12" in crew.leads("people", "add", "Twin", "--role", "qa", "--no-pin", badge=BADGE).err
    assert crew.does("people", "unlock", "Zhang Min", "--person", "New", pin=NEW_PIN).code == 1


def test_a_lead_changes_roles_pins_and_badges_and_lets_people_go(crew: Crew) -> None:
    assert crew.leads("people", "role", "Zhang Min", "operator").code == 0
    assert crew.leads("people", "pin", "Zhang Min", new=NEW_PIN).code == 0
    assert crew.leads("people", "badge", "Zhang Min", badge="P1111111").code == 0
    assert crew.leads("people", "badge", "Zhang Min", "--none").code == 0
    assert crew.leads("people", "unlock", "Zhang Min").code == 0
    assert crew.leads("people", "leave", "Zhang Min").code == 0
    assert "has left" in crew.run("people", "list").out
    assert crew.leads("people", "return", "Zhang Min").code == 0
    (qa,) = [each for each in crew.run("people", "list", "--json").document()["people"] if each["name"] == "Zhang Min"]  # type: ignore[attr-defined]
    assert (qa["role"], qa["has_badge"], qa["active"]) == ("operator", False, True)
    assert "E-PPL-14" in crew.leads("people", "leave", "Wang Fang").err
    assert "E-PPL-20" in crew.leads("people", "leave", "Mallory").err


def test_everybody_changes_their_own_pin(crew: Crew) -> None:
    assert crew.does("people", "pin", "Zhang Min", "--person", "Zhang Min", pin=QA_PIN, new=NEW_PIN).code == 0
    assert crew.does("print", "--identity", "00911f500047", "--person", "Zhang Min", pin=QA_PIN).code == 1
    assert crew.does("print", "--identity", "00911f500047", "--person", "Zhang Min", pin=NEW_PIN).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("print", "--identity", "00911f500047"),
        ("batch", "run", "--range", "00911f500047 x 2", "--yes"),
        ("printers", "use", "fine"),
        ("printers", "release", "1"),
        ("printers", "cancel", "1"),
    ],
    ids=" ".join,
)
def test_what_labels_or_sets_up_asks_who_does_it_once_people_are_known(
    crew: Crew, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = (tmp_path / "data" / "settings.toml").read_bytes()
    assert "E-PPL-23" in crew.does(*words).err
    assert "E-PPL-21" in crew.does(*words, "--person", "Wang Fang").err
    assert "E-PPL-05" in crew.does(*words, "--person", "Wang Fang", pin="000001").err
    with contextlib.closing(ledger_of(DataFolder(tmp_path / "data"))) as ledger:
        assert list(ledger.all_jobs()) == []
    assert (tmp_path / "data" / "settings.toml").read_bytes() == before


def test_whoever_gives_a_command_is_in_the_record(crew: Crew, tmp_path: Path) -> None:
    pin_file = tmp_path / "pin"
    pin_file.write_text(f"{QA_PIN}\n", encoding="utf-8")
    crew.monkeypatch.setenv("GIZQR_PIN", "")
    printed = crew.does(
        "print", "--identity", "00911f500047", "--person", "zhang min", "--pin-file", pin_file, "--json"
    )
    assert (printed.code, printed.document()["job"]["operator"]) == (0, "Zhang Min")  # type: ignore[index]
    with contextlib.closing(ledger_of(DataFolder(tmp_path / "data"))) as ledger:
        (job,) = ledger.all_jobs()
        assert job.state is JobState.SENT
        assert {entry.who for entry in ledger.history(job.id)} == {"Zhang Min"}
    assert "E-PPL-03" in crew.does("printers", "use", "fine", "--person", "Zhang Min", pin=QA_PIN).err
    assert crew.leads("printers", "use", "fine").code == 0


def test_what_only_reads_asks_nobody(crew: Crew) -> None:
    for words in (("people", "list"), ("printers", "queue"), ("batch", "list")):
        assert crew.does(*words).code == 0


def test_no_secret_is_in_any_file_or_answer(crew: Crew, tmp_path: Path) -> None:
    said = ""
    for pin in (QA_PIN, "861053"):
        done = crew.does("print", "--identity", "00911f500047", "--person", "Zhang Min", pin=pin)
        said += done.out + done.err
    secrets = [secret.encode() for secret in (LEAD_PIN, QA_PIN, BADGE, "861053")]
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) > 3
    for secret in secrets:
        assert secret.decode() not in said
        assert [file for file in files if secret in file.read_bytes()] == []
