"""What may be labelled: whose devices, of which work order, and how many; asked before each label."""

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter

from gizqr_station.domain.identity import Identity, IdentityKind, MacAddress
from gizqr_station.domain.identity_failures import LocallyAdministeredMac, NotInOrder, OuiNotAllowed, WrongKind
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.quota import Quota


@dataclass(frozen=True, slots=True)
class LocalMacs:
    """Somebody's permission to label locally administered MACs, which a maker gave out on purpose."""

    allowed_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Allowance:
    """Empty parts allow everything; what is allowed still has to be an identity at all."""

    kind: IdentityKind | None = None
    """MAC or IMEI; None for both."""
    ouis: frozenset[str] = frozenset()
    """The first six digits of MACs, lower case. IMEIs have none and are not held back by it."""
    order: str = ""
    """The work order's number, kept with every label."""
    ranges: tuple[IdentityRange, ...] = ()
    """All that the order names; a list of singles is ranges of one."""
    quantity: int | None = None
    """Labels that the order may have alive at once, each identity counted once; None without a limit."""
    local_macs: LocalMacs | None = None
    quota: Quota | None = None
    """Devices of the product that may register; None without a limit."""
    _spans: "_Spans" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_spans", _Spans.of(self.ranges))

    def require(self, identity: Identity) -> None:
        """Raise WrongKind, LocallyAdministeredMac, OuiNotAllowed or NotInOrder for what must not be labelled here."""
        if self.kind is not None and identity.kind is not self.kind:
            raise WrongKind(identity.readable, self.kind.value.upper())
        if isinstance(identity, MacAddress):
            if identity.local and self.local_macs is None:
                raise LocallyAdministeredMac(identity.readable)
            if self.ouis and identity.oui not in self.ouis:
                raise OuiNotAllowed(identity.readable, _readable_oui(identity.oui), self.readable_ouis)
        if self.ranges and identity not in self._spans:
            raise NotInOrder(identity.readable, self.order)

    def remark(self, identity: Identity) -> str:
        """What is noted of a label of this identity as it is opened: who allowed what a maker does not vouch for."""
        if not isinstance(identity, MacAddress) or not identity.local or self.local_macs is None:
            return ""
        return f"locally administered MAC allowed by {self.local_macs.allowed_by}: {self.local_macs.reason}"

    @property
    def readable_ouis(self) -> str:
        """``00:91:1F, AC:CF:23``."""
        return ", ".join(_readable_oui(oui) for oui in sorted(self.ouis))


@dataclass(frozen=True, slots=True)
class _Spans:
    """Ranges for a quick look: by kind and in order, those that overlap made one.

    The texts of one kind are equally long and sorted like the numbers that they are, so texts are compared.
    """

    starts: dict[IdentityKind, list[str]]
    ends: dict[IdentityKind, list[str]]

    @classmethod
    def of(cls, ranges: tuple[IdentityRange, ...]) -> "_Spans":
        spans = cls({kind: [] for kind in IdentityKind}, {kind: [] for kind in IdentityKind})
        for start, end, kind in sorted(
            ((each.first.text, each.last.text, each.first.kind) for each in ranges), key=itemgetter(0, 1)
        ):
            ends = spans.ends[kind]
            if ends and start <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                spans.starts[kind].append(start)
                ends.append(end)
        return spans

    def __contains__(self, identity: Identity) -> bool:
        at = bisect_right(self.starts[identity.kind], identity.text)
        return at > 0 and identity.text <= self.ends[identity.kind][at - 1]


ANYTHING = Allowance()


def _readable_oui(oui: str) -> str:
    return ":".join(oui[at : at + 2] for at in range(0, 6, 2)).upper()
