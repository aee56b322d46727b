"""A cupsd of our own: all of its state in one folder, on the loopback address and a domain socket."""

import grp
import os
import pwd
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.printing.ipp.programs import Running, free_port, program, until

_FILES = """\
ServerRoot {at}/root
CacheDir {at}/cache
RequestRoot {at}/spool
StateDir {at}/state
TempDir {at}/tmp
AccessLog {at}/log/access
ErrorLog {at}/log/error
PageLog {at}/log/page
DataDir /usr/share/cups
ServerBin /usr/lib/cups
SystemGroup {group}
User {user}
Group {user_group}
"""
_SERVER = """\
Listen 127.0.0.1:{port}
Listen {at}/state/cups.sock
Browsing No
WebInterface No
DefaultAuthType None
IdleExitTimeout 0
LogLevel debug
PreserveJobHistory Yes
JobRetryInterval 2
MultipleOperationTimeout 60
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
{policy}
</Policy>
"""
_ANYBODY = """\
  <Limit All>
    Order deny,allow
  </Limit>
"""
# What CUPS comes with: only the owner, proved by who is at the other end of the domain socket, may cancel a job.
ONLY_THE_OWNER = """\
  <Limit Cancel-Job Hold-Job Release-Job>
    AuthType Basic
    Require user @OWNER
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
"""

_ALL_OF_THE_JOBS = """\
{
  OPERATION Get-Jobs
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR naturalLanguage attributes-natural-language en
  ATTR uri printer-uri $uri
  ATTR keyword which-jobs $which
  ATTR keyword requested-attributes all
}
"""


class PrivateCups:
    """Starts, ends, kills and starts again; the folder must be one that the user ``lp`` may enter."""

    def __init__(self, folder: Path, policy: str = _ANYBODY) -> None:
        self._cupsd, self._folder, self.port = program("cupsd"), folder, free_port()
        self._lpadmin = program("lpadmin")
        self._queues = 0
        self.socket = folder / "state" / "cups.sock"
        root = os.geteuid() == 0
        user = "lp" if root else pwd.getpwuid(os.geteuid()).pw_name
        group = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
        for name in ("root", "cache", "spool", "state", "tmp", "log"):
            (folder / name).mkdir()
        if root:
            for name in ("cache", "spool", "tmp"):
                os.chown(folder / name, 0, grp.getgrnam(group).gr_gid)
        (folder / "cache").chmod(0o770)
        (folder / "spool").chmod(0o710)
        (folder / "tmp").chmod(0o1770)
        self._files, self._conf = folder / "cups-files.conf", folder / "cupsd.conf"
        # Members of SystemGroup may do everything; as root that is nobody else, so that a policy can be seen at work.
        system = "root" if root else group
        self._files.write_text(_FILES.format(at=folder, group=system, user=user, user_group=group))
        self._conf.write_text(_SERVER.format(at=folder, port=self.port, policy=policy.rstrip()))
        self._running: Running | None = None

    def start(self) -> None:
        command = [self._cupsd, "-f", "-c", str(self._conf), "-s", str(self._files)]
        self.socket.unlink(missing_ok=True)
        self._running = Running(command, self._folder / "log" / "out")
        self._running.wait_until(lambda: self.socket.exists() and self.run("lpstat", "-r").endswith("is running\n"))

    def end(self) -> None:
        """SIGTERM."""
        if self._running is not None:
            self._running.end()

    def kill(self) -> None:
        """SIGKILL; what sends a job at that moment lives on. Call ``end`` as well."""
        assert self._running is not None
        self._running.kill()

    def forget_jobs(self) -> None:
        """As a server does that was killed before it wrote its list: it gives the same numbers out again."""
        for folder in (self._folder / "spool", self._folder / "cache"):
            for path in folder.iterdir():
                if (path.name[0] in "cd" and path.name[1:2].isdigit()) or path.name.startswith("job.cache"):
                    path.unlink()

    @property
    def environment(self) -> Mapping[str, str]:
        return {"CUPS_SERVER": str(self.socket), "LC_ALL": "C"}

    def run(self, name: str, *arguments: str) -> str:
        done = subprocess.run(
            [program(name), *arguments],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        return done.stdout + done.stderr

    def queue(self, device: str, model: str = "raw", policy: str = "abort-job") -> str:
        """A new queue's name."""
        self._queues += 1
        name = f"q{self._queues}"
        said = self.run("lpadmin", "-p", name, "-E", "-v", device, "-m", model, "-o", f"printer-error-policy={policy}")
        if model == "everywhere":
            until(lambda: (self._folder / "root" / "ppd" / f"{name}.ppd").exists(), f"PPD of {name}: {said}")
        until(lambda: f"{name} accepting" in self.run("lpstat", "-a", name), f"queue {name}: {said}")
        return name

    def repeat(self, name: str, policy: str) -> None:
        """Change what the queue does with a label that broke off."""
        self.run("lpadmin", "-p", name, "-o", f"printer-error-policy={policy}")

    def lasting_queue(self, device: str) -> str:
        """One that a server knows even after it was killed: it writes its list of queues late, but when it ends."""
        name = self.queue(device)
        self.end()
        self.start()
        return name

    def jobs(self, queue: str, which: str = "not-completed") -> list[str]:
        """Lines of lpstat."""
        return self.run("lpstat", "-W", which, "-o", queue).splitlines()

    def attributes(self, queue: str, which: str) -> str:
        """Everything CUPS says of a queue's jobs, by a client that is not ours."""
        asked = self._folder / "jobs.test"
        asked.write_text(_ALL_OF_THE_JOBS)
        uri = f"ipp://127.0.0.1:{self.port}/printers/{queue}"
        return self.run("ipptool", "-tv", "-d", f"which={which}", uri, str(asked))
