"""Makes contents with the anatomy of issued ones, and opens them again; sealed with a key of this machine.

A content is a random UUID (version 4) as 32 hexadecimal digits, then standard base64 of the AES-256-CTR stream over
``pk=<product key>&mac=<identity>`` with the UUID's 16 bytes as the first counter block. The lengths and the look are
the vendor's, the key is not: the Gizwits App binds none of these.
"""

import base64
import binascii
import contextlib
import os
import re
import secrets
import stat
import uuid
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

from gizqr_station.domain.codes import ContentKind, anatomy
from gizqr_station.domain.settings_failures import SecretExposed, SettingsUnreadable

KEY_BYTES = 32
_UUID_DIGITS = 32
_SEALED = re.compile(rb"pk=([0-9a-f]{32})&mac=([0-9a-f]{12}|[0-9]{15})")


class NotSealedHere(Exception):
    """The content was not sealed with this key."""


class Sealing:
    """Seals and opens with one key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._aes = AES(key)

    def seal(self, product_key: str, identity: str) -> str:
        """A fresh content, 104 characters for a MAC, 108 for an IMEI; never the same twice."""
        nonce = uuid.uuid4()
        sealed = self._stream(nonce, f"pk={product_key}&mac={identity}".encode())
        return nonce.hex + base64.b64encode(sealed).decode()

    def opened(self, content: str) -> tuple[str, str]:
        """Product key and identity; NotSealedHere for any other text."""
        if anatomy(content).kind is not ContentKind.ISSUED:
            raise NotSealedHere
        try:
            nonce = uuid.UUID(hex=content[:_UUID_DIGITS])
            sealed = base64.b64decode(content[_UUID_DIGITS:], validate=True)
        except (ValueError, binascii.Error) as wrong:
            raise NotSealedHere from wrong
        told = _SEALED.fullmatch(self._stream(nonce, sealed))
        if told is None:
            raise NotSealedHere
        return told[1].decode(), told[2].decode()

    def _stream(self, nonce: uuid.UUID, text: bytes) -> bytes:
        """The same both ways."""
        step = Cipher(self._aes, CTR(nonce.bytes)).encryptor()
        return step.update(text) + step.finalize()


def key_of(path: Path) -> bytes:
    """The key in this file, which is made when there is none; only its owner may read it.

    SecretExposed when others may read it (not checked on Windows, where the folder's rights decide),
    SettingsUnreadable when it is no key.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _make_key(path)
    with path.open("rb") as file:
        if os.name == "posix" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise SecretExposed(str(path))
        key = file.read(KEY_BYTES + 1)
    if len(key) != KEY_BYTES:
        raise SettingsUnreadable(str(path), f"{len(key)} bytes")
    return key


def _make_key(path: Path) -> None:
    """Whole or not at all, and the first of two processes wins: written aside, then given its name only once."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()
