"""The sandbox's Open API: anonymous users, binding by code, bindings, with the vendor's paths, headers and errors.

It binds only what this sandbox's own QR service issued. Every refusal is HTTP 400 with the vendor's ``error_code``. Two
calls are ours: they say which devices are online, so that a proof can be seen to fail as it would in a factory.
"""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Security
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, ConfigDict, Field

from gizqr_station.open_api_shapes import (
    APP_ID_HEADER,
    BIND_PATH,
    BINDINGS_PATH,
    DEFAULT_LIMIT,
    LONGEST_PAGE,
    USER_TOKEN_HEADER,
    USERS_PATH,
    BindRequest,
    BoundEntry,
    CloudError,
    CloudRefusal,
    SignInAnswer,
    SignInRequest,
    UnbindAnswer,
    UnbindRequest,
)
from gizqr_station.qrcode_api import AUTHORIZATION_HEADER, Refusal
from gizqr_station.service.cloud_store import CloudStore, Device, DeviceState, TokenExpired, TokenUnknown, TooMany
from gizqr_station.service.sealing import NotSealedHere, Sealing

DEVICES_PATH = "/sandbox/devices/{mac}"
_IDENTITY = r"^([0-9a-f]{12}|[0-9]{15})$"
_APP_ID = re.compile(r"[0-9A-Za-z]{32}", re.ASCII)
_REFUSED_APP_ID = "0" * 32
_DEEPEST_SKIP = 1_000_000
_APP = Security(APIKeyHeader(name=APP_ID_HEADER, scheme_name="App id", auto_error=False))
_TOKEN = Security(APIKeyHeader(name=USER_TOKEN_HEADER, scheme_name="User token", auto_error=False))
_CLOUD_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": CloudRefusal, "description": "`error_code` says why: 9003, 9004, 9006, 9014, 9015, 9040, 9042"},
}
_TOO_LONG: dict[int | str, dict[str, Any]] = {413: {"model": Refusal, "description": "The body is too long"}}


class CloudRefuses(Exception):
    """A request that the Open API does not carry out."""

    def __init__(self, code: CloudError, message: str, detail: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.detail = code, message, detail

    def answer(self) -> JSONResponse:
        """In the vendor's form."""
        said = CloudRefusal(error_code=self.code, error_message=self.message, detail_message=self.detail)
        return JSONResponse(said.model_dump(), 400)


class _BoundDevice(BoundEntry):
    """A device with those of the vendor's documented fields that mean something here."""

    passcode: str
    host: str = "127.0.0.1"
    is_disabled: bool = False
    type: str = "normal"
    remark: str = ""
    dev_alias: str = ""
    is_sandbox: bool = True
    role: str = "special"


class _Devices(BaseModel):
    devices: list[_BoundDevice]


class _StateOfDevice(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    state: DeviceState


def add_open_api(app: FastAPI, cloud: CloudStore, sealing: Sealing) -> None:
    """Put the calls into the application."""
    app.include_router(_users(cloud))
    app.include_router(_bindings(cloud, sealing))
    app.include_router(_devices(cloud))

    @app.exception_handler(CloudRefuses)
    async def refused(_request: Request, failure: CloudRefuses) -> JSONResponse:
        return failure.answer()


def is_open_api(request: Request) -> bool:
    """Whether the vendor's Open API would be asked, so that refusals take its form."""
    return request.url.path.startswith("/app/")


def form_invalid(place: str, words: str) -> JSONResponse:
    """9015, with the place."""
    return CloudRefuses(CloudError.FORM_INVALID, "form invalid!", f"{place}: {words}").answer()


def _app_id(app_id: Annotated[str | None, _APP] = None) -> str:
    if app_id is None or not _APP_ID.fullmatch(app_id) or app_id == _REFUSED_APP_ID:
        raise CloudRefuses(CloudError.APP_ID_INVALID, "appid invalid!")
    return app_id


_AppId = Annotated[str, Depends(_app_id)]


def _users(cloud: CloudStore) -> APIRouter:
    router = APIRouter(tags=["Open API"])

    @router.post(USERS_PATH, status_code=201, responses=_CLOUD_REFUSALS | _TOO_LONG)
    def sign_in(app_id: _AppId, body: SignInRequest) -> SignInAnswer:
        """An anonymous user; the same name is the same user. Any 32 digits or letters are an App id here, zeros not."""
        session = cloud.sign_in(app_id, body.phone_id)
        return SignInAnswer(uid=session.uid, token=session.token, expire_at=session.expire_at)

    return router


def _bindings(cloud: CloudStore, sealing: Sealing) -> APIRouter:
    router = APIRouter(tags=["Open API"], responses=_CLOUD_REFUSALS)

    def signed_in(app_id: _AppId, token: Annotated[str | None, _TOKEN] = None) -> str:
        try:
            return cloud.user(app_id, token or "")
        except TokenUnknown as unknown:
            raise CloudRefuses(CloudError.TOKEN_INVALID, "token invalid!") from unknown
        except TokenExpired as expired:
            raise CloudRefuses(CloudError.TOKEN_EXPIRED, "token expired!") from expired

    user = Annotated[str, Depends(signed_in)]

    @router.post(BIND_PATH, responses=_TOO_LONG)
    def bind_latest(uid: user, body: BindRequest) -> dict[str, str]:
        """Bind by what a code says. Only codes of this sandbox; links with did and passcode are 9040 here.

        9014 for a device that was never online, 9042 for one that is offline: see `PUT /sandbox/devices/{mac}`.
        """
        try:
            device = Device(*sealing.opened(body.qr_content))
        except NotSealedHere as foreign:
            raise CloudRefuses(CloudError.BAD_CODE, "bad qrcode content!") from foreign
        match cloud.state(device.mac):
            case DeviceState.NEVER_ONLINE:
                raise CloudRefuses(CloudError.DEVICE_NOT_FOUND, "device not found!")
            case DeviceState.OFFLINE:
                raise CloudRefuses(CloudError.DEVICE_OFFLINE, "device offline!")
        try:
            cloud.bind(uid, device)
        except TooMany as full:
            raise CloudRefuses(CloudError.SERVER_ERROR, "too many devices!") from full
        return {}

    @router.get(BINDINGS_PATH)
    def bindings(
        uid: user,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = DEFAULT_LIMIT,
        skip: Annotated[int, Query(ge=0, le=_DEEPEST_SKIP)] = 0,
    ) -> _Devices:
        """The user's devices, in the order in which they were bound."""
        page = cloud.bound(uid)[skip : skip + limit]
        return _Devices(devices=[_shown(device, cloud.state(device.mac)) for device in page])

    @router.delete(BINDINGS_PATH, responses=_TOO_LONG)
    def unbind(uid: user, body: UnbindRequest) -> UnbindAnswer:
        """Take devices away from the user again; what was not the user's is `failed`."""
        success, failed = cloud.unbind(uid, [device.did for device in body.devices])
        return UnbindAnswer(success=success, failed=failed)

    return router


def _devices(cloud: CloudStore) -> APIRouter:
    key = Security(APIKeyHeader(name=AUTHORIZATION_HEADER, auto_error=False))
    refusals: dict[int | str, dict[str, Any]] = {
        400: {"model": Refusal, "description": "The request is wrong"},
        401: {"model": Refusal, "description": "Authorization is wrong or missing"},
    }
    router = APIRouter(tags=["sandbox"], dependencies=[key], responses=refusals)
    identity = Annotated[str, Field(pattern=_IDENTITY, examples=["00911f500047"])]

    @router.get(DEVICES_PATH)
    def state_of_device(mac: identity) -> _StateOfDevice:
        """Whether the device with this MAC or IMEI is `online`, `offline`, or was `never_online`. Not the vendor's."""
        return _StateOfDevice(state=cloud.state(mac))

    @router.put(DEVICES_PATH, responses=_TOO_LONG)
    def put_state_of_device(mac: identity, body: _StateOfDevice) -> _StateOfDevice:
        """Say so. A device that nobody spoke of is online. Not the vendor's."""
        try:
            cloud.put_state(mac, body.state)
        except TooMany as full:
            whole = {"loc": ("path", "mac"), "msg": "too many devices", "type": "full"}
            raise RequestValidationError([whole]) from full
        return body

    return router


def _shown(device: Device, state: DeviceState) -> _BoundDevice:
    return _BoundDevice(
        product_key=device.product_key,
        did=device.did,
        mac=device.mac,
        is_online=state is DeviceState.ONLINE,
        passcode=device.passcode,
    )
