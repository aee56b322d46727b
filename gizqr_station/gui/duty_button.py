"""Who works here, in the header; pressed it leads to the place where somebody else takes over."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gizqr_station.gui.duty_words import duty_line, duty_name, somebody_due
from gizqr_station.gui.elided_label import ElidedLabel
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.tokens import DUTY_WIDTH, MARK_ICON, QUIET_TEXT, SPACE, TAB_HEIGHT, TONES, Tone
from gizqr_station.workflows.people_happenings import OnDuty


class DutyButton(QPushButton):
    """A name over a role and the station's name; blue while somebody is waited for."""

    def __init__(self, station: str, operator: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station, self._operator = station, operator
        self.setObjectName("duty")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(TAB_HEIGHT)
        self.setMinimumWidth(DUTY_WIDTH[0])
        self.setMaximumWidth(DUTY_WIDTH[1])
        self._icon = QLabel()
        self._name = ElidedLabel()
        self._name.setObjectName("small")
        self._line = ElidedLabel()
        self._line.setObjectName("tiny")
        for part in (self._icon, self._name, self._line):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._name)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, 1, SPACE, 1)
        row.setSpacing(SPACE)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)

    def show_duty(self, duty: OnDuty | None) -> None:
        """The only place that touches the widgets."""
        wanted = somebody_due(duty)
        colour = TONES[Tone.ACT].text if wanted else QUIET_TEXT
        icon = "lock" if duty is not None and duty.locked else "badge" if wanted else "person"
        self._icon.setPixmap(icon_pixmap(icon, colour, MARK_ICON, self.devicePixelRatioF()))
        line = " · ".join(part for part in (duty_line(duty), self._station) if part)
        self._name.show_text(duty_name(duty, self._operator))
        self._line.show_text(line)
        self.setToolTip(f"{self._name.text()} · {line}   F2")
        said = self.tr("Who works here: {name}, {line}")
        self.setAccessibleName(said.format(name=self._name.text(), line=line))
        if self.property("wanted") is not wanted:
            self.setProperty("wanted", wanted)
            for widget in (self, self._name, self._line):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
