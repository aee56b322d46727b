"""The sandbox QR service as a web application: the vendor's paths, fields and header, documented at ``/doc/``.

Refusals are JSON with a ``reason``: 400 for anything wrong in a request, 401 for a wrong or missing Authorization,
413 for a body that is too long. The Open API's, below ``/app/``, have an ``error_code``.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Security
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException

from gizqr_station.domain.product import is_product_key
from gizqr_station.qrcode_api import (
    AUTHORIZATION_HEADER,
    DECRYPT_PATH,
    DEFAULT_LIMIT,
    DOC_PATH,
    DecryptAnswer,
    DecryptRequest,
    PageMeta,
    RangeRequest,
    Refusal,
    TaskFile,
    TaskPage,
    zip_path,
)
from gizqr_station.service.cloud_store import CloudStore
from gizqr_station.service.gate import MAX_BODY_BYTES, Gate
from gizqr_station.service.open_api import add_open_api, form_invalid, is_open_api
from gizqr_station.service.ranges import RangeRefused, identities_between
from gizqr_station.service.sealing import NotSealedHere, Sealing
from gizqr_station.service.tasks import Task, TaskStore

_LONGEST_PAGE = 100
_DEEPEST_SKIP = 1_000_000_000
_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refusal, "description": "The request is wrong"},
    401: {"model": Refusal, "description": "Authorization is wrong or missing"},
}
_NO_ZIP: dict[int | str, dict[str, Any]] = {404: {"model": Refusal, "description": "No task's zip, or not yet"}}
_BODY_REFUSALS = _REFUSALS | {413: {"model": Refusal, "description": f"The body has more than {MAX_BODY_BYTES} bytes"}}


class _Refused(Exception):
    """A request that cannot be served; 400."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def build_app(store: TaskStore, cloud: CloudStore, sealing: Sealing, authorization: str) -> FastAPI:
    """The application over open stores; ``authorization`` is what the header must hold, verbatim."""
    app = FastAPIOffline(
        docs_url=DOC_PATH,
        redoc_url=None,
        title="QRCode Service API",
        version="1.0.0",
        description="A sandbox on this machine. Its codes have the look of real ones; no App binds them.",
        # Swagger UI would otherwise have a foreign server validate the document.
        swagger_ui_parameters={"validatorUrl": "none"},
    )
    _answer_refusals(app)
    _add_tasks(app, store)
    _add_decrypt(app, sealing)
    add_open_api(app, cloud, sealing)
    _open_doc_without_slash(app)
    _document_refusals(app)
    app.add_middleware(Gate, authorization=authorization)
    return app


def _add_tasks(app: FastAPI, store: TaskStore) -> None:
    key = Security(APIKeyHeader(name=AUTHORIZATION_HEADER, auto_error=False))
    path = "/qrcode/v1/{product_key}/tasks"

    @app.post(path, status_code=201, tags=["tasks"], dependencies=[key], responses=_BODY_REFUSALS)
    def create_task(product_key: str, body: RangeRequest) -> dict[str, str]:
        """Create a generation task for an inclusive range of at most 10,000 MACs (or IMEIs)."""
        _require_product_key(product_key)
        try:
            identities_between(body.start_mac, body.end_mac)
        except RangeRefused as refused:
            raise _Refused(str(refused)) from refused
        store.create(product_key, body.start_mac, body.end_mac)
        return {}

    @app.get(path, tags=["tasks"], dependencies=[key], responses=_REFUSALS)
    def list_tasks(
        product_key: str,
        skip: Annotated[int, Query(ge=0, le=_DEEPEST_SKIP)] = 0,
        limit: Annotated[int, Query(ge=1, le=_LONGEST_PAGE)] = DEFAULT_LIMIT,
    ) -> TaskPage:
        """Query all generation tasks, newest first; `file` is null until the zip is ready."""
        _require_product_key(product_key)
        tasks, total = store.newest_first(product_key, skip, limit)
        return _page(tasks, total, skip, limit)

    @app.get("/static/zipfiles/{number}.zip", tags=["files"], response_class=FileResponse, responses=_NO_ZIP)
    def download(number: str) -> FileResponse:
        """The pictures of a task; needs no Authorization here."""
        zipped = store.zip_of(int(number)) if number.isascii() and number.isdigit() and len(number) < 19 else None
        if zipped is None:
            raise HTTPException(404)
        return FileResponse(zipped, media_type="application/zip")


def _add_decrypt(app: FastAPI, sealing: Sealing) -> None:
    key = Security(APIKeyHeader(name=AUTHORIZATION_HEADER, auto_error=False))

    @app.post(DECRYPT_PATH, tags=["contents"], dependencies=[key], responses=_BODY_REFUSALS)
    def decrypt(body: DecryptRequest) -> DecryptAnswer:
        """For which product and device a content was issued."""
        try:
            product_key, identity = sealing.opened(body.content)
        except NotSealedHere as foreign:
            raise _Refused("content: not issued by this service") from foreign
        return DecryptAnswer(product_key=product_key, mac=identity)


def _page(tasks: Sequence[Task], total: int, skip: int, limit: int) -> TaskPage:
    following, preceding = skip + limit, max(skip - limit, 0)
    meta = PageMeta(
        skip=skip,
        limit=limit,
        total=total,
        next=f"?skip={following}&limit={limit}" if following < total else None,
        previous=f"?skip={preceding}&limit={limit}" if skip else None,
    )
    return TaskPage(meta=meta, objects=[_entry(task) for task in tasks])


def _entry(task: Task) -> TaskFile:
    return TaskFile(
        created_at=str(task.created_at),
        updated_at=str(task.updated_at),
        file=zip_path(task.number) if task.ready else None,
    )


def _require_product_key(text: str) -> None:
    if not is_product_key(text):
        raise _Refused("product_key: 32 lower-case hexadecimal digits expected")


def _answer_refusals(app: FastAPI) -> None:
    def answer(status: int, reason: str) -> JSONResponse:
        return JSONResponse(Refusal(reason=reason).model_dump(), status)

    @app.exception_handler(_Refused)
    async def refused(_request: Request, failure: _Refused) -> JSONResponse:
        return answer(400, failure.reason)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, failure: RequestValidationError) -> JSONResponse:
        if is_open_api(request):
            return form_invalid(*_place_and_words(failure))
        first = failure.errors()[0]
        if first["loc"] == ("body",) and first["type"] != "missing" and not _says_json(request):
            # The framework took the body for a text; its words would send the reader looking in the wrong place.
            return answer(400, "Content-Type: application/json is missing")
        return answer(400, ": ".join(_place_and_words(failure)))

    @app.exception_handler(HTTPException)
    async def not_served(request: Request, failure: HTTPException) -> JSONResponse:
        if failure.status_code == 400 and is_open_api(request):  # the framework's, for bytes that are no text
            return form_invalid("body", failure.detail)
        return answer(failure.status_code, str(failure.detail))

    @app.exception_handler(OSError)
    async def disk_broken(_request: Request, failure: OSError) -> JSONResponse:
        return answer(500, type(failure).__name__)


def _place_and_words(failure: RequestValidationError) -> tuple[str, str]:
    first = failure.errors()[0]
    return ".".join(str(part) for part in first["loc"]), first["msg"]


def _says_json(request: Request) -> bool:
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _open_doc_without_slash(app: FastAPI) -> None:
    """The same page at both addresses, instead of a redirect at one."""
    for route in list(app.routes):
        if isinstance(route, APIRoute) and route.path == DOC_PATH:
            app.add_api_route(DOC_PATH.rstrip("/"), route.endpoint, include_in_schema=False)


def _document_refusals(app: FastAPI) -> None:
    """Take the framework's own 422 out of the document: this service answers 400."""
    framework_schema = app.openapi

    def schema() -> dict[str, Any]:
        document = framework_schema()
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"].pop("422", None)
        for unused in ("HTTPValidationError", "ValidationError"):
            document["components"]["schemas"].pop(unused, None)
        return document

    app.openapi = schema  # type: ignore[method-assign]  # the framework's documented way
