"""What ``codes`` says, asks and ends with: quota before a fetch, reasons in words, exit codes, files that are there."""

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station.assembly.codes_bench import codes_bench
from gizqr_station.cli.fetch_patience import Patience
from gizqr_station.domain.code_failures import ServiceUnreachable
from gizqr_station.domain.pooled_codes import INTERRUPTED, CodeFetch, FetchState
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.settings.store import load
from gizqr_station.workflows.code_fetch import PAUSED, begin_fetch
from gizqr_station.workflows.code_happenings import FetchSeen
from tests.cli.bench import KEY
from tests.cli.conftest import Run
from tests.cli.test_codes import error_code, fetch_of, prepared
from tests.codes.issued_pictures import picture_of
from tests.contracts.pool_samples import content_for
from tests.fake_bench import NOW
from tests.fake_codes import mac, macs
from tests.service.running import SandboxProcess

AWAY = "http://127.0.0.1:1"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sandbox service, in a process of its own."""
    with SandboxProcess(tmp_path_factory.mktemp("service")) as process:
        yield process.url()


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    terminal = io.StringIO(typed)
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", terminal)


def zip_file(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(f"{KEY}/{mac(0)}.png", picture_of(content_for(mac(0))))
    return path


def begun(folder: DataFolder, state: FetchState, reason: str) -> int:
    with codes_bench(folder, load(folder.settings_file)) as bench:
        parts = bench.pooled.fetch
        number = begin_fetch(parts, "x", [macs(0, 4)], Stop()).number
        parts.pool.move_fetch(number, state, reason)
    return number


def finding(run: Run, subject: str) -> dict[str, object]:
    findings = run("doctor", "--json").document()["findings"]
    assert isinstance(findings, list)
    (found,) = [each for each in findings if each["subject"] == subject]
    assert isinstance(found, dict)
    return found


def test_more_devices_than_may_register_are_told_before_the_question(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(tmp_path, AWAY, (str(macs(0, 250)),), quota=12, registered_elsewhere=2)
    at_a_terminal(monkeypatch, "n\n")
    told = "250 devices are ordered, only 10 may register. The line will stop after 10."
    asked = run("codes", "fetch").err
    assert told in asked
    assert asked.index("E-COD-171") < asked.index("[y/N]")
    assert told in run("codes", "list").out
    found = finding(run, "quota")
    assert (found["good"], found["needed"], told in str(found["says"])) == (False, False, True)


def test_an_order_that_may_register_whole_is_no_remark(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(tmp_path, AWAY, (str(macs(0, 10)),), quota=10)
    at_a_terminal(monkeypatch, "n\n")
    assert "E-COD-171" not in run("codes", "fetch").err
    assert "E-COD-171" not in run("codes", "list").out
    assert finding(run, "quota")["good"] is True


def test_a_no_and_an_export_that_fails_are_said_in_words_alone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(tmp_path, AWAY, (str(macs(0, 3)),))
    at_a_terminal(monkeypatch, "n\n")
    said_no = run("codes", "fetch")
    assert (said_no.code, said_no.out, "E-COD-131" in said_no.err) == (1, "", True)
    empty = run("codes", "export", "--output", tmp_path / "pool.gz")
    assert (empty.code, empty.out, "E-COD-172" in empty.err) == (1, "", True)
    assert not (tmp_path / "pool.gz").exists()


def test_gaps_are_an_exit_code_for_scripts(run: Run, tmp_path: Path) -> None:
    prepared(tmp_path, AWAY, (str(macs(0, 3)),))
    gaps = run("codes", "list", "--gaps", "--json")
    assert (gaps.code, error_code(gaps), gaps.document()["gaps"]) == (1, "E-COD-35", [str(macs(0, 3))])
    assert run("codes", "list").code == 0


def test_an_export_takes_no_files_place_unless_it_is_told_to(run: Run, tmp_path: Path) -> None:
    prepared(tmp_path, AWAY)
    assert run("codes", "import", zip_file(tmp_path / "1.zip")).code == 0
    out = tmp_path / "order.xlsx"
    out.write_text("somebody's work")
    refused = run("codes", "export", "--output", out)
    assert (refused.code, "E-COD-173" in refused.err, out.read_text()) == (1, True, "somebody's work")
    assert run("codes", "export", "--output", out, "--replace").code == 0
    assert out.read_bytes()[:2] == b"\x1f\x8b"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (PAUSED, "4 codes  paused  "),
        (INTERRUPTED, "paused (the program ended)"),
        ("E-COD-03", "paused (The QR service refused the key (…). [E-COD-03])"),
        ("E-COD-01", f"paused (The QR service at {AWAY} cannot be reached. [E-COD-01])"),
    ],
)
def test_why_a_fetch_is_paused_is_said_in_words(run: Run, tmp_path: Path, reason: str, words: str) -> None:
    begun(prepared(tmp_path, AWAY), FetchState.PAUSED, reason)
    listed = run("codes", "list").out
    assert words in listed
    assert "{" not in listed


def test_a_service_that_stays_away_ends_a_fetch_that_nobody_watches(run: Run, tmp_path: Path) -> None:
    prepared(tmp_path, AWAY)
    done = run("codes", "fetch", str(mac(0)), "--yes", "--wait", "1", "--json")
    assert (done.code, error_code(done), fetch_of(done)["state"]) == (1, "E-COD-132", "paused")
    assert "Nothing came for 1 s (--wait)" in done.err
    assert "Ctrl+C pauses" in done.err
    again = run("codes", "resume", 1, "--wait", "1")
    assert (again.code, "codes resume 1" in again.err) == (1, True)
    assert run("codes", "fetch", str(mac(0)), "--yes", "--wait", "-1").code == 2


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time


def waits(done: int = 0, cut: str = "a", waits_s: float = 5.0) -> FetchSeen:
    fetch = CodeFetch(1, "x", KEY, AWAY, (macs(0, 9),), FetchState.RUNNING, NOW)
    return FetchSeen(fetch, done, cut, waits_s, ServiceUnreachable(AWAY) if waits_s else None)


def test_each_code_that_comes_begins_the_patience_anew() -> None:
    clock, stop = Clock(), Stop()
    patience = Patience(10.0, stop, clock.now)
    for time, seen in (
        (0.0, waits()),
        (9.0, waits(0, "a", 0.0)),
        (9.5, waits(3)),
        (19.0, waits(3)),
        (19.1, waits(1)),
        (19.2, waits(3, "b")),
        (29.1, waits(3, "b")),
    ):
        clock.time = time
        patience.hear(seen)
        assert not stop.asked, time
    clock.time = 29.2
    patience.hear(waits(3, "b"))
    assert stop.asked
    assert isinstance(patience.ended, ServiceUnreachable)


def test_without_a_limit_a_wait_has_no_end() -> None:
    clock, stop = Clock(), Stop()
    patience = Patience(0.0, stop, clock.now)
    for clock.time in (0.0, 1e6):
        patience.hear(waits())
    assert not stop.asked


def test_a_wrong_code_is_removed_for_good(run: Run, tmp_path: Path) -> None:
    prepared(tmp_path, AWAY)
    carried = zip_file(tmp_path / "1.zip")
    imported = run("codes", "import", carried)
    assert "service.decrypt_check is off" in imported.out
    removed = run("codes", "remove", mac(0), "--reason", "the mail had two devices mixed up", "--json")
    assert (removed.code, removed.document()["content"]) == (0, content_for(mac(0)))
    assert "E-COD-133" in run("codes", "show", mac(0)).err
    again = run("codes", "import", carried)
    assert (again.code, "service.decrypt_check" in again.out) == (1, False)
    assert "E-COD-133" in run("codes", "show", mac(0)).err
    assert "E-COD-133" in run("codes", "remove", mac(0), "--reason", "x").err
    assert run("codes", "remove", mac(0)).code == 2


def test_doctor_ends_with_the_notes_that_are_to_be_read(run: Run, tmp_path: Path) -> None:
    prepared(tmp_path, AWAY, (str(macs(0, 3)),))
    last = run("doctor").out.splitlines()[-1]
    assert "All that" not in last
    assert "codes" in last


def test_a_link_product_without_its_list_is_told_which_setting_is_missing(run: Run, tmp_path: Path) -> None:
    prepared(tmp_path, AWAY, scheme="link", links_file="")
    found = finding(run, "codes")
    assert (found["good"], found["needed"], "product.links_file" in str(found["says"])) == (False, True, True)
