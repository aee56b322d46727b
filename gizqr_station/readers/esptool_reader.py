"""Asks an ESP chip in its ROM bootloader who it is, through esptool."""

import time
from collections.abc import Sequence

from gizqr_station.domain.device_failures import BootloaderSilent, DeviceUnplugged, NoIdentitySaid, SaidTwoIdentities
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, MacAddress
from gizqr_station.domain.line_failures import PartMissing
from gizqr_station.domain.reader_profile import EsptoolTalk
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.esptool_run import PROGRAM, EsptoolFailed, is_installed, macs_in, read_mac
from gizqr_station.readers.serial_line import SerialLine

NAME = "esptool"
NO_RESET = "no-reset"
_RUNS = 4
_ATTEMPTS = 3
_REST_S = 2.0
"""Between two looks into an empty jig: each starts a program."""


class EsptoolConversation:
    """The conversation (see there) with a chip in its bootloader: the port is lent to esptool for each question.

    A chip that is put into its bootloader by hand stays there, whatever the profile says of afterwards: esptool could
    not ask it a second time otherwise.
    """

    def __init__(
        self,
        talk: EsptoolTalk,
        *,
        name: str = NAME,
        local_macs: bool = False,
        run_timeout_s: float = 20.0,
        rest_s: float = _REST_S,
        program: Sequence[str] | None = None,
    ) -> None:
        """Raise PartMissing when esptool is not installed. ``program``: in place of this Python's own one."""
        if program is None and not is_installed():
            raise PartMissing("esptool", 'pip install "gizqr-station[esptool]"')
        self.name = name
        self._talk = talk
        self._local_macs = local_macs
        self._run_timeout_s = run_timeout_s
        self._rest_s = rest_s
        self._program = program or PROGRAM
        self._heard = ""
        self._looked_at = 0.0

    def identity(self, line: SerialLine, stop: Stop, known: Identity | None) -> tuple[Identity, bytes]:
        """The base MAC, and all that esptool printed.

        Raises BootloaderSilent, NoIdentitySaid, SaidTwoIdentities, DeviceUnplugged, every IdentityRefused, and
        Stopped.
        """
        last = self._heard or ("" if known is None else known.readable.lower())
        self._heard = before = ""
        for _ in range(_RUNS):
            try:
                printed = self._run(line, stop, attempts=_ATTEMPTS)
            except EsptoolFailed as failed:
                raise BootloaderSilent(line.port, str(failed)) from failed
            mac = self._only_mac(printed, line.port)
            if mac == last:
                return MacAddress.parse(mac, local_macs=self._local_macs), printed.encode()
            before, last = last, mac
        raise SaidTwoIdentities(line.port, before, last)

    def attend(self, line: SerialLine, data: bytes) -> None:
        """What the chip says when it runs needs no answer."""

    def answers(self, line: SerialLine, stop: Stop, within_s: float) -> bool:  # noqa: ARG002 - see below
        """One run, which takes a second or two, and no oftener than every two seconds, whatever ``within_s`` says."""
        stop.sleep(max(0.0, self._looked_at + self._rest_s - time.monotonic()))
        try:
            self._heard = self._only_mac(self._run(line, stop, attempts=1), line.port)
        except DeviceUnplugged:
            raise
        except (EsptoolFailed, Failure):
            self._heard = ""
        self._looked_at = time.monotonic()
        return bool(self._heard)

    def forget(self) -> None:
        """The next chip has to be asked twice like any other."""
        self._heard = ""

    def _run(self, line: SerialLine, stop: Stop, *, attempts: int) -> str:
        by_hand = self._talk.before.startswith(NO_RESET)
        with line.lent() as device:
            return read_mac(
                device,
                before=self._talk.before,
                after=NO_RESET if by_hand else self._talk.after,
                attempts=attempts,
                stop=stop,
                timeout_s=self._run_timeout_s,
                abandoned=lambda: line.ended,
                program=self._program,
            )

    def _only_mac(self, printed: str, port: str) -> str:
        macs = macs_in(printed)
        if not macs:
            raise NoIdentitySaid(port, self.name)
        if len(macs) > 1:
            raise SaidTwoIdentities(port, macs[0], macs[1])
        return macs[0]
