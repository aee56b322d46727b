"""``orders`` and ``shift``: an order from plan to close as a script works it, and every refusal in one line."""

from pathlib import Path

import pytest

from gizqr_station.assembly import hold
from gizqr_station.assembly import people as assembled_people
from gizqr_station.domain.job import JobState
from gizqr_station.places import DataFolder
from gizqr_station.trust.pins import Argon2Pins
from tests.cli.bench import labels_in, ledger_of, set_up
from tests.cli.conftest import Answered, Run

PIN = "482915"
RANGE = "001122000001..001122000009"
NUMBER = "WO-7"


class Crew:
    """A lead, somebody from QA and an operator, each with the same PIN."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def __call__(self, *words: object) -> Answered:
        return self.run(*words)

    def lead(self, *words: object) -> Answered:
        return self.run(*words, "--person", "Wang Fang")

    def qa(self, *words: object) -> Answered:
        return self.run(*words, "--person", "Zhang Min")

    def operator(self, *words: object) -> Answered:
        return self.run(*words, "--person", "Sun Li")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return set_up(tmp_path)


@pytest.fixture
def crew(folder: DataFolder, run: Run, monkeypatch: pytest.MonkeyPatch) -> Crew:
    monkeypatch.setattr(assembled_people, "Argon2Pins", lambda: Argon2Pins(rounds=1, memory_kib=64, lanes=1))
    monkeypatch.setenv("GIZQR_PIN", PIN)
    monkeypatch.setenv("GIZQR_NEW_PIN", PIN)
    crew = Crew(run)
    assert crew("people", "first-lead", "Wang Fang").code == 0
    assert crew.lead("people", "add", "Zhang Min", "--role", "qa").code == 0
    assert crew.lead("people", "add", "Sun Li", "--role", "operator").code == 0
    return crew


def order_of(answered: Answered) -> dict[str, object]:
    order = answered.document()["order"]
    assert isinstance(order, dict)
    return order


def scan_all(folder: DataFolder) -> None:
    ledger = ledger_of(folder)
    for job in ledger.all_jobs():
        if job.state is JobState.SENT:
            ledger.move(job, JobState.VERIFIED, who=job.draft.operator, evidence="scanned back")
    ledger.close()


def first_content(folder: DataFolder) -> str:
    """What a scanner reads from the first label."""
    ledger = ledger_of(folder)
    content = next(iter(ledger.all_jobs())).draft.content
    ledger.close()
    return content


def test_an_order_goes_from_plan_to_a_closed_report(crew: Crew, folder: DataFolder, tmp_path: Path) -> None:
    planned = crew.operator(
        "orders",
        "plan",
        NUMBER,
        "--quantity",
        3,
        "--range",
        RANGE,
        "--printer",
        "fine",
        "--template",
        "60x40",
        "--json",
    )
    assert planned.code == 0, planned.err
    assert (order_of(planned)["state"], order_of(planned)["printer"]) == ("planned", "fine")
    assert crew.operator("orders", "take", NUMBER).code == 1
    assert crew.operator("orders", "sign", NUMBER).code == 1
    assert crew.lead("orders", "sign", NUMBER).code == 0
    taken = crew.operator("orders", "take", NUMBER, "--json")
    assert (taken.code, order_of(taken)["in_hand"]) == (0, True)

    # What the order says is used, and none of it is asked for again.
    first = crew.operator("batch", "run", "--range", "001122000001..001122000003", "--yes")
    assert (first.code, "E-ORD-04" in first.err) == (1, True)
    assert (len(labels_in(tmp_path / "fine")), labels_in(tmp_path / "paper")) == (1, [])
    refused = crew.operator("print", "--identity", "001122000099")
    assert (refused.code, "[" in refused.err) == (1, True)
    assert "E-ID-" in refused.err

    assert "E-ORD-06" in crew.qa("orders", "release", NUMBER).err
    scan_all(folder)
    assert "E-PPL-" in crew.operator("orders", "release", NUMBER).err
    assert "E-ORD-23" in crew.qa("orders", "release", NUMBER).err
    assert "E-ORD-23" in crew.qa("orders", "release", NUMBER, "--scanned", "L-000001").err
    assert crew.qa("orders", "release", NUMBER, "--scanned", first_content(folder)).code == 0
    assert crew.operator("batch", "resume", 1).code == 0
    assert len(labels_in(tmp_path / "fine")) == 3
    assert "E-LIN-27" in crew.operator("print", "--identity", "001122000004").err

    early = crew.qa("orders", "close", NUMBER)
    scan_all(folder)
    closed = early if early.code == 0 else crew.qa("orders", "close", NUMBER)
    assert closed.code == 0, closed.err
    assert sorted(file.suffix for file in folder.reports.iterdir()) == [".csv", ".pdf"]
    shown = crew("orders", "show", NUMBER)
    for said in ("60x40", "fine", "Zhang Min", "Wang Fang", "Sun Li", "closed"):
        assert said in shown.out, said
    assert "E-ORD-03" in crew.operator("print", "--identity", "001122000005").err
    ledger = ledger_of(folder)
    assert {(job.draft.template, job.draft.printer, job.draft.work_order) for job in ledger.all_jobs()} == {
        ("60x40", "fine", NUMBER)
    }
    ledger.close()


def test_what_an_order_names_and_the_station_lacks_is_said_at_the_changeover(crew: Crew, folder: DataFolder) -> None:
    lacking = {"--printer": "far away", "--template": "none-such"}
    for at, (option, value) in enumerate(lacking.items()):
        number = f"WO-{at}"
        assert crew.lead("orders", "plan", number, "--quantity", 1, option, value).code == 0
        assert crew.lead("orders", "sign", number).code == 0
        refused = crew.operator("orders", "take", number)
        assert (refused.code, "E-ORD-14" in refused.err, value in refused.err) == (1, True, True)
    ledger = ledger_of(folder)
    assert ledger.order_in_hand() == ""
    ledger.close()


def test_no_changeover_beside_an_open_window(crew: Crew, folder: DataFolder) -> None:
    lock = hold(folder)
    try:
        assert "E-LED-10" in crew.operator("orders", "take", "").err
    finally:
        lock.release()
    given_back = crew.operator("orders", "take")
    assert (given_back.code, "settings" in given_back.out) == (0, True)


def test_orders_are_listed_and_cancelled(crew: Crew) -> None:
    assert crew("orders", "list").out == "No order is open.\n"
    assert crew.lead("orders", "plan", NUMBER, "--quantity", 5).code == 0
    assert f"{NUMBER}  not signed yet" in crew("orders", "list").out
    assert "E-ORD-18" in crew.lead("orders", "cancel", NUMBER).err
    assert crew.lead("orders", "cancel", NUMBER, "--remark", "withdrawn").code == 0
    assert crew("orders", "list", "--json").document()["orders"] == []
    listed = crew("orders", "list", "--closed", "--json").document()["orders"]
    assert isinstance(listed, list)
    assert [(each["number"], each["state"], each["remark"]) for each in listed] == [(NUMBER, "cancelled", "withdrawn")]


def test_a_shift_is_opened_shown_and_closed(crew: Crew, folder: DataFolder) -> None:
    assert "No shift" in crew("shift", "show").out
    assert crew.operator("shift", "open").code == 0
    assert crew.operator("print", "--identity", "001122000001").code == 0
    shown = crew("shift", "show", "--json").document()
    assert shown["in_doubt"] == ["L-000001"]
    assert "E-ORD-22" in crew.qa("shift", "close").err
    scan_all(folder)
    closed = crew.qa("shift", "close", "--remark", "ribbon runs low", "--json").document()
    shift = closed["shift"]
    assert isinstance(shift, dict)
    assert (shift["verified"], shift["unknown"], shift["remark"]) == (1, 0, "ribbon runs low")
    assert isinstance(closed["files"], list)
    assert all(Path(file).is_file() for file in closed["files"])
    assert list(folder.checkpoints.glob("*"))
    assert "E-ORD-21" in crew.qa("shift", "close").err


def test_without_people_an_order_is_planned_and_nobody_signs_it(folder: DataFolder, run: Run) -> None:
    assert folder.settings_file.exists()
    assert run("orders", "plan", NUMBER, "--quantity", 1).code == 0
    assert "E-PPL-10" in run("orders", "sign", NUMBER).err
    assert run("shift", "open").code == 0
    assert "E-PPL-" in run("shift", "close").err


def test_wrong_usage_is_told_apart(folder: DataFolder, run: Run) -> None:
    assert folder.settings_file.exists()
    assert run("orders", "plan", NUMBER).code == 2
    assert run("orders", "plan", NUMBER, "--quantity", 0).code == 2
    assert run("orders").code == 2
    assert run("orders", "show", NUMBER).code == 1
