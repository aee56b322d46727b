"""Where records are kept and handed over, who may sign in, and how labels are replaced, in the settings file."""

from typing import Literal

from pydantic import Field

from gizqr_station.domain.corrections import ReprintRules, SecondPerson
from gizqr_station.settings.section import Section


class LedgerSettings(Section):
    """The record of what was done."""

    url: str = Field(
        "",
        max_length=300,
        pattern=r"^(postgresql://[^\s:@/]+@[^\s@]+)?$",
        description="Of many stations: postgresql://USER@HOST:5432/NAME, no password; empty = a file here.",
    )
    password_secret: str = Field(
        "", pattern=r"^[A-Za-z0-9_-]*$", description="Name of the secret with the database user's password."
    )
    serial_prefix: str = Field(
        "L", pattern=r"^[A-Z][A-Z0-9]{0,3}$", description="Before label serials; one of its own for each field ledger."
    )
    checkpoint_folder: str = Field("", description="A second place for signed checkpoints; empty = beside the ledger.")
    backup_folder: str = Field("", description="Where copies go, best on another disk; empty = beside the ledger.")
    backups_kept: int = Field(30, ge=1, le=1000, description="Older copies of ours are removed.")


class PeopleSettings(Section):
    """Who works here."""

    required: bool = Field(
        False, description="true = no label before the first lead is made; people who are known always sign in."
    )
    lock_after_minutes: int = Field(10, ge=1, le=480, description="So long without a scan or key, and it locks.")


class ReprintSettings(Section):
    """How labels are replaced."""

    limit: int = Field(2, ge=0, le=50, description="Replacements of one device that one person may make alone.")
    second_person: Literal["above_limit", "always"] = Field(
        "above_limit", description="When somebody else's badge or PIN is asked for."
    )

    def rules(self) -> ReprintRules:
        """As the domain knows them."""
        return ReprintRules(self.limit, SecondPerson(self.second_person))


class OutboxSettings(Section):
    """Where each result is handed over."""

    folder: str = Field("", description="A watched folder that gets one JSON file a result; empty = none.")
    webhook: str = Field("", pattern=r"^(https?://[^\s@]+)?$", description="An address that gets each result; or none.")
    webhook_secret: str = Field(
        "", pattern=r"^[A-Za-z0-9_-]*$", description="Name of the secret that each delivery is signed with."
    )
    give_up_after_days: int = Field(14, ge=1, le=365, description="Then a delivery waits for a person; never dropped.")
