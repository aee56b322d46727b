"""Whose a scan is while the reprint desk is looked at."""

import re
from dataclasses import replace

import pytest

from gizqr_station.domain.scan_rules import PLAIN, ScanRules
from gizqr_station.gui.desk_scans import DeskScans

BADGES = ScanRules(badge=re.compile(r"B-\d{4}"))


class Desk:
    def __init__(self, rules: ScanRules = PLAIN) -> None:
        self.in_hand = 0
        self.taken: list[str] = []
        self.badges: list[str] = []
        self.changes = 0
        self.scans = DeskScans(lambda: self.in_hand, rules)
        self.scans.taken.connect(self.taken.append)
        self.scans.badge.connect(self.badges.append)
        self.scans.changed.connect(self._changed)

    def _changed(self) -> None:
        self.changes += 1


def test_nobody_at_the_desk_leaves_every_scan_to_the_line() -> None:
    desk = Desk()
    assert not desk.scans.take("00911f500047")
    assert desk.taken == []


def test_while_the_desk_is_looked_at_it_has_the_scans_and_says_so() -> None:
    desk = Desk()
    desk.scans.stand(on=True)
    assert (desk.scans.take("00911f500047"), desk.taken, desk.changes) == (True, ["00911f500047"], 1)
    desk.scans.stand(on=False)
    assert (desk.scans.take("00911f500047"), desk.changes) == (False, 2)


def test_a_label_that_waits_at_the_line_is_never_taken_from_it() -> None:
    desk = Desk()
    desk.scans.stand(on=True)
    desk.in_hand = 2
    assert not desk.scans.take("00911f500047")
    assert (desk.taken, desk.scans.held_by, desk.scans.taking) == ([], 2, False)
    desk.in_hand = 0
    desk.scans.look()
    assert desk.scans.take("00911f500047")
    assert desk.changes == 3


@pytest.mark.parametrize("command", ["GIZQR:ROLL", "gizqr:anything"])
def test_a_command_is_always_the_lines(command: str) -> None:
    desk = Desk()
    desk.scans.stand(on=True)
    desk.scans.badge_awaited = True
    assert not desk.scans.take(command)
    assert (desk.taken, desk.badges) == ([], [])


def test_a_badge_is_the_lines_unless_a_second_person_is_waited_for() -> None:
    desk = Desk(BADGES)
    desk.scans.stand(on=True)
    assert not desk.scans.take("B-0042")
    desk.scans.badge_awaited = True
    assert desk.scans.take("B-0042")
    assert (desk.taken, desk.badges) == ([], ["B-0042"])


def test_without_a_pattern_of_badges_what_means_nothing_is_one_while_one_is_waited_for() -> None:
    desk = Desk()
    desk.scans.stand(on=True)
    assert desk.scans.take("B-0042")
    assert desk.taken == ["B-0042"]
    desk.scans.badge_awaited = True
    assert desk.scans.take("B-0042")
    assert desk.scans.take("00911f500047")
    assert (desk.taken, desk.badges) == (["B-0042", "00911f500047"], ["B-0042"])


def test_with_a_pattern_what_is_no_badge_is_looked_up_although_one_is_waited_for() -> None:
    desk = Desk(replace(BADGES, repeat_s=1.0))
    desk.scans.stand(on=True)
    desk.scans.badge_awaited = True
    assert desk.scans.take("L-000124")
    assert (desk.taken, desk.badges) == (["L-000124"], [])
