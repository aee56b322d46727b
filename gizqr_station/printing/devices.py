"""What is known of each printer beyond one driver: a driver is made anew whenever a setting changes."""

import threading
from collections.abc import Callable

from gizqr_station.domain.printer import PrinterConfig
from gizqr_station.printing.answered_before import AnsweredBefore
from gizqr_station.printing.dialogues.dialogue import Dialogue


class Device:
    """One device that is spoken to in one language, by however many drivers."""

    def __init__(self, line: str, before: AnsweredBefore) -> None:
        """``line`` is what it is called in the memory."""
        self.in_use = threading.Lock()
        """Held by the driver that talks to it."""
        self.dialogue: Dialogue | None = None
        """The same for all its drivers, for it knows of labels that were sent and not proved."""
        self._line, self._before = line, before

    @property
    def answered(self) -> bool:
        """Whether it ever did, in this program or before it."""
        return self._line in self._before

    def has_answered(self) -> None:
        """It did just now."""
        self._before.add(self._line)


class Devices:
    """All of a program's; for any thread."""

    def __init__(self, before: AnsweredBefore | None = None) -> None:
        self._before = before or AnsweredBefore()
        self._lock = threading.Lock()
        self._devices: dict[str, Device] = {}

    def of(self, config: PrinterConfig, new_dialogue: Callable[[], Dialogue] | None = None) -> Device:
        """The one that these settings are about; its dialogue is made when it is first wanted."""
        line = f"{config.language.value} {config.address.device}"
        with self._lock:
            device = self._devices.setdefault(line, Device(line, self._before))
            if device.dialogue is None and new_dialogue is not None:
                device.dialogue = new_dialogue()
            return device
