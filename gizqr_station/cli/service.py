"""``service``: the sandbox QR service on this machine."""

import argparse
import importlib.util

from gizqr_station.cli.answer import Answer
from gizqr_station.domain.line_failures import PartMissing
from gizqr_station.places import DataFolder

NEEDED = ("fastapi", "fastapi_offline", "uvicorn", "cryptography")


def service(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """Serve until Ctrl+C; the address is the answer."""
    for part in NEEDED:
        if importlib.util.find_spec(part) is None:
            raise PartMissing(part, 'pip install "gizqr-station[service]"')
    from gizqr_station.service.run import serve

    def announce(url: str) -> None:
        answer.give(
            {"url": url, "docs": f"{url}/doc/", "folder": str(folder.service)},
            [f"The sandbox QR service answers at {url}; its page is {url}/doc/, the key is G. Ctrl+C ends it."],
        )

    serve(arguments.host, arguments.port, folder.service, announce=announce, end_with_stdin=arguments.end_with_stdin)
    return 0
