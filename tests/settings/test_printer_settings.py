"""One printer in the file and in the domain: the same both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.settings.printer_settings import PrinterSettings

ADDRESSES = {
    Connection.TCP: "tcp://192.0.2.7:9100",
    Connection.SERIAL: "serial:/dev/ttyUSB0?baud=115200",
    Connection.USB: "usb:/dev/usb/lp0",
    Connection.IPP: "ipps://printer.example/ipp/print",
    Connection.CUPS: "cups:100%25",
    Connection.WINDOWS: r"windows:\\server\queue",
    Connection.SYSTEM: "system:Office printer",
    Connection.FILE: "file:/var/labels",
}


def numbers(lowest: float, highest: float) -> st.SearchStrategy[float]:
    return st.floats(lowest, highest, allow_nan=False)


def seconds() -> st.SearchStrategy[float]:
    return st.floats(0, 3600, exclude_min=True)


@st.composite
def configs(draw: st.DrawFn) -> PrinterConfig:
    connection = draw(st.sampled_from(Connection))
    name = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60)
    return PrinterConfig(
        name=draw(name),
        address=PrinterAddress.parse(ADDRESSES[connection]),
        language=draw(st.sampled_from(sorted(SPOKEN_OVER[connection], key=lambda word: word.value))),
        dpi=draw(st.sampled_from([180, 203, 300, 360, 600])),
        model=draw(st.sampled_from(["", "QL-820NWB"])),
        media=draw(
            st.builds(Media, numbers(0, 300), numbers(0, 1000), st.sampled_from(Sensing), numbers(0, 50)),
        ),
        tuning=draw(
            st.builds(
                Tuning,
                darkness=st.none() | st.integers(0, 30),
                speed=st.none() | st.integers(0, 18),
                offset_x_mm=numbers(-20, 20),
                offset_y_mm=numbers(-20, 20),
                rotated=st.booleans(),
            )
        ),
        graphic=draw(st.sampled_from(Graphic)),
        asking=draw(st.sampled_from(Asking)),
        patience=draw(st.builds(Patience, seconds(), seconds(), seconds(), seconds())),
    )


@given(configs())
def test_a_printer_comes_back_from_its_settings_as_it_was(config: PrinterConfig) -> None:
    assert PrinterSettings.of(config).config() == config


def test_the_defaults_are_the_same_in_the_file_and_in_the_domain() -> None:
    config = PrinterConfig("label printer", PrinterAddress.parse("tcp://127.0.0.1:9100"))
    assert PrinterSettings().config() == config
    assert PrinterSettings.of(config) == PrinterSettings()


@pytest.mark.parametrize("connection", Connection)
@pytest.mark.parametrize("language", Language)
def test_a_language_is_only_taken_where_it_can_be_sent(connection: Connection, language: Language) -> None:
    values = {"address": ADDRESSES[connection], "language": language.value}
    if language in SPOKEN_OVER[connection]:
        assert PrinterSettings.model_validate(values).config().language is language
    else:
        with pytest.raises(ValueError, match=f"{language.value} cannot be sent over {connection.value}"):
            PrinterSettings.model_validate(values)
