"""What codes on real modules and in the vendor's pictures say, as lines of a list: the same identity, or a refusal."""

import pytest

from gizqr_station.domain.identity_list import Verdict, judged
from gizqr_station.lists.files import read_bytes, read_text
from tests.lists.sheets import workbook

IDENTITIES = {
    "ACCF232BE530": "accf232be530",
    "ACCF238497E6": "accf238497e6",
    "ACCF23A7412C": "accf23a7412c",
    "F0FE6BC3F8D7": "f0fe6bc3f8d7",
    "98D8630FA6AE": "98d8630fa6ae",
    "C89346466684": "c89346466684",
    "861193040496508;22271M00015061005530": "861193040496508",
}
OTHERS = (
    "www.hi-flying.com",
    "http://site.gizwits.com/u/a16fcfc",
    "type=share&code=5c5829aea65f4ced98b9a73a0668683e",
    "http://www.gizwits.com?product_key=cd688469b42446e99a6130c9550c9ee7&did=D2vcp7K6LnqMZK9SFBZr6i&passcode=123456",
    "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw==",
    "5ed8bb95f6dc4531843808a225d49c6dHD2wFPSz2yMAN2XU90++GAF0WfkLcLGGzkojnJ30O5mz0PlsL6Tgzuk2bDedXSkG/SGkEw==",
    "b816149e73df43b393a0a6be99a79c61giLimwFEvqRkzrxJjUapudTgOYsPrFFqarseKp++0Lr/AVqpuG4gF6WB2EO2fSJFafOazg==",
    "f1d1816e431a44aca40f0ab1e3d3a53auLUe0089zzNO0pdYlIAYstmPVbef7boBh2qpHKV9NlNEaLo9MNhlBC1jeDuudFcnc+Xwk/EZLw==",
    "cdb2a5192a2e4c3194c178f1bc81a443tkpJsVivimH8Kg9VGFaUs6z3Bxv+W03JrGL/0GneD+cljpF7QUp38XP+EP5AkMTEWeunviFKlw==",
)


@pytest.mark.parametrize(("text", "identity"), IDENTITIES.items())
def test_a_modules_label_in_a_list_is_its_identity(text: str, identity: str) -> None:
    for raw in (read_text(text, "pasted"), read_bytes(workbook(["MAC"], [text]), "list.xlsx")):
        (line,) = judged(raw.name, raw.lines).lines
        assert (line.verdict, str(line.identity)) == (Verdict.GOOD, identity)


@pytest.mark.parametrize("between", [";", ",", " ", "; ", "\t", "；"])
def test_twelve_digits_behind_an_imei_are_its_serial_number_and_no_second_device(between: str) -> None:
    """As ``domain.scans`` takes the same code when it is scanned; where it is not clear, nothing is labelled."""
    for imei in ("861193040496508", "86-119304-049650-8"):
        (line,) = judged("list", read_text(f"{imei}{between}001234567890", "pasted").lines).lines
        assert (line.verdict, str(line.identity)) == (Verdict.GOOD, "861193040496508")
    for parts in (
        ("001234567890", "861193040496508"),
        ("861193040496508", "001234567890", "861193040496516"),
        ("861193040496508", "001234567890", "001234567891"),
        ("861193040496508 x 3", "001234567890"),
    ):
        (line,) = judged("list", read_text(between.join(parts), "pasted").lines).lines
        assert line.verdict is Verdict.BAD


@pytest.mark.parametrize("text", OTHERS)
def test_anything_else_on_a_modules_label_is_refused(text: str) -> None:
    for raw in (read_text(text, "pasted"), read_bytes(workbook(["MAC"], [text]), "list.xlsx")):
        checked = judged(raw.name, raw.lines)
        assert checked.lines
        assert {line.verdict for line in checked.lines} == {Verdict.BAD}


def test_all_of_them_in_one_file_are_told_apart_line_by_line() -> None:
    texts = [*IDENTITIES, *OTHERS]
    checked = judged("scans.txt", read_text("\n".join(texts), "scans.txt").lines)
    assert [str(line.identity) for line in checked.good] == list(IDENTITIES.values())
    assert {line.number for line in checked.lines} == set(range(1, len(texts) + 1))
