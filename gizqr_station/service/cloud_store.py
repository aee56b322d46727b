"""Who is signed in at the sandbox's Open API, what is bound to whom, and which devices were ever online.

Users, bindings and devices are one JSON file, written aside and renamed, so that a user that binds and is gone finds
its devices again after a restart. Tokens are in memory only: after a restart everybody signs in again.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from gizqr_station.domain.settings_failures import SettingsUnreadable
from gizqr_station.service.whole_files import write_whole

WEEK_S = 7 * 24 * 3600.0
"""How long a token is good, as the vendor's document says."""
MOST_USERS = 1_000
MOST_BOUND = 1_000
"""Devices of one user."""
MOST_DEVICES = 10_000
_DID_LETTERS = 22


class DeviceState(StrEnum):
    """What a device of the sandbox does; one that nobody spoke of is online."""

    ONLINE = "online"
    OFFLINE = "offline"
    NEVER_ONLINE = "never_online"


class TokenUnknown(Exception):
    """Nobody has this token, or not with this App id."""


class TokenExpired(Exception):
    """It was somebody's."""


class TooMany(Exception):
    """A sandbox keeps so many and no more."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device that can be bound."""

    product_key: str
    mac: str
    """Or an IMEI."""

    @property
    def did(self) -> str:
        """22 letters and digits, always the same for a device."""
        return _letters(f"did {self.product_key} {self.mac}", _DID_LETTERS)

    @property
    def passcode(self) -> str:
        """Ten letters, always the same for a device."""
        return _letters(f"passcode {self.product_key} {self.mac}", 10).upper()


@dataclass(frozen=True, slots=True)
class Session:
    """A user that has signed in. The token is a secret."""

    uid: str
    token: str = field(repr=False)
    expire_at: int
    """Unix seconds."""


@dataclass(slots=True)
class _Kept:
    """What the file holds."""

    users: dict[str, str] = field(default_factory=dict)
    """``uid`` by a digest of App id and name, the longest unseen first."""
    bindings: dict[str, list[Device]] = field(default_factory=dict)
    """By ``uid``."""
    devices: dict[str, DeviceState] = field(default_factory=dict)
    """By MAC or IMEI; those that are not online."""


@dataclass(frozen=True, slots=True)
class _Token:
    uid: str
    app: str
    expires: float


class CloudStore:
    """The sandbox's users and bindings in one file. May be used by several threads at once.

    ``now`` gives Unix seconds. SettingsUnreadable when the file is not what this service wrote.
    """

    def __init__(self, file: Path, now: Callable[[], float] = time.time, token_life_s: float = WEEK_S) -> None:
        self._file = file
        self._now = now
        self._life_s = token_life_s
        self._lock = threading.Lock()
        self._kept = _kept_in(file)
        self._tokens: dict[str, _Token] = {}

    def sign_in(self, app_id: str, phone_id: str) -> Session:
        """The user of this name, made at the first time; older tokens of it stay good."""
        app = _digest(app_id)
        name = _digest(f"{app_id} {phone_id}")
        token = secrets.token_hex(16)
        with self._lock:
            users = self._kept.users
            uid = users.pop(name, None) or uuid.uuid4().hex
            users[name] = uid
            self._forget_users()
            self._write()
            expires = self._now() + self._life_s
            self._tokens = {each: kept for each, kept in self._tokens.items() if kept.uid in users.values()}
            self._tokens[token] = _Token(uid, app, expires)
            while len(self._tokens) > 10 * MOST_USERS:
                self._tokens.pop(next(iter(self._tokens)))
        return Session(uid, token, int(expires))

    def user(self, app_id: str, token: str) -> str:
        """Its ``uid``; TokenUnknown or TokenExpired."""
        with self._lock:
            kept = self._tokens.get(token)
            if kept is None or kept.app != _digest(app_id):
                raise TokenUnknown
            if self._now() >= kept.expires:
                raise TokenExpired
            return kept.uid

    def bind(self, uid: str, device: Device) -> None:
        """The device is this user's too, durably when this returns; once is enough. TooMany."""
        with self._lock:
            bound = self._kept.bindings.setdefault(uid, [])
            if device in bound:
                return
            if len(bound) >= MOST_BOUND:
                raise TooMany
            bound.append(device)
            self._write()

    def bound(self, uid: str) -> tuple[Device, ...]:
        """In the order in which they were bound."""
        with self._lock:
            return tuple(self._kept.bindings.get(uid, ()))

    def unbind(self, uid: str, dids: Iterable[str]) -> tuple[list[str], list[str]]:
        """Those that were this user's and are not any more, and those that were not."""
        with self._lock:
            bound = self._kept.bindings.get(uid, [])
            mine = {device.did for device in bound}
            asked = list(dict.fromkeys(dids))
            done = [did for did in asked if did in mine]
            left = [device for device in bound if device.did not in done]
            if left:
                self._kept.bindings[uid] = left
            else:
                self._kept.bindings.pop(uid, None)
            if done:
                self._write()
            return done, [did for did in asked if did not in mine]

    def state(self, mac: str) -> DeviceState:
        """What this device does, of whichever product it is."""
        with self._lock:
            return self._kept.devices.get(mac, DeviceState.ONLINE)

    def put_state(self, mac: str, state: DeviceState) -> None:
        """From now on. TooMany."""
        with self._lock:
            devices = self._kept.devices
            if state is DeviceState.ONLINE:
                devices.pop(mac, None)
            elif len(devices) >= MOST_DEVICES and mac not in devices:
                raise TooMany
            else:
                devices[mac] = state
            self._write()

    def _forget_users(self) -> None:
        """Those that were not seen for longest and have nothing bound; then those that have."""
        users, bindings = self._kept.users, self._kept.bindings
        while len(users) > MOST_USERS:
            idle = next((name for name, uid in users.items() if uid not in bindings), next(iter(users)))
            bindings.pop(users.pop(idle), None)

    def _write(self) -> None:
        write_whole(self._file, json.dumps(asdict(self._kept)).encode())


def _kept_in(file: Path) -> _Kept:
    try:
        return TypeAdapter(_Kept).validate_json(file.read_bytes()) if file.exists() else _Kept()
    except ValidationError as wrong:
        raise SettingsUnreadable(str(file), wrong.errors()[0]["msg"]) from wrong
    except OSError as broken:
        raise SettingsUnreadable(str(file), broken.strerror or type(broken).__name__) from broken


def _digest(text: str) -> str:
    """Neither an App id nor a name is kept as it is."""
    return hashlib.sha256(text.encode()).hexdigest()


def _letters(text: str, count: int) -> str:
    encoded = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return "".join(letter for letter in encoded if letter.isalnum())[:count]
