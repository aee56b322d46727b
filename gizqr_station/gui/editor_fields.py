"""The fields of a printer: filled from a draft, read into a draft, worded, marked and laid out."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from gizqr_station.domain.printer import ANY_RESOLUTION, Asking, Graphic, Language, Media, Sensing, Tuning
from gizqr_station.gui.choice import Choice
from gizqr_station.gui.form_field import FormField
from gizqr_station.gui.number_fields import Millimetres, WholeNumber
from gizqr_station.gui.printer_draft import (
    LONGEST_MODEL,
    LONGEST_NAME,
    Draft,
    Field,
    languages_over,
    sensed_gap,
    suited,
)
from gizqr_station.gui.printer_words import asking_word, graphic_word, language_word, sensing_word
from gizqr_station.gui.tokens import FIELD_HEIGHT, SPACE

_OWN = -1
"""Below the least that counts: the printer's own setting."""
_NOTED = {Field.NAME, Field.ADDRESS}
# Row, column and width of each field on twelve columns; model and graphic share a place, a printer has one of them.
_PLACES = {
    Field.NAME: (0, 0, 5),
    Field.ADDRESS: (0, 5, 7),
    Field.LANGUAGE: (1, 0, 12),
    Field.DPI: (2, 0, 6),
    Field.ASKING: (2, 6, 6),
    Field.WIDTH: (3, 0, 3),
    Field.HEIGHT: (3, 3, 3),
    Field.SENSING: (3, 6, 6),
    Field.GAP: (4, 0, 3),
    Field.OFFSET_X: (4, 3, 3),
    Field.OFFSET_Y: (4, 6, 3),
    Field.DARKNESS: (4, 9, 3),
    Field.SPEED: (5, 0, 3),
    Field.ROTATED: (5, 3, 3),
    Field.GRAPHIC: (5, 6, 6),
    Field.MODEL: (5, 6, 6),
}


class EditorFields(QWidget):
    """``changed`` whenever a person changed one of them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._begun: Draft | None = None
        self._wanted = Language.ZPL
        self.name = QLineEdit()
        self.address = QLineEdit()
        self.language = Choice(tuple(Language))
        self.dpi = Choice(ANY_RESOLUTION)
        self.asking = Choice(tuple(Asking))
        self.width_mm = Millimetres(0, 300)
        self.height_mm = Millimetres(0, 1000)
        self.sensing = Choice(tuple(Sensing))
        self.gap = Millimetres(0, 50)
        self.offset_x = Millimetres(-20, 20)
        self.offset_y = Millimetres(-20, 20)
        self.darkness = WholeNumber(_OWN, 30)
        self.speed = WholeNumber(_OWN, 18)
        self.rotated = QPushButton()
        self.graphic = Choice(tuple(Graphic))
        self.model = QLineEdit()
        editors: tuple[QWidget, ...] = (
            self.name, self.address, self.language, self.dpi, self.asking, self.width_mm, self.height_mm,
            self.sensing, self.gap, self.offset_x, self.offset_y, self.darkness, self.speed, self.rotated,
            self.graphic, self.model,
        )  # fmt: skip
        self.fields = {
            field: FormField(editor, note_below=field in _NOTED) for field, editor in zip(Field, editors, strict=True)
        }

        self._connect()

        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        for field, (row, column, wide) in _PLACES.items():
            grid.addWidget(self.fields[field], row, column, 1, wide)
        for column in range(12):
            grid.setColumnStretch(column, 1)

    def _connect(self) -> None:
        self.name.setMaxLength(LONGEST_NAME)
        self.model.setMaxLength(LONGEST_MODEL)
        self.rotated.setObjectName("option")
        self.rotated.setCheckable(True)
        self.rotated.setAutoDefault(False)
        self.rotated.setFixedHeight(FIELD_HEIGHT)
        for line in (self.name, self.address, self.model):
            line.setFixedHeight(FIELD_HEIGHT)
            line.textChanged.connect(self._touched)
        for choice in (self.dpi, self.asking, self.sensing, self.graphic):
            choice.changed.connect(self._touched)
        for length in (self.width_mm, self.height_mm, self.gap, self.offset_x, self.offset_y):
            length.valueChanged.connect(self._touched)
        for number in (self.darkness, self.speed):
            number.valueChanged.connect(self._touched)
        self.rotated.toggled.connect(self._touched)
        self.language.changed.connect(self._language_chosen)

    def fill(self, draft: Draft) -> None:
        """Put a draft into the fields; says nothing."""
        self._filling = True
        media, tuning = draft.media, draft.tuning
        self.name.setText(draft.name)
        self.address.setText(draft.address)
        self.language.choose(draft.language)
        self.dpi.choose(draft.dpi)
        self.asking.choose(draft.asking)
        self.width_mm.setValue(media.width_mm)
        self.height_mm.setValue(media.height_mm)
        self.sensing.choose(media.sensing)
        self.gap.setValue(media.gap_mm)
        self.offset_x.setValue(tuning.offset_x_mm)
        self.offset_y.setValue(tuning.offset_y_mm)
        self.darkness.setValue(_OWN if tuning.darkness is None else tuning.darkness)
        self.speed.setValue(_OWN if tuning.speed is None else tuning.speed)
        self.rotated.setChecked(tuning.rotated)
        self.graphic.choose(draft.graphic)
        self.model.setText(draft.model)
        self._begun, self._wanted = draft, draft.language
        self._filling = False
        self._fit_together()

    def draft(self) -> Draft:
        """What stands in the fields; only after ``fill``, which is where the time limits come from."""
        assert self._begun is not None
        language, dpi = self.language.value, self.dpi.value
        asking, sensing, graphic = self.asking.value, self.sensing.value, self.graphic.value
        assert isinstance(language, Language)
        assert isinstance(dpi, int)
        assert isinstance(asking, Asking)
        assert isinstance(sensing, Sensing)
        assert isinstance(graphic, Graphic)
        darkness, speed = self.darkness.value(), self.speed.value()
        return Draft(
            name=self.name.text(),
            address=self.address.text(),
            language=language,
            dpi=dpi,
            model=self.model.text() if language is Language.BROTHER else "",
            media=Media(self.width_mm.value(), self.height_mm.value(), sensing, self.gap.value()),
            tuning=Tuning(
                darkness=None if darkness == _OWN else darkness,
                speed=None if speed == _OWN else speed,
                offset_x_mm=self.offset_x.value(),
                offset_y_mm=self.offset_y.value(),
                rotated=self.rotated.isChecked(),
            ),
            graphic=graphic,
            asking=asking,
            patience=self._begun.patience,
        )

    @property
    def begun(self) -> Draft | None:
        """What the fields began with."""
        return self._begun

    def speak(self) -> None:
        """Names, units and options in the language of the moment."""
        mm = self.tr("mm")
        names = {
            Field.NAME: (self.tr("Name"), ""),
            Field.ADDRESS: (self.tr("Address"), ""),
            Field.LANGUAGE: (self.tr("Language"), ""),
            Field.DPI: (self.tr("Resolution"), "dpi"),
            Field.ASKING: (self.tr("Ask for its state"), ""),
            Field.WIDTH: (self.tr("Label width"), mm),
            Field.HEIGHT: (self.tr("Label height"), mm),
            Field.SENSING: (self.tr("Labels are told apart by"), ""),
            Field.GAP: (self.tr("Gap or mark"), mm),
            Field.OFFSET_X: (self.tr("Move right"), mm),
            Field.OFFSET_Y: (self.tr("Move down"), mm),
            Field.DARKNESS: (self.tr("Darkness"), "0–30"),
            Field.SPEED: (self.tr("Speed"), self.tr("inch/s")),
            Field.ROTATED: (self.tr("Turned"), ""),
            Field.GRAPHIC: (self.tr("Graphic"), "ZPL"),
            Field.MODEL: (self.tr("Model"), "Brother"),
        }
        for field, (name, unit) in names.items():
            self.fields[field].set_words(name, unit)
        as_template, own = self.tr("as template"), self.tr("printer's own")
        self.width_mm.setSpecialValueText(as_template)
        self.height_mm.setSpecialValueText(as_template)
        self.darkness.setSpecialValueText(own)
        self.speed.setSpecialValueText(own)
        self.rotated.setText(self.tr("Quarter turn"))
        self.model.setPlaceholderText("QL-820NWB")
        self.language.set_words(names[Field.LANGUAGE][0], {each: language_word(each) for each in Language})
        self.dpi.set_words(names[Field.DPI][0], {each: str(each) for each in ANY_RESOLUTION})
        self.asking.set_words(names[Field.ASKING][0], {each: asking_word(each) for each in Asking})
        self.sensing.set_words(names[Field.SENSING][0], {each: sensing_word(each) for each in Sensing})
        self.graphic.set_words(names[Field.GRAPHIC][0], {each: graphic_word(each) for each in Graphic})

    @Slot()
    def _language_chosen(self) -> None:
        assert isinstance(self.language.value, Language)
        self._wanted = self.language.value
        self._touched()

    @Slot()
    def _touched(self) -> None:
        if not self._filling:
            self._fit_together()
            self.changed.emit()

    def _fit_together(self) -> None:
        """What one field means for the others: an address its languages, a language its own field."""
        offered = languages_over(self.address.text())
        self.language.offer(offered)
        # The one that was chosen comes back when the address allows it again.
        self.language.choose(suited(self._wanted, offered))
        language = self.language.value
        self.fields[Field.MODEL].setVisible(language is Language.BROTHER)
        self.fields[Field.GRAPHIC].setVisible(language is Language.ZPL)
        sensing = self.sensing.value
        assert isinstance(sensing, Sensing)
        self.gap.setEnabled(sensed_gap(sensing))
