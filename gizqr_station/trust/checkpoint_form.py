"""A checkpoint as a JSON document that anybody can check, and back."""

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar, overload

from gizqr_station.domain.audit import Checkpoint
from gizqr_station.domain.sealing import canonical
from gizqr_station.trust.signing import StationKey, key_id_of, signed_by
from gizqr_station.workflows.audit_check import WITNESS_DIGITS, Witnessed

FORMAT = "gizqr-station checkpoint 1"
UNSIGNED = frozenset({"signature", "witness"})
"""Not in the signed text: the one is made over it, the other is there by its digest."""

Value = TypeVar("Value")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_WITNESS_BYTES = WITNESS_DIGITS // 2


class Beginnings(Sequence[str]):
    """How seals begin, 8 bytes each, as hexadecimal digits."""

    def __init__(self, packed: bytes) -> None:
        """ValueError for bytes that are no whole number of beginnings."""
        if len(packed) % _WITNESS_BYTES:
            raise ValueError(f"a witness of {len(packed)} bytes")
        self._packed = packed

    @classmethod
    def of(cls, seals: Iterable[str]) -> "Beginnings":
        """From whole seals."""
        return cls(b"".join(bytes.fromhex(seal[:WITNESS_DIGITS]) for seal in seals))

    @property
    def packed(self) -> bytes:
        """One after the other."""
        return self._packed

    def __len__(self) -> int:
        """How many."""
        return len(self._packed) // _WITNESS_BYTES

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> "Beginnings": ...

    def __getitem__(self, index: int | slice) -> "str | Beginnings":
        """One as digits, or some."""
        if isinstance(index, slice):
            return Beginnings(b"".join(bytes.fromhex(self[at]) for at in range(*index.indices(len(self)))))
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._packed[index * _WITNESS_BYTES : (index + 1) * _WITNESS_BYTES].hex()


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with all that its file holds."""

    checkpoint: Checkpoint
    public_key: str
    after: int
    """Entries that the checkpoint before it in the same place covers."""
    peaks: tuple[str, ...]
    """Of the hash tree, so that the next checkpoint goes on from here."""
    witness: Beginnings
    """Of the seals behind ``after``."""

    @property
    def witnessed(self) -> Witnessed:
        """As the check of the record takes it."""
        return Witnessed(self.checkpoint, self.after, self.witness)


def signed(draft: SignedCheckpoint, key: StationKey) -> SignedCheckpoint:
    """The same, signed by this key."""
    named = replace(draft.checkpoint, key_id=key.key_id)
    unsigned = replace(draft, checkpoint=named, public_key=key.public_key)
    signature = key.sign(signed_text(document_of(unsigned)))
    return replace(unsigned, checkpoint=replace(named, signature=signature))


def signed_text(document: dict[str, object]) -> bytes:
    """What a signature is made over: the document without signature and witness, as canonical JSON."""
    return canonical({name: value for name, value in document.items() if name not in UNSIGNED})


def document_of(held: SignedCheckpoint) -> dict[str, object]:
    """As it is written into its file."""
    checkpoint, packed = held.checkpoint, held.witness.packed
    return {
        "format": FORMAT,
        "ledger": checkpoint.ledger_id,
        "count": checkpoint.count,
        "head": checkpoint.head,
        "root": checkpoint.root,
        "at": (checkpoint.at - _EPOCH) // _MICROSECOND,
        "station": checkpoint.station,
        "key_id": checkpoint.key_id,
        "public_key": held.public_key,
        "after": held.after,
        "peaks": list(held.peaks),
        "witness_digest": hashlib.sha256(packed).hexdigest(),
        "witness": base64.b64encode(packed).decode(),
        "signature": checkpoint.signature,
    }


def encoded(held: SignedCheckpoint) -> bytes:
    """The bytes of its file: canonical JSON and a line's end."""
    return canonical(document_of(held)) + b"\n"


def decoded(data: bytes) -> SignedCheckpoint:
    """From the bytes of a file; ValueError, with the reason, for anything that is not a whole, signed checkpoint."""
    try:
        document = json.loads(data)
        held = _read(document)
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as broken:
        raise ValueError(f"{type(broken).__name__}: {broken}") from broken
    if encoded(held) != data:
        raise ValueError("not written as such files are")
    if held.checkpoint.key_id != key_id_of(held.public_key):
        raise ValueError("another key than it names")
    if not signed_by(held.public_key, held.checkpoint.signature, signed_text(document)):
        raise ValueError("the signature does not fit")
    if len(held.witness) != held.checkpoint.count - held.after or held.after < 0:
        raise ValueError("a witness of another length")
    return held


def _read(document: dict[str, object]) -> SignedCheckpoint:
    def text(name: str) -> str:
        return _of(str, document[name])

    def number(name: str) -> int:
        return _of(int, document[name])

    checkpoint = Checkpoint(
        ledger_id=text("ledger"),
        count=number("count"),
        head=text("head"),
        root=text("root"),
        at=_EPOCH + timedelta(microseconds=number("at")),
        station=text("station"),
        key_id=text("key_id"),
        signature=text("signature"),
    )
    peaks = tuple(_of(str, peak) for peak in _of(list, document["peaks"]))
    witness = Beginnings(base64.b64decode(text("witness"), validate=True))
    return SignedCheckpoint(checkpoint, text("public_key"), number("after"), peaks, witness)


def _of(kind: type[Value], value: object) -> Value:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
