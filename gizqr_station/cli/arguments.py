"""The commands and their arguments."""

import argparse
import importlib
from collections.abc import Callable, Sequence
from pathlib import Path

from gizqr_station import __version__
from gizqr_station.cli.answer import Answer
from gizqr_station.cli.audit_arguments import add_audit
from gizqr_station.cli.batch_arguments import add_batch
from gizqr_station.cli.codes_arguments import add_codes
from gizqr_station.cli.correction_arguments import add_corrections
from gizqr_station.cli.device_arguments import add_read
from gizqr_station.cli.ledger_copies import add_copies
from gizqr_station.cli.merge_arguments import add_merge
from gizqr_station.cli.orders_arguments import add_orders, add_shift
from gizqr_station.cli.outbox_arguments import add_outbox
from gizqr_station.cli.people_arguments import add_people
from gizqr_station.cli.person import add_person
from gizqr_station.cli.printer_arguments import add_print, add_printers
from gizqr_station.cli.record_arguments import add_page, add_query
from gizqr_station.cli.values import a_port, a_size_mm, positive
from gizqr_station.domain.printer import ANY_RESOLUTION, RESOLUTIONS, Language
from gizqr_station.domain.slot import MOST_SLOTS
from gizqr_station.places import DataFolder

Command = Callable[[argparse.Namespace, DataFolder, Answer], int]
FILE_KINDS: dict[str, Language] = {
    "png": Language.PNG,
    "pdf": Language.PDF,
    "zpl": Language.ZPL,
    "tspl": Language.TSPL,
    "epl": Language.EPL2,
    "escpos": Language.ESCPOS,
    "brother": Language.BROTHER,
}
"""What a label can be rendered as; a file's name may end so, too."""


def command_of(arguments: argparse.Namespace) -> Command:
    """The function that carries a command out; its module is imported only now."""
    module, _, function = arguments.run.partition(":")
    command: Command = getattr(importlib.import_module(f"gizqr_station.cli.{module}"), function)
    return command


def build_parser() -> argparse.ArgumentParser:
    """Of all commands. Without a command the station opens."""
    parser = argparse.ArgumentParser(
        prog="gizqr-station",
        description="A device-labelling station for the Gizwits cloud. Without a command it opens the station.",
        parents=[_common()],
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(data_dir=None, json=False, run="station:open_station", keeps_log=True)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, run: str, purpose: str, *, keeps_log: bool = False) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=purpose, description=purpose, parents=[_common()])
        command.set_defaults(run=run, keeps_log=keeps_log)
        return command

    _demo(add("demo", "demo:demo", "run a whole simulated line: devices, service, printer, ledger"))
    _service(add("service", "service:service", "run the sandbox QR service on this machine"))
    add_read(add("read", "device:read", "ask one device who it is"))
    add("readers", "device_lists:readers", "list the ways of asking: modules, AT commands, boot logs, and your own")
    add("ports", "device_lists:ports", "list the serial ports with the names that last, and what uses them")
    _render(add("render", "label:render", "draw one label into a file"))
    _check(add("check", "label:check", "decode a picture of a label, say what the App would make of it"))
    add_print(add("print", "print_label:print_label", "print one label", keeps_log=True))
    add_batch(add("batch", "batch_records:list_batches", "print lists and ranges, go on with them, see them"), _common)
    add_codes(add("codes", "codes_pool:list_codes", "fetch codes ahead, list, import, export and prove them"), _common)
    add_printers(
        add("printers", "printers:list_printers", "list, test and choose printers, settle what waits"), _common
    )
    _ledger(add("ledger", "ledger:find", "search, export and check the records"))
    add_outbox(add("outbox", "outbox:show", "results for the factory's own systems: how many wait, and why"), _common)
    add_people(add("people", "people:list_people", "people who may sign in: roles, badges, PINs"), _common)
    add_orders(add("orders", "orders:list_orders", "work orders: plan, sign, release, close, report"), _common)
    add_shift(add("shift", "shift:show", "the shift at this station: open, close, show"), _common)
    add("doctor", "doctor:doctor", "say what this machine has and lacks")
    return parser


def _common() -> argparse.ArgumentParser:
    """What every command takes, before or behind its name; made anew each time, because defaults would be shared."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data-dir", type=Path, metavar="DIR", help="keep all state in this folder")
    common.add_argument("--json", action="store_true", help="print one JSON document on stdout")
    return common


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments, whole; wrong usage ends the program with exit code 2."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.run == "label:render":
        if arguments.content is None and arguments.identity is None:
            parser.error("render needs --content, --identity or both")
        suffix = arguments.output.suffix.lower().lstrip(".")
        arguments.kind = arguments.kind or (suffix if suffix in FILE_KINDS else "png")
        brother = arguments.kind == "brother"
        if brother and not (arguments.model and arguments.media):
            parser.error("--as brother needs --model, such as QL-820NWB, and --media, such as 62x29 or 62")
        if arguments.model and not brother:
            parser.error("--model is for --as brother")
        heads = RESOLUTIONS[FILE_KINDS[arguments.kind]]
        if not brother and arguments.dpi is not None and arguments.dpi not in heads:  # a Brother: by its model
            parser.error(f"--as {arguments.kind} is for heads of {', '.join(map(str, heads))} dpi")
    return arguments


def _demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--headless", action="store_true", help="without a window")
    command.add_argument("--units", type=positive, default=10, metavar="N", help="headless: how many units (10)")
    command.add_argument(
        "--slots", type=int, choices=range(1, MOST_SLOTS + 1), default=1, metavar="N", help="places for devices (1)"
    )
    command.add_argument("--out", type=Path, metavar="DIR", help="keep labels, ledger and everything else here")
    command.add_argument("--seed", type=int, default=1, metavar="N", help="which devices are simulated (1)")


def _service(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    command.add_argument("--port", type=a_port, default=1800, help="port to listen on (1800; 0 takes a free one)")
    command.add_argument("--end-with-stdin", action="store_true", help="stop when standard input ends")


def _render(command: argparse.ArgumentParser) -> None:
    command.add_argument("--content", metavar="TEXT", help="what the code says")
    command.add_argument("--identity", metavar="ID", help="MAC or IMEI; without --content its code is looked up")
    command.add_argument("--product-name", default="", metavar="TEXT", help="printed on the label")
    command.add_argument("--template", default="40x30", metavar="T", help="label template (40x30)")
    command.add_argument(
        "--dpi", type=int, choices=ANY_RESOLUTION, help="of the print head (203, and a Brother model's own)"
    )
    command.add_argument("--as", dest="kind", choices=tuple(FILE_KINDS), help="kind of file (as the file's name says)")
    command.add_argument("--model", default="", metavar="M", help="for brother: the model, such as QL-820NWB")
    command.add_argument(
        "--media",
        type=a_size_mm,
        metavar="WxH",
        help="what is loaded, in mm: 62x29, or 62 without end (the template's)",
    )
    command.add_argument("--output", type=Path, required=True, metavar="FILE")


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("image", type=Path, metavar="IMAGE", help="PNG, JPEG or BMP")
    command.add_argument("--expect", metavar="TEXT", help="exit 1 unless the code says exactly this")


def _ledger(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, purpose: str) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=purpose, description=purpose, parents=[_common()])
        action.set_defaults(run=f"ledger:{name}")
        return action

    find = add("find", "labels of an identity (any notation, any part) or label serial, newest first")
    add_query(find)
    add_page(find)
    show = add("show", "everything that happened to one unit")
    show.add_argument("text", help="identity or label serial")
    show.add_argument("--image", type=Path, metavar="FILE", help="write the label as it was sent into a new PNG")
    export = add("export", "labels into a file that a spreadsheet shows as it is")
    add_query(export)
    export.add_argument("--output", type=Path, required=True, metavar="FILE", help="a new .csv or .xlsx file")
    add_person(export)
    add("reindex", "build anew what records are found by; the records stay as they are")
    add_audit(add)
    upgrade = add("upgrade", "bring a ledger that stations share to this program's revision, for all of them")
    upgrade.set_defaults(run="ledger_upgrade:upgrade")
    upgrade.add_argument(
        "--copied", action="store_true", required=True, help="say that the database was copied before (pg_dump)"
    )
    add_copies(actions, _common)
    add_corrections(add)
    add_merge(add)
