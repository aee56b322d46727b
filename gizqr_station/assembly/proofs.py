"""The prover of the settings, and what this station knows of a code before it is proved."""

import contextlib
from collections.abc import Callable, Iterator
from functools import partial

from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.codes import issuing_service
from gizqr_station.assembly.ledgers import ledger_if_any
from gizqr_station.assembly.pools import FROM_A_SERVICE
from gizqr_station.assembly.web import way_out
from gizqr_station.codes.binding_prover import BindingProver
from gizqr_station.codes.open_api import OpenApiClient
from gizqr_station.codes.pool_store import SqlPool
from gizqr_station.domain.binding_proof import BindingProof
from gizqr_station.domain.codes import IssuedCode
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import ENDED
from gizqr_station.domain.ledger_failures import NothingRecorded
from gizqr_station.domain.pool_failures import NotInPool, SchemeNeedsNoPool
from gizqr_station.domain.product import CodeScheme
from gizqr_station.domain.proof_failures import ProofNotSetUp
from gizqr_station.domain.settings_failures import SettingInvalid, SettingMissing
from gizqr_station.open_api_shapes import REGIONS
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.code_ports import CodeProver
from gizqr_station.workflows.code_rejection import note_proof, reject_disproved


def code_prover(folder: DataFolder, settings: Settings | Callable[[], Settings]) -> CodeProver:
    """Needs nothing before its first proof; what is wrong with [proof] is then in the proof."""
    look = settings if callable(settings) else lambda: settings
    return BindingProver(partial(_client, folder, look), folder.prover_file)


def content_to_prove(folder: DataFolder, settings: Settings, identity: Identity) -> str:
    """What the newest label of an identity says that was not given up, else its code in the pool; NothingRecorded."""
    product_key = settings.product.key
    with ledger_if_any(folder) as ledger:
        jobs = [] if ledger is None else ledger.find(identity.text)
        for job in jobs:
            if job.identity == identity and job.draft.product_key == product_key and job.state not in ENDED:
                return job.draft.content
    with _pool(folder) as pool:
        code = None if pool is None else pool.code(product_key, issuing_service(settings), identity)
    if code is None:
        raise NothingRecorded(identity.readable)
    return code.content


def identity_of_content(folder: DataFolder, settings: Settings, content: str) -> Identity | None:
    """Whose label, or whose code in the pool, says this; None where this station does not know it."""
    with ledger_if_any(folder) as ledger:
        job = None if ledger is None else ledger.with_content(content)
    if job is not None:
        return job.identity
    with _pool(folder) as pool:
        return None if pool is None else pool.holder(settings.product.key, issuing_service(settings), content)


def reject_code(folder: DataFolder, settings: Settings, proof: BindingProof) -> None:
    """Keep what a proof showed of a code that is no good, in a pool that is begun for it if there is none."""
    if CodeScheme(settings.product.scheme) in FROM_A_SERVICE:
        with contextlib.closing(SqlPool.open(folder.pool_file, clock=SystemClock())) as pool:
            reject_disproved(pool, settings.product.key, issuing_service(settings), proof)


def note_proof_of(folder: DataFolder, proof: BindingProof, who: str) -> None:
    """In the ledger, if there is one; a LedgerFailure where it cannot be written."""
    with ledger_if_any(folder) as ledger:
        if ledger is not None:
            note_proof(ledger, proof, who)


def remove_code(folder: DataFolder, settings: Settings, identity: Identity, reason: str) -> IssuedCode:
    """Take the code that the pool has of a device out of it for good; NotInPool, SchemeNeedsNoPool."""
    scheme = CodeScheme(settings.product.scheme)
    if scheme not in FROM_A_SERVICE:
        raise SchemeNeedsNoPool(scheme.value)
    key, service = settings.product.key, issuing_service(settings)
    with _pool(folder) as pool:
        code = None if pool is None else pool.code(key, service, identity)
        if pool is None or code is None:
            raise NotInPool(identity.readable)
        pool.reject(key, service, code.content, reason)
    return code


def _client(folder: DataFolder, look: Callable[[], Settings]) -> OpenApiClient:
    """ProofNotSetUp without an App id; SettingMissing and SettingInvalid for what is wrong with the rest.

    The proxy is the same for all that goes out. The service's own CA file counts only for an Open API of one's own:
    with it nothing else is trusted, and the vendor's has a certificate that every machine trusts.
    """
    settings = look()
    wanted = settings.proof
    if not wanted.app_id:
        raise ProofNotSetUp
    address = wanted.address if wanted.region == "own" else REGIONS[wanted.region]
    if not address:
        raise SettingMissing(str(folder.settings_file), "proof.address")
    way = way_out(folder, settings)
    try:
        return OpenApiClient(
            address, wanted.app_id, ca_file=way.ca_file if wanted.region == "own" else None, proxy=way.proxy
        )
    except ValueError as fault:
        raise SettingInvalid(str(folder.settings_file), "proof", str(fault)) from fault


@contextlib.contextmanager
def _pool(folder: DataFolder) -> Iterator[SqlPool | None]:
    """Never begins one."""
    if not folder.pool_file.exists():
        yield None
        return
    with contextlib.closing(SqlPool.open(folder.pool_file, clock=SystemClock())) as pool:
        yield pool
