"""What is known of a label that was handed to a printer, in words that claim no more."""

from gizqr_station.domain.job import PrintOutcome


def outcome_line(outcome: PrintOutcome, printer: str) -> str:
    """One line."""
    match outcome:
        case PrintOutcome.CONFIRMED:
            return f"{printer} says that the label is out."
        case PrintOutcome.ACCEPTED:
            return f"{printer} took it and says no more: look whether the label came out."
        case PrintOutcome.UNKNOWN:
            return f"It broke off on the way to {printer}: look whether a label came out."
        case PrintOutcome.REFUSED:
            return f"Nothing was sent to {printer}."
