"""What a person or a script types; each command is the window's twin and loads only what it needs.

Exit code 0: done; 1: refused or failed, with one line that says what to do; 2: wrong usage. Never a traceback.
"""

import logging
import sys
from collections.abc import Sequence

from gizqr_station.cli.answer import Answer, spoken_language
from gizqr_station.cli.arguments import command_of, parse
from gizqr_station.cli.log import configure_log
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import FileNotWritten, ProgramFault
from gizqr_station.domain.stop import Stopped
from gizqr_station.places import DataFolder, default_data_folder
from gizqr_station.settings.station_secrets import secrets_named_in

log = logging.getLogger(__name__)

DONE, FAILED, INTERRUPTED = 0, 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code for the shell."""
    arguments = parse(argv)
    folder = DataFolder(arguments.data_dir.absolute()) if arguments.data_dir else default_data_folder()
    secrets = secrets_named_in(folder.settings_file, folder.secrets)
    answer = Answer(as_json=arguments.json, language=spoken_language(), secrets=secrets)
    configure_log(folder if arguments.keeps_log else None, secrets)
    try:
        return command_of(arguments)(arguments, folder, answer)
    except Failure as failure:
        log.info("refused: %s", failure)
        answer.refuse(failure)
        return FAILED
    except (KeyboardInterrupt, Stopped):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody left to tell.
        sys.stderr.close()
        return FAILED
    except OSError as fault:
        log.warning("refused by the system: %s", fault)
        answer.refuse(FileNotWritten(str(fault.filename or folder.root), fault.strerror or type(fault).__name__))
        return FAILED
    except Exception as fault:
        log.exception("a fault of the program")
        answer.refuse(ProgramFault(f"{type(fault).__name__}: {fault}"))
        return FAILED
