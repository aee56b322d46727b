"""An Open API made of dictionaries, which a test can make misbehave; speaks through the faulty server.

Its bytes are written from the vendor's document: users, ``bind_latest`` without a body, bindings with all their
fields, errors as HTTP 400 with ``error_code``.
"""

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from gizqr_station.domain.stop import Stop
from tests.codes.faulty_server import Asked, http

APP_ID = "5f1d3b7a9c2e4860b1d3f5a7c9e0b2d4"
PASSCODE = "JHHOOIWJBA"
PRODUCT = "0a6781ed676045988d5d72f3f0480fba"
MAC = "00911f500047"
OTHER_MAC = "00911f500048"
GOOD = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
"""Says MAC."""
WRONG = "5ed8bb95f6dc4531843808a225d49c6dHD2wFPSz2yMAN2XU90++GAF0WfkLcLGGzkojnJ30O5mz0PlsL6Tgzuk2bDedXSkG/SGkEw=="
"""Says OTHER_MAC."""
Devices = list[dict[str, object]]
Fault = Callable[[Callable[[], bytes], socket.socket, Stop], None]
"""Given what would be done and answered: does it or not, answers it or not."""


def device(did: str, mac: str, product_key: str = PRODUCT, *, online: bool = True) -> dict[str, object]:
    """As ``GET /app/bindings`` shows one."""
    return {
        "product_key": product_key,
        "did": did,
        "mac": mac,
        "is_online": online,
        "passcode": PASSCODE,
        "host": "m2m.gizwits.com",
        "port": 1883,
        "remark": "",
        "is_disabled": False,
        "type": "normal",
        "dev_alias": "",
        "dev_label": [],
        "proto_ver": "04",
        "wifi_soft_version": None,
        "is_sandbox": True,
        "role": "special",
    }


@dataclass
class ScriptedCloud:
    """Answers like the cloud; ``fault`` looks at each call first: its name, how many of that name came before."""

    fault: Callable[[str, int], Fault | None] = lambda _call, _before: None
    says: dict[str, Devices] = field(
        default_factory=lambda: {
            GOOD: [device("gKufzxZwYeyd3Skbsb6mza", MAC)],
            WRONG: [device("7r7u8XPkCRLGVYTYrtjoCB", OTHER_MAC)],
        }
    )
    """Which devices a content binds: one, in honest clouds."""
    bound: dict[str, Devices] = field(default_factory=dict)
    """By user."""
    lag: int = 0
    """So many looks at the list do not show yet what was bound last."""
    sticks: set[str] = field(default_factory=set)
    """These cannot be unbound."""
    page: int = 100
    calls: list[str] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    sandbox: bool = False
    ever_bound: Devices = field(default_factory=list)
    hidden: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, asked: Asked, connection: socket.socket, stop: Stop) -> None:
        """For the faulty server. A request that was broken off is none."""
        if len(asked.body) != int(asked.headers.get("content-length", "0")):
            return
        url = urlsplit(asked.path)
        call = {
            ("POST", "/app/users"): "sign_in",
            ("POST", "/app/bind_latest"): "bind",
            ("GET", "/app/bindings"): "list",
            ("DELETE", "/app/bindings"): "unbind",
        }[asked.method, url.path]
        with self._lock:
            before = self.calls.count(call)
            self.calls.append(call)
        fault = self.fault(call, before)

        def done() -> bytes:
            with self._lock:
                answer = self._done(call, asked, {name: int(value[0]) for name, value in parse_qs(url.query).items()})
            return answer.replace(b"\r\n\r\n", b"\r\nX-Gizqr-Sandbox: 1\r\n\r\n", 1) if self.sandbox else answer

        if fault is None:
            connection.sendall(done())
        else:
            fault(done, connection, stop)

    @property
    def all_bound(self) -> Devices:
        return [each for devices in self.bound.values() for each in devices]

    def _done(self, call: str, asked: Asked, query: dict[str, int]) -> bytes:
        if asked.headers.get("x-gizwits-application-id") != APP_ID:
            return error(9003)
        body = json.loads(asked.body) if asked.body else {}
        if call == "sign_in":
            assert set(body) == {"phone_id"}
            token = f"{len(self.tokens):031d}a"
            self.tokens[token] = f"user of {body['phone_id']}"
            return as_json({"uid": self.tokens[token], "token": token, "expire_at": 13894002020}, 201)
        user = self.tokens.get(asked.headers.get("x-gizwits-user-token", ""))
        if user is None:
            return error(9004)
        mine = self.bound.setdefault(user, [])
        if call == "bind":
            assert set(body) == {"qr_content", "set_owner"}
            assert body["set_owner"] == 0
            if body["qr_content"] not in self.says:
                return error(9040)
            mine += [each for each in self.says[body["qr_content"]] if each not in mine]
            self.ever_bound += self.says[body["qr_content"]]
            self.hidden = self.lag
            return http(200)
        if call == "unbind":
            asked_for = [each["did"] for each in body["devices"]]
            gone = [did for did in asked_for if did not in self.sticks and any(each["did"] == did for each in mine)]
            mine[:] = [each for each in mine if each["did"] not in gone]
            return as_json({"success": gone, "failed": [did for did in asked_for if did not in gone]})
        shown = [] if self.hidden else mine
        self.hidden = max(self.hidden - 1, 0)
        limit = min(query["limit"], self.page)
        return as_json({"devices": shown[query["skip"] : query["skip"] + limit]})


def as_json(value: object, status: int = 200) -> bytes:
    return http(status, json.dumps(value).encode())


def error(number: int, status: int = 400, message: str = "as documented!", detail: str | None = None) -> bytes:
    """The Open API's way of refusing."""
    return as_json({"error_code": number, "error_message": message, "detail_message": detail}, status)


def instead(answer: bytes) -> Fault:
    """Does nothing and answers this."""
    return lambda _done, connection, _stop: connection.sendall(answer)


def after_all(answer: bytes) -> Fault:
    """Does it and answers this."""

    def fault(done: Callable[[], bytes], connection: socket.socket, _stop: Stop) -> None:
        done()
        connection.sendall(answer)

    return fault


def silent(*, does_it: bool) -> Fault:
    """No answer, until the client has gone."""

    def fault(done: Callable[[], bytes], connection: socket.socket, stop: Stop) -> None:
        if does_it:
            done()
        connection.settimeout(0.02)
        while not stop.asked:
            try:
                if not connection.recv(1):
                    return
            except TimeoutError:
                continue

    return fault


def cut(*, does_it: bool, sent: int = 0) -> Fault:
    """So many bytes of the answer, then the end of the connection."""

    def fault(done: Callable[[], bytes], connection: socket.socket, _stop: Stop) -> None:
        connection.sendall(done()[:sent] if does_it else b"")

    return fault
