"""Facts about the pictures that the service draws."""

import io
import zipfile

from PIL import Image

from gizqr_station.codes.picture import content_of
from gizqr_station.codes.png_chunks import says_sandbox as says_so
from gizqr_station.codes.zip_gate import says_sandbox
from gizqr_station.service.pictures import picture_of, write_zip
from tests.codes.gated_pictures import pictures_in

PRODUCT = "0a6781ed676045988d5d72f3f0480fba"


def test_a_picture_says_its_content_in_one_bit_a_dot() -> None:
    content = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
    png = picture_of(content)
    assert content_of(png, "picture") == content
    with Image.open(io.BytesIO(png)) as image:
        assert (image.mode, image.size) == ("1", (147, 147))


def test_a_picture_says_that_a_sandbox_drew_it() -> None:
    assert b"tEXtComment\0gizqr sandbox: this code binds nothing" in picture_of("any")
    assert says_so(picture_of("any"))
    assert says_so(picture_of("any")[:120]), "a damaged one too"


def test_a_zip_holds_one_folder_with_one_picture_a_device() -> None:
    written = io.BytesIO()
    assert write_zip(written, PRODUCT, ["00911f500047", "00911f500048"], lambda identity: identity, lambda: True)
    with zipfile.ZipFile(written) as archive:
        assert archive.namelist() == [f"{PRODUCT}/00911f500047.png", f"{PRODUCT}/00911f500048.png"]
        assert content_of(archive.read(f"{PRODUCT}/00911f500048.png"), "picture") == "00911f500048"
        assert archive.comment == b"gizqr sandbox: these codes bind nothing"


def test_a_zip_that_is_carried_about_still_says_that_a_sandbox_made_it() -> None:
    written = io.BytesIO()
    write_zip(written, PRODUCT, ["00911f500047"], lambda identity: identity, lambda: True)
    assert says_sandbox(written.getvalue())
    assert pictures_in(written.getvalue(), PRODUCT, {"00911f500047"}, "1.zip").keys() == {"00911f500047"}


def test_drawing_ends_when_it_is_told_to() -> None:
    left = iter([True, False])
    drawn: list[str] = []

    def seal(identity: str) -> str:
        drawn.append(identity)
        return identity

    assert not write_zip(io.BytesIO(), PRODUCT, ["a", "b", "c"], seal, lambda: next(left))
    assert drawn == ["a"]
