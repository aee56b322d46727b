"""The command line as a script calls it, in this process; the log goes to the test's own folder."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gizqr_station.cli import main


@dataclass(frozen=True)
class Answered:
    """What a command came to."""

    code: int
    out: str
    err: str

    def document(self) -> dict[str, object]:
        """Stdout as the one JSON document that it must be."""
        parsed: dict[str, object] = json.loads(self.out)
        return parsed


Run = Callable[..., Answered]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    root = logging.getLogger()
    before = (root.level, list(root.handlers))

    def command(*words: object) -> Answered:
        try:
            code = main(["--data-dir", str(tmp_path / "data"), *map(str, words)])
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        told = capsys.readouterr()
        return Answered(code, told.out, told.err)

    yield command
    root.setLevel(before[0])
    for handler in [handler for handler in root.handlers if handler not in before[1]]:
        root.removeHandler(handler)
        handler.close()
