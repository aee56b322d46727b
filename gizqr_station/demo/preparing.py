"""People and a signed order in a demo's ledger, so that whoever opens its window can try the QA desk."""

import contextlib

from gizqr_station.assembly import begun_ledger, hold, printer_shelf
from gizqr_station.assembly.codes import issuing_service
from gizqr_station.assembly.orders import labelled_here
from gizqr_station.assembly.orders_desk import order_parts
from gizqr_station.assembly.people import People, people_of
from gizqr_station.demo.newcomers import LEAD, OPERATOR, QA
from gizqr_station.domain.failures import PeopleFailure
from gizqr_station.domain.order_failures import NumberInUse, OrderExists
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows import orders

UNITS = 20


def prepare(folder: DataFolder, settings: Settings) -> None:
    """Before the demo's station is opened: its people at the first start, and an order that can be taken.

    Raises WrongLedgerKind for a production ledger, of which nothing is changed; StationAlreadyRunning, LedgerFailure.
    """
    lock = hold(folder)
    try:
        with contextlib.closing(_demo_ledger(folder, settings)) as ledger:
            _give_back_strange(ledger, settings)
            people = people_of(ledger, settings, locks=False)
            if not ledger.anybody():
                people.admin.make_first_lead(LEAD.name, LEAD.pin, LEAD.badge)
                for newcomer in (QA, OPERATOR):
                    people.admin.add(newcomer.name, newcomer.role, newcomer.pin, newcomer.badge)
            _order(folder, settings, ledger, people)
            people.duty.sign_out("the demo is prepared")
    finally:
        lock.release()


def without_order(folder: DataFolder, settings: Settings) -> None:
    """Before a demo without a window: nobody is there who could release an order, so none is in hand."""
    lock = hold(folder)
    try:
        with contextlib.closing(_demo_ledger(folder, settings)) as ledger:
            if ledger.order_in_hand(settings.station.name):
                ledger.take_order("", who=OPERATOR.name)
    finally:
        lock.release()


def _demo_ledger(folder: DataFolder, settings: Settings) -> SqlLedger:
    return begun_ledger(folder, settings.station.name, demo=True, wanted=settings.ledger)


def _give_back_strange(ledger: SqlLedger, settings: Settings) -> None:
    """An order of a sandbox service that had another address would keep the demo from opening."""
    number = ledger.order_in_hand(settings.station.name)
    order = ledger.order(number) if number else None
    if order is not None and order.profile.service != issuing_service(settings):
        ledger.take_order("", who=OPERATOR.name)


def _order(folder: DataFolder, settings: Settings, ledger: SqlLedger, people: People) -> None:
    """One that is signed and of this service, where none of it is open; not where the lead has another PIN by now."""
    service = issuing_service(settings)
    if any(order.profile.service == service for order in ledger.orders(closed=False)):
        return
    number = f"DEMO-{len(ledger.orders(closed=True)) + 1}"
    with contextlib.suppress(PeopleFailure, OrderExists, NumberInUse):
        if people.duty.person is None:
            people.duty.sign_in(LEAD.credential)
        labelled = labelled_here(settings, ledger)
        parts = order_parts(folder, labelled, ledger, people.duty, printer_shelf(folder, settings, demo=True))
        orders.plan(parts, number, UNITS, "", "", Stop())
        orders.sign(parts, number)
