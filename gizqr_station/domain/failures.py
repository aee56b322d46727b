"""Everything that can go wrong and has a name: one tree, each leaf with a code, its fields and an owner.

::

    Failure
    ├── IdentityRefused      E-ID-…   what was read or scanned must not be labelled
    ├── DeviceFailure        E-DEV-…  the device or its port
    ├── CodeFailure          E-COD-…  the QR service, its answers, the code itself
    ├── LabelFailure         E-LAB-…  template, layout, read-back
    ├── PrinterFailure       E-PRN-…  the label printer
    ├── LedgerFailure        E-LED-…  the record of what was done
    ├── LineFailure          E-LIN-…  what happens at the bench: wrong label, unknown scan
    ├── PeopleFailure        E-PPL-…  who may do what, and who somebody is
    ├── OrderFailure         E-ORD-…  work orders and shifts
    ├── HandOverFailure      E-OUT-…  what leaves the station: exports, evidence, the outbox
    └── SettingsFailure      E-SET-…  a setting that cannot be used

The leaves stand in the module of the same noun (``identity_failures`` and so on). A leaf holds values, never
sentences: what happened, what to do and who owns it are worded for people, in each language, in
``resources/failures/<language>.toml``, under the leaf's code; a test walks both and finds the gaps.
"""

from dataclasses import dataclass, fields
from enum import Enum
from typing import ClassVar


class Owner(Enum):
    """Who can mend it."""

    OPERATOR = "operator"
    LEAD = "lead"
    IT = "it"


@dataclass(eq=False)
class Failure(Exception):
    """The root. Leaves are plain dataclasses: their fields are what the words for people are filled with."""

    code: ClassVar[str] = ""
    owner: ClassVar[Owner] = Owner.OPERATOR

    def values(self) -> dict[str, object]:
        """The fields by name, for wording, log and JSON."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        """A line for logs and tracebacks: code and fields, the same in every language."""
        listed = ", ".join(f"{name}={value!r}" for name, value in self.values().items())
        return f"{self.code} {type(self).__name__}({listed})"


class IdentityRefused(Failure):
    """What was read or scanned is not an identity that may be labelled."""


class DeviceFailure(Failure):
    """The device or its port."""


class CodeFailure(Failure):
    """The QR service, its answers, or the code itself."""

    owner = Owner.LEAD


class LabelFailure(Failure):
    """The label: template, layout, read-back."""

    owner = Owner.LEAD


class PrinterFailure(Failure):
    """The label printer."""


class LedgerFailure(Failure):
    """The record of what was done."""

    owner = Owner.IT


class LineFailure(Failure):
    """What happens at the bench."""


class PeopleFailure(Failure):
    """Who may do what, and who somebody is."""


class OrderFailure(Failure):
    """Work orders and shifts."""

    owner = Owner.LEAD


class HandOverFailure(Failure):
    """What leaves the station: exports, evidence, the outbox."""

    owner = Owner.LEAD


class SettingsFailure(Failure):
    """A setting that cannot be used."""

    owner = Owner.LEAD


def leaves(root: type[Failure] = Failure) -> tuple[type[Failure], ...]:
    """Every failure with a code, ordered by it. Only modules that are imported are seen."""
    found: list[type[Failure]] = []
    for child in root.__subclasses__():
        found.extend(leaves(child))
        if child.code:
            found.append(child)
    return tuple(sorted(set(found), key=lambda leaf: leaf.code))
