"""Opens hostile zips in a process of its own, in little memory, and tells as JSON what came of it.

``python -m tests.codes.gate_in_child FILE``: zips one after the other, each behind its length in eight bytes.
"""

import contextlib
import json
import os
import resource
import struct
import sys
import time
from collections.abc import Iterator

from gizqr_station.codes.zip_gate import gated, says_sandbox
from gizqr_station.domain.code_failures import ZipRefused
from tests.codes.scripted_service import PRODUCT

MORE_MEMORY_BYTES = 256 << 20
"""Above what the process has mapped at its start."""
_CHANGES_DISK = {"os.mkdir", "os.link", "os.symlink", "os.rename", "os.remove", "os.truncate", "shutil.copyfile"}


def let_through(data: bytes) -> bool:
    """Whether anything comes out of this zip; anything else than ZipRefused ends the process."""
    says_sandbox(data)
    with contextlib.suppress(ZipRefused):
        opened = gated(data, PRODUCT, "1.zip")
        for identity in opened.identities:
            opened.picture(identity)
        return True
    return False


def peak_kib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def mapped_bytes() -> int:
    with open("/proc/self/statm") as told:  # noqa: PTH123
        return int(told.read().split()[0]) * resource.getpagesize()


def zips_in(path: str) -> Iterator[bytes]:
    with open(path, "rb") as file:  # noqa: PTH123
        while length := file.read(8):
            yield file.read(struct.unpack("<Q", length)[0])


def main(path: str) -> None:
    changes: list[str] = []

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        if event in _CHANGES_DISK or (event == "open" and int(str(arguments[2] or 0)) & (os.O_WRONLY | os.O_RDWR)):
            changes.append(f"{event} {arguments[0]}")

    sys.addaudithook(heard)
    before, slowest_s, through, number = peak_kib(), 0.0, 0, 0
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (mapped_bytes() + MORE_MEMORY_BYTES,) * 2)
    for number, data in enumerate(zips_in(path), 1):  # noqa: B007
        began = time.process_time()
        through += let_through(data)
        slowest_s = max(slowest_s, time.process_time() - began)
    grown_kib = peak_kib() - before
    told = {"zips": number, "through": through, "slowest_s": slowest_s, "grown_kib": grown_kib, "changes": changes}
    print(json.dumps(told))  # noqa: T201 - to the test that waits


if __name__ == "__main__":
    main(sys.argv[1])
