"""A QR service made of lists in memory, which a test can make misbehave; speaks through the faulty server."""

import functools
import io
import json
import re
import socket
import threading
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from gizqr_station.domain.stop import Stop
from tests.codes.faulty_server import Asked, http
from tests.codes.issued_pictures import picture_of

PRODUCT = "0a6781ed676045988d5d72f3f0480fba"
# Contents that the vendor's service issued, read from the vendor's own pictures.
FOR_A_MAC = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
FOR_ANOTHER_MAC = (
    "5ed8bb95f6dc4531843808a225d49c6dHD2wFPSz2yMAN2XU90++GAF0WfkLcLGGzkojnJ30O5mz0PlsL6Tgzuk2bDedXSkG/SGkEw=="
)
FOR_AN_IMEI = (
    "f1d1816e431a44aca40f0ab1e3d3a53auLUe0089zzNO0pdYlIAYstmPVbef7boBh2qpHKV9NlNEaLo9MNhlBC1jeDuudFcnc+Xwk/EZLw=="
)


def zip_of(pictures: dict[str, bytes], product_key: str = PRODUCT) -> bytes:
    """An honest zip, as the vendor describes it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for identity, picture in pictures.items():
            archive.writestr(f"{product_key}/{identity}.png", picture)
    return written.getvalue()


@functools.cache
def zip_for(identity: str, content: str = FOR_A_MAC) -> bytes:
    """The zip of one device."""
    return zip_of({identity: picture_of(content)})


@dataclass
class ScriptedTask:
    """A task; ``zipped`` is None as long as it is not ready."""

    number: int
    zipped: bytes | None
    looks_until_ready: int = 0


@dataclass
class ScriptedService:
    """Answers like the vendor's service; ``on_post`` decides what a POST does and sends."""

    on_post: Callable[["ScriptedService", str, socket.socket], None]
    tasks: list[ScriptedTask] = field(default_factory=list)
    """Oldest first."""
    created: list[str] = field(default_factory=list)
    """The start of each range that was accepted."""
    downloads: list[int] = field(default_factory=list)
    lists: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    longest_page: int = 1000
    before_list: Callable[["ScriptedService", socket.socket], bool] = lambda _service, _connection: False
    """May answer in place of the list; True if it did."""

    def add(self, zipped: bytes | None, looks_until_ready: int = 0) -> None:
        self.tasks.append(ScriptedTask(len(self.tasks) + 1, zipped, looks_until_ready))

    def __call__(self, asked: Asked, connection: socket.socket, _stop: Stop) -> None:
        address = urlsplit(asked.path)
        numbered = re.fullmatch(r"/static/zipfiles/(\d+)\.zip", address.path)
        if asked.method == "POST":
            self.on_post(self, json.loads(asked.body)["start_mac"], connection)
        elif numbered:
            self.downloads.append(int(numbered[1]))
            zipped = self.tasks[int(numbered[1]) - 1].zipped
            assert zipped is not None
            connection.sendall(http(200, zipped, "application/zip"))
        elif not self.before_list(self, connection):
            query = parse_qs(address.query)
            connection.sendall(http(200, self._page(int(query["skip"][0]), int(query["limit"][0]))))

    def _page(self, skip: int, limit: int) -> bytes:
        self.lists += 1
        entries: list[dict[str, str | None]] = []
        for task in reversed(self.tasks):
            ready = task.zipped is not None and task.looks_until_ready <= 0
            task.looks_until_ready -= 1
            file = f"/static/zipfiles/{task.number}.zip" if ready else None
            entries.append({"created_at": str(task.number), "updated_at": str(task.number), "file": file})
        shown = entries[skip : skip + min(limit, self.longest_page)]
        return json.dumps({"meta": {"total": len(entries), "skip": skip, "limit": limit}, "objects": shown}).encode()


def accept(service: ScriptedService, identity: str, connection: socket.socket) -> None:
    """What an honest service does."""
    zipped = zip_for(identity)
    with service.lock:
        service.created.append(identity)
        service.add(zipped)
    connection.sendall(http(201, b"{}"))
