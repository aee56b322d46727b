"""A code that the cloud showed to be no good goes on no label again, and no other code is thrown away."""

import pytest

from gizqr_station.codes.pooled_provider import PooledCodes
from gizqr_station.domain.binding_proof import BindingProof, BoundDevice, ProofVerdict
from gizqr_station.domain.code_failures import CodeRejected
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import JobState
from gizqr_station.domain.pool_failures import PoolNotWritten
from gizqr_station.domain.product import Product
from gizqr_station.domain.proof_failures import BindsAnotherDevice, CloudFault, ContentRefused
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.code_happenings import CodesDone, CodesWork, PoolSeen, ProofSeen
from gizqr_station.workflows.code_rejection import disproved
from tests.codes.test_pooled_provider import ScriptedRanges
from tests.contracts.ledger_samples import MAC, OTHER_MAC, PRODUCT_KEY
from tests.contracts.pool_samples import SERVICE, codes_of, content_for
from tests.fake_bench import PRODUCT, FakeBench
from tests.fake_codes import SERVICE as DESKS_SERVICE
from tests.fake_codes import FakeCodesDesk, mac, zip_of
from tests.fake_pool import FakePool
from tests.workflows.test_code_cuts import labelled
from tests.workflows.test_schemes import at_the_line

REFUSED, OTHERS = ContentRefused(MAC.readable), BindsAnotherDevice(MAC.readable, str(OTHER_MAC))
DEVICE = BoundDevice(PRODUCT_KEY, "did", str(OTHER_MAC), online=True)


@pytest.mark.parametrize(
    ("verdict", "failure", "expected", "sandbox", "no_good"),
    [
        (ProofVerdict.DOES_NOT_BIND, REFUSED, MAC, False, True),
        (ProofVerdict.DOES_NOT_BIND, REFUSED, None, False, True),
        (ProofVerdict.DOES_NOT_BIND, REFUSED, MAC, True, False),
        (ProofVerdict.DOES_NOT_BIND, CloudFault(9999, "?"), MAC, False, False),
        (ProofVerdict.DOES_NOT_BIND, None, MAC, False, False),
        (ProofVerdict.OTHER_DEVICE, OTHERS, MAC, False, True),
        (ProofVerdict.OTHER_DEVICE, OTHERS, None, False, False),
        (ProofVerdict.OTHER_DEVICE, OTHERS, MAC, True, False),
        (ProofVerdict.NOT_KNOWN, REFUSED, MAC, False, False),
        (ProofVerdict.BINDS, None, MAC, False, False),
    ],
)
def test_only_the_real_clouds_own_word_against_a_code_counts(
    verdict: ProofVerdict, failure: Failure | None, expected: Identity | None, sandbox: bool, no_good: bool
) -> None:
    assert disproved(BindingProof("a code", expected, verdict, DEVICE, failure, sandbox=sandbox)) is no_good


@pytest.mark.parametrize("sandbox", [False, True])
@pytest.mark.parametrize(
    ("verdict", "failure"), [(ProofVerdict.DOES_NOT_BIND, REFUSED), (ProofVerdict.OTHER_DEVICE, OTHERS)]
)
def test_the_desk_takes_a_code_that_is_no_good_from_the_pool(
    verdict: ProofVerdict, failure: Failure, sandbox: bool
) -> None:
    fakes = FakeCodesDesk()
    fakes.pool.add(zip_of({mac(1): "code of one"}), Stop())
    fakes.prover.ends = BindingProof("code of one", mac(1), verdict, failure=failure, sandbox=sandbox)
    fakes.desk().prove("code of one", mac(1).readable)
    assert fakes.ear.wait(ProofSeen).proof.verdict is verdict
    assert fakes.pool.rejected(PRODUCT.key, "code of one") is not sandbox
    assert (fakes.pool.code(PRODUCT.key, DESKS_SERVICE, mac(1)) is None) is not sandbox
    if not sandbox:
        assert fakes.pool.kept.rejected == {(PRODUCT.key, "code of one"): failure.code}
        assert isinstance(fakes.ear.told[-1], PoolSeen)


def test_the_verdict_is_told_although_the_pool_cannot_keep_it() -> None:
    fakes = FakeCodesDesk()
    fakes.pool.failing = PoolNotWritten("codes.sqlite", "disk full")
    fakes.prover.ends = BindingProof("a code", mac(1), ProofVerdict.DOES_NOT_BIND, failure=REFUSED)
    fakes.desk().prove("a code", mac(1).readable)
    assert isinstance(fakes.ear.told[-2], ProofSeen)
    assert fakes.ear.told[-1] == CodesDone(CodesWork.PROVE, failure=fakes.pool.failing)


@pytest.mark.parametrize("disk", [None, PoolNotWritten("codes.sqlite", "disk full")])
def test_a_proof_is_noted_of_the_label_whatever_becomes_of_the_code(disk: Failure | None) -> None:
    fakes = FakeCodesDesk()
    labelled(fakes.fakes.ledger, mac(1))
    job = fakes.fakes.ledger.latest(PRODUCT.key, mac(1))
    assert job is not None
    fakes.pool.failing = disk
    fakes.prover.ends = BindingProof(job.draft.content, mac(1), ProofVerdict.DOES_NOT_BIND, failure=REFUSED)
    fakes.desk().prove(job.draft.content, mac(1).readable)
    noted = fakes.fakes.ledger.history(job.id)[-1]
    assert (noted.kind, noted.evidence) == ("note", "binding proof: does_not_bind, E-COD-58")
    assert noted.who == fakes.fakes.bench().operator


def test_a_product_without_a_service_has_no_codes_to_throw_away() -> None:
    fakes = FakeCodesDesk(pooled=False)
    fakes.prover.ends = BindingProof("a code", mac(1), ProofVerdict.DOES_NOT_BIND, failure=REFUSED)
    fakes.desk().prove("a code", mac(1).readable)
    assert isinstance(fakes.ear.told[-1], ProofSeen)


def test_after_the_void_a_refused_code_is_replaced_by_a_new_one() -> None:
    pool, ranges = FakePool(), ScriptedRanges()
    pool.add(codes_of([MAC]), Stop())
    fakes = FakeBench(product=Product(PRODUCT_KEY, "Smart Plug", service=SERVICE))
    fakes.codes = PooledCodes(pool, ranges, lambda _: None)  # type: ignore[assignment]
    at_the_line(fakes.bench())
    label = fakes.ledger.latest(PRODUCT_KEY, MAC)
    assert label is not None
    assert (label.draft.content, label.draft.code_service) == (content_for(MAC), SERVICE)
    pool.reject(PRODUCT_KEY, SERVICE, content_for(MAC), REFUSED.code)
    fakes.ledger.move(label, JobState.VOIDED, who="QA")

    with pytest.raises(CodeRejected):
        at_the_line(fakes.bench())  # the service sends the same one
    ranges.answer = codes_of([MAC], 8, salt="new")
    at_the_line(fakes.bench())
    again = fakes.ledger.latest(PRODUCT_KEY, MAC)
    assert again is not None
    assert (again.draft.content, again.mark) == (content_for(MAC, "new"), "R1")
