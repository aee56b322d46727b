"""A button that wants to be pressed twice, both times by a hand: where scanners type, Enter takes nothing back."""

from gizqr_station.gui.confirm_button import ConfirmButton
from gizqr_station.gui.hand_button import HandButton


class HandConfirmButton(ConfirmButton, HandButton):
    """``confirmed`` after two presses by a finger or by the space bar."""
