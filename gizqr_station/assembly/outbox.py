"""Where results are handed over, as the settings say."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import httpx

from gizqr_station.assembly.web import way_out
from gizqr_station.codes.http_caller import GuardedHttp
from gizqr_station.domain.settings_failures import SettingInvalid
from gizqr_station.domain.stop import Stop
from gizqr_station.outbox.folder import WatchedFolder
from gizqr_station.outbox.webhook import Webhook
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.settings.secret_store import find_secret
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.outbox import Outbox, Patience
from gizqr_station.workflows.outbox_ports import OutboxStore, Taker
from gizqr_station.workflows.ports import Clock

_POST_S = 30.0
_LARGEST_ANSWER = 64 * 1024


class PostOnTheWeb:
    """The Post of ``outbox.webhook``, by the same guarded way as the code service."""

    def __init__(self, url: str, http: GuardedHttp, path: str) -> None:
        self._http = http
        self._path = path
        # What stands behind the question mark may be a token.
        self.address = url.partition("?")[0]

    def __call__(self, body: bytes, headers: Mapping[str, str], stop: Stop) -> int:
        """One POST."""
        answer = self._http.call("POST", self._path, stop, _POST_S, _LARGEST_ANSWER, body, headers=headers)
        return answer.status


def takers(folder: DataFolder, settings: Settings) -> tuple[Taker, ...]:
    """Those that are set up; raises SettingInvalid, SecretMissing, SecretExposed."""
    wanted: list[Taker] = []
    said = settings.outbox
    if said.folder:
        wanted.append(WatchedFolder(folder.settings_file.parent / Path(said.folder)))
    if said.webhook:
        secret = find_secret(said.webhook_secret, folder.secrets) if said.webhook_secret else ""
        wanted.append(Webhook(_post(folder, settings), secret))
    return tuple(wanted)


class OutboxLanes:
    """Every outbox of a station, each on a lane of its own: an address that takes its time keeps no folder waiting."""

    def __init__(self, each: Sequence[Outbox]) -> None:
        self._outboxes = tuple(each)
        self._lanes = tuple(ThreadLane(f"outbox:{number}") for number, _ in enumerate(self._outboxes, start=1))

    def start(self, stop: Stop) -> None:
        """Hand over from now on."""
        for lane, outbox in zip(self._lanes, self._outboxes, strict=True):
            lane.submit(outbox.run, stop)

    def close(self) -> None:
        """Wait for the lanes; Stop is set."""
        for lane in self._lanes:
            lane.close()


def outboxes(
    folder: DataFolder, settings: Settings, store: OutboxStore, clock: Clock, tell: Tell
) -> tuple[Outbox, ...]:
    """One a taker."""
    patience = Patience(timedelta(days=settings.outbox.give_up_after_days))
    return tuple(Outbox(store, taker, clock, tell, patience) for taker in takers(folder, settings))


def _post(folder: DataFolder, settings: Settings) -> PostOnTheWeb:
    url = settings.outbox.webhook
    way = way_out(folder, settings)
    try:
        parts = httpx.URL(url)
        base = str(parts.copy_with(raw_path=b"/")).rstrip("/")
        http = GuardedHttp(base, {}, ca_file=way.ca_file, proxy=way.proxy)
    except (ValueError, httpx.InvalidURL) as fault:
        raise SettingInvalid(str(folder.settings_file), "outbox.webhook", str(fault)) from fault
    return PostOnTheWeb(url, http, parts.raw_path.decode())
