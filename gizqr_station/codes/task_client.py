"""Talks to the QR service: creates tasks, lists them, downloads their zips.

Each method is one HTTP request on a connection of its own, to the configured host and nowhere else, with an end for
the whole of it, and raises a CodeFailure or Stopped, nothing else. Redirects are not followed, no proxy and nothing
else is taken from the environment.
"""

import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict

from gizqr_station.codes.answers import Answer, parsed, require_success
from gizqr_station.codes.retry_after import pause_wished_s
from gizqr_station.codes.watched_transport import OutOfTime, Watch, WatchedTransport
from gizqr_station.domain.code_failures import (
    AnswerNotUnderstood,
    AnswerTooLarge,
    ProductUnknown,
    RequestRefused,
    ServiceSlow,
    ServiceUnreachable,
    ZipRefused,
)
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

    data: bytes
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
    objects: list[_Entry]


class TaskClient:
    """The QR service at one address, with one key. May be used by several threads at once.

    ``base_url`` is ``http`` or ``https``, host, perhaps port and path; ``authorization`` goes verbatim into the header
    of that name. ValueError for an address or a key that can never work.
    """

    def __init__(self, base_url: str, authorization: str, limits: CallLimits | None = None) -> None:
        self._address = _usable(base_url)
        if not authorization.isascii() or not authorization.isprintable() or not authorization.strip():
            raise ValueError("authorization: printable ASCII expected")
        self._headers = {
            AUTHORIZATION_HEADER: authorization,
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        self._limits = limits or CallLimits()
        # Loading the machine's certificates takes 40 ms, and plain HTTP needs none.
        self._tls = (
            ssl.create_default_context()
            if self._address.startswith("https:")
            else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        )
        self._quiet_until = 0.0

    @property
    def address(self) -> str:
        """The base URL, without a slash at its end."""
        return self._address

    def create_task(self, product_key: str, start: str, end: str, stop: Stop, *, within_s: float | None = None) -> None:
        """Ask for the codes of an inclusive range. The answer names no task: look for it in the list.

        201 and 202 say enough by themselves; only under a 200, which a login page has as well, the body is looked at.
        ServiceSlow and ServiceUnreachable leave open whether the task was taken.
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
            raise AnswerNotUnderstood(self._address, f"file: {file[:60]!a}")
        limits = self._limits
        answer = self._call("GET", file, stop, _shorter(limits.zip_total_s, within_s), limits.zip_bytes)
        if answer.status in (404, 410):
            raise ZipRefused(file, f"HTTP {answer.status}")
        require_success(answer, 200)
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
            raise AnswerNotUnderstood(self._address, "HTTP 404")
        require_success(answer, 200)

    def _json(self, method: str, path: str, stop: Stop, within_s: float | None, body: bytes | None = None) -> Answer:
        limits = self._limits
        return self._call(method, path, stop, _shorter(limits.json_total_s, within_s), limits.json_bytes, body)

    def _call(
        self, method: str, path: str, stop: Stop, seconds: float, limit_bytes: int, body: bytes | None = None
    ) -> Answer:
        """One request; every way it can break has a name when it leaves here."""
        watch = Watch(stop, seconds)
        self._keep_quiet(stop, seconds)
        try:
            answer = self._exchange(watch, method, path, limit_bytes, body)
        except (httpx.TimeoutException, OutOfTime) as late:
            raise ServiceSlow(self._address, round(watch.waited_s, 1)) from late
        except httpx.ProtocolError as broken:
            if watch.first_bytes and not b"HTTP/".startswith(watch.first_bytes):
                raise AnswerNotUnderstood(self._address, "not HTTP") from broken
            raise ServiceUnreachable(self._address) from broken
        except httpx.TransportError as broken:
            raise ServiceUnreachable(self._address) from broken
        if answer.status == 429:
            pause = pause_wished_s(answer.headers.get("retry-after"), datetime.now(UTC))
            self._quiet_until = time.monotonic() + pause
        return answer

    def _exchange(self, watch: Watch, method: str, path: str, limit_bytes: int, body: bytes | None) -> Answer:
        headers = self._headers if body is None else self._headers | {"Content-Type": "application/json"}
        timeout = httpx.Timeout(self._limits.idle_s, connect=self._limits.connect_s)
        with (
            httpx.Client(
                transport=WatchedTransport(watch, self._tls),
                timeout=timeout,
                follow_redirects=False,
                trust_env=False,
            ) as client,
            client.stream(method, self._address + path, headers=headers, content=body) as response,
        ):
            encoding = response.headers.get("content-encoding", "identity").lower()
            if encoding != "identity":
                # Nobody asked for it, and a few packed bytes can be many.
                raise AnswerNotUnderstood(self._address, f"content-encoding: {encoding[:40]}")
            arrived = bytearray()
            for piece in response.iter_raw():
                watch.slice_s()
                arrived += piece
                if len(arrived) > limit_bytes:
                    raise AnswerTooLarge(self._address, limit_bytes)
            return Answer(self._address, response.status_code, response.headers, bytes(arrived))

    def _keep_quiet(self, stop: Stop, seconds: float) -> None:
        """Wait out what a 429 asked for, or say so when that is longer than this call may take."""
        left = self._quiet_until - time.monotonic()
        if left > seconds:
            raise RequestRefused(429, "")
        if left > 0:
            stop.sleep(left)


def _usable(base_url: str) -> str:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL as wrong:
        raise ValueError("base_url: not a URL") from wrong
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("base_url: http or https and a host expected")
    if url.userinfo or url.query or url.fragment:
        raise ValueError("base_url: neither user, query nor fragment may be in it")
    return str(url).rstrip("/")


def _may_stand(file: object) -> bool:
    """Whether a list's ``file`` is one to fetch, or says that there is none yet."""
    return file is None or (isinstance(file, str) and (not file or is_zip_path(file)))


def _shorter(default_s: float, within_s: float | None) -> float:
    return default_s if within_s is None else min(default_s, within_s)


def _require_product(answer: Answer, product_key: str, *statuses: int) -> None:
    if answer.status == 404:
        raise ProductUnknown(product_key)
    require_success(answer, *statuses)
