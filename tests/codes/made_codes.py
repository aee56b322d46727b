"""Contents of the vendor's form for any identity, and zips of them: sealed by chance, so they bind nothing."""

import base64
import functools
import random
import uuid

from tests.codes.issued_pictures import picture_of
from tests.codes.scripted_service import zip_of


@functools.cache
def content_for(identity: str) -> str:
    """32 digits of a UUID version 4, then base64 of 40 bytes and the identity's length."""
    chance = random.Random(identity)
    nonce = uuid.UUID(int=chance.getrandbits(128), version=4).hex
    return nonce + base64.b64encode(chance.randbytes(40 + len(identity))).decode()


@functools.cache
def picture_for(identity: str) -> bytes:
    return picture_of(content_for(identity))


def zip_for_all(*identities: str, **others: bytes) -> bytes:
    """A zip with everybody's own picture; ``others`` have this one instead, their names begin with an underscore."""
    pictures = {identity: picture_for(identity) for identity in identities}
    return zip_of(pictures | {name.removeprefix("_"): picture for name, picture in others.items()})
