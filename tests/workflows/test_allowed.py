"""What may be labelled is asked before anything is done, at the line and for one label; who allowed it is kept."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from gizqr_station.domain.allowance import Allowance, LocalMacs
from gizqr_station.domain.code_failures import CodeNotUnique
from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, IdentityKind, Imei, MacAddress
from gizqr_station.domain.identity_failures import LocallyAdministeredMac, NotInOrder, OuiNotAllowed, WrongKind
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.job import JobState
from gizqr_station.domain.list_failures import OrderComplete
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.happenings import LabelDrawn
from gizqr_station.workflows.provision import Bench, provision
from gizqr_station.workflows.single_label import print_label, queue_label
from tests.fake_bench import MAC, NOW, OTHER_MAC, FakeBench, FakeCodes, content_of, reading_of

LOCAL = MacAddress.parse("02:11:22:33:44:55", local_macs=True)
ORDER = Allowance(order="WO-7", ranges=(IdentityRange(MAC, MAC),), quantity=1)
REMARK = "locally administered MAC allowed by Chen: module lot 12"


def at_the_line(bench: Bench, identity: Identity) -> None:
    provision(bench, reading_of(identity), Stop(), lambda _: None, still_there=lambda: None, scan_back_due=True)


def one_label(bench: Bench, identity: Identity) -> None:
    print_label(bench, identity, Stop(), lambda _: None)


def one_that_waits(bench: Bench, identity: Identity) -> None:
    queue_label(bench, identity, Stop(), lambda _: None, held_because="x")


WAYS = pytest.mark.parametrize("label", [at_the_line, one_label, one_that_waits])
Label = Callable[[Bench, Identity], None]


@WAYS
@pytest.mark.parametrize(
    ("allowance", "identity", "refused"),
    [
        (Allowance(kind=IdentityKind.IMEI), MAC, WrongKind),
        (Allowance(kind=IdentityKind.MAC), Imei.parse("861193040496508"), WrongKind),
        (Allowance(ouis=frozenset({"accf23"})), MAC, OuiNotAllowed),
        (ORDER, OTHER_MAC, NotInOrder),
        (Allowance(), LOCAL, LocallyAdministeredMac),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_is_not_allowed_is_refused_before_anybody_is_asked_or_anything_written(
    label: Label, allowance: Allowance, identity: Identity, refused: type[Failure]
) -> None:
    fakes = FakeBench()
    with pytest.raises(refused):
        label(replace(fakes.bench(), allowance=allowance), identity)
    assert (fakes.codes.asked, fakes.printer.asked, fakes.printer.printed) == ([], 0, [])
    assert (fakes.ledger.kept.jobs, fakes.ledger.kept.serials) == ({}, 0)


@WAYS
def test_what_is_allowed_is_labelled_under_its_order(label: Label) -> None:
    fakes = FakeBench()
    label(replace(fakes.bench(), allowance=ORDER), MAC)
    (job,) = fakes.ledger.all_jobs()
    assert (job.identity, job.draft.work_order) == (MAC, "WO-7")


@WAYS
def test_an_order_that_is_complete_takes_no_further_label(label: Label) -> None:
    fakes = FakeBench()
    bench = replace(fakes.bench(), allowance=replace(ORDER, ranges=()))
    at_the_line(bench, MAC)
    asked = len(fakes.codes.asked)
    with pytest.raises(OrderComplete):
        label(bench, OTHER_MAC)
    assert len(fakes.codes.asked) == asked
    assert (len(list(fakes.ledger.all_jobs())), len(fakes.printer.printed)) == (1, 1)


@WAYS
def test_a_voided_label_of_a_complete_order_is_replaced(label: Label) -> None:
    fakes = FakeBench()
    bench = replace(fakes.bench(), allowance=ORDER)
    at_the_line(bench, MAC)
    fakes.ledger.move(fakes.ledger.job(1), JobState.VOIDED, who="QA")
    label(bench, MAC)
    assert [job.mark for job in fakes.ledger.all_jobs()] == ["", "R1"]


@WAYS
def test_who_allowed_a_locally_administered_mac_and_why_is_noted_of_its_label(label: Label) -> None:
    fakes = FakeBench()
    bench = replace(fakes.bench(), allowance=Allowance(local_macs=LocalMacs("Chen", "module lot 12")))
    label(bench, LOCAL)
    label(bench, MAC)
    notes = [[entry.evidence for entry in fakes.ledger.history(number)].count(REMARK) for number in (1, 2)]
    assert notes == [1, 0]


class ForAnother(FakeCodes):
    """A provider that answers with another device's code."""

    def code_for(self, product: Product, identity: Identity, stop: Stop) -> IssuedCode:
        return IssuedCode(content_of(OTHER_MAC), OTHER_MAC, CodeSource.SERVICE, NOW)


@WAYS
def test_an_answer_that_is_another_devices_code_is_not_printed(label: Label) -> None:
    fakes = FakeBench(codes=ForAnother())
    with pytest.raises(CodeNotUnique) as refused:
        label(fakes.bench(), MAC)
    assert refused.value.values() == {"identity": MAC.readable, "other": OTHER_MAC.readable}
    assert (fakes.ledger.kept.jobs, fakes.printer.printed) == ({}, [])


class FullLater(FakeBench):
    """Another slot takes the last place of the order while this one's label is drawn."""

    def fill(self) -> None:
        other = MacAddress.parse("00911f5000ff")
        provision(
            replace(self.bench(), allowance=Allowance(order="WO-7")), reading_of(other), Stop(), lambda _: None,
            still_there=lambda: None, scan_back_due=True,
        )  # fmt: skip


def test_an_order_that_fills_up_while_the_label_is_drawn_takes_no_further_one() -> None:
    fakes = FullLater()
    bench = replace(fakes.bench(), allowance=replace(ORDER, ranges=()))
    with pytest.raises(OrderComplete):
        provision(bench, reading_of(MAC), Stop(), lambda _: None, still_there=fakes.fill, scan_back_due=True)
    assert fakes.ledger.labels_of_order(bench.product.key, "WO-7") == 1


def test_one_label_for_an_order_that_fills_up_while_it_is_drawn_is_not_queued() -> None:
    fakes = FullLater()
    bench = replace(fakes.bench(), allowance=replace(ORDER, ranges=()))

    def drawn(happening: object) -> None:
        if isinstance(happening, LabelDrawn):
            fakes.fill()

    with pytest.raises(OrderComplete):
        queue_label(bench, MAC, Stop(), drawn)
    assert list(fakes.ledger.queued()) == []
