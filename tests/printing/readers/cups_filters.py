"""CUPS's own filters, which read PWG raster and write label languages: programs that nobody here wrote."""

import os
import shutil
import subprocess
from pathlib import Path

FILTERS = Path("/usr/lib/cups/filter")
DRIVERS = Path("/usr/share/cups/drv/sample.drv")
TIME_LIMIT_S = 60

MISSING = [
    what
    for what, there in (
        ("cups (rastertolabel)", (FILTERS / "rastertolabel").exists()),
        ("cups-filters (rastertopdf)", (FILTERS / "rastertopdf").exists()),
        ("cups-ppdc (ppdc)", shutil.which("ppdc") is not None and DRIVERS.exists()),
    )
    if not there
]


def drivers_made(folder: Path) -> Path:
    """CUPS's sample drivers; among them zebra.ppd (ZPL) and zebraep2.ppd (EPL2)."""
    subprocess.run(["ppdc", "-d", folder, DRIVERS], check=True, capture_output=True, timeout=TIME_LIMIT_S)
    return folder


def filtered(name: str, raster: Path, driver: Path | None = None, options: str = "") -> bytes:
    """What a filter makes of a raster file: job 1 of nobody."""
    environment = {**os.environ, "PPD": str(driver)} if driver else dict(os.environ)
    command = [str(FILTERS / name), "1", "nobody", "label", "1", options, str(raster)]
    done = subprocess.run(command, check=True, capture_output=True, timeout=TIME_LIMIT_S, env=environment)
    return done.stdout
