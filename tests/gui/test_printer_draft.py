"""A printer while it is filled in: what may be saved, what is proposed, what a failure says to change."""

from dataclasses import replace

import pytest

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.print_queue_failures import QueueIsRaw, QueueNotRaw, QueueUnknown
from gizqr_station.domain.printer import SPOKEN_OVER, FoundPrinter, Language, Media
from gizqr_station.domain.printer_address import Connection, PrinterAddress
from gizqr_station.domain.printer_failures import MediaOut, PrinterUnreachable
from gizqr_station.domain.printer_setup_failures import (
    FormatRefused,
    LabelTooLarge,
    LanguageUnanswered,
    LanguageUnsuited,
    MediaDiffers,
    PrinterAddressTaken,
    PrinterNameTaken,
)
from gizqr_station.gui.printer_draft import (
    CONNECTION_EXAMPLES,
    LONGEST_NAME,
    Draft,
    Fault,
    Field,
    Problem,
    field_to_change,
    free_name,
    languages_over,
    printer_at,
    printer_found,
    suited,
)
from tests.gui.samples import CLONE, OFFICE, PRINTERS, ZEBRA

FINE = Draft.of(ZEBRA)


@pytest.mark.parametrize("printer", PRINTERS, ids=lambda each: each.name)
def test_a_printer_survives_its_fields(printer: object) -> None:
    draft = Draft.of(printer)  # type: ignore[arg-type]
    assert (draft.config(), draft.problems(set())) == (printer, {})


@pytest.mark.parametrize(
    ("draft", "field", "fault"),
    [
        (replace(FINE, name="  "), Field.NAME, Fault.NAME_EMPTY),
        (replace(FINE, name=" clone "), Field.NAME, Fault.NAME_TAKEN),
        (replace(FINE, address="tcp:/192.0.2.7"), Field.ADDRESS, Fault.ADDRESS_WRONG),
        (replace(FINE, address="ipp://printer.example"), Field.LANGUAGE, Fault.LANGUAGE_UNSUITED),
        (replace(FINE, language=Language.PWG), Field.LANGUAGE, Fault.LANGUAGE_UNSUITED),
        (replace(FINE, language=Language.BROTHER), Field.MODEL, Fault.MODEL_EMPTY),
    ],
    ids=lambda part: getattr(part, "value", ""),
)
def test_what_cannot_be_saved_is_found_at_its_field(draft: Draft, field: Field, fault: Fault) -> None:
    problems = draft.problems({"clone"})
    assert {where: problem.fault for where, problem in problems.items()} == {field: fault}


def test_the_parsers_own_words_are_kept() -> None:
    with pytest.raises(ValueError) as said:
        PrinterAddress.parse("nowhere")
    assert replace(FINE, address="nowhere").problems(set()) == {
        Field.ADDRESS: Problem(Fault.ADDRESS_WRONG, str(said.value))
    }


@pytest.mark.parametrize("kind", Connection)
def test_only_what_can_be_sent_there_is_offered(kind: Connection) -> None:
    assert set(languages_over(CONNECTION_EXAMPLES[kind])) == SPOKEN_OVER[kind]
    proposed = suited(Language.ZPL, languages_over(CONNECTION_EXAMPLES[kind]))
    assert proposed in SPOKEN_OVER[kind]


def test_while_an_address_is_no_address_every_language_is_offered() -> None:
    assert languages_over("tc") == tuple(Language)


@pytest.mark.parametrize(
    ("address", "name", "language"),
    [
        ("tcp://192.0.2.7", "192.0.2.7", Language.ZPL),
        ("usb:/dev/usb/lp1", "lp1", Language.ZPL),
        ("ipp://labels.example/ipp/print", "labels.example", Language.PWG),
        ("cups:zebra-raw", "zebra-raw", Language.ZPL),
        ("system:Office", "Office", Language.PDF),
        ("file:/", "file", Language.ZPL),
    ],
)
def test_an_address_that_was_typed_begins_a_printer_that_can_be_saved(
    address: str, name: str, language: Language
) -> None:
    begun = printer_at(PrinterAddress.parse(address), set())
    assert (begun.name, begun.language) == (name, language)
    assert Draft.of(begun).problems(set()) == {}


def test_a_found_printer_brings_what_it_said_of_itself() -> None:
    found = FoundPrinter(CLONE.address, "Brother\n QL-820NWB ", Language.BROTHER, 300, Media(62, 29))
    begun = printer_found(found, set())
    assert (begun.name, begun.language, begun.dpi, begun.media, begun.model) == (
        "Brother QL-820NWB",
        Language.BROTHER,
        300,
        Media(62, 29),
        "Brother QL-820NWB",
    )


@pytest.mark.parametrize(
    ("found", "language", "dpi"),
    [
        (FoundPrinter(CLONE.address, "", None, None), Language.ZPL, 203),
        (FoundPrinter(OFFICE.address, "x", Language.ZPL, 305), Language.PWG, 203),
    ],
)
def test_what_a_found_printer_does_not_say_or_cannot_be_is_not_proposed(
    found: FoundPrinter, language: Language, dpi: int
) -> None:
    begun = printer_found(found, set())
    assert (begun.language, begun.dpi) == (language, dpi)
    assert Draft.of(begun).problems(set()) == {}


def test_a_proposed_name_is_free_and_short_enough() -> None:
    assert free_name("zebra", {"zebra", "zebra 2"}) == "zebra 3"
    long = "z" * 200
    first = free_name(long, set())
    second = free_name(long, {first})
    assert (len(first), len(second), first != second) == (LONGEST_NAME, LONGEST_NAME, True)


@pytest.mark.parametrize(
    ("failure", "field"),
    [
        (LanguageUnanswered("z", "ZPL"), Field.LANGUAGE),
        (LanguageUnsuited("z", "ZPL", "ipp", "pwg"), Field.LANGUAGE),
        (QueueNotRaw("q", "driver"), Field.LANGUAGE),
        (QueueIsRaw("q", "PDF"), Field.LANGUAGE),
        (FormatRefused("z", "PNG", "PWG"), Field.LANGUAGE),
        (MediaDiffers("z", "40", "50"), Field.WIDTH),
        (LabelTooLarge("z", "60", "40"), Field.WIDTH),
        (QueueUnknown("q"), Field.ADDRESS),
        (PrinterUnreachable("z", "a"), Field.ADDRESS),
        (PrinterNameTaken("z"), Field.NAME),
        (PrinterAddressTaken("z", "y", "tcp://h:9100"), Field.ADDRESS),
        (MediaOut("z"), None),
        (None, None),
    ],
    ids=str,
)
def test_a_failure_names_the_field_to_change(failure: Failure | None, field: Field | None) -> None:
    assert field_to_change(failure) is field
