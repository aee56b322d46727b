"""The floors of the house hold, and the rules that watch over them are awake (contracts in pyproject.toml)."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "gizqr_station"

FLOORS = "imports only go down, and the folders of the rim never know each other"
CORE = "what a station is and does knows no screen, network, database, serial or image library"
QT = "only the window knows Qt"


def contracts() -> dict[str, dict[str, object]]:
    """The contracts by their ids."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    return {contract["id"]: contract for contract in linter["contracts"]}


def layers() -> list[str]:
    """The floors from the roof down; siblings stand in one."""
    named = contracts()["floors"]["layers"]
    assert isinstance(named, list)
    return named


def broken_contracts(checkout: Path) -> set[str]:
    """The names of the contracts that import-linter finds broken there."""
    run = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True, no_logo=True))"
    linted = subprocess.run(
        [sys.executable, "-c", run],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "300"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)\b", linted.stdout, re.MULTILINE))
    assert set(verdicts) == {FLOORS, CORE, QT}, linted.stdout + linted.stderr
    broken = {name for name, verdict in verdicts.items() if verdict == "BROKEN"}
    assert (linted.returncode != 0) == bool(broken)
    return broken


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its contracts where they may be spoiled."""
    shutil.copytree(PACKAGE, tmp_path / "gizqr_station", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_floors_hold() -> None:
    assert broken_contracts(ROOT) == set()


@pytest.mark.parametrize(
    ("module", "planted", "broken"),
    [
        ("domain/identity.py", "import gizqr_station.workflows", {FLOORS}),
        ("workflows/ports.py", "import gizqr_station.places", {FLOORS}),
        ("places.py", "import gizqr_station.settings", {FLOORS}),
        ("settings/planted.py", "import gizqr_station.ledger", {FLOORS}),
        ("readers/planted.py", "import gizqr_station.codes", {FLOORS}),
        ("gui/planted.py", "import gizqr_station.printing", {FLOORS}),
        ("service/planted.py", "import gizqr_station.assembly", {FLOORS}),
        ("a_new_module_on_no_floor.py", "", {FLOORS}),
        ("domain/identity.py", "import httpx", {CORE}),
        ("workflows/ports.py", "def late():\n    from PIL import Image", {CORE}),
        ("domain/identity.py", "import PySide6.QtCore", {CORE, QT}),
        ("readers/planted.py", "from PySide6.QtCore import QObject", {QT}),
        ("demo/planted.py", "from PySide6 import QtWidgets", {QT}),
        ("gui/planted.py", "from PySide6 import QtWidgets", set()),
    ],
)
def test_a_planted_import_breaks_its_rule(copy: Path, module: str, planted: str, broken: set[str]) -> None:
    with (copy / "gizqr_station" / module).open("a", encoding="utf-8") as spoiled:
        spoiled.write(f"\n{planted}\n")
    assert broken_contracts(copy) == broken


def test_a_floor_is_optional_only_until_it_exists() -> None:
    optional = re.findall(r"\((\w+)\)", " ".join(layers()))
    built = [
        name for name in optional if (PACKAGE / f"{name}.py").is_file() or (PACKAGE / name / "__init__.py").is_file()
    ]
    assert built == [], "take the parentheses off in pyproject.toml"


def test_the_rules_leave_no_module_out() -> None:
    floors = contracts()["floors"]
    assert floors["exhaustive"] is True
    assert floors["containers"] == ["gizqr_station"]


def test_the_domain_imports_the_standard_library_only() -> None:
    foreign = set()
    for path in (PACKAGE / "domain").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = ["gizqr_station.domain" if node.level else node.module or ""]
            else:
                continue
            known = sys.stdlib_module_names
            foreign |= {
                (path.name, name)
                for name in names
                if name.split(".")[0] not in known and not name.startswith("gizqr_station.domain")
            }
    assert foreign == set()


def test_the_command_line_loads_no_qt_no_http_and_no_database() -> None:
    heavy = ("PySide6", "httpx", "sqlalchemy")
    ask = f"import sys, gizqr_station.cli; print([name for name in {heavy!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == "[]"
