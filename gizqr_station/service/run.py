"""Runs the sandbox service until it is told to stop."""

import asyncio
import contextlib
import ipaddress
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import uvicorn

from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.domain.stop import Stop
from gizqr_station.qrcode_api import DEFAULT_AUTHORIZATION
from gizqr_station.service.app import build_app
from gizqr_station.service.cloud_store import CloudStore
from gizqr_station.service.sealing import Sealing, key_of
from gizqr_station.service.tasks import TaskStore

LOOPBACK = "127.0.0.1"
_LOOK_S = 0.05
_LAST_ANSWERS_S = 3
_STDIN = 0


def serve(
    host: str,
    port: int,
    folder: Path,
    authorization: str = DEFAULT_AUTHORIZATION,
    announce: Callable[[str], None] = lambda _url: None,
    *,
    stop: Stop | None = None,
    end_with_stdin: bool = False,
) -> None:
    """Serve until SIGINT, SIGTERM, ``stop`` or, where asked for, the end of standard input; then end gracefully.

    Port 0 takes a free one. ``announce`` is called once with the base URL, as soon as it answers. Signals are taken
    over only on the main thread, and given back. The usual host is LOOPBACK: what listens elsewhere can be reached by
    everybody on the network, over plain HTTP. Tasks, zips, bindings and the key live in ``folder``.
    Raises SettingInvalid when host and port cannot be listened on, StationAlreadyRunning when another service has
    the folder, SettingsUnreadable when a task or the key in it is broken, SecretExposed when others can read its key.
    """
    ending = stop or Stop()
    sealing = Sealing(key_of(folder / "sealing.key"))
    with _listening(host, port) as listener, contextlib.closing(TaskStore(folder, sealing)) as store:
        config = uvicorn.Config(
            build_app(store, CloudStore(folder / "open-api.json"), sealing, authorization),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            http="h11",
            loop="asyncio",
            timeout_graceful_shutdown=_LAST_ANSWERS_S,
        )
        if end_with_stdin:
            threading.Thread(target=_stop_at_end_of_stdin, args=(ending,), name="stdin", daemon=True).start()
        with _signals_stop(ending):
            asyncio.run(_until_stopped(uvicorn.Server(config), listener, ending, announce))


async def _until_stopped(
    server: uvicorn.Server, listener: socket.socket, stop: Stop, announce: Callable[[str], None]
) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    announced = False
    while not serving.done():
        if server.started and not announced:
            announced = True
            announce(_base_url(listener))
        if stop.asked:
            server.should_exit = True
        await asyncio.wait([serving], timeout=_LOOK_S)
    await serving


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    if not 0 <= port <= 0xFFFF:
        raise SettingInvalid("", f"{host}:{port}", "0 to 65535")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family)
    except OSError as refused:
        raise SettingInvalid("", f"{host}:{port}", refused.strerror or type(refused).__name__) from refused
    with listener:
        yield listener


def _base_url(listener: socket.socket) -> str:
    """Where a program on this machine reaches it."""
    host, port = listener.getsockname()[:2]
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        address = ipaddress.ip_address("::1" if address.version == 6 else LOOPBACK)
    return f"http://[{address}]:{port}" if address.version == 6 else f"http://{address}:{port}"


@contextlib.contextmanager
def _signals_stop(stop: Stop) -> Iterator[None]:
    """Whatever comes before, during and after uvicorn's own care for signals, which it raises again at its end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    taken = [signal.SIGINT, signal.SIGTERM]
    if sys.platform == "win32":
        taken.append(signal.SIGBREAK)
    before = {number: signal.signal(number, ask) for number in taken}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_at_end_of_stdin(stop: Stop) -> None:
    """Straight from the descriptor: a thread inside ``sys.stdin`` would hold its lock when the interpreter ends."""
    with contextlib.suppress(OSError):
        while os.read(_STDIN, 4096):
            pass
    stop.set()
