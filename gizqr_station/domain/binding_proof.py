"""The proof that a code binds: what was done at the Open API, in order, and how each step ended."""

from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity


class ProofStep(Enum):
    """The steps of one proof."""

    SIGN_IN = "sign_in"
    """An anonymous user, the same one for this station every time."""
    CLEAR = "clear"
    """What an earlier proof left bound is unbound."""
    BIND = "bind"
    READ_BACK = "read_back"
    UNBIND = "unbind"


@dataclass(frozen=True, slots=True)
class BoundDevice:
    """A device as the cloud names it."""

    product_key: str
    did: str
    mac: str
    """A MAC or an IMEI, as the cloud writes it."""
    online: bool


class ProofVerdict(Enum):
    """What is known afterwards."""

    BINDS = "binds"
    """Bound, and the cloud named this very device."""
    OTHER_DEVICE = "other_device"
    """Bound, but the cloud named another one: the label is wrong."""
    DOES_NOT_BIND = "does_not_bind"
    """The cloud refused the content."""
    NOT_KNOWN = "not_known"
    """Nothing can be said of the label: the device was never online, the cloud was away, the App id was refused."""


@dataclass(frozen=True, slots=True)
class BindingProof:
    """What a proof showed. Never holds a token."""

    content: str
    expected: Identity | None
    """None when only the content is known: then whichever device the cloud names is shown."""
    verdict: ProofVerdict
    device: BoundDevice | None = None
    failure: Failure | None = None
    """Why not BINDS."""
    left_bound: Failure | None = None
    """The device could not be unbound from the anonymous user again; the next proof does that first."""
    sandbox: bool = False
    """The answers were a sandbox's: BINDS says nothing of the real cloud then."""
