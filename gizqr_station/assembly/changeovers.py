"""One station after the other in the same window: whoever took another order stays on duty through the changeover."""

from gizqr_station.assembly.station import Station, open_station
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.happenings import Tell


class Changeovers:
    """Opens a folder's station, and the next one when that is closed; never two at once.

    Who was on duty is kept in memory alone, so that it ends with the program, and for one opening alone.
    """

    def __init__(self, folder: DataFolder, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self._before: Station | None = None

    def open(self, tell: Tell) -> Station:
        """Raises the Failure that keeps the station from opening; nobody is on duty at the next one then."""
        before, self._before = self._before, None
        stays = None if before is None else before.was_on_duty
        self._before = open_station(self._folder, self._settings, tell, demo=False, stays=stays)
        return self._before
