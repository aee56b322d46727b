"""The station's own key: Ed25519, its private half in the secret store and nowhere else."""

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

from gizqr_station.domain.audit_failures import SigningKeyUnusable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_BYTES = 32


class StationKey:
    """Signs in the name of a station. Never shows its private half, not even in a traceback."""

    def __init__(self, private: bytes) -> None:
        """From the 32 bytes of a private key; ValueError for any other number."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey as Private

        self._private: Ed25519PrivateKey = Private.from_private_bytes(private)

    @property
    def public_key(self) -> str:
        """Its 32 bytes in base64."""
        return base64.b64encode(self._private.public_key().public_bytes_raw()).decode()

    @property
    def key_id(self) -> str:
        """What it is called in records: the first 16 digits of SHA-256 over the public key."""
        return key_id_of(self.public_key)

    def sign(self, text: bytes) -> str:
        """64 bytes in base64."""
        return base64.b64encode(self._private.sign(text)).decode()


def new_private_key() -> str:
    """One that nobody else has, as ``station_key`` takes it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey as Private

    return base64.b64encode(Private.generate().private_bytes_raw()).decode()


def station_key(text: str, name: str) -> StationKey:
    """From what the secret store keeps under ``name``: base64 of 32 bytes; raises SigningKeyUnusable."""
    try:
        return StationKey(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        raise SigningKeyUnusable(name) from None  # the cause would carry what it was made from


def key_id_of(public_key: str) -> str:
    """Of a public key in base64; ValueError for what is none."""
    return hashlib.sha256(base64.b64decode(public_key, validate=True)).hexdigest()[:16]


def signed_by(public_key: str, signature: str, text: bytes) -> bool:
    """Whether this key signed this text; False for a key or signature that is none."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), text)
    except (InvalidSignature, ValueError):
        return False
    return True
