"""The udev rule says what it is meant to say; udev itself is not here to be asked."""

import re
from pathlib import Path

import pytest

RULE = Path(__file__).resolve().parent.parent.parent / "packaging" / "udev" / "60-gizqr-station.rules"
SEAT_RULES = 73
"""systemd's 73-seat-late.rules turn the tag uaccess into rights, so it has to be there before."""
_TOKEN = re.compile(r'([A-Z]+)(\{[A-Za-z_]+\})?(==|!=|\+=|=)"([^"]*)"')
MATCHES = {"ACTION", "SUBSYSTEM", "SUBSYSTEMS", "ATTRS"}
ASSIGNMENTS = {"TAG", "ENV", "GOTO", "LABEL"}

Token = tuple[str, str, str, str]


def rules() -> list[list[Token]]:
    """Each rule as tokens of key, what stands in braces, operator and value; fails for what udev would not read."""
    read = []
    for line in RULE.read_text(encoding="ascii").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        tokens = [token.strip() for token in line.split(", ")]
        found = [_TOKEN.fullmatch(token) for token in tokens]
        assert all(found), line
        read.append([(match[1], match[2] or "", match[3], match[4]) for match in found if match])
    return read


def applies(action: str, subsystem: str, parents: str, vendor: str) -> dict[str, str]:
    """What the rules set for such an event."""
    told: dict[str, str] = {}
    facts = {"ACTION": action, "SUBSYSTEM": subsystem, "SUBSYSTEMS": parents, "ATTRS{idVendor}": vendor}
    skip_to = ""
    for rule in rules():
        if skip_to and ("LABEL", "", "=", skip_to) not in rule:
            continue
        skip_to = ""
        wanted = [
            (facts[key + inside] in value.split("|")) is (operator == "==")
            for key, inside, operator, value in rule
            if operator in ("==", "!=")
        ]
        if not all(wanted):
            continue
        for key, inside, operator, value in rule:
            if operator in ("=", "+=") and key in ("TAG", "ENV"):
                told[key + inside] = value
            skip_to = value if key == "GOTO" else skip_to
    return told


def test_the_rule_stands_before_those_that_need_its_tag() -> None:
    assert int(RULE.name.partition("-")[0]) < SEAT_RULES


def test_every_line_is_one_that_udev_reads() -> None:
    for rule in rules():
        for key, _, operator, _ in rule:
            assert key in (MATCHES if operator in ("==", "!=") else ASSIGNMENTS)
    labels = [value for rule in rules() for key, _, _, value in rule if key == "LABEL"]
    assert {value for rule in rules() for key, _, _, value in rule if key == "GOTO"} == set(labels)
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("vendor", ["10c4", "1a86", "0403", "303a", "067b"])
@pytest.mark.parametrize("action", ["add", "change", "bind"])
def test_adapters_are_for_who_is_logged_in_and_not_for_modem_probers(vendor: str, action: str) -> None:
    assert applies(action, "tty", "usb", vendor) == {
        "TAG": "uaccess",
        "ENV{ID_MM_DEVICE_IGNORE}": "1",
        "ENV{ID_MM_PORT_IGNORE}": "1",
    }


@pytest.mark.parametrize(
    "event", [("add", "tty", "usb", "12d1"), ("add", "block", "usb", "10c4"), ("add", "tty", "pci", "10c4"),
              ("remove", "tty", "usb", "10c4")]
)  # fmt: skip
def test_nothing_else_is_touched(event: tuple[str, str, str, str]) -> None:
    assert applies(*event) == {}
