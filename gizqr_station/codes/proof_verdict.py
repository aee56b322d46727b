"""What the cloud's list of bindings says of a code: the new devices in, a verdict out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gizqr_station.domain.binding_proof import BindingProof, BoundDevice, ProofVerdict
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.proof_failures import BindsAnotherDevice, NotBound, SeveralBound

_SEPARATORS = re.compile(r"[:.\- ]")
_LONGEST = 2_953
"""Bytes in a QR code, version 40, level L (ISO/IEC 18004, table 7)."""
_SEEN_OF_A_CODE = 8
"""Letters of it that stand for its device, where nobody knows which one it is."""


@dataclass(frozen=True, slots=True)
class Question:
    """The code that is asked about, and whose it should be."""

    content: str
    product_key: str
    expected: Identity | None

    @property
    def readable(self) -> str:
        """The device, as failures name it."""
        return self.expected.readable if self.expected else f"{self.content[:_SEEN_OF_A_CODE]}…"

    @property
    def can_be_sent(self) -> bool:
        """Whether any QR code can say this; what a shell made of broken bytes is no text at all."""
        try:
            return 0 < len(self.content.encode()) <= _LONGEST
        except UnicodeEncodeError:
            return False

    def is_expected(self, device: BoundDevice) -> bool:
        """This product, and this MAC or IMEI in any notation; without an expected one any device of the product."""
        if not self.product_key or device.product_key != self.product_key:
            return False
        plain = _SEPARATORS.sub("", device.mac).lower()
        return bool(plain) if self.expected is None else plain == self.expected.text

    def judged(self, new: Sequence[BoundDevice], trouble: Failure | None) -> BindingProof:
        """``new``: what the list names since the code was sent; ``trouble``: why that may be nothing.

        Only one device counts. Of two nobody knows which the code bound: the other one may come from an earlier
        proof whose binding was carried out late.
        """
        if not new:
            return self.not_known(trouble or NotBound(self.readable))
        if len(new) > 1:
            return self.not_known(SeveralBound(self.readable, self.told(self._odd_one(new))))
        device = new[0]
        if self.is_expected(device):
            return BindingProof(self.content, self.expected, ProofVerdict.BINDS, device)
        wanted = self.expected.readable if self.expected else self.product_key
        failure = BindsAnotherDevice(wanted, self.told(device))
        return BindingProof(self.content, self.expected, ProofVerdict.OTHER_DEVICE, device, failure)

    def confirmed(self, proof: BindingProof, new: Sequence[BoundDevice]) -> BindingProof:
        """A verdict about a device stands only if no further one turned up while that was unbound."""
        if proof.device is None or len(new) == 1:
            return proof
        return replace(self.judged(new, None), device=proof.device)

    def told(self, device: BoundDevice) -> str:
        """For people; with its product where that is another."""
        return device.mac if device.product_key == self.product_key else f"{device.mac} ({device.product_key})"

    def not_known(self, failure: Failure) -> BindingProof:
        """Nothing can be said of the label."""
        return BindingProof(self.content, self.expected, ProofVerdict.NOT_KNOWN, failure=failure)

    def _odd_one(self, new: Sequence[BoundDevice]) -> BoundDevice:
        return next((device for device in new if not self.is_expected(device)), new[-1])
