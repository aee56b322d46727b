"""A set-up script that a test may do anything with."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def station(tmp_path: Path) -> ModuleType:
    """A script of its own for each test, at home in a checkout whose path has a space."""
    root = tmp_path / "label station"
    (root / "packaging").mkdir(parents=True)
    for file in (ROOT / "packaging" / "station.py", *(ROOT / "packaging").glob("requirements*.lock")):
        shutil.copy(file, root / "packaging")
    spec = importlib.util.spec_from_file_location("station_set_up", root / "packaging" / "station.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
