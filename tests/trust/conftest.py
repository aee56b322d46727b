"""A ledger with a second place, for tests that change neither behind the program's back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station.trust.checkpoints import SignedCheckpoints
from tests.fakes import SteppingClock
from tests.trust.sealed_ledger import SealedLedger, build, checkpoints_in


@pytest.fixture(scope="session")
def sealed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sealed")
    build(folder)
    return folder


@pytest.fixture
def sealed(tmp_path: Path, sealed_folder: Path) -> Iterator[SealedLedger]:
    shutil.copytree(sealed_folder, tmp_path, dirs_exist_ok=True)
    held = SealedLedger(tmp_path)
    yield held
    held.close()


@pytest.fixture
def checkpoints(sealed: SealedLedger, tmp_path: Path) -> SignedCheckpoints:
    """Of the same ledger, with nothing signed yet."""
    return checkpoints_in(tmp_path / "new", sealed.ledger, SteppingClock())
