"""What can keep a code from being proved by binding: the Open API's documented errors, one leaf each.

The numbers are the Open API's ``error_code``. What is no fault of the label says so in its words.
"""

from dataclasses import dataclass

from gizqr_station.domain.failures import CodeFailure, Failure, Owner


@dataclass(eq=False)
class ProofNotSetUp(CodeFailure):
    """No App id in the settings."""

    code = "E-COD-50"


@dataclass(eq=False)
class AppIdRefused(CodeFailure):
    """9003: the App id is not valid in this region."""

    code = "E-COD-51"
    address: str


@dataclass(eq=False)
class ProofSignInRefused(CodeFailure):
    """9004, 9006: the anonymous user's token is not valid, or not any more."""

    code = "E-COD-52"
    owner = Owner.IT
    error_code: int


@dataclass(eq=False)
class ProofProductRefused(CodeFailure):
    """9002: the product key is not valid for this App."""

    code = "E-COD-53"
    product_key: str


@dataclass(eq=False)
class CloudFault(CodeFailure):
    """9008, a 5xx, or an error number that is not documented."""

    code = "E-COD-54"
    owner = Owner.IT
    error_code: int
    message: str


@dataclass(eq=False)
class DeviceNeverOnline(CodeFailure):
    """9014: the cloud does not know the device, most likely because it has never been online."""

    code = "E-COD-55"
    owner = Owner.OPERATOR
    identity: str


@dataclass(eq=False)
class ProofRequestRefused(CodeFailure):
    """9015, or another 4xx: the cloud found the request wrong."""

    code = "E-COD-56"
    owner = Owner.IT
    error_code: int
    message: str


@dataclass(eq=False)
class NotBound(CodeFailure):
    """9017, or the device is missing from the bindings after the cloud had said that it is bound."""

    code = "E-COD-57"
    identity: str


@dataclass(eq=False)
class ContentRefused(CodeFailure):
    """9040: the cloud takes the content for no code of its own."""

    code = "E-COD-58"
    identity: str


@dataclass(eq=False)
class CloudThrottles(CodeFailure):
    """9041, or 429: too many requests."""

    code = "E-COD-59"
    owner = Owner.IT
    seconds: float


@dataclass(eq=False)
class DeviceOffline(CodeFailure):
    """9042: the device is known and not online now."""

    code = "E-COD-60"
    owner = Owner.OPERATOR
    identity: str


@dataclass(eq=False)
class BindsAnotherDevice(CodeFailure):
    """The code binds, but another device than the one it was made for."""

    code = "E-COD-61"
    expected: str
    found: str


@dataclass(eq=False)
class StillBound(CodeFailure):
    """The device could not be unbound again from the anonymous user."""

    code = "E-COD-62"
    owner = Owner.IT
    identity: str
    reason: Failure | str


@dataclass(eq=False)
class ProofStopped(CodeFailure):
    """Somebody stopped the proof after the code had been sent to the cloud; what it bound is unbound again."""

    code = "E-COD-110"
    owner = Owner.OPERATOR


@dataclass(eq=False)
class ProofUnderWay(CodeFailure):
    """Another window or command of this station proves a code; both would share one anonymous user."""

    code = "E-COD-111"
    owner = Owner.OPERATOR


@dataclass(eq=False)
class SeveralBound(CodeFailure):
    """The cloud named another device beside the expected one, so nobody knows which of them the code bound."""

    code = "E-COD-112"
    owner = Owner.IT
    expected: str
    found: str


@dataclass(eq=False)
class NotProvedByBinding(CodeFailure):
    """The App binds by such a code in another way, or takes it for an invitation: the cloud is never sent it."""

    code = "E-COD-113"
    owner = Owner.OPERATOR
    kind: str
    """``link`` or ``share``."""
