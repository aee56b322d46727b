"""Evidence as the window's desk writes it: a file that the checker of the packaging finds good."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.evidence import EvidenceAtDesk, EvidenceMaker
from gizqr_station.domain.job import JobState
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from tests.contracts.ledger_samples import brought_to, mac, opened

CHECKER = Path(__file__).parent.parent / "packaging" / "check_evidence.py"


def test_what_the_desk_writes_of_a_unit_or_an_order_the_checker_finds_good(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    clock = SystemClock()
    folder.root.mkdir()
    with closing(open_ledger(folder.ledger_file, kind="production", station="bench-1", clock=clock)) as ledger:
        job = brought_to(ledger, opened(ledger, identity=mac(1), work_order="WO-7"), JobState.VERIFIED)
        desk = EvidenceAtDesk(EvidenceMaker(folder, Settings(), ledger))
        for about, name in ((job, "unit.json"), ("WO-7", "order.json")):
            assert desk.write(about, tmp_path / name, "qa", Stop()) >= 4
    for name in ("unit.json", "order.json"):
        checked = subprocess.run(
            [sys.executable, CHECKER, tmp_path / name], capture_output=True, text=True, timeout=60, check=False
        )
        assert checked.returncode == 0, checked.stdout + checked.stderr
