"""Print servers and printers for the tests of this folder; one of each kind for many tests."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.printing.ipp.bench_printer import BenchPrinter, bench_printer
from tests.printing.ipp.private_cups import PrivateCups
from tests.printing.ipp.private_ippeve import PrivateIppeve


@pytest.fixture(scope="session")
def folder_for_lp() -> Iterator[Path]:
    """Short, for a domain socket's name has 107 characters at most; and open to other users than pytest's own are."""
    folder = Path(tempfile.mkdtemp(prefix="gizqr-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def shared_cups(folder_for_lp: Path) -> Iterator[PrivateCups]:
    at = folder_for_lp / "cups"
    at.mkdir()
    cups = PrivateCups(at)
    try:
        cups.start()
        yield cups
    finally:
        cups.end()


@pytest.fixture
def cups(shared_cups: PrivateCups, monkeypatch: pytest.MonkeyPatch) -> PrivateCups:
    """The CUPS of this machine, as the station sees it."""
    monkeypatch.setenv("CUPS_SERVER", str(shared_cups.socket))
    return shared_cups


@pytest.fixture
def own_cups(folder_for_lp: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateCups]:
    """One that a test may end, kill and start again."""
    at = Path(tempfile.mkdtemp(dir=folder_for_lp))
    at.chmod(0o755)
    cups = PrivateCups(at)
    monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
    try:
        cups.start()
        yield cups
    finally:
        cups.end()


@pytest.fixture
def bench() -> Iterator[BenchPrinter]:
    with bench_printer() as printer:
        yield printer


@pytest.fixture(scope="session")
def shared_ippeve(folder_for_lp: Path) -> Iterator[PrivateIppeve]:
    at = folder_for_lp / "ippeve"
    at.mkdir()
    ippeve = PrivateIppeve(at)
    try:
        ippeve.start()
        yield ippeve
    finally:
        ippeve.end()


@pytest.fixture
def ippeve(shared_ippeve: PrivateIppeve) -> Iterator[PrivateIppeve]:
    """A label printer that speaks IPP and prints, until a test has it do something else."""
    shared_ippeve.does("prints")
    yield shared_ippeve
    shared_ippeve.does("prints")
