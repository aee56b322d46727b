"""``python -m gizqr_station`` is the same as ``gizqr-station``."""

import sys

from gizqr_station.cli import main

if __name__ == "__main__":
    sys.exit(main())
