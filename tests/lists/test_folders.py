"""The lists of a folder are what a person would pick from, newest first."""

import os
from pathlib import Path

import pytest

from gizqr_station.domain.list_failures import ListUnreadable
from gizqr_station.lists.folders import MOST, ListFolderOnDisk


def made(folder: Path, name: str, age_s: int) -> None:
    file = folder / name
    file.write_text("x")
    os.utime(file, (1_700_000_000 - age_s, 1_700_000_000 - age_s))


def test_only_lists_are_shown_newest_first(tmp_path: Path) -> None:
    made(tmp_path, "old.csv", 100)
    made(tmp_path, "new.XLSX", 1)
    made(tmp_path, "返工.txt", 50)
    for name in ("picture.png", ".hidden.csv", "~$new.xlsx", "notes"):
        made(tmp_path, name, 0)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "gone")
    place, files = ListFolderOnDisk().lists_in(str(tmp_path))
    assert place == str(tmp_path)
    assert [file.name for file in files] == ["new.XLSX", "返工.txt", "old.csv"]
    assert (files[0].path, files[0].size_bytes) == (str(tmp_path / "new.XLSX"), 1)


def test_a_crowded_folder_shows_the_newest(tmp_path: Path) -> None:
    for number in range(MOST + 5):
        made(tmp_path, f"{number:04}.csv", number)
    _, files = ListFolderOnDisk().lists_in(str(tmp_path))
    assert [file.name for file in files] == [f"{number:04}.csv" for number in range(MOST)]


@pytest.mark.parametrize("path", ["/there/is/none", "\0"])
def test_what_cannot_be_looked_into_says_why(path: str) -> None:
    with pytest.raises(ListUnreadable):
        ListFolderOnDisk().lists_in(path)
    assert not ListFolderOnDisk().is_folder(path)


def test_without_a_name_it_is_the_users_own_documents_or_else_their_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "Documents"
    monkeypatch.setattr("platformdirs.user_documents_dir", lambda: str(documents))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert ListFolderOnDisk().lists_in("")[0] == str(tmp_path)
    documents.mkdir()
    assert ListFolderOnDisk().lists_in("")[0] == str(documents)
    assert ListFolderOnDisk().is_folder(str(documents))
