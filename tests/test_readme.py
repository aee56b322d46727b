"""What the README shows can be used as it stands."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from gizqr_station.cli.arguments import build_parser
from gizqr_station.demo.newcomers import LEAD, OPERATOR, QA
from gizqr_station.domain.identity import Imei, MacAddress
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.reader_profile import AtTalk, LogTalk
from gizqr_station.domain.slot import LeavesBy
from gizqr_station.readers.profile_files import parse_profile
from gizqr_station.settings.model import Settings

README = Path(__file__).resolve().parent.parent / "README.md"


def profile_text(name: str) -> str:
    """The TOML under the remark that names its file."""
    found = re.search(
        rf"<!-- tested: readers/{name}\.toml -->\n```toml\n(.*?)```", README.read_text("utf-8"), re.DOTALL
    )
    assert found is not None
    return found[1]


def test_the_log_reader_of_the_readme_finds_what_it_promises() -> None:
    talk = parse_profile("my-board", profile_text("my-board"), own=True).talk
    assert isinstance(talk, LogTalk)
    (line,) = talk.lines
    found = line.search("WIFI STA MAC: c4:7f:51:03:85:f7")
    assert found is not None
    assert MacAddress.parse(found["identity"]) == MacAddress("c47f510385f7")
    for other in ("WIFI STA MAC: c4:7f:51:03:85:f7:00", "BSSID: c4:7f:51:03:85:f7", "WIFI STA MAC: none"):
        assert line.search(other) is None


def test_the_modem_reader_of_the_readme_takes_a_modems_answer() -> None:
    talk = parse_profile("my-modem", profile_text("my-modem"), own=True).talk
    assert isinstance(talk, AtTalk)
    found = talk.asks[0].answer.fullmatch("+CGSN: 866061038958554")
    assert found is not None
    assert Imei.parse(found["identity"])


def test_the_slots_of_the_readme_are_slots() -> None:
    found = re.search(r"```toml\n(\[\[slots\]\].*?)```", README.read_text("utf-8"), re.DOTALL)
    assert found is not None
    left, right = Settings.model_validate(tomllib.loads(found[1])).slot_configs()
    assert (left.label, str(left.port), left.leaves_by) == ("1 left jig", "usb:A50285BI", LeavesBy.SILENCE)
    assert str(right.port) == "hub:1-1.4"


@pytest.mark.parametrize(
    "command", ["read", "readers", "ports", "batch", "codes", "ledger", "people", "orders", "shift", "outbox", "doctor"]
)
def test_the_table_of_commands_knows_every_one(command: str) -> None:
    assert f"| `gizqr-station {command}" in README.read_text("utf-8")


def test_the_order_of_the_readme_is_one() -> None:
    found = re.search(r"```toml\n(\[order\].*?)```", README.read_text("utf-8"), re.DOTALL)
    assert found is not None
    order = Settings.model_validate(tomllib.loads(found[1])).order
    assert order.number == "WO-2026-117"
    assert [len(IdentityRange.parse(each)) for each in order.identities] == [500, 1]


def test_the_shared_ledger_of_the_readme_is_a_setting() -> None:
    found = re.search(r"<!-- tested: shared ledger -->\n```toml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert found is not None
    ledger = Settings.model_validate(tomllib.loads(found[1])).ledger
    assert (ledger.url, ledger.password_secret) == ("postgresql://stations@192.0.2.5:5432/ledger", "ledger-db")


def commands_of_the_readme() -> list[str]:
    """Each line of a block that is a command as it stands, without what stands for something."""
    pieces = re.split(r"^ *```(\w*)\n", README.read_text("utf-8"), flags=re.MULTILINE)
    plain = [text for at, text in enumerate(pieces[2::2]) if at % 2 == 0 and not pieces[1 + 2 * at]]
    lines = [line.strip() for text in plain for line in text.splitlines()]
    return [line.partition("  #")[0].rstrip("& ") for line in lines if line.startswith("gizqr-station ")]


def test_the_readme_shows_commands_in_blocks() -> None:
    assert len(commands_of_the_readme()) > 20


@pytest.mark.parametrize("command", commands_of_the_readme())
def test_every_command_of_the_readme_is_one_that_the_program_takes(command: str) -> None:
    assert build_parser().parse_args(shlex.split(command)[1:])


def test_the_people_of_the_demo_are_told_with_their_pins() -> None:
    for newcomer in (LEAD, QA, OPERATOR):
        told = rf"{newcomer.name}\s+\({newcomer.role.value}\)\s+{newcomer.pin}"
        assert re.search(told, README.read_text("utf-8"), re.IGNORECASE)
