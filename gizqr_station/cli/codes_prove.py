"""``codes prove``: binds a code at the Open API, reads back whose it is, and unbinds it again."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.person import add_person, person_for
from gizqr_station.cli.stopping import stop_at_interrupt
from gizqr_station.domain.binding_proof import BindingProof, ProofStep, ProofVerdict
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity, parse_identity
from gizqr_station.domain.people import Permission
from gizqr_station.domain.settings_failures import SettingMissing
from gizqr_station.places import DataFolder
from gizqr_station.wording import words_for
from gizqr_station.workflows.code_rejection import disproved

if TYPE_CHECKING:
    from gizqr_station.settings.model import Settings

_STEPS = {
    ProofStep.SIGN_IN: "Signing in as the station's test user.",
    ProofStep.CLEAR: "Looking for what an earlier proof left bound.",
    ProofStep.BIND: "Binding by the code.",
    ProofStep.READ_BACK: "Reading back what is bound.",
    ProofStep.UNBIND: "Unbinding it again.",
}
_VERDICTS = {
    ProofVerdict.BINDS: "The code binds, and the cloud named this very device.",
    ProofVerdict.OTHER_DEVICE: "The code binds another device.",
    ProofVerdict.DOES_NOT_BIND: "The cloud does not bind this code.",
    ProofVerdict.NOT_KNOWN: "Nothing is known of the label.",
}
_SANDBOX = "The answers were a sandbox's: this says nothing of the real cloud, and no Gizwits App binds its codes."


def add_prove(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", common: Callable[[], argparse.ArgumentParser]
) -> None:
    """The action and its arguments; ``common`` makes those that every command takes."""
    purpose = "prove a code by binding it at the Open API; exit 0 only if it binds its own device"
    action = actions.add_parser("prove", help=purpose, description=purpose, parents=[common()])
    action.set_defaults(run="codes_prove:prove", keeps_log=True)
    which = action.add_mutually_exclusive_group(required=True)
    which.add_argument("image", nargs="?", type=Path, metavar="IMAGE", help="a picture of the label")
    which.add_argument("--content", metavar="TEXT", help="what the code says")
    which.add_argument("--identity", metavar="ID", help="the label, or code in the pool, of this MAC or IMEI")
    action.add_argument(
        "--expect", metavar="ID", help="the device that it must bind (as --identity, ledger or pool say)"
    )
    add_person(action)


def prove(arguments: argparse.Namespace, folder: DataFolder, answer: Answer) -> int:
    """The steps on stderr as they go, then the verdict."""
    from gizqr_station.assembly.ledgers import ledger_if_any
    from gizqr_station.assembly.proofs import code_prover, note_proof_of, reject_code
    from gizqr_station.settings.store import load

    settings = load(folder.settings_file)
    if not settings.product.key:
        raise SettingMissing(str(folder.settings_file), "product.key")
    with ledger_if_any(folder) as ledger:
        who = person_for(arguments, folder, settings, ledger, Permission.LABEL)
    content, expected = _asked(arguments, folder, settings)
    steps: list[ProofStep] = []

    def tell(step: ProofStep) -> None:
        steps.append(step)
        answer.say(_STEPS[step])

    with stop_at_interrupt() as stop:
        proof = code_prover(folder, settings).prove(content, settings.product.key, expected, stop, tell)
    code = answer.conclude(_document(proof, steps, answer), _lines(proof), proof.failure)
    reject = [partial(reject_code, folder, settings, proof)] if disproved(proof) else []
    for keep in (*reject, partial(note_proof_of, folder, proof, who)):
        try:
            keep()
        except Failure as unkept:
            answer.say(words_for(unkept, answer.language).line.replace("\n", " "))
    if proof.left_bound is not None:
        answer.say(words_for(proof.left_bound, answer.language).line.replace("\n", " "))
    return code if proof.verdict is ProofVerdict.BINDS and proof.expected is not None else 1


def _asked(arguments: argparse.Namespace, folder: DataFolder, settings: "Settings") -> tuple[str, Identity | None]:
    """The code's content, and the device that it should bind; None where nobody knows."""
    from gizqr_station.assembly.proofs import content_to_prove, identity_of_content
    from gizqr_station.labels.picture_files import decode_picture

    expected = parse_identity(arguments.expect, local_macs=True) if arguments.expect else None
    if arguments.identity is not None:
        identity = parse_identity(arguments.identity, local_macs=True)
        return content_to_prove(folder, settings, identity), expected or identity
    content: str = decode_picture(arguments.image) if arguments.content is None else arguments.content
    return content, expected or identity_of_content(folder, settings, content)


def _lines(proof: BindingProof) -> list[str]:
    lines = [_VERDICTS[proof.verdict]]
    if proof.verdict is ProofVerdict.BINDS and proof.expected is None:
        lines = ["The code binds, but nobody said which device it should be: that proves no label. Say --expect."]
    if proof.device is not None:
        online = "online" if proof.device.online else "not online"
        lines.append(f"The cloud named {proof.device.mac}, {online}, of product {proof.device.product_key}.")
    if proof.sandbox:
        lines.append(_SANDBOX)
    return lines


def _document(proof: BindingProof, steps: list[ProofStep], answer: Answer) -> dict[str, object]:
    device = proof.device
    return {
        "content": proof.content,
        "expected": str(proof.expected) if proof.expected else None,
        "verdict": proof.verdict.value,
        "device": None
        if device is None
        else {
            "product_key": device.product_key,
            "did": device.did,
            "mac": device.mac,
            "online": device.online,
        },
        "sandbox": proof.sandbox,
        "left_bound": answer.error_document(proof.left_bound),
        "steps": [step.value for step in steps],
    }
