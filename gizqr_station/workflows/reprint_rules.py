"""How often a device's label was replaced, and whether the next time somebody else has to agree."""

from collections.abc import Sequence

from gizqr_station.domain.correction_failures import SecondPersonAtDesk
from gizqr_station.domain.corrections import ReprintRules, ReprintStanding, SecondPerson
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import ENDED, JobState, PrintJob
from gizqr_station.workflows.ports import Ledger


def standing_of(of_device: Sequence[PrintJob], rules: ReprintRules) -> ReprintStanding:
    """Of all labels of one device. Also a label that nobody ever had counts: it is the operator alone who says so."""
    voided = sum(each.state is JobState.VOIDED for each in of_device)
    live = any(each.state not in ENDED for each in of_device)
    made = voided if live else max(0, voided - 1)
    needs_second = rules.second_person is SecondPerson.ALWAYS or made >= rules.limit
    return ReprintStanding(made, rules.limit, needs_second)


def require_one_is_enough(ledger: Ledger, rules: ReprintRules, product_key: str, identity: Identity) -> None:
    """Raise SecondPersonAtDesk for a device whose label was voided where one person may not make the next alone."""
    of_device = ledger.labels_of(product_key, identity)
    voided = next((job for job in of_device if job.state is JobState.VOIDED), None)
    standing = standing_of(of_device, rules)
    if voided is not None and standing.needs_second:
        raise SecondPersonAtDesk(identity.readable, voided.draft.label_serial, standing.made, standing.limit)
