"""Facts about the station's test user: one for ever, one proof at a time."""

import stat
import sys
import threading
from pathlib import Path

import pytest

from gizqr_station.codes.binding_prover import BindingProver
from gizqr_station.codes.open_api import OpenApiClient
from gizqr_station.codes.prover_file import proving_name
from gizqr_station.domain.binding_proof import ProofVerdict
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.proof_failures import (
    ProofUnderWay,
)
from gizqr_station.domain.settings_failures import SettingsUnreadable
from gizqr_station.domain.stop import Stop
from tests.codes.proving import EXPECTED, proving
from tests.codes.scripted_cloud import (
    GOOD,
    PRODUCT,
    ScriptedCloud,
    device,
)


def test_the_user_is_the_same_one_each_time(tmp_path: Path) -> None:
    cloud = ScriptedCloud()
    with proving(cloud, tmp_path) as station:
        station.prove()
        station.prove()
    assert len(cloud.bound) == 1
    name = (tmp_path / "prover.txt").read_text().strip()
    assert f"user of {name}" in cloud.bound


@pytest.mark.skipif(sys.platform == "win32", reason="rights are the folder's there")
def test_the_name_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "prover.txt"
    with proving_name(file, Stop(), 0.1):
        pass
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_holds_no_name_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "prover.txt"
    file.write_text("my notes")
    with proving(ScriptedCloud(), tmp_path) as station:
        assert isinstance(station.prove().failure, SettingsUnreadable)
    assert file.read_text() == "my notes"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    prover = BindingProver(lambda: OpenApiClient("http://127.0.0.1:9", "a" * 32), tmp_path / "file" / "prover.txt")
    proof = prover.prove(GOOD, PRODUCT, EXPECTED, Stop(), lambda _step: None)
    assert isinstance(proof.failure, FileNotWritten)


def test_two_proofs_at_once_would_take_each_others_devices_so_one_waits(tmp_path: Path) -> None:
    cloud = ScriptedCloud()
    with proving(cloud, tmp_path) as station, proving_name(tmp_path / "prover.txt", Stop(), 0.1):
        proof = station.prove()
        assert isinstance(proof.failure, ProofUnderWay)
        assert cloud.calls == []


def test_many_proofs_at_once_of_different_codes_are_all_right_or_wait(tmp_path: Path) -> None:
    contents = {f"code {number}": [device(f"d{number}", f"00911f5000{number:02x}")] for number in range(6)}
    cloud = ScriptedCloud(says=contents)
    verdicts: list[tuple[ProofVerdict, str]] = []

    def one(number: int) -> None:
        proof = station.prove(f"code {number}", parse_identity(f"00911f5000{number:02x}"))
        verdicts.append((proof.verdict, type(proof.failure).__name__))

    with proving(cloud, tmp_path) as station:
        threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert set(verdicts) <= {(ProofVerdict.BINDS, "NoneType"), (ProofVerdict.NOT_KNOWN, "ProofUnderWay")}
    assert (ProofVerdict.BINDS, "NoneType") in verdicts
    assert not cloud.all_bound


def test_the_lock_is_given_back(tmp_path: Path) -> None:
    for _ in range(2):
        with proving_name(tmp_path / "prover.txt", Stop(), 0):
            pass
    assert {file.name for file in tmp_path.iterdir()} <= {"prover.txt", "prover.txt.lock"}
