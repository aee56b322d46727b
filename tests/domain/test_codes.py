"""The anatomy of real contents, and what the App would make of a text."""

import base64

import pytest

from gizqr_station.domain.code_failures import CodeMalformed
from gizqr_station.domain.codes import Anatomy, ContentKind, anatomy, link_parts, require_issued_for
from gizqr_station.domain.identity import Imei, MacAddress

# Decoded from the vendor's own pictures; the length of the identity follows from the sealed part.
WIFI = [
    "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw==",
    "5ed8bb95f6dc4531843808a225d49c6dHD2wFPSz2yMAN2XU90++GAF0WfkLcLGGzkojnJ30O5mz0PlsL6Tgzuk2bDedXSkG/SGkEw==",
    "b816149e73df43b393a0a6be99a79c61giLimwFEvqRkzrxJjUapudTgOYsPrFFqarseKp++0Lr/AVqpuG4gF6WB2EO2fSJFafOazg==",
]
CELLULAR = [
    "f1d1816e431a44aca40f0ab1e3d3a53auLUe0089zzNO0pdYlIAYstmPVbef7boBh2qpHKV9NlNEaLo9MNhlBC1jeDuudFcnc+Xwk/EZLw==",
    "cdb2a5192a2e4c3194c178f1bc81a443tkpJsVivimH8Kg9VGFaUs6z3Bxv+W03JrGL/0GneD+cljpF7QUp38XP+EP5AkMTEWeunviFKlw==",
]
ISSUED = [(content, 12) for content in WIFI] + [(content, 15) for content in CELLULAR]
LINK = "http://www.gizwits.com?product_key=cd688469b42446e99a6130c9550c9ee7&did=D2vcp7K6LnqMZK9SFBZr6i&passcode=123456"


@pytest.mark.parametrize(("content", "length"), ISSUED)
def test_a_real_content_is_known_and_tells_the_length_of_its_identity(content: str, length: int) -> None:
    assert anatomy(content) == Anatomy(ContentKind.ISSUED, length, well_formed=True)


@pytest.mark.parametrize(("content", "length"), ISSUED)
def test_a_content_for_another_kind_of_identity_is_refused(content: str, length: int) -> None:
    fitting, other = MacAddress("00911f500047"), Imei("861193040496508")
    if length == 15:
        fitting, other = other, fitting  # type: ignore[assignment]
    require_issued_for(content, fitting)
    with pytest.raises(CodeMalformed):
        require_issued_for(content, other)


@pytest.mark.parametrize("place", [12, 16])
def test_a_uuid_of_another_version_or_variant_was_not_issued(place: int) -> None:
    content = ISSUED[0][0]
    changed = content[:place] + "1" + content[place + 1 :]
    assert anatomy(changed).kind is ContentKind.OTHER


@pytest.mark.parametrize(
    "content",
    [
        "",
        "2efc9e621cb34553b12edf7e63645864",
        ISSUED[0][0][:-1],
        ISSUED[0][0] + "A",
        ISSUED[0][0].upper(),
        ISSUED[0][0].replace("/", "_"),
        "2efc9e621cb34553b12edf7e63645864" + base64.b64encode(bytes(53)).decode(),
        "http://site.gizwits.com/u/a16fcfc",
    ],
)
def test_what_the_service_cannot_have_issued_is_other(content: str) -> None:
    assert anatomy(content) == Anatomy(ContentKind.OTHER, None, well_formed=False)


def test_a_link_is_a_link_and_its_parts_are_found() -> None:
    assert anatomy(LINK) == Anatomy(ContentKind.LINK, None, well_formed=True)
    assert link_parts(LINK) == {
        "product_key": "cd688469b42446e99a6130c9550c9ee7",
        "did": "D2vcp7K6LnqMZK9SFBZr6i",
        "passcode": "123456",
    }


def test_a_link_with_an_empty_part_is_not_well_formed() -> None:
    assert anatomy(LINK.replace("123456", "")) == Anatomy(ContentKind.LINK, None, well_formed=False)


def test_an_invitation_is_no_device() -> None:
    assert anatomy("type=share&code=5c5829aea65f4ced98b9a73a0668683e").kind is ContentKind.SHARE
