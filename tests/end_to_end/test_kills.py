"""kill -9 at any moment: no label without a row, no second label, nothing re-sent without a person.

Half of the kills are aimed at the moments around the bytes, the others come whenever they like; half of the lives have
two slots.
``python -m pytest -m slow tests/end_to_end/test_kills.py`` runs 300.
"""

import contextlib
import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from gizqr_station.assembly import existing_ledger
from gizqr_station.domain.job import ENDED, JobState, PrintJob
from gizqr_station.places import DataFolder
from gizqr_station.printing.virtual_printer import VirtualPrinter
from tests.end_to_end.killed_line import AIMS
from tests.end_to_end.line import running_service
from tests.ledger.postgres import running_postgres

LONGEST_RUN_S = 60


@dataclass(frozen=True)
class Verdict:
    """What paper and ledger say of each other; all four must be empty."""

    labels_without_a_row: list[str]
    printed_twice: list[str]
    identities_with_two_good_labels: list[str]
    unsettled: list[PrintJob]


class Bench:
    """Service and printer that live on, and stations that do not."""

    def __init__(self, folder: Path, url: str, printer: VirtualPrinter, ledger: str = "") -> None:
        """``ledger``: the address of a shared one."""
        self.folder = DataFolder(folder / "station")
        self.printer = printer
        self._words = [
            sys.executable, "-m", "tests.end_to_end.killed_line", "--folder", str(self.folder.root),
            "--labels", str(folder / "labels"), "--url", url, "--printer-port", str(printer.port),
            "--ledger", ledger,
        ]  # fmt: skip

    def kill_somewhere(self, chance: random.Random, *words: str) -> None:
        """One life of a station, and its end."""
        aim = ["--aim", chance.choice(AIMS), str(chance.randint(1, 3))] if chance.random() < 0.5 else []
        slots = ["--slots", str(chance.choice((1, 2)))]
        with subprocess.Popen([*self._words, *aim, *slots, *words], stdout=subprocess.PIPE) as station:
            assert station.stdout is not None
            station.stdout.readline()
            if not aim:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    station.wait(chance.uniform(0, 0.3))
                station.kill()
            station.wait(LONGEST_RUN_S)

    def labels_out(self) -> list[PrintJob]:
        """What nobody has found or declared missing yet: of the last life, for each begins with settling that."""
        ledger = existing_ledger(self.folder)
        try:
            return [job for job in ledger.all_jobs() if job.open]
        finally:
            ledger.close()

    def live(self, units: int) -> None:
        """A station that settles what is left and labels so many units in peace."""
        subprocess.run(
            [*self._words, "--units", str(units)], check=True, timeout=LONGEST_RUN_S, stdout=subprocess.DEVNULL
        )

    def verdict(self) -> Verdict:
        """Compare what came out of the printer with what the ledger says."""
        ledger = existing_ledger(self.folder)
        try:
            assert ledger.verify() is None
            jobs = {str(job.id): job for job in ledger.all_jobs()}
            unsettled = [job for job in jobs.values() if job.open or job.state is JobState.INTENDED]
        finally:
            ledger.close()
        printed = [label.job_name for label in self.printer.printed]
        # A job that failed says that nothing was sent, so a label of it is as bad as one without a row.
        rowless = [name for name in printed if name not in jobs or jobs[name].state is JobState.FAILED]
        live = Counter(str(job.identity) for job in jobs.values() if job.state not in ENDED)
        on_paper = Counter(str(jobs[name].identity) for name in printed if name in jobs)
        return Verdict(
            rowless,
            [name for name, times in Counter(printed).items() if times > 1],
            [identity for identity, times in (live + Counter()).items() if times > 1]
            + [identity for identity, times in on_paper.items() if times > 1],
            unsettled,
        )


def killed(tmp_path: Path, kills: int, *words: str, ledger: str = "") -> tuple[Verdict, int]:
    """So many kills, then peace; the verdict, and how many labels came out."""
    chance = random.Random(20261122)
    with running_service(tmp_path / "service") as url, VirtualPrinter(tmp_path / "labels", 203) as printer:
        bench = Bench(tmp_path, url, printer, ledger)
        for _ in range(kills):
            bench.kill_somewhere(chance, *words)
            assert "--careless" in words or len(bench.labels_out()) <= 1, "two labels were out at once"
        bench.live(2)
        return bench.verdict(), len(printer.printed)


def require_nothing_lost(verdict: Verdict) -> None:
    assert verdict == Verdict([], [], [], [])


def killed_on_a_shared_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kills: int) -> tuple[Verdict, int]:
    """The same on a database whose server lives on; the settings in the folder tell the verdict where it is."""
    with running_postgres() as server:
        server.database("labels")
        monkeypatch.setenv("GIZQR_SECRET_LEDGER", server.password)
        folder = DataFolder(tmp_path / "station")
        folder.root.mkdir()
        url = server.url("labels")
        folder.settings_file.write_text(
            f'[station]\nname = "bench-1"\n[ledger]\nurl = "{url}"\npassword_secret = "ledger"\n'
        )
        return killed(tmp_path, kills, ledger=url)


@pytest.mark.parametrize("kills", [10, pytest.param(300, marks=pytest.mark.slow)])
def test_kills_on_a_shared_ledger_lose_nothing_and_print_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kills: int
) -> None:
    verdict, labels = killed_on_a_shared_ledger(tmp_path, monkeypatch, kills)
    require_nothing_lost(verdict)
    assert labels > kills // 2, "too few labels for the kills to mean anything"


def test_twenty_five_kills_lose_nothing_and_print_nothing_twice(tmp_path: Path) -> None:
    verdict, labels = killed(tmp_path, 25)
    require_nothing_lost(verdict)
    assert labels > 15, "too few labels for the kills to mean anything"


@pytest.mark.slow
def test_three_hundred_kills_lose_nothing_and_print_nothing_twice(tmp_path: Path) -> None:
    verdict, labels = killed(tmp_path, 300)
    require_nothing_lost(verdict)
    assert labels > 200


def test_without_the_intent_row_the_same_kills_are_found_out(tmp_path: Path) -> None:
    verdict, _ = killed(tmp_path, 6, "--careless")
    with pytest.raises(AssertionError):
        require_nothing_lost(verdict)
    assert verdict.identities_with_two_good_labels
