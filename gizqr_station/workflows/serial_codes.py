"""The small code with its serial that a label carries which replaced another one, and which codes were scanned so far.

A voided label and the one in its place say the same, so the large code alone cannot tell which of the two was scanned.
"""

import threading
from enum import Enum
from typing import Protocol

from gizqr_station.domain.label import LabelImage


class SerialCodes(Protocol):
    """Knows the small code on labels."""

    def has_place(self, template: str) -> bool:
        """Whether a template has room for one; raises TemplateUnknown, TemplateInvalid."""
        ...

    def said_by(self, image: LabelImage) -> str:
        """The label serial that a small code on these dots says; empty where there is none."""
        ...


class NoSerialCodes:
    """Where no label carries one."""

    def has_place(self, template: str) -> bool:  # noqa: ARG002 - of no template
        """Never."""
        return False

    def said_by(self, image: LabelImage) -> str:  # noqa: ARG002 - of no image
        """Nothing."""
        return ""


class CodeOnLabel(Enum):
    """Which of the two was scanned."""

    LARGE = "large"
    """The QR code with the content."""
    SMALL = "small"
    """The Data Matrix with the label serial."""


class CodesSeen:
    """Which codes of each label were scanned at this station so far; any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[int, set[CodeOnLabel]] = {}

    def saw(self, job: int, code: CodeOnLabel) -> bool:
        """Remember one; whether both were seen by now."""
        with self._lock:
            seen = self._seen.setdefault(job, set())
            seen.add(code)
            return len(seen) == len(CodeOnLabel)

    def forget(self, job: int) -> None:
        """It is settled."""
        with self._lock:
            self._seen.pop(job, None)
