"""A station among many: labels what it is told, and says of each unit whether it got its label or was refused.

Run as ``python -m tests.ledger.claiming_station URL STATION``, the password in the environment. A line of input is the
number of an identity; input ends, and so does the station.
"""

import os
import sys

from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.ledger.postgres_opening import open_shared_ledger
from tests.contracts.ledger_samples import IMAGE, draft, mac
from tests.fakes import SteppingClock

PASSWORD = "GIZQR_TEST_PASSWORD"


def main() -> None:
    url, station = sys.argv[1:]
    ledger = open_shared_ledger(
        url, os.environ[PASSWORD], kind="production", station=station, clock=SteppingClock(), busy_timeout_s=120.0,
        hold_name=True,
    )  # fmt: skip
    ledger.settle_interrupted(station)
    print("ready", flush=True)  # noqa: T201 - the test reads it from this pipe
    serials: list[str] = []
    for line in sys.stdin:
        identity = mac(int(line))
        serials = serials or list(ledger.label_serials(10))
        try:
            job = ledger.open(draft(serials.pop(), identity=identity, station=station), IMAGE)
        except AlreadyLabelled:
            print(f"refused {int(line)}", flush=True)  # noqa: T201 - the test reads it from this pipe
            continue
        print(f"{job.draft.label_serial} {int(line)}", flush=True)  # noqa: T201 - the test reads it from this pipe
    ledger.close()


if __name__ == "__main__":
    main()
