"""Commands that neither print nor settle work beside the window of their own station, in a ledger that all share."""

from argparse import Namespace
from contextlib import closing
from pathlib import Path

import pytest

from gizqr_station.assembly.ledgers import begun_ledger
from gizqr_station.cli.order_bench import order_bench
from gizqr_station.domain.shared_ledger_failures import StationNameTaken
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from tests.ledger.postgres import PostgresServer

TYPED = Namespace(person="", pin_file=None)


@pytest.fixture
def folder(tmp_path: Path, postgres: PostgresServer, shared_database: str) -> DataFolder:
    """Its settings name the shared ledger."""
    made = DataFolder(tmp_path)
    made.secrets.mkdir(mode=0o700)
    secret = made.secrets / "pg"
    secret.write_text(postgres.password)
    secret.chmod(0o600)
    url = postgres.url(shared_database)
    made.settings_file.write_text(f'[ledger]\nurl = "{url}"\npassword_secret = "pg"\n')
    return made


def test_orders_are_listed_while_the_window_is_open(folder: DataFolder) -> None:
    with closing(begun_ledger(folder, Settings().station.name)), order_bench(TYPED, folder, "en") as bench:
        assert list(bench.ledger.orders()) == []


def test_what_changes_over_takes_the_stations_name(folder: DataFolder) -> None:
    with (
        closing(begun_ledger(folder, Settings().station.name)),
        pytest.raises(StationNameTaken),
        order_bench(TYPED, folder, "en", hold_name=True),
    ):
        pass
