"""Stands where the set-up script starts programs, so that tests can look at what would have been done."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


class Recorder:
    """Stands where programs are started: notes each one, makes what `venv` makes, fails where it is told to."""

    def __init__(self, venv: Path, failing: str = "") -> None:
        self.venv = venv
        self.failing = failing
        self.started: list[list[str]] = []
        self.environments: list[Mapping[str, str]] = []

    def __call__(self, command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:
        self.started.append(list(command))
        self.environments.append(options.get("env") or {})
        if "venv" in command:
            shutil.rmtree(self.venv, ignore_errors=True)
            (self.venv / "bin").mkdir(parents=True)
            (self.venv / "bin" / "python").touch()
        fails = bool(self.failing) and self.failing in command
        return subprocess.CompletedProcess(command, 3 if fails else 0, stdout="")

    def said(self, word: str) -> int:
        """In how many of the started commands a word stands."""
        return sum(word in command for command in self.started)


def started_by(station: ModuleType, patch: pytest.MonkeyPatch, failing: str = "") -> Recorder:
    """Nothing is started from here on, only noted."""
    recorder = Recorder(station.VENV, failing)
    patch.setattr(station.subprocess, "run", recorder)
    return recorder
