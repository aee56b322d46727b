"""The QR service's requests and answers as data: what the client and the sandbox service agree on.

Paths, header and fields are the vendor's, as its public document and screenshots show them. What the vendor does not
document is marked as ours. Answers tolerate unknown fields; requests do not.
"""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gizqr_station.domain.product import is_product_key

AUTHORIZATION_HEADER = "Authorization"
DEFAULT_AUTHORIZATION = "G"
"""The literal letter of the vendor's document; a customer may have another value."""
SANDBOX_HEADER = "X-Gizqr-Sandbox"
"""Ours: the sandbox service sets it on each answer, so that its codes never pass for bindable ones."""
SANDBOX_ZIP_MARK = b"gizqr sandbox: these codes bind nothing"
"""Ours: the comment of the sandbox service's zips, which stays with a zip that is carried about as a file."""
SANDBOX_PICTURE_MARK = b"gizqr sandbox: this code binds nothing"
"""Ours: stands in each of its pictures, which stays with them when somebody unpacks such a zip and makes another."""
DOC_PATH = "/doc/"
DECRYPT_PATH = "/qrcode/v1/decrypt"
MAX_RANGE = 10_000
"""Ours: identities in one task."""
DEFAULT_LIMIT = 10
"""Tasks on a page of the list when nobody asks for another number."""

_FILE = re.compile(r"/static/zipfiles/[0-9]{1,18}\.zip", re.ASCII)


def tasks_path(product_key: str) -> str:
    """POST creates a task here, GET lists them; ValueError for what has not the form of a product key."""
    if not is_product_key(product_key):
        raise ValueError(f"not a product key: {product_key!r}")
    return f"/qrcode/v1/{product_key}/tasks"


def zip_path(number: int) -> str:
    """Where the zip of a task is, relative to the service's base URL."""
    return f"/static/zipfiles/{number}.zip"


def is_zip_path(text: str) -> bool:
    """Whether a ``file`` of the list has the one form that may be fetched."""
    return bool(_FILE.fullmatch(text))


class RangeRequest(BaseModel):
    """The body that creates a task: an inclusive range; for one device both ends are the same."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    start_mac: Annotated[str, Field(max_length=64, examples=["00911f500047"])]
    end_mac: Annotated[str, Field(max_length=64, examples=["00911f500047"])]


class TaskFile(BaseModel):
    """One task of the list. Equal entries are the same task in the same state."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    created_at: str = ""
    """Unix seconds, as a string."""
    updated_at: str = ""
    """Unix seconds, as a string."""
    file: str | None = None
    """Relative to the base URL; missing, null or empty until the zip is ready."""


class PageMeta(BaseModel):
    """Where in the list a page is."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    skip: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=0)] = DEFAULT_LIMIT
    total: Annotated[int, Field(ge=0)]
    next: str | None = None
    previous: str | None = None


class TaskPage(BaseModel):
    """A page of the list of tasks, newest first. The list belongs to the product, not to the caller."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    meta: PageMeta
    objects: list[TaskFile]


class DecryptRequest(BaseModel):
    """A code's content to be looked into; the field name is ours, the vendor documents none."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    content: Annotated[str, Field(max_length=4096)]


class DecryptAnswer(BaseModel):
    """For whom a content was issued; the field names are ours."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    product_key: str
    mac: str
    """A MAC or, for cellular modules, an IMEI."""


class Refusal(BaseModel):
    """Why a request was refused."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    reason: str
