"""CUPS's own IPP Everywhere printer, playing a label printer, with the bus and the Avahi that it will not do without.

Both are private: a bus on a socket of our own, and an Avahi that joins the loopback interface only. Where it may be
done, Avahi runs with a ``/run`` of its own, so that it neither meets the machine's nor another test run's.
"""

import os
import socket
import subprocess
from pathlib import Path

from tests.printing.ipp.programs import Running, cannot, free_port, program

_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path={at}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""
_AVAHI = """\
[server]
host-name=gizqr{port}
use-ipv6=no
allow-interfaces=lo
disallow-other-stacks=no
[publish]
publish-workstation=no
publish-hinfo=no
[wide-area]
enable-wide-area=no
"""
_MEDIA = """\
{ MEMBER collection media-size { MEMBER integer x-dimension 4000 MEMBER integer y-dimension 3000 }
 MEMBER integer media-top-margin 0 MEMBER integer media-bottom-margin 0
 MEMBER integer media-left-margin 0 MEMBER integer media-right-margin 0 }"""
_PRINTER = f"""\
ATTR text printer-make-and-model "Label Printer of the Tests"
ATTR keyword media-supported om_label_40x30mm
ATTR keyword media-default om_label_40x30mm
ATTR keyword media-ready om_label_40x30mm
ATTR collection media-size-supported {{ MEMBER integer x-dimension 4000 MEMBER integer y-dimension 3000 }}
ATTR collection media-col-default {_MEDIA}
ATTR collection media-col-ready {_MEDIA}
ATTR collection media-col-database {_MEDIA}
ATTR integer media-top-margin-supported 0
ATTR integer media-bottom-margin-supported 0
ATTR integer media-left-margin-supported 0
ATTR integer media-right-margin-supported 0
ATTR resolution printer-resolution-supported 203dpi
ATTR resolution printer-resolution-default 203dpi
ATTR resolution pwg-raster-document-resolution-supported 203dpi
ATTR keyword pwg-raster-document-type-supported black_1
ATTR keyword print-color-mode-supported monochrome
ATTR keyword print-color-mode-default monochrome
ATTR keyword print-scaling-supported none,auto
"""
# What prints: a copy of the document, as soon as the file "mode" says so.
_PRINTS = """\
#!/bin/sh
cd "{at}" || exit 1
wanted=$(cat mode)
case "$wanted" in
  empty) echo "STATE: +media-empty-error,media-needed" >&2 ;;
esac
while [ "$(cat mode)" = "empty" ] || [ "$(cat mode)" = "stuck" ]; do sleep 0.05; done
case "$wanted" in
  empty) echo "STATE: -media-empty-error,media-needed" >&2 ;;
  jam) echo "STATE: +media-jam-error" >&2; sleep 0.2; echo "STATE: -media-jam-error" >&2; exit 1 ;;
esac
cp "$1" "printed/$IPP_JOB_NAME"
echo "ATTR: job-impressions-completed=1" >&2
"""


class PrivateIppeve:
    """A printer at ``ipp://127.0.0.1:<port>/ipp/print`` with labels of 40 x 30 mm and 203 dpi."""

    def __init__(self, folder: Path) -> None:
        self._at, self.port = folder, free_port()
        self._programs: list[Running] = []
        self._environment = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/bus", "LC_ALL": "C"}

    @property
    def uri(self) -> str:
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    def start(self) -> None:
        bus, avahi, ippeve = program("dbus-daemon"), program("avahi-daemon"), program("ippeveprinter")
        if os.geteuid() != 0:
            cannot("avahi-daemon, which ippeveprinter does not do without, starts for root only")
        at = self._at
        (at / "bus.conf").write_text(_BUS.format(at=at))
        (at / "avahi.conf").write_text(_AVAHI.format(port=self.port))
        (at / "label.conf").write_text(_PRINTER)
        (at / "printed").mkdir()
        (at / "spool").mkdir()
        (at / "prints").write_text(_PRINTS.format(at=at))
        (at / "prints").chmod(0o755)
        self.does("prints")
        self._run([bus, f"--config-file={at}/bus.conf", "--nofork", "--nopidfile"], "bus").wait_until(
            (at / "bus").exists
        )
        options = ["-f", str(at / "avahi.conf"), "--no-drop-root", "--no-chroot", "--no-rlimits"]
        started = self._run([*_with_its_own_run(), avahi, *options], "avahi")
        started.wait_until(lambda: "Server startup complete" in started.log.read_text())
        printer = [ippeve, "-a", str(at / "label.conf"), "-c", str(at / "prints"), "-p", str(self.port)]
        printer += ["-n", "localhost", "-d", str(at / "spool"), f"gizqr {self.port}"]
        self._run(printer, "ippeve").wait_until(self._answers)

    def _run(self, command: list[str], name: str) -> Running:
        self._programs.append(Running(command, self._at / f"{name}.log", self._environment, self._at))
        return self._programs[-1]

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def does(self, what: str) -> None:
        """``prints``, ``empty`` or ``stuck`` until told otherwise, or ``jam``, which is cleared at once."""
        fresh = self._at / "mode.new"
        fresh.write_text(what)
        fresh.replace(self._at / "mode")

    def printed(self, job_name: str) -> bytes:
        """What came out for a job; empty for nothing."""
        path = self._at / "printed" / job_name
        return path.read_bytes() if path.exists() else b""

    def end(self) -> None:
        for running in reversed(self._programs):
            running.end()


def _with_its_own_run() -> list[str]:
    """What to put before a command so that it sees an empty /run/avahi-daemon; nothing where that is forbidden."""
    private = [
        "unshare",
        "--mount",
        "sh",
        "-c",
        'mount -t tmpfs none /run && mkdir -m 755 /run/avahi-daemon && exec "$@"',
    ]
    tried = subprocess.run([*private, "sh", "true"], capture_output=True, timeout=20, check=False)
    return [*private, "sh"] if tried.returncode == 0 else []
