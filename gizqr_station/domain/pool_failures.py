"""What can go wrong with codes that are fetched ahead, and with their limits."""

from dataclasses import dataclass

from gizqr_station.domain.failures import CodeFailure, Owner


@dataclass(eq=False)
class PoolUnreadable(CodeFailure):
    """The file of the pool cannot be opened or is damaged."""

    code = "E-COD-30"
    owner = Owner.IT
    file: str
    reason: str


@dataclass(eq=False)
class PoolNotWritten(CodeFailure):
    """The disk did not take the codes."""

    code = "E-COD-31"
    owner = Owner.IT
    file: str
    reason: str


@dataclass(eq=False)
class PoolBusy(CodeFailure):
    """Another program keeps the pool locked; nothing is wrong with its codes."""

    code = "E-COD-160"
    owner = Owner.IT
    file: str


@dataclass(eq=False)
class CodesFileRefused(CodeFailure):
    """A file that was to be imported is neither a zip of the service nor an unharmed export of a pool."""

    code = "E-COD-32"
    file: str
    reason: str


@dataclass(eq=False)
class CodesOfOtherProduct(CodeFailure):
    """A file with codes of another product."""

    code = "E-COD-33"
    file: str
    product_key: str
    """Of the file."""


@dataclass(eq=False)
class CodesOfOtherService(CodeFailure):
    """A pool's export whose codes another service issued: the App of this station's product does not bind them."""

    code = "E-COD-34"
    file: str
    service: str


@dataclass(eq=False)
class CodesMissing(CodeFailure):
    """Identities of the order that have no code in the pool."""

    code = "E-COD-35"
    missing: int
    wanted: int
    first: str
    """The first gap, ``FIRST..LAST``."""


@dataclass(eq=False)
class ZipIncomplete(CodeFailure):
    """Some pictures of a zip give no code; the others were taken."""

    code = "E-COD-36"
    file: str
    bad: int
    first: str
    """Name of the first bad one."""


@dataclass(eq=False)
class CodeOnTwoDevices(CodeFailure):
    """A zip gives a device the code of another one: nobody can tell whose it is until somebody has looked."""

    code = "E-COD-190"
    owner = Owner.LEAD
    file: str
    bad: int
    """Pictures of it that gave no code, this one among them."""
    identity: str
    other: str
    """Whose code it is already."""


@dataclass(eq=False)
class FetchUnknown(CodeFailure):
    """No fetch has this number."""

    code = "E-COD-37"
    owner = Owner.OPERATOR
    number: int


@dataclass(eq=False)
class FetchUnderWay(CodeFailure):
    """Codes are being fetched already, or a fetch has ended."""

    code = "E-COD-38"
    owner = Owner.OPERATOR
    number: int


@dataclass(eq=False)
class NothingToFetch(CodeFailure):
    """Every identity that was named has its code, or none was named."""

    code = "E-COD-39"
    owner = Owner.OPERATOR
    name: str


@dataclass(eq=False)
class SchemeNeedsNoPool(CodeFailure):
    """The product's codes are drawn here: there is nothing to fetch or import."""

    code = "E-COD-40"
    scheme: str


@dataclass(eq=False)
class QuotaReached(CodeFailure):
    """The product may register so many devices, and all of them have labels."""

    code = "E-COD-41"
    product: str
    registered: int
    left: int = 0
    """Still allowed; above 0 only where more than one was wanted."""
    wanted: int = 1


@dataclass(eq=False)
class OrderOverQuota(CodeFailure):
    """More devices are ordered than may register: a warning before the shift, no more."""

    code = "E-COD-171"
    wanted: int
    """That have no label yet."""
    left: int


@dataclass(eq=False)
class NothingToExport(CodeFailure):
    """The pool has no code of what was to be written."""

    code = "E-COD-172"
    owner = Owner.OPERATOR
    file: str


@dataclass(eq=False)
class FileThere(CodeFailure):
    """What was to be written would take the place of a file that is there."""

    code = "E-COD-173"
    owner = Owner.OPERATOR
    file: str


@dataclass(eq=False)
class SecretInCode(CodeFailure):
    """The product secret stands in what would be printed, in plain or in a usual encoding."""

    code = "E-COD-42"
    identity: str


@dataclass(eq=False)
class DecryptDiffers(CodeFailure):
    """The service itself says that the code is another product's or another device's."""

    code = "E-COD-43"
    identity: str
    found: str


@dataclass(eq=False)
class DecryptUnclear(CodeFailure):
    """The service did not say for whom a code is, in any form that is known."""

    code = "E-COD-44"
    identity: str
    found: str


@dataclass(eq=False)
class TooLongForTask(CodeFailure):
    """More identities than one task may have: a fault of whoever asked."""

    code = "E-COD-45"
    task: str
    most: int


@dataclass(eq=False)
class OnPoolAlone(CodeFailure):
    """The service is away, and the line goes on with the codes that were fetched ahead: a warning, no more."""

    code = "E-COD-130"
    owner = Owner.IT
    address: str
    codes: int
    """In the pool."""


@dataclass(eq=False)
class FetchNotAccepted(CodeFailure):
    """Nobody said yes to a fetch."""

    code = "E-COD-131"
    owner = Owner.OPERATOR
    name: str
    missing: int


@dataclass(eq=False)
class FetchPaused(CodeFailure):
    """A fetch stopped before it had all codes."""

    code = "E-COD-132"
    owner = Owner.OPERATOR
    number: int
    left: int
    """Devices that have no code yet."""


@dataclass(eq=False)
class NotInPool(CodeFailure):
    """The pool has no code of this device."""

    code = "E-COD-133"
    owner = Owner.OPERATOR
    identity: str
