"""``check`` says whose code a picture has, by ledger and pool, and whether it is one for trials."""

import contextlib
from pathlib import Path

import pytest

from gizqr_station.assembly import SystemClock
from gizqr_station.assembly.pools import opened_sources
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.stop import Stop
from gizqr_station.places import DataFolder
from gizqr_station.service.pictures import picture_of as drawn_by_sandbox
from gizqr_station.settings.store import load
from tests.cli.bench import KEY, ledger_of, set_up
from tests.cli.conftest import Run
from tests.codes.issued_pictures import picture_of
from tests.contracts.ledger_samples import MAC, OTHER_MAC, mac, opened
from tests.contracts.pool_samples import codes_of, content_for


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return set_up(tmp_path, scheme="gizwits", content="")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "label.png"
    path.write_bytes(picture_of(content_for(MAC)))
    return path


def pooled(folder: DataFolder, *, source: CodeSource = CodeSource.SERVICE) -> None:
    with opened_sources(folder, load(folder.settings_file), SystemClock(), None) as sources:
        assert sources.pooled is not None
        parts = sources.pooled.fetch
        parts.pool.add(codes_of([MAC], product_key=KEY, service=parts.service, source=source), Stop())


def test_a_code_that_nobody_here_knows_is_nobodys(run: Run, folder: DataFolder, picture: Path) -> None:
    checked = run("check", picture)
    assert "Neither a label nor the pool of this station has it." in checked.out
    assert "TEST" not in checked.out
    assert not folder.pool_file.exists()
    assert not folder.ledger_file.exists()


def test_whose_it_is_is_said_by_pool_and_ledger(run: Run, folder: DataFolder, picture: Path) -> None:
    pooled(folder)
    with contextlib.closing(ledger_of(folder)) as ledger:
        job = opened(ledger, product_key=KEY, content=content_for(MAC))
    checked = run("check", picture)
    assert "In the pool it is 00:91:1F:50:00:47's." in checked.out
    assert f"In the records it is 00:91:1F:50:00:47's: label {job.draft.label_serial}, " in checked.out
    assert "TEST" not in checked.out
    document = run("check", picture, "--json").document()
    assert (document["label"], document["label_of"]) == (job.draft.label_serial, MAC.text)
    assert (document["in_pool_for"], document["test"], document["contradicts"]) == (MAC.text, False, False)


def test_a_code_of_the_pool_that_a_sandbox_issued_is_a_test(run: Run, folder: DataFolder, picture: Path) -> None:
    pooled(folder, source=CodeSource.SANDBOX)
    assert "It is a TEST code" in run("check", picture).out
    assert run("check", picture, "--json").document()["test"] is True


@pytest.mark.parametrize("changes", [{"test": True}, {"code_source": CodeSource.SANDBOX}])
def test_a_code_whose_label_carries_test_is_a_test(
    run: Run, folder: DataFolder, picture: Path, changes: dict[str, object]
) -> None:
    with contextlib.closing(ledger_of(folder)) as ledger:
        opened(ledger, product_key=KEY, content=content_for(MAC), **changes)
    assert "It is a TEST code" in run("check", picture).out


@pytest.mark.usefixtures("folder")
def test_a_picture_that_a_sandbox_drew_is_a_test(run: Run, picture: Path) -> None:
    picture.write_bytes(drawn_by_sandbox(content_for(mac(7))))
    assert "It is a TEST code" in run("check", picture).out


def test_ledger_and_pool_that_name_two_devices_are_told_first(run: Run, folder: DataFolder, picture: Path) -> None:
    pooled(folder)
    with contextlib.closing(ledger_of(folder)) as ledger:
        opened(ledger, product_key=KEY, content=content_for(MAC), identity=OTHER_MAC)
    assert "Records and pool know this code for different devices" in run("check", picture).out
    assert run("check", picture, "--json").document()["contradicts"] is True


def test_a_pool_that_cannot_be_read_is_not_taken_for_one_without_the_code(
    run: Run, folder: DataFolder, picture: Path
) -> None:
    folder.pool_file.write_bytes(b"no database" * 500)
    checked = run("check", picture)
    assert (checked.code, "Not everything could be asked" in checked.out) == (0, True)
    assert run("check", picture, "--json").document()["not_asked"] == ["E-COD-30"]
