"""A list against order and ledger: what is not allowed, what has a label, and how far the look has come."""

import pytest

from gizqr_station.domain.allowance import ANYTHING, Allowance, LocalMacs
from gizqr_station.domain.identity import Identity, IdentityKind, MacAddress
from gizqr_station.domain.identity_failures import LocallyAdministeredMac, NotInOrder, OuiNotAllowed, WrongKind
from gizqr_station.domain.identity_list import CheckedList, ListText, RawLine, judged
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows import list_check
from gizqr_station.workflows.batch_happenings import ListChecking
from gizqr_station.workflows.happenings import Happening
from gizqr_station.workflows.list_check import check_list, checked_against
from tests.contracts.ledger_samples import opened
from tests.fakes import FakeLedger

KEY = "0a6781ed676045988d5d72f3f0480fba"
A, B, C = "00911f500047", "00911f500048", "accf232be530"
IMEI = "861193040496508"
Seen = list[tuple[int, str, type[Exception] | None]]


def raw(*texts: str) -> ListText:
    return ListText("order.csv", tuple(RawLine(number, text) for number, text in enumerate(texts, start=1)))


def seen(checked: CheckedList) -> Seen:
    return [(line.number, line.verdict.value, type(line.failure) if line.failure else None) for line in checked.lines]


def looked(texts: ListText, ledger: FakeLedger | None = None, allowance: Allowance = ANYTHING) -> Seen:
    return seen(check_list(texts, ledger or FakeLedger(), KEY, allowance, lambda _: None, Stop()))


def labelled(*texts: str, key: str = KEY) -> FakeLedger:
    ledger = FakeLedger()
    for text in texts:
        opened(ledger, identity=MacAddress(text), product_key=key)
    return ledger


def test_what_has_a_live_label_is_marked_with_that_label() -> None:
    checked = check_list(raw(A, B), labelled(A), KEY, ANYTHING, lambda _: None, Stop())
    assert seen(checked) == [(1, "labelled", AlreadyLabelled), (2, "good", None)]
    failure = checked.lines[0].failure
    assert isinstance(failure, AlreadyLabelled)
    assert (failure.label_serial, failure.state) == ("L-000001", "intended")


def test_a_label_of_another_product_or_one_that_failed_is_none() -> None:
    ledger = labelled(B)
    ledger.move(ledger.job(1), JobState.FAILED, who="Li Wei", evidence="cancelled")
    assert looked(raw(A, B), ledger) == [(1, "good", None), (2, "good", None)]
    assert looked(raw(A), labelled(A, key="f" * 32)) == [(1, "good", None)]


def test_where_there_is_no_ledger_yet_nothing_has_a_label() -> None:
    assert seen(check_list(raw(A), None, KEY, ANYTHING, lambda _: None, Stop())) == [(1, "good", None)]


def test_what_the_order_does_not_allow_is_marked_with_the_reason() -> None:
    allowance = Allowance(
        kind=IdentityKind.MAC, ouis=frozenset({"00911f"}), order="WO-7", ranges=(IdentityRange.parse(f"{A}..{A}"),)
    )
    assert looked(raw(A, B, C, IMEI), allowance=allowance) == [
        (1, "good", None), (2, "not_allowed", NotInOrder), (3, "not_allowed", OuiNotAllowed),
        (4, "not_allowed", WrongKind),
    ]  # fmt: skip


def test_bad_goes_before_repeated_before_not_allowed_before_labelled() -> None:
    allowance = Allowance(ouis=frozenset({"00911f"}))
    found = looked(raw("void", A, A, C, C, B), labelled(A, C), allowance)
    assert [(number, verdict) for number, verdict, _ in found] == [
        (1, "bad"), (2, "labelled"), (3, "repeated"), (4, "not_allowed"), (5, "repeated"), (6, "good"),
    ]  # fmt: skip


def test_local_macs_are_bad_without_a_permission_and_good_with_it() -> None:
    local = "02911f500047"
    assert looked(raw(local)) == [(1, "bad", LocallyAdministeredMac)]
    allowed = Allowance(local_macs=LocalMacs("Zhang Wei", "prototypes"))
    assert looked(raw(local), allowance=allowed) == [(1, "good", None)]
    taken_elsewhere = judged("list", raw(local).lines, local_macs=True)
    again = checked_against(taken_elsewhere, FakeLedger(), KEY, ANYTHING, lambda _: None, Stop())
    assert seen(again) == [(1, "not_allowed", LocallyAdministeredMac)]


class CountedLedger(FakeLedger):
    """Counts how often it is asked, and can stop whoever asks."""

    def __init__(self, stop: Stop | None = None) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.stop = stop

    def live_among(self, product_key: str, identities: object) -> dict[Identity, PrintJob]:
        assert isinstance(identities, list)
        self.asked.append(len(identities))
        if self.stop is not None:
            self.stop.set()
        return {}


def test_the_ledger_is_asked_about_many_lines_at_once_and_about_good_ones_only() -> None:
    ledger = CountedLedger()
    texts = raw(f"{A} x 2500", "void", A)
    looked(texts, ledger)
    assert ledger.asked == [1000, 1000, 500]


def test_a_look_stops_when_it_is_told_to() -> None:
    stop = Stop()
    ledger = CountedLedger(stop)
    with pytest.raises(Stopped):
        check_list(raw(f"{A} x 5000"), ledger, KEY, ANYTHING, lambda _: None, stop)
    assert len(ledger.asked) == 1
    with pytest.raises(Stopped):
        check_list(raw(A), FakeLedger(), KEY, ANYTHING, lambda _: None, stop)


@pytest.mark.parametrize(("every_s", "told"), [(0.0, [1000, 2000, 2500, 2500]), (3600.0, [2500])])
def test_progress_is_told_no_more_often_than_anybody_can_see(
    monkeypatch: pytest.MonkeyPatch, every_s: float, told: list[int]
) -> None:
    monkeypatch.setattr(list_check, "TELL_EVERY_S", every_s)
    heard: list[Happening] = []
    check_list(raw(f"{A} x 2500"), FakeLedger(), KEY, ANYTHING, heard.append, Stop())
    assert heard == [ListChecking("order.csv", done) for done in told]
