"""Whose code a text is, as this station's ledger and its pool have it, and whether it is one for trials."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.job import PrintJob
from gizqr_station.places import DataFolder
from gizqr_station.wording import state_word, words_for


@dataclass(slots=True)
class CodeOwner:
    """What is known of a code here."""

    job: PrintJob | None = None
    """The newest label that says it."""
    in_pool_for: Identity | None = None
    drawn_by_sandbox: bool = False
    """The picture itself says so."""
    of_sandbox: bool = False
    """Label or pool say that a sandbox issued it."""
    unasked: list[Failure] = field(default_factory=list)
    """Why ledger or pool could not say anything."""

    @property
    def test(self) -> bool:
        """Whether it is known to bind nothing: its label carries TEST, or a sandbox issued it."""
        labelled = self.job is not None and self.job.draft.test
        return labelled or self.of_sandbox or self.drawn_by_sandbox

    @property
    def contradicts(self) -> bool:
        """Whether the two name different devices."""
        job, holder = self.job, self.in_pool_for
        return job is not None and holder is not None and job.identity != holder


def code_owner(folder: DataFolder, content: str, picture: Path) -> CodeOwner:
    """Never raises a Failure, and begins neither ledger nor pool."""
    from gizqr_station.codes.png_chunks import says_sandbox

    known = CodeOwner()
    with contextlib.suppress(OSError):
        known.drawn_by_sandbox = says_sandbox(picture.read_bytes())
    for ask in (_ask_ledger, _ask_pool):
        try:
            ask(folder, content, known)
        except Failure as failure:
            known.unasked.append(failure)
    return known


def owner_lines(known: CodeOwner, language: str) -> Iterator[str]:
    """One sentence for each that knows it, and first of all what is dangerous."""
    if known.contradicts:
        yield "Records and pool know this code for different devices: do not use this label, call the lead."
    if known.test:
        yield "It is a TEST code: no App binds it, and no label with it may leave the factory."
    if known.job is not None:
        job = known.job
        label = f"{job.draft.label_serial} {job.mark}".strip()
        yield f"In the records it is {job.identity.readable}'s: label {label}, {state_word(job.state.value, language)}."
    if known.in_pool_for is not None:
        yield f"In the pool it is {known.in_pool_for.readable}'s."
    for failure in known.unasked:
        yield f"Not everything could be asked: {words_for(failure, language).line}"
    if known.job is None and known.in_pool_for is None and not known.unasked:
        yield "Neither a label nor the pool of this station has it."


def owner_document(known: CodeOwner) -> dict[str, object]:
    """The same for a script; ``test`` is true where it is known, not where nothing is."""
    job = known.job
    return {
        "label": None if job is None else job.draft.label_serial,
        "label_of": None if job is None else str(job.identity),
        "label_state": None if job is None else job.state.value,
        "in_pool_for": None if known.in_pool_for is None else str(known.in_pool_for),
        "test": known.test,
        "contradicts": known.contradicts,
        "not_asked": [failure.code for failure in known.unasked],
    }


def _ask_ledger(folder: DataFolder, content: str, known: CodeOwner) -> None:
    from gizqr_station.assembly import existing_ledger, has_ledger

    if not has_ledger(folder):
        return
    with contextlib.closing(existing_ledger(folder)) as ledger:
        known.job = ledger.with_content(content)
    if known.job is not None and known.job.draft.code_source is CodeSource.SANDBOX:
        known.of_sandbox = True


def _ask_pool(folder: DataFolder, content: str, known: CodeOwner) -> None:
    from gizqr_station.assembly import SystemClock
    from gizqr_station.assembly.pools import opened_sources
    from gizqr_station.settings.store import load

    if not folder.pool_file.exists() or not folder.settings_file.exists():
        return
    with opened_sources(folder, load(folder.settings_file), SystemClock(), None) as sources:
        if sources.pooled is None:
            return
        parts = sources.pooled.fetch
        known.in_pool_for = parts.pool.holder(parts.product_key, parts.service, content)
        if known.in_pool_for is not None:
            code = parts.pool.code(parts.product_key, parts.service, known.in_pool_for)
            known.of_sandbox |= code is not None and code.source is CodeSource.SANDBOX
