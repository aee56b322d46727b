"""A watched folder: a file appears whole, under the result's key, and exactly once."""

import json
from pathlib import Path

import pytest

from gizqr_station.domain.hand_over_failures import WatchedFolderAway
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.outbox.document import encoded
from gizqr_station.outbox.folder import STAGING, WatchedFolder
from tests.fake_outbox import a_result

RESULT = a_result(7)
NAME = "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a-L-000007-verified.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "mes"
    path.mkdir()
    return path


def in_sight(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))


def test_nothing_is_in_sight_before_it_is_handed_over(folder: Path) -> None:
    WatchedFolder(folder).stage(RESULT)
    assert in_sight(folder) == []


def test_a_handed_over_file_says_what_became_of_the_label(folder: Path) -> None:
    taker = WatchedFolder(folder)
    taker.stage(RESULT)
    taker.deliver(RESULT, Stop())
    assert in_sight(folder) == [NAME]
    said = json.loads((folder / NAME).read_bytes())
    assert (said["format"], said["result"], said["identity"], said["label_serial"]) == (
        "gizqr-result/1", "verified", "00:91:1F:00:00:07", "L-000007",
    )  # fmt: skip
    assert (said["key"], said["at"], said["who"]) == (NAME[:-5], "2026-11-22T08:00:00.000Z", "li.wei")


def test_the_code_itself_is_not_handed_over() -> None:
    assert RESULT.job.draft.content.encode() not in encoded(RESULT)


def test_a_staged_one_that_was_not_moved_in_is_known(folder: Path) -> None:
    taker = WatchedFolder(folder)
    taker.stage(RESULT)
    assert not WatchedFolder(folder).delivered_already(RESULT)
    taker.deliver(RESULT, Stop())
    assert WatchedFolder(folder).delivered_already(RESULT)


def test_one_that_somebody_took_away_at_once_was_handed_over(folder: Path) -> None:
    taker = WatchedFolder(folder)
    taker.stage(RESULT)
    taker.deliver(RESULT, Stop())
    (folder / NAME).unlink()
    assert taker.delivered_already(RESULT)


def test_without_the_folder_it_was_staged_in_nobody_knows_and_it_is_handed_over_again(folder: Path) -> None:
    taker = WatchedFolder(folder)
    taker.stage(RESULT)
    (folder / STAGING / NAME).unlink()
    (folder / STAGING).rmdir()
    assert not taker.delivered_already(RESULT)


def test_a_folder_that_is_away_is_not_made(tmp_path: Path) -> None:
    away = WatchedFolder(tmp_path / "not mounted")
    for ask in (lambda: away.stage(RESULT), lambda: away.delivered_already(RESULT)):
        with pytest.raises(WatchedFolderAway) as refused:
            ask()
        assert refused.value.values() == {"folder": str(tmp_path / "not mounted"), "reason": "ENOENT"}
    assert not (tmp_path / "not mounted").exists()


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "mes").write_text("")
    with pytest.raises(WatchedFolderAway):
        WatchedFolder(tmp_path / "mes").stage(RESULT)


def test_one_that_cannot_be_moved_is_said(folder: Path) -> None:
    with pytest.raises(WatchedFolderAway):
        WatchedFolder(folder).deliver(RESULT, Stop())


def test_nothing_is_moved_in_once_the_station_stops(folder: Path) -> None:
    taker, stop = WatchedFolder(folder), Stop()
    taker.stage(RESULT)
    stop.set()
    with pytest.raises(Stopped):
        taker.deliver(RESULT, stop)
    assert in_sight(folder) == []
