"""What can go wrong on the way to a code."""

from dataclasses import dataclass

from gizqr_station.domain.failures import CodeFailure, Owner


@dataclass(eq=False)
class ServiceUnreachable(CodeFailure):
    """No connection to the QR service."""

    code = "E-COD-01"
    owner = Owner.IT
    address: str


@dataclass(eq=False)
class ServiceSlow(CodeFailure):
    """The QR service did not answer within its time."""

    code = "E-COD-02"
    owner = Owner.IT
    address: str
    seconds: float


@dataclass(eq=False)
class KeyRefused(CodeFailure):
    """The QR service did not accept the Authorization key (401 or 403)."""

    code = "E-COD-03"
    address: str
    status: int


@dataclass(eq=False)
class ProductUnknown(CodeFailure):
    """The QR service does not know this product key (404)."""

    code = "E-COD-04"
    product_key: str


@dataclass(eq=False)
class RequestRefused(CodeFailure):
    """The QR service found the request wrong (another 4xx)."""

    code = "E-COD-05"
    status: int
    reason: str


@dataclass(eq=False)
class ServiceFault(CodeFailure):
    """The QR service broke (5xx)."""

    code = "E-COD-06"
    owner = Owner.IT
    address: str
    status: int


@dataclass(eq=False)
class AnswerNotUnderstood(CodeFailure):
    """Something else than the QR service answered, or it answered in another shape."""

    code = "E-COD-07"
    owner = Owner.IT
    address: str
    found: str
    """What came instead: ``HTML``, ``broken JSON``, ``objects: list expected``."""


@dataclass(eq=False)
class TaskNotReady(CodeFailure):
    """The task was taken, but no zip with this identity appeared in time."""

    code = "E-COD-08"
    identity: str
    seconds: float


@dataclass(eq=False)
class ZipRefused(CodeFailure):
    """The zip is not what the service promises, so nothing of it was used."""

    code = "E-COD-09"
    file: str
    reason: str


@dataclass(eq=False)
class PictureUnreadable(CodeFailure):
    """The service's picture does not decode to exactly one QR code."""

    code = "E-COD-10"
    file: str
    reason: str


@dataclass(eq=False)
class CodeMalformed(CodeFailure):
    """A content that the App would not bind for this identity: wrong anatomy or wrong length."""

    code = "E-COD-11"
    identity: str
    content: str
    found: str


@dataclass(eq=False)
class NoCodeListed(CodeFailure):
    """The product's codes are made locally, and this identity has no did and passcode on the list."""

    code = "E-COD-12"
    identity: str
    list_name: str


@dataclass(eq=False)
class AnswerTooLarge(CodeFailure):
    """The answer was cut off because it was larger than any honest one."""

    code = "E-COD-13"
    owner = Owner.IT
    address: str
    limit_bytes: int


@dataclass(eq=False)
class CodeRejected(CodeFailure):
    """The service sent a code again that a proof had shown to be no good."""

    code = "E-COD-170"
    owner = Owner.LEAD
    identity: str


@dataclass(eq=False)
class CodeNotUnique(CodeFailure):
    """Another identity's label says exactly this: scanning either would verify both."""

    code = "E-COD-14"
    identity: str
    other: str


@dataclass(eq=False)
class CodeIsIdentity(CodeFailure):
    """The code would scan like the code on the module, so the scan-back could not tell the label from the device."""

    code = "E-COD-15"
    identity: str


@dataclass(eq=False)
class ConnectionCut(CodeFailure):
    """The connection broke in the middle of an answer, or the answer was shorter than it said."""

    code = "E-COD-16"
    owner = Owner.IT
    address: str


@dataclass(eq=False)
class ServiceThrottles(CodeFailure):
    """The QR service asks for a pause (429, or 503 with Retry-After)."""

    code = "E-COD-17"
    owner = Owner.IT
    address: str
    seconds: float
    """Until it may be asked again."""


@dataclass(eq=False)
class WebPageAnswered(CodeFailure):
    """A web page came instead of an answer: a network's login page, a proxy's refusal."""

    code = "E-COD-18"
    owner = Owner.IT
    address: str


@dataclass(eq=False)
class CertificateRefused(CodeFailure):
    """The service's certificate is not one that this station trusts."""

    code = "E-COD-19"
    owner = Owner.IT
    address: str
    reason: str


@dataclass(eq=False)
class ProxyRefused(CodeFailure):
    """The proxy of the settings cannot be reached, or does not let the station through."""

    code = "E-COD-20"
    owner = Owner.IT
    proxy: str
    """Host and port."""
    reason: str


@dataclass(eq=False)
class NameUnknown(CodeFailure):
    """The host's name cannot be resolved: no network, or a wrong name."""

    code = "E-COD-21"
    owner = Owner.IT
    host: str


@dataclass(eq=False)
class AnswerTooSlow(CodeFailure):
    """The answer began and did not end in time: it drips, or it stalled."""

    code = "E-COD-22"
    owner = Owner.IT
    address: str
    seconds: float
    arrived_bytes: int


@dataclass(eq=False)
class AnswerBroken(CodeFailure):
    """What should have been JSON is not."""

    code = "E-COD-23"
    owner = Owner.IT
    address: str
    found: str
