"""Talks to the QR service: creates tasks, lists them, downloads their zips.

Each method is one guarded HTTP request, and raises a CodeFailure or Stopped, nothing else.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, FailFast, Field

from gizqr_station.codes.answers import Answer, parsed, require_no_web_page, require_success
from gizqr_station.codes.http_caller import GuardedHttp, Waits
from gizqr_station.codes.http_route import Proxy
from gizqr_station.domain.code_failures import AnswerNotUnderstood, ProductUnknown, ZipRefused
from gizqr_station.domain.stop import Stop
from gizqr_station.qrcode_api import (
    AUTHORIZATION_HEADER,
    DECRYPT_PATH,
    DEFAULT_LIMIT,
    DOC_PATH,
    DecryptAnswer,
    DecryptRequest,
    PageMeta,
    RangeRequest,
    TaskFile,
    is_zip_path,
    tasks_path,
)

_ENTRIES_AT_MOST = 10_000
"""On a page: a mebibyte of empty objects would keep every other thread of the station waiting for a second."""


@dataclass(frozen=True, slots=True)
class CallLimits:
    """Where one call ends, in seconds and bytes."""

    connect_s: float = 3.0
    idle_s: float = 5.0
    """Without a single byte."""
    json_total_s: float = 10.0
    zip_total_s: float = 60.0
    json_bytes: int = 1 << 20
    zip_bytes: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a product's tasks, newest first; every ``file`` that is not None may be downloaded.

    A task whose ``file`` has another form than the vendor's is left out.
    """

    tasks: tuple[TaskFile, ...]
    shown: int
    """Entries on the page, those left out included: where the next page begins."""
    total: int
    sandbox: bool


@dataclass(frozen=True, slots=True)
class Download:
    """A task's zip, as it came."""

    data: bytes = field(repr=False)
    sandbox: bool


class _AnyObject(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    created_at: str = ""
    updated_at: str = ""
    file: Any = None
    """Whatever a service may put there: an odd one must not hide the others."""


class _Page(BaseModel):
    model_config = ConfigDict(extra="ignore")

    meta: PageMeta
    objects: Annotated[list[_Entry], Field(max_length=_ENTRIES_AT_MOST), FailFast()]


class TaskClient:
    """The QR service at one address, with one key. May be used by several threads at once.

    ``base_url`` is ``http`` or ``https``, host, perhaps port and path; ``authorization`` goes verbatim into the header
    of that name. Over plain http whoever is on the way, a proxy too, can read the key and change the answers; over
    https a proxy only passes on what it cannot read. With a ``ca_file`` nothing but its certificates is trusted.
    ValueError for an address, a key or a file that can never work.
    """

    def __init__(
        self,
        base_url: str,
        authorization: str,
        limits: CallLimits | None = None,
        *,
        ca_file: Path | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        self._limits = limits or CallLimits()
        waits = Waits(self._limits.connect_s, self._limits.idle_s)
        headers = {AUTHORIZATION_HEADER: authorization}
        self._http = GuardedHttp(base_url, headers, waits, ca_file=ca_file, proxy=proxy)

    @property
    def address(self) -> str:
        """The base URL, without a slash at its end."""
        return self._http.address

    @property
    def encrypted(self) -> bool:
        """Whether nobody on the way can read the key or change an answer."""
        return self._http.encrypted

    @property
    def proxy_place(self) -> str:
        """Host and port of the proxy between; empty for none."""
        return self._http.proxy_place

    def create_task(self, product_key: str, start: str, end: str, stop: Stop, *, within_s: float | None = None) -> None:
        """Ask for the codes of an inclusive range. The answer names no task: look for it in the list.

        201 and 202 say enough by themselves; only under a 200, which a login page has as well, the body is looked at.
        ConnectionCut, ServiceSlow and AnswerTooSlow leave open whether the task was taken.
        """
        body = RangeRequest(start_mac=start, end_mac=end).model_dump_json().encode()
        answer = self._json("POST", tasks_path(product_key), stop, within_s, body)
        _require_product(answer, product_key, 200, 201, 202)
        if answer.status == 200:
            parsed(answer, _AnyObject)

    def list_tasks(
        self,
        product_key: str,
        stop: Stop,
        *,
        skip: int = 0,
        limit: int = DEFAULT_LIMIT,
        within_s: float | None = None,
    ) -> Listing:
        """A page of all tasks of the product, whoever created them. The service may give fewer than asked for."""
        answer = self._json("GET", f"{tasks_path(product_key)}?skip={skip}&limit={limit}", stop, within_s)
        _require_product(answer, product_key, 200)
        page = parsed(answer, _Page)
        tasks = tuple(
            TaskFile(created_at=entry.created_at, updated_at=entry.updated_at, file=entry.file or None)
            for entry in page.objects
            if _may_stand(entry.file)
        )
        return Listing(tasks, len(page.objects), page.meta.total, answer.sandbox)

    def download(self, file: str, stop: Stop, *, within_s: float | None = None) -> Download:
        """The zip of a task, up to 64 MiB; ZipRefused when it is gone."""
        if not is_zip_path(file):
            raise AnswerNotUnderstood(self.address, f"file: {file[:60]!a}")
        limits = self._limits
        seconds = _shorter(limits.zip_total_s, within_s)
        answer = self._http.call("GET", file, stop, seconds, limits.zip_bytes)
        if answer.status in (404, 410):
            raise ZipRefused(file, f"HTTP {answer.status}")
        require_success(answer, 200)
        require_no_web_page(answer)
        return Download(answer.body, answer.sandbox)

    def decrypt(self, content: str, stop: Stop, *, within_s: float | None = None) -> DecryptAnswer:
        """For whom a content was issued, as the sandbox service tells it; the vendor's answer is not documented."""
        body = DecryptRequest(content=content).model_dump_json().encode()
        answer = self._json("POST", DECRYPT_PATH, stop, within_s, body)
        require_success(answer, 200)
        return parsed(answer, DecryptAnswer)

    def knock(self, stop: Stop, *, within_s: float) -> None:
        """Raise unless the service's own documentation page is there; needs no product and creates nothing."""
        answer = self._json("GET", DOC_PATH, stop, within_s)
        if answer.status == 404:
            raise AnswerNotUnderstood(self.address, "HTTP 404")
        require_success(answer, 200)

    def _json(self, method: str, path: str, stop: Stop, within_s: float | None, body: bytes | None = None) -> Answer:
        limits = self._limits
        return self._http.call(method, path, stop, _shorter(limits.json_total_s, within_s), limits.json_bytes, body)


def _may_stand(file: object) -> bool:
    """Whether a list's ``file`` is one to fetch, or says that there is none yet."""
    return file is None or (isinstance(file, str) and (not file or is_zip_path(file)))


def _shorter(default_s: float, within_s: float | None) -> float:
    return default_s if within_s is None else min(default_s, within_s)


def _require_product(answer: Answer, product_key: str, *statuses: int) -> None:
    if answer.status == 404:
        require_no_web_page(answer)  # who answers with one knows nothing of products: it is not the service
        raise ProductUnknown(product_key)
    require_success(answer, *statuses)
