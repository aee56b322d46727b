"""The one table of colours, sizes and spaces; everything on screen takes them from here."""

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """What a colour means. Never the only sign: an icon and a word always stand beside it."""

    CALM = "calm"
    """Steady, waiting, normal."""
    GOOD = "good"
    """A moment after verified."""
    ATTENTION = "attention"
    """Something is off, the station goes on by itself."""
    STOP = "stop"
    """Something is wrong with this unit."""
    ACT = "act"
    """The operator must do something."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A ground and what is legible on it; contrast 4.5:1 or better, computed by a test."""

    ground: str
    text: str


# Hues after Okabe and Ito, which stay apart for colour-blind eyes, darkened until white text is legible on them.
TONES = {
    Tone.CALM: Paint("#E4E7EA", "#1D2226"),
    Tone.GOOD: Paint("#006A4E", "#FFFFFF"),
    Tone.ATTENTION: Paint("#E69F00", "#1A1200"),
    Tone.STOP: Paint("#A83A00", "#FFFFFF"),
    Tone.ACT: Paint("#00578A", "#FFFFFF"),
}

PAGE = Paint("#F3F5F6", "#1D2226")
CARD = Paint("#FFFFFF", "#1D2226")
CHOSEN_ROW = Paint("#E3EDF3", "#1D2226")
"""The row of a list that is looked at."""
CHOSEN_OPTION = Paint("#39424A", "#FFFFFF")
"""One of several: the page one is on, the language of a printer."""
QUIET_TEXT = "#525B63"
WARNING_MARK = "#8F5F00"
"""Amber dark enough for an icon or a word on a card."""
LINE = "#CBD1D6"
FOCUS = "#00578A"

SPACE = 8
"""The unit of all spacing, in device-independent pixels."""

BAND_HEIGHT = 148
BAND_BELOW_LAMPS = 112
"""Where lamps stand over it."""
BAND_WORD = 72
BAND_WORD_BELOW_LAMPS = 54
BAND_LINE = 24
IDENTITY_TEXT = 34
HEADING_TEXT = 15
BODY_TEXT = 17
SMALL_TEXT = 14
NUMBER_TEXT = 44
TITLE_TEXT = 24
BUTTON_HEIGHT = 64
ACTION_HEIGHT = 48
"""Of a button that acts on a printer or a waiting label."""
FIELD_HEIGHT = 40
TAB_HEIGHT = 40
ROW_HEIGHT = 96
DUTY_WIDTH = (132, 190)
"""The least and the most of the button that says who works here."""
TAB_SPACE = 18
"""Beside a tab's words, both sides together: eight of them share a header of 1024."""
STRIP_HEIGHT = 32
LAMP_HEIGHT = 96
LAMP_WIDE = 190
"""From this width on a lamp has its number beside the words, and not above them."""
LAMP_NUMBER = (72, 40)
"""On a wide lamp, to be read from three metres, and on a narrow one."""
LAMP_WORD = (30, 18)
LAMP_LEAST_TEXT = 12
PORT_ROW_HEIGHT = 76
READER_ROW_HEIGHT = 40
WIRE_TEXT = 12
DEVICE_LIST_WIDTH = (300, 380)
"""The least and the most of the lists of slots and ports: a line of the byte log must fit beside them."""
LIST_WIDTH = (344, 380)
"""The least and the most of the list of printers."""
QUEUE_HEIGHT = 228
QUEUE_LEAST_HEIGHT = 168
"""Two labels, and the others by scrolling."""
QUEUE_EMPTY_HEIGHT = 64
FETCH_ROW_HEIGHT = 54
FETCHES_HEIGHT = 116
"""Two of several unfinished fetches, and the others by scrolling."""
RECORD_ROW_HEIGHT = 30
RECORD_COLUMNS_WIDE = (200, 330)
"""Room from which on a table of labels shows its operators too, and its stations."""
LABELS_WIDTH = (344, 420)
"""The least and the most of a device's labels: a label of 40 mm is seen dot for dot."""
FORM_HEADING = 22
"""What stands over a field; a button beside it begins below that."""
KEY_MM = 20.0
"""A key of the pad for PINs, a side: as good as larger ones under gloves, better than smaller ones."""
KEY_LEAST, KEY_MOST = 80, 112
"""The same in pixels, on the coarsest and the finest screen that a station has."""
PAD_TEXT = 28
BALANCE_HEIGHT = 24
TILE_HEIGHT = 68
TILE_LOW_HEIGHT = 56
"""Where lamps take room; then what a tile says is on one line."""
MARK_ICON = 20

GOOD_FOR_MS = 1500
"""How long the band stays green after a unit was verified."""
CONFIRM_WITHIN_MS = 4000
CONFIRM_NOT_BEFORE_MS = 400
"""A second press sooner than this is a bouncing key or a double click."""


def style_sheet() -> str:
    """Qt style sheet of the whole window, made from the table."""
    return f"""
    QWidget {{ color: {PAGE.text}; }}
    QMainWindow, #page {{ background: {PAGE.ground}; }}
    #card {{ background: {CARD.ground}; border: 1px solid {LINE}; border-radius: 6px; }}
    #heading {{ color: {QUIET_TEXT}; font-size: {HEADING_TEXT}px; }}
    #quiet {{ color: {QUIET_TEXT}; font-size: {SMALL_TEXT}px; }}
    #identity {{ font-size: {IDENTITY_TEXT}px; font-weight: 700; }}
    #number {{ font-size: {NUMBER_TEXT}px; font-weight: 700; }}
    #strong {{ font-weight: 700; }}
    #title {{ font-size: {TITLE_TEXT}px; font-weight: 700; }}
    #amber {{ color: {WARNING_MARK}; font-size: {SMALL_TEXT}px; font-weight: 700; }}
    #small {{ font-size: {SMALL_TEXT}px; }}
    #tiny {{ font-size: {WIRE_TEXT}px; }}
    #chip {{ background: {CHOSEN_OPTION.ground}; color: {CHOSEN_OPTION.text}; border-radius: 4px;
             font-size: {SMALL_TEXT}px; padding: 2px 8px; }}
    #row #chip:disabled {{ color: {CHOSEN_OPTION.text}; background: {QUIET_TEXT}; }}
    QPushButton {{ background: {CARD.ground}; border: 2px solid {QUIET_TEXT}; border-radius: 6px;
                   padding: 4px 10px; font-weight: 700; }}
    QPushButton:focus {{ border: 3px solid {FOCUS}; }}
    QPushButton:hover {{ background: {PAGE.ground}; }}
    QPushButton:disabled {{ color: {QUIET_TEXT}; border-color: {LINE}; }}
    QPushButton[armed="true"] {{ background: {TONES[Tone.ACT].ground}; color: {TONES[Tone.ACT].text};
                                 border-color: {TONES[Tone.ACT].ground}; }}
    #tab, #option {{ font-weight: 400; border: 1px solid {LINE}; }}
    #tab {{ padding: 2px 4px; font-size: {SMALL_TEXT}px; }}
    #duty {{ border: 1px solid {LINE}; text-align: left; padding: 0; font-weight: 400; }}
    #duty:focus {{ border: 3px solid {FOCUS}; }}
    #duty[wanted="true"] {{ background: {TONES[Tone.ACT].ground}; border-color: {TONES[Tone.ACT].ground}; }}
    #duty[wanted="true"] QLabel {{ color: {TONES[Tone.ACT].text}; }}
    #key {{ font-size: {PAD_TEXT}px; border-width: 1px; padding: 0; }}
    #pin {{ font-size: {TITLE_TEXT}px; }}
    #option {{ padding: 2px 6px; }}
    #tab:checked, #option:checked {{ background: {CHOSEN_OPTION.ground}; color: {CHOSEN_OPTION.text};
                                     border-color: {CHOSEN_OPTION.ground}; font-weight: 700; }}
    #tab:focus, #option:focus {{ border: 3px solid {FOCUS}; }}
    #option:disabled {{ color: {QUIET_TEXT}; background: {PAGE.ground}; }}
    #row {{ background: {CARD.ground}; border: 1px solid {LINE}; text-align: left; padding: 0; font-weight: 400; }}
    #row:checked {{ background: {CHOSEN_ROW.ground}; border: 2px solid {CHOSEN_OPTION.ground}; }}
    #row:hover:!checked {{ background: {PAGE.ground}; }}
    #row QLabel:disabled {{ color: {QUIET_TEXT}; }}
    #row:focus {{ border: 3px solid {FOCUS}; }}
    QLineEdit, QAbstractSpinBox {{ background: {CARD.ground}; border: 1px solid {QUIET_TEXT}; border-radius: 6px;
                                   padding: 2px 8px; selection-background-color: {FOCUS}; }}
    QLineEdit:focus, QAbstractSpinBox:focus {{ border: 3px solid {FOCUS}; padding: 0 6px; }}
    QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{ border: none; padding: 0;
                                                                    background: transparent; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
    QLineEdit:disabled, QAbstractSpinBox:disabled {{ color: {QUIET_TEXT}; background: {PAGE.ground};
                                                     border-color: {LINE}; }}
    *[mark="wrong"] {{ border: 2px solid {TONES[Tone.STOP].ground}; border-radius: 6px; }}
    *[mark="look"] {{ border: 2px solid {TONES[Tone.ATTENTION].ground}; border-radius: 6px; }}
    #wire {{ background: {CARD.ground}; border: 1px solid {LINE}; border-radius: 6px; padding: 4px;
             selection-background-color: {FOCUS}; }}
    #wire:focus {{ border: 3px solid {FOCUS}; padding: 2px; }}
    QScrollBar:vertical {{ background: {PAGE.ground}; width: 12px; border-radius: 4px;
                           margin: 0 0 0 4px; }}
    QScrollBar::handle:vertical {{ background: {QUIET_TEXT}; min-height: 40px; border-radius: 4px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: none; border: none; height: 0; width: 0; }}
    QScrollArea, #rows {{ background: transparent; border: none; }}
    #language {{ font-weight: 400; font-size: {SMALL_TEXT}px; border-width: 1px; padding: 2px 12px; }}
    #units {{ background: {CARD.ground}; border: none; font-size: {SMALL_TEXT}px;
              selection-background-color: {CHOSEN_ROW.ground}; selection-color: {CHOSEN_ROW.text}; outline: none; }}
    #units:focus {{ border: 2px solid {FOCUS}; }}
    #units::item {{ padding: 2px 6px; }}
    QProgressBar {{ background: {PAGE.ground}; border: 1px solid {LINE}; border-radius: 6px; }}
    QProgressBar::chunk {{ background: {QUIET_TEXT}; border-radius: 5px; }}
    QHeaderView::section {{ background: {CARD.ground}; color: {QUIET_TEXT}; border: none;
                            border-bottom: 1px solid {LINE}; font-size: {SMALL_TEXT}px; padding: 2px 6px; }}
    """
