"""The Open API's requests, answers and errors as data: what the prover and the sandbox service agree on.

Paths, headers, fields and numbers are the vendor's, as its Open API document (``openapi_apps``) and its list of error
codes show them. Only what proving a code needs is here. Answers tolerate unknown fields; requests do not.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

APP_ID_HEADER = "X-Gizwits-Application-Id"
USER_TOKEN_HEADER = "X-Gizwits-User-token"  # noqa: S105  # the header's name
USERS_PATH = "/app/users"
BIND_PATH = "/app/bind_latest"
BINDINGS_PATH = "/app/bindings"
REGIONS: Mapping[str, str] = {
    "cn": "https://api.gizwits.com",
    "us": "https://usapi.gizwits.com",
    "eu": "https://euapi.gizwits.com",
}
"""A user and its token are known in one region only; another one answers 9004."""
DEFAULT_LIMIT = 20
"""Bindings on a page when nobody asks for another number; the vendor does not say it."""
LONGEST_PAGE = 100
"""Ours."""


class CloudError(IntEnum):
    """``error_code``; the HTTP status beside it was 400 wherever one was seen, and 200 in places."""

    PRODUCT_KEY_INVALID = 9002
    APP_ID_INVALID = 9003
    TOKEN_INVALID = 9004
    TOKEN_EXPIRED = 9006
    SERVER_ERROR = 9008
    DEVICE_NOT_FOUND = 9014
    FORM_INVALID = 9015
    NOT_BOUND = 9017
    BAD_CODE = 9040
    THROTTLED = 9041
    DEVICE_OFFLINE = 9042


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class SignInRequest(_Request):
    """Makes an anonymous user, or signs the one in that this name already has."""

    phone_id: Annotated[str, Field(min_length=1, max_length=64, examples=["station-5f0c"])]


class SignInAnswer(_Answer):
    """A user of its own, who needs no account. The token is a secret."""

    uid: str
    token: Annotated[str, Field(min_length=1, max_length=4096, repr=False)]
    expire_at: int
    """Unix seconds."""


class BindRequest(_Request):
    """Binds the device of a code to the user. The answer has no body that is promised."""

    qr_content: Annotated[str, Field(max_length=4096)]
    set_owner: Annotated[int, Field(ge=0, le=1)] = 0


class BoundEntry(_Answer):
    """One device of the list. The passcode, which is a secret too, is not read."""

    product_key: str
    did: str
    mac: str
    is_online: bool = False


class BindingsPage(_Answer):
    """A page of the user's devices; it does not say how many there are in all."""

    devices: list[BoundEntry]


class DeviceId(_Request):
    """A device as the cloud counts them."""

    did: Annotated[str, Field(min_length=1, max_length=64)]


class UnbindRequest(_Request):
    """Takes devices away from the user."""

    devices: Annotated[list[DeviceId], Field(max_length=LONGEST_PAGE)]


class UnbindAnswer(_Answer):
    """What became of each, by ``did``."""

    success: list[str] = []
    failed: list[str] = []


class CloudRefusal(_Answer):
    """Why the cloud did not do it."""

    error_code: int
    error_message: str | None = ""
    detail_message: str | None = None

    @property
    def message(self) -> str:
        """What it says, whichever field that stands in."""
        return self.detail_message or self.error_message or ""
