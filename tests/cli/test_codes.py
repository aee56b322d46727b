"""``codes fetch | resume | cancel | list | show | import | export``: on a real sandbox service and a pool on disk."""

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station.assembly.codes_bench import codes_bench
from gizqr_station.domain.pooled_codes import FetchState
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.settings.store import load
from gizqr_station.workflows.code_fetch import begin_fetch
from tests.cli.bench import KEY, ledger_of, set_up
from tests.cli.conftest import Answered, Run
from tests.contracts.ledger_samples import IMAGE, draft
from tests.fake_codes import mac, macs
from tests.service.running import SandboxProcess

GIZWITS = {"scheme": "gizwits", "content": ""}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sandbox service, in a process of its own."""
    with SandboxProcess(tmp_path_factory.mktemp("service")) as process:
        yield process.url()


def prepared(tmp_path: Path, url: str, order: tuple[str, ...] = (), **product: object) -> DataFolder:
    folder = set_up(tmp_path, **{**GIZWITS, **product})
    text = folder.settings_file.read_text("utf-8")
    ranges = ", ".join(f'"{each}"' for each in order)
    text = text.replace('url = "http://qrcode.gizwitsapi.com:1800"', f'url = "{url}"')
    if order:
        text = text.replace('number = ""', 'number = "WO-7"').replace("identities = []", f"identities = [{ranges}]")
    folder.settings_file.write_text(text, "utf-8")
    assert load(folder.settings_file).service.url == url
    return folder


def error_code(done: Answered) -> str:
    error = done.document()["error"]
    assert isinstance(error, dict)
    return str(error["code"])


def fetch_of(done: Answered) -> dict[str, object]:
    fetch = done.document()["fetch"]
    assert isinstance(fetch, dict)
    return fetch


def test_an_order_is_fetched_listed_and_shown(run: Run, tmp_path: Path, service: str) -> None:
    prepared(tmp_path, service, (str(macs(0, 30)), str(mac(50))))
    before = run("codes", "list", "--json").document()
    assert (before["codes"], before["wanted"], before["missing"]) == (0, 31, 31)
    assert before["gaps"] == [str(macs(0, 30)), str(macs(50, 1))]
    done = run("codes", "fetch", "--yes", "--json")
    fetch = fetch_of(done)
    assert (done.code, fetch["state"], fetch["name"], fetch["done"], fetch["total"]) == (0, "done", "WO-7", 31, 31)
    listed = run("codes", "list")
    assert "31 codes in the pool" in listed.out
    assert "not encrypted" in listed.out
    assert "all 31 devices without a label have their codes" in listed.out
    assert "SANDBOX" in listed.out
    assert run("codes", "list", "--gaps").out == "No gaps.\n"
    shown = run("codes", "show", mac(3).readable, "--json").document()
    assert (shown["identity"], shown["task"], shown["source"]) == (mac(3).text, str(macs(0, 30)), "sandbox")
    assert len(str(shown["digest"])) == 64
    assert len(str(shown["content"])) == 104
    again = run("codes", "fetch", "--yes")
    assert (again.code, again.out) == (0, "WO-7: all 31 devices have codes or labels, nothing is to be fetched.\n")
    assert run("codes", "fetch", "--yes", "--json").document() == {"fetch": None, "missing": 0, "error": None}
    missing = run("codes", "show", mac(31))
    assert (missing.code, missing.out) == (1, "")
    assert "E-COD-133" in missing.err


def test_ranges_and_lists_are_fetched_beside_the_order(run: Run, tmp_path: Path, service: str) -> None:
    prepared(tmp_path, service)
    done = run("codes", "fetch", f"{mac(100)} x 3", str(mac(110)), "--yes", "--json")
    assert (done.code, fetch_of(done)["total"]) == (0, 4)
    listed = tmp_path / "list.csv"
    listed.write_text(f"MAC\n{mac(110)}\n{mac(111)}\nnonsense\n", "utf-8")
    done = run("codes", "fetch", "--file", listed, "--yes", "--json")
    assert (done.code, fetch_of(done)["name"], fetch_of(done)["total"]) == (0, "list.csv", 1)
    assert "2 of 3 to fetch" in done.err
    assert "line 4" in done.err
    assert run("codes", "list", "--json").document()["codes"] == 5
    assert run("codes", "fetch", str(mac(1)), "--file", listed).code == 2


def test_nothing_is_fetched_without_a_yes(
    run: Run, tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(tmp_path, service, (str(macs(0, 3)),))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    done = run("codes", "fetch", "--json")
    assert (done.code, error_code(done), done.document()["missing"]) == (1, "E-COD-131", 3)
    terminal = io.StringIO("n\n")
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", terminal)
    assert run("codes", "fetch").code == 1
    terminal = io.StringIO("y\n")
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", terminal)
    done = run("codes", "fetch")
    assert (done.code, "Fetch 3 codes in 1 task? [y/N]" in done.err) == (0, True)


def test_a_fetch_that_was_interrupted_is_resumed_or_cancelled(run: Run, tmp_path: Path, service: str) -> None:
    folder = prepared(tmp_path, service)
    with codes_bench(folder, load(folder.settings_file)) as bench:
        for ranges in (macs(0, 4), macs(10, 4)):
            begin_fetch(bench.pooled.fetch, str(ranges), [ranges], Stop())
    listed = run("codes", "list")
    assert "Fetches that have not ended:" in listed.out
    resumed = run("codes", "resume", 1, "--json")
    assert (resumed.code, fetch_of(resumed)["state"], resumed.document()["missing"]) == (0, "done", 0)
    cancelled = run("codes", "cancel", 2, "--json")
    assert (cancelled.code, fetch_of(cancelled)["state"]) == (0, "cancelled")
    for words in (("resume", 2), ("cancel", 2)):
        assert error_code(run("codes", *words, "--json")) == "E-COD-38"
    assert error_code(run("codes", "resume", 77, "--json")) == "E-COD-37"


def test_only_one_program_fetches_and_the_others_still_look_and_import(run: Run, tmp_path: Path, service: str) -> None:
    folder = prepared(tmp_path, service, (str(macs(0, 3)),))
    assert run("codes", "fetch", "--yes").code == 0
    carried = tmp_path / "pool.gz"
    assert run("codes", "export", "--output", carried).code == 0
    with codes_bench(folder, load(folder.settings_file)) as bench, bench.pooled.fetch.hold():
        number = begin_fetch(bench.pooled.fetch, "x", [macs(20, 2)], Stop()).number
        done = run("codes", "fetch", str(mac(9)), "--yes", "--json")
        assert error_code(done) == "E-COD-38"
        assert str(number) in done.err
        assert error_code(run("codes", "cancel", number, "--json")) == "E-COD-38"
        assert run("codes", "list").code == 0
        assert run("codes", "import", carried).code == 0
        assert bench.pooled.fetch.pool.fetch(number).state is FetchState.RUNNING


def test_a_pool_is_carried_to_another_machine(run: Run, tmp_path: Path, service: str) -> None:
    folder = prepared(tmp_path, service, (str(macs(0, 20)),))
    assert run("codes", "fetch", "--yes").code == 0
    carried, some = tmp_path / "pool.gz", tmp_path / "some.gz"
    exported = run("codes", "export", "--output", carried, "--json")
    assert (exported.code, exported.document()["codes"]) == (0, 20)
    assert run("codes", "export", "--output", some, f"{mac(3)} x 2", "--json").document()["codes"] == 2
    folder.pool_file.rename(tmp_path / "left at home")
    done = run("codes", "import", some, carried, "--json")
    files = done.document()["files"]
    assert isinstance(files, list)
    assert [(each["new"], each["same"]) for each in files] == [(2, 0), (18, 2)]
    assert (done.code, done.document()["codes"]) == (0, 20)
    assert run("codes", "list", "--gaps", "--json").document() == {"missing": 0, "gaps": [], "error": None}


def test_a_zip_that_came_by_mail_is_imported_and_what_is_none_is_refused(
    run: Run, tmp_path: Path, service: str
) -> None:
    prepared(tmp_path, service, (str(macs(0, 3)),))
    assert run("codes", "fetch", "--yes").code == 0
    content = run("codes", "show", mac(0), "--json").document()["content"]
    assert content
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as made:
        made.writestr(f"{'f' * 32}/{mac(0)}.png", b"x")
    text = tmp_path / "notes.zip"
    text.write_text("no zip")
    done = run("codes", "import", other, text, tmp_path / "gone.zip", "--json")
    assert done.code == 1
    files = done.document()["files"]
    assert isinstance(files, list)
    assert [each["error"]["code"] for each in files] == ["E-COD-33", "E-COD-32", "E-COD-32"]
    assert all(code in done.err for code in ("E-COD-33", "E-COD-32"))


def test_a_product_whose_codes_are_made_here_needs_no_pool(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    for words in (("list",), ("fetch", "--yes"), ("show", mac(0)), ("import", "x"), ("export", "--output", "x")):
        assert error_code(run("codes", *words, "--json")) == "E-COD-40"
    assert not folder.pool_file.exists()


def test_a_damaged_pool_is_said_by_every_command(run: Run, tmp_path: Path, service: str) -> None:
    folder = prepared(tmp_path, service)
    folder.pool_file.write_bytes(b"this is no database at all, and longer than a header of one hundred bytes" * 3)
    for words in (("list",), ("fetch", str(mac(0)), "--yes"), ("show", mac(0)), ("resume", 1)):
        done = run("codes", *words, "--json")
        assert (done.code, error_code(done)) == (1, "E-COD-30")


def test_what_has_a_label_needs_no_code(run: Run, tmp_path: Path, service: str) -> None:
    folder = prepared(tmp_path, service, (str(macs(0, 4)),))
    ledger = ledger_of(folder)
    ledger.open(draft("L-000001", identity=mac(1), product_key=KEY), IMAGE)
    ledger.close()
    listed = run("codes", "list", "--json").document()
    assert (listed["wanted"], listed["missing"], listed["gaps"]) == (3, 3, [str(macs(0, 1)), str(macs(2, 2))])
    assert fetch_of(run("codes", "fetch", "--yes", "--json"))["total"] == 3


def test_the_quota_is_listed(run: Run, tmp_path: Path, service: str) -> None:
    prepared(tmp_path, service, quota=10, registered_elsewhere=4)
    listed = run("codes", "list", "--json").document()
    assert (listed["registered"], listed["left"]) == (10, 6)
    assert "6 of 10 devices may still register." in run("codes", "list").out


def test_everything_is_one_json_document(run: Run, tmp_path: Path, service: str) -> None:
    prepared(tmp_path, service, (str(macs(0, 2)),))
    for words in (
        ("fetch", "--yes"),
        ("list",),
        ("list", "--gaps"),
        ("show", mac(0)),
        ("export", "--output", tmp_path / "p"),
    ):
        json.loads(run("codes", *words, "--json").out)
