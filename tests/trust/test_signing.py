"""The station's key."""

import base64

import pytest

from gizqr_station.domain.audit_failures import SigningKeyUnusable
from gizqr_station.trust.signing import StationKey, new_private_key, signed_by, station_key


def test_signatures_are_those_of_the_standard() -> None:
    # RFC 8032, section 7.1, test 2
    key = StationKey(bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    assert base64.b64decode(key.public_key) == public
    assert base64.b64decode(key.sign(b"\x72")).hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert signed_by(key.public_key, key.sign(b"\x72"), b"\x72")


def test_another_text_key_or_signature_does_not_fit() -> None:
    key, other = station_key(new_private_key(), "key"), station_key(new_private_key(), "key")
    signature = key.sign(b"text")
    assert not signed_by(key.public_key, signature, b"Text")
    assert not signed_by(other.public_key, signature, b"text")
    assert not signed_by(key.public_key, other.sign(b"text"), b"text")
    assert not signed_by("no base64!", signature, b"text")
    assert not signed_by(key.public_key, "", b"text")
    assert key.key_id != other.key_id


@pytest.mark.parametrize("text", ["", "AAAA", "not base64 at all", "A" * 44])
def test_what_is_no_key_is_said_without_showing_it(text: str) -> None:
    with pytest.raises(SigningKeyUnusable) as unusable:
        station_key(text, "checkpoint-key")
    assert unusable.value.values() == {"name": "checkpoint-key"}
    assert unusable.value.__cause__ is None
