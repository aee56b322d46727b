"""Proof that this PySide6 gives back every reference it takes: packaging/decisions/0001-pyside6-below-6.12.md."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

CALLS = {
    "a method that returns nothing": ("widget.setEnabled(True)", "None"),
    "a method that takes a text": ("label.setText('label')", "None"),
    "a timer that starts": ("timer.start()", "None"),
    "a signal that carries a flag": ("thing.told.emit(True)", "True"),
}

# 20,000 calls: the faulty version aborts the process after some 5,000
CHILD = """
import sys
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QWidget

class Thing(QObject):
    told = Signal(bool)

app = QApplication([])
widget, label, timer, thing = QWidget(), QLabel(), QTimer(), Thing()
timer.setInterval(1_000_000)

def calls(times):
    for _ in range(times):
        {call}

calls(100)
before = sys.getrefcount({shared})
calls(20_000)
print(sys.getrefcount({shared}) - before)
"""


def drift(call: str, shared: str) -> int:
    """How many references to a shared object 20,000 calls gained or lost, counted in a process that may die of it."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD.format(call=call, shared=shared)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    return int(child.stdout)


@pytest.mark.parametrize(("call", "shared"), CALLS.values(), ids=CALLS.keys())
def test_qt_gives_back_what_it_takes(call: str, shared: str) -> None:
    assert abs(drift(call, shared)) < 100


def test_the_counting_notices_lost_references() -> None:
    if sys.version_info >= (3, 12):
        pytest.skip("None is immortal here and cannot lose a reference")
    stolen = "kept.append(None) if 'kept' in globals() else globals().update(kept=[])"
    assert drift(stolen, "None") > 10_000


def test_the_project_asks_for_less_than_6_12() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "PySide6-Essentials>=6.11.3,<6.12" in project["dependencies"]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_hold_a_6_11(lock: str) -> None:
    text = (ROOT / "packaging" / lock).read_text("utf-8")
    versions = re.findall(r"^(pyside6[a-z0-9-]*|shiboken6)==(\S+)", text, re.MULTILINE)
    assert {name for name, _ in versions} == {"pyside6-essentials", "shiboken6"}
    assert all(version.startswith("6.11.") for _, version in versions)
