"""What does not fit the product's scheme carries TEST and is kept as TEST, whichever way it goes to the printer."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.pool_failures import SecretInCode
from gizqr_station.domain.product import CodeScheme, Product
from gizqr_station.domain.secret_texts import Secrets
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.batch import BatchRun, begin_batch
from gizqr_station.workflows.provision import Bench, provision
from gizqr_station.workflows.single_label import print_label, queue_label
from tests.domain.test_product import CONTENTS, GOOD, KEY
from tests.fake_bench import MAC, FakeBench, reading_of

SECRET = "9f86d081884c7d659a2feaa0c55ad015"


def at_the_line(bench: Bench) -> None:
    provision(bench, reading_of(MAC), Stop(), lambda _: None, still_there=lambda: None, scan_back_due=True)


def one_label(bench: Bench) -> None:
    print_label(bench, MAC, Stop(), lambda _: None)


def one_that_waits(bench: Bench) -> None:
    queue_label(bench, MAC, Stop(), lambda _: None, held_because="x")


def in_a_batch(bench: Bench) -> None:
    batch = begin_batch(bench, "list.csv", [MAC])
    ended = BatchRun(bench, lambda _: None).run(batch.number, Stop())
    if ended.failure is not None:
        raise ended.failure


def as_a_replacement(bench: Bench) -> None:
    """The label before was voided: its code is carried over where it binds, and asked for anew where not."""
    at_the_line(bench)
    job = bench.ledger.latest(bench.product.key, MAC)
    assert job is not None
    bench.ledger.move(job, JobState.VOIDED, who="QA")
    at_the_line(bench)


WAYS = [at_the_line, one_label, one_that_waits, in_a_batch, as_a_replacement]
OF = {
    CodeScheme.GIZWITS: (CodeSource.SERVICE, CONTENTS["issued for a MAC"]),
    CodeScheme.PRIVATE: (CodeSource.POOL, CONTENTS["issued for a MAC"]),
    CodeScheme.LINK: (CodeSource.LINK, CONTENTS["own link"]),
    CodeScheme.TEMPLATE: (CodeSource.TEMPLATE, CONTENTS["own text"]),
}
ANOTHER = "aefc9e621cb34553b12edf7e63645864" + CONTENTS["issued for a MAC"][32:]
"""Another code of the same device."""
REFUSED_ANYWAY = {"nothing"}
"""Not even a label with TEST: such a code could not be told from another or scanned back."""


FROM_A_SERVICE = {
    CodeScheme.GIZWITS: "http://qrcode.example.test:1800",
    CodeScheme.PRIVATE: "https://qr.factory.example.test",
}


def product_of(scheme: CodeScheme) -> Product:
    """Each scheme that has a service has one of its own."""
    return Product(KEY, "Lamp", scheme, service=FROM_A_SERVICE.get(scheme, ""))


def labels(fakes: FakeBench) -> list[PrintJob]:
    return [job for job in fakes.ledger.all_jobs() if job.state is not JobState.VOIDED]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("scheme", CodeScheme)
@pytest.mark.parametrize("source", CodeSource)
@pytest.mark.parametrize("content", [name for name in CONTENTS if name not in REFUSED_ANYWAY])
def test_a_label_is_good_only_where_its_code_binds(
    way: Callable[[Bench], None], scheme: CodeScheme, source: CodeSource, content: str
) -> None:
    fakes = FakeBench(product=Product(KEY, "Lamp", scheme))
    fakes.codes.source, fakes.codes.content = source, CONTENTS[content]
    way(fakes.bench())
    (job,) = labels(fakes)
    good = (scheme, source, content, MAC) in GOOD
    revision = "R1" if way is as_a_replacement else ""
    assert job.draft.test is not good
    assert job.mark == " ".join(part for part in ("" if good else "TEST", revision) if part)
    assert fakes.painter.painted[-1].mark == job.mark
    assert fakes.ledger.devices_labelled(KEY) == good


@pytest.mark.parametrize("before", CodeScheme)
@pytest.mark.parametrize("now", CodeScheme)
def test_a_code_of_an_earlier_scheme_is_carried_on_only_where_it_still_binds(
    before: CodeScheme, now: CodeScheme
) -> None:
    fakes = FakeBench(product=product_of(before))
    fakes.codes.source, fakes.codes.content = OF[before]
    at_the_line(fakes.bench())
    job = labels(fakes)[0]
    assert not job.draft.test
    fakes.ledger.move(job, JobState.VOIDED, who="QA")
    fakes.codes.source, fakes.codes.content = CodeSource.SANDBOX, "https://x.example/another/00911f500047"
    at_the_line(replace(fakes.bench(), product=product_of(now)))
    carried = before is now and now in FROM_A_SERVICE
    again = labels(fakes)[0]
    assert (again.draft.content == job.draft.content, again.draft.test) == (carried, not carried)
    assert again.draft.code_service == FROM_A_SERVICE.get(now, "")


@pytest.mark.parametrize("scheme", FROM_A_SERVICE)
@pytest.mark.parametrize(
    ("kept", "address", "carried"),
    [
        ("http://qr.example.test", "http://qr.example.test", {CodeScheme.GIZWITS, CodeScheme.PRIVATE}),
        ("http://qr.example.test", "http://qr.example.test:1801", set()),
        ("", "http://qr.example.test", {CodeScheme.GIZWITS}),
        ("", "", {CodeScheme.GIZWITS}),
    ],
    ids=["the same", "another", "not kept", "not known either"],
)
def test_a_code_is_carried_on_only_from_the_service_that_issues_the_products_codes(
    scheme: CodeScheme, kept: str, address: str, carried: set[CodeScheme]
) -> None:
    fakes = voided(Product(KEY, "Lamp", scheme, service=kept))
    fakes.codes.content = ANOTHER
    at_the_line(replace(fakes.bench(), product=Product(KEY, "Lamp", scheme, service=address)))
    (again,) = labels(fakes)
    assert (again.draft.content == ANOTHER) is (scheme not in carried)
    assert (again.mark, again.draft.code_service) == ("R1", kept if scheme in carried else address)
    assert len(fakes.codes.asked) == (1 if scheme in carried else 2)


def test_a_code_that_a_proof_showed_to_be_no_good_is_not_carried_on() -> None:
    fakes = voided(product_of(CodeScheme.GIZWITS))
    fakes.codes.refused, fakes.codes.content = {CONTENTS["issued for a MAC"]}, ANOTHER
    at_the_line(fakes.bench())
    (again,) = labels(fakes)
    assert (again.draft.content, again.mark) == (ANOTHER, "R1")


def voided(product: Product) -> FakeBench:
    """After a label of which nothing is left but its record."""
    fakes = FakeBench(product=product)
    fakes.codes.content = CONTENTS["issued for a MAC"]
    at_the_line(fakes.bench())
    fakes.ledger.move(labels(fakes)[0], JobState.VOIDED, who="QA")
    return fakes


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (f"https://x.example/?k={SECRET}", "Lamp"),
        ("https://x.example/?k=n4bQgYhMfWWaL%2Bqg", "Lamp"),
        ("https://x.example/d/00911f500047", f"Lamp {SECRET.upper()}"),
    ],
)
def test_a_label_that_would_show_the_product_secret_is_neither_drawn_nor_kept(
    way: Callable[[Bench], None], content: str, name: str
) -> None:
    secrets = Secrets(frozenset({SECRET, "n4bQgYhMfWWaL+qg"}))
    fakes = FakeBench(product=Product(KEY, name, CodeScheme.TEMPLATE))
    fakes.codes.source, fakes.codes.content = CodeSource.TEMPLATE, content
    with pytest.raises(SecretInCode) as refused:
        way(replace(fakes.bench(), secrets=secrets))
    assert refused.value.values() == {"identity": MAC.readable}
    assert (fakes.painter.painted, fakes.printer.printed, list(fakes.ledger.all_jobs())) == ([], [], [])
