"""One printer in the settings file, and the same as the domain knows it."""

from typing import Literal, Self

from pydantic import Field, ValidationInfo, field_validator

from gizqr_station.domain.printer import (
    SPOKEN_OVER,
    Asking,
    Graphic,
    Language,
    Media,
    Patience,
    PrinterConfig,
    Sensing,
    Tuning,
)
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.settings.section import Seconds, Section

_OWN = -1
"""Stands for "as the printer itself is set", for TOML has no word for nothing."""


class PrinterSettings(Section):
    """A label printer."""

    name: str = Field("label printer", min_length=1, max_length=60, description="Shown on screen, kept in records.")
    address: str = Field(
        "tcp://127.0.0.1:9100", description="tcp://HOST:PORT, serial:PORT?baud=N, usb:DEVICE, ipp://HOST, cups:QUEUE, "
        "windows:QUEUE, system:PRINTER, file:FOLDER."
    )  # fmt: skip
    language: Language = Field(
        Language.ZPL,
        validate_default=True,
        description="zpl, tspl, epl2, escpos, brother; over ipp, cups and system: pwg, png, pdf.",
    )
    dpi: Literal[180, 203, 300, 360, 600] = Field(203, description="Of the print head: 180, 203, 300, 360 or 600.")
    model: str = Field("", max_length=40, description="For brother: the model, such as QL-820NWB or PT-P750W.")
    width_mm: float = Field(0.0, ge=0, le=300, description="Of the loaded labels; 0 = as each template.")
    height_mm: float = Field(0.0, ge=0, le=1000, description="Of the loaded labels; 0 = as each template.")
    sensing: Sensing = Field(Sensing.GAP, description="How labels are told apart: gap, mark or continuous.")
    gap_mm: float = Field(2.0, ge=0, le=50, description="Of the gap, or of the black mark.")
    darkness: int = Field(_OWN, ge=_OWN, le=30, description="0 to 30; -1 = the printer's own.")
    speed: int = Field(_OWN, ge=_OWN, le=18, description="Inches a second; -1 = the printer's own.")
    offset_x_mm: float = Field(0.0, ge=-20, le=20, description="Moves the label to the right.")
    offset_y_mm: float = Field(0.0, ge=-20, le=20, description="Moves the label down, along the feed.")
    rotated: bool = Field(default=False, description="A quarter turn, for narrow media.")
    graphic: Graphic = Field(Graphic.Z64, description="For zpl: z64, or acs or hex for printers that know no z64.")
    asking: Asking = Field(Asking.AUTO, description="Whether it is asked for its state: auto, always or never.")
    connect_s: Seconds = Field(3.0, description="How long to wait for a connection.")
    stall_s: Seconds = Field(10.0, description="How long it may take no byte.")
    send_s: Seconds = Field(20.0, description="How long one label may take to be sent.")
    confirm_s: Seconds = Field(10.0, description="How long a printer that reports may take to report a label.")

    @field_validator("name")
    @classmethod
    def _a_name(cls, text: str) -> str:
        if not text.isprintable() or text != text.strip():
            raise ValueError("a name has no line breaks, and no blank at its ends")
        return text

    @field_validator("address")
    @classmethod
    def _an_address(cls, text: str) -> str:
        return str(PrinterAddress.parse(text))

    @field_validator("language")
    @classmethod
    def _spoken_there(cls, language: Language, others: ValidationInfo) -> Language:
        if "address" not in others.data:
            return language
        connection = PrinterAddress.parse(others.data["address"]).connection
        takes = SPOKEN_OVER[connection]
        if language not in takes:
            words = ", ".join(sorted(word.value for word in takes))
            raise ValueError(f"{language.value} cannot be sent over {connection.value}; that takes {words}")
        return language

    def config(self) -> PrinterConfig:
        """As the domain knows it."""
        return PrinterConfig(
            name=self.name,
            address=PrinterAddress.parse(self.address),
            language=self.language,
            dpi=self.dpi,
            model=self.model,
            media=Media(self.width_mm, self.height_mm, self.sensing, self.gap_mm),
            tuning=Tuning(
                darkness=None if self.darkness == _OWN else self.darkness,
                speed=None if self.speed == _OWN else self.speed,
                offset_x_mm=self.offset_x_mm,
                offset_y_mm=self.offset_y_mm,
                rotated=self.rotated,
            ),
            graphic=self.graphic,
            asking=self.asking,
            patience=Patience(self.connect_s, self.stall_s, self.send_s, self.confirm_s),
        )

    @classmethod
    def of(cls, config: PrinterConfig) -> Self:
        """The inverse of ``config``; raises pydantic's ValidationError for what the file may not hold."""
        media, tuning, patience = config.media, config.tuning, config.patience
        return cls.model_validate(
            {
                "name": config.name,
                "address": str(config.address),
                "language": config.language,
                "dpi": config.dpi,
                "model": config.model,
                "width_mm": media.width_mm,
                "height_mm": media.height_mm,
                "sensing": media.sensing,
                "gap_mm": media.gap_mm,
                "darkness": _OWN if tuning.darkness is None else tuning.darkness,
                "speed": _OWN if tuning.speed is None else tuning.speed,
                "offset_x_mm": tuning.offset_x_mm,
                "offset_y_mm": tuning.offset_y_mm,
                "rotated": tuning.rotated,
                "graphic": config.graphic,
                "asking": config.asking,
                "connect_s": patience.connect_s,
                "stall_s": patience.stall_s,
                "send_s": patience.total_s,
                "confirm_s": patience.confirm_s,
            }
        )
