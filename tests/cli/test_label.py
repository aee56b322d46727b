"""``render`` and ``check``: a label into a file, and back."""

import contextlib
from dataclasses import replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp
from PIL import Image

from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.labels.painter import LabelPainter
from gizqr_station.settings.secret_store import environment_name
from tests.cli.bench import KEY, ledger_of, set_up
from tests.cli.conftest import Run
from tests.contracts.ledger_samples import opened

ISSUED = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
FOR_IMEI = (
    "f1d1816e431a44aca40f0ab1e3d3a53auLUe0089zzNO0pdYlIAYstmPVbef7boBh2qpHKV9NlNEaLo9MNhlBC1jeDuudFcnc+Xwk/EZLw=="
)
LINK = "http://www.gizwits.com?product_key=cd688469b42446e99a6130c9550c9ee7&did=D2vcp7K6LnqMZK9SFBZr6i&passcode=123456"


@pytest.mark.parametrize("template", ["60x40", "40x30", "25x25"])
@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("content", [ISSUED, FOR_IMEI], ids=["mac", "imei"])
def test_what_is_rendered_checks_as_what_it_was_rendered_from(
    run: Run, tmp_path: Path, template: str, dpi: int, content: str
) -> None:
    picture = tmp_path / "label.png"
    done = run("render", "--content", content, "--template", template, "--dpi", dpi, "--output", picture, "--json")
    assert (done.code, done.document()["content"]) == (0, content)
    checked = run("check", picture, "--expect", content, "--json")
    assert checked.code == 0
    assert checked.document() == {
        "content": content,
        "kind": "issued",
        "identity_length": 12 if content == ISSUED else 15,
        "well_formed": True,
        "binds": "by_content",
        "link": None,
        "other_product": False,
        "parts_missing": [],
        "label": None,
        "label_of": None,
        "label_state": None,
        "in_pool_for": None,
        "test": False,
        "contradicts": False,
        "not_asked": [],
        "matches": True,
    }


def test_a_difference_exits_with_one_and_says_what_to_do(run: Run, tmp_path: Path) -> None:
    picture = tmp_path / "label.png"
    run("render", "--content", ISSUED, "--output", picture)
    for words in ([], ["--json"]):
        checked = run("check", picture, "--expect", FOR_IMEI, *words)
        assert checked.code == 1
        assert "Do not use this label." in checked.err
        assert ISSUED in checked.out


@pytest.mark.parametrize(
    ("content", "kind", "well_formed", "mark"),
    [
        (ISSUED, "issued", True, "COPY"),
        (LINK, "link", True, "COPY"),
        ("type=share&code=5c5829aea65f4ced98b9a73a0668683e", "share", True, "TEST"),
        ("www.hi-flying.com", "other", False, "TEST"),
    ],
)
def test_what_the_app_would_make_of_it_is_said_and_what_does_not_bind_is_marked(
    run: Run, tmp_path: Path, content: str, kind: str, *, well_formed: bool, mark: str
) -> None:
    picture = tmp_path / "label.png"
    rendered = run("render", "--content", content, "--template", "60x40", "--output", picture, "--json")
    assert rendered.document()["mark"] == mark
    document = run("check", picture, "--json").document()
    assert (document["kind"], document["well_formed"], document["matches"]) == (kind, well_formed, None)


def test_a_pdf_has_true_millimetres_and_the_same_code(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "label.pdf"
    assert run("render", "--content", ISSUED, "--as", "pdf", "--output", file).code == 0
    document = pypdfium2.PdfDocument(file)
    width, height = document[0].get_size()
    assert (width, height) == (pytest.approx(40 / 25.4 * 72, abs=0.15), pytest.approx(30 / 25.4 * 72, abs=0.15))
    picture = tmp_path / "page.png"
    document[0].render(scale=6).to_pil().save(picture)
    document.close()
    assert run("check", picture, "--expect", ISSUED).code == 0


def test_zpl_is_one_label_and_no_more(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "label.zpl"
    assert run("render", "--content", ISSUED, "--as", "zpl", "--output", file).code == 0
    zpl = file.read_bytes()
    assert (zpl.count(b"^XA"), zpl.count(b"^PQ1"), zpl.count(b"^XZ")) == (1, 1, 1)


@pytest.mark.parametrize(
    ("kind", "more", "begins", "dpi"),
    [
        ("png", [], b"\x89PNG", 203),
        ("pdf", ["--dpi", "360"], b"%PDF", 360),
        ("zpl", ["--media", "60x40"], b"^XA", 203),
        ("tspl", ["--dpi", "600"], b"\r\nSIZE 40", 600),
        ("epl", [], b"", 203),
        ("escpos", ["--dpi", "180"], b"", 180),
        ("brother", ["--model", "QL-820NWB", "--media", "62"], b"\x00\x00", 300),
        ("brother", ["--model", "QL-820NWB", "--media", "62x100", "--template", "25x25"], b"\x00\x00", 300),
    ],
)
def test_a_label_in_every_language(
    run: Run, tmp_path: Path, kind: str, more: list[str], begins: bytes, dpi: int
) -> None:
    file = tmp_path / "label.bin"
    done = run("render", "--content", ISSUED, "--as", kind, *more, "--output", file, "--json")
    assert (done.code, done.err, done.document()["dpi"]) == (0, "", dpi)
    assert file.read_bytes().startswith(begins)
    assert len(file.read_bytes()) > 500


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--as", "brother", "--model", "QL-1", "--media", "62"], "E-PRN-36"),
        (["--as", "brother", "--model", "QL-820NWB", "--media", "61"], "E-PRN-36"),
        (["--as", "brother", "--model", "QL-820NWB", "--media", "62", "--dpi", "203"], "E-PRN-34"),
        (["--as", "zpl", "--media", "20x20"], "E-PRN-25"),
    ],
)
def test_what_a_printer_could_not_print_is_not_written(run: Run, tmp_path: Path, words: list[str], code: str) -> None:
    done = run("render", "--content", ISSUED, *words, "--output", tmp_path / "x")
    assert (done.code, code in done.err, list(tmp_path.glob("x"))) == (1, True, [])


@pytest.mark.parametrize(
    "words",
    [
        ["--as", "brother"],
        ["--as", "brother", "--model", "QL-820NWB"],
        ["--as", "zpl", "--model", "QL-820NWB"],
        ["--as", "zpl", "--media", "wide"],
        ["--as", "zpl", "--media", "0x30"],
        ["--as", "zpl", "--media", "nan"],
        ["--as", "pcl"],
        ["--dpi", "204"],
        ["--as", "escpos", "--dpi", "600"],
        ["--as", "epl", "--dpi", "600"],
        ["--as", "zpl", "--dpi", "180"],
    ],
)
def test_what_makes_no_sense_is_wrong_usage(run: Run, tmp_path: Path, words: list[str]) -> None:
    assert run("render", "--content", ISSUED, *words, "--output", tmp_path / "x").code == 2


def test_a_code_of_the_wrong_length_for_its_identity_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("render", "--content", ISSUED, "--identity", "861193040496508", "--output", tmp_path / "x.png")
    assert done.code == 1
    assert "E-COD-11" in done.err
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--identity", "01911f500047"], "E-ID-03"),
        (["--content", ISSUED, "--template", "nothing"], "E-LAB-01"),
        (["--content", "x" * 400, "--template", "25x25"], "E-LAB-03"),
        (["--identity", "00911f500047"], "E-SET-06"),
    ],
)
def test_what_cannot_be_rendered_is_refused_in_one_line(run: Run, tmp_path: Path, words: list[str], code: str) -> None:
    done = run("render", *words, "--output", tmp_path / "x.png")
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert code in done.err
    assert list(tmp_path.glob("x*")) == []


def test_a_label_that_does_not_read_back_is_not_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paint = LabelPainter.paint

    def painted_wrong(painter: LabelPainter, template: str, dpi: int, fields: LabelFields) -> LabelImage:
        return paint(painter, template, dpi, replace(fields, content=fields.content[::-1]))

    monkeypatch.setattr(LabelPainter, "paint", painted_wrong)
    done = run("render", "--content", ISSUED, "--output", tmp_path / "x.png")
    assert (done.code, "E-LAB-05" in done.err) == (1, True)
    assert not (tmp_path / "x.png").exists()


def test_nothing_to_render_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("render", "--output", tmp_path / "x.png").code == 2


def test_the_files_name_says_its_kind(run: Run, tmp_path: Path) -> None:
    for name, begins in (
        ("x.pdf", b"%PDF"),
        ("x.zpl", b"^XA"),
        ("x.tspl", b"\r\nSIZE"),
        ("x.png", b"\x89PNG"),
        ("x", b"\x89PNG"),
    ):
        assert run("render", "--content", ISSUED, "--output", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_folder_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    for kind in ("png", "pdf", "zpl"):
        done = run("render", "--content", ISSUED, "--as", kind, "--output", tmp_path / "no" / "x")
        assert done.code == 1
        assert "E-LIN-06" in done.err


def test_pictures_without_a_code_and_files_that_are_none_are_said(run: Run, tmp_path: Path) -> None:
    Image.new("L", (200, 200), 255).save(tmp_path / "white.png")
    (tmp_path / "text.png").write_text("no picture")
    told = [run("check", tmp_path / name) for name in ("white.png", "text.png", "missing.png")]
    assert [answer.code for answer in told] == [1, 1, 1]
    assert ["E-LAB-08" in told[0].err, "E-LAB-07" in told[1].err, "E-LAB-07" in told[2].err] == [True] * 3


def drawn(run: Run, tmp_path: Path, content: str) -> Path:
    """A picture of a code that says this; large enough for any of them."""
    picture = tmp_path / "code.png"
    made = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode)
    Image.fromarray(made.to_image(scale=4)).save(picture)
    return picture


OWN_LINK = LINK.replace("cd688469b42446e99a6130c9550c9ee7", KEY)
SECRET = "9f86d081884c7d659a2feaa0c55ad015"


@pytest.mark.parametrize(
    ("content", "binds", "says"),
    [
        ("type=share&code=5c58", "share", "a sharing invitation"),
        (OWN_LINK, "by_link", f"by did and passcode, product {KEY}."),
        (LINK, "by_link", "This station labels another product: Smart Plug"),
        (OWN_LINK.replace("123456", ""), "by_link", "It cannot succeed: passcode is empty or not clear."),
        (ISSUED, "by_content", "for a MAC"),
        (FOR_IMEI, "by_content", "for an IMEI"),
        ("https://x.example/00911f500047", "own_app", "this product's own App reads"),
        ("https://y.example/00911f500047", "nothing", "The App cannot bind this"),
    ],
)
def test_a_picture_is_read_as_the_app_of_this_stations_product_would(
    run: Run, tmp_path: Path, content: str, binds: str, says: str
) -> None:
    set_up(tmp_path)
    picture = drawn(run, tmp_path, content)
    document = run("check", picture, "--json").document()
    assert (document["content"], document["binds"]) == (content, binds)
    assert document["other_product"] is (content == LINK)
    assert document["parts_missing"] == (["passcode"] if "passcode=" in content and "123456" not in content else [])
    assert says in run("check", picture).out


def test_a_link_is_told_without_its_passcode_beside_the_content(run: Run, tmp_path: Path) -> None:
    document = run("check", drawn(run, tmp_path, LINK), "--json").document()
    assert document["link"] == {
        "product_key": "cd688469b42446e99a6130c9550c9ee7",
        "did": "D2vcp7K6LnqMZK9SFBZr6i",
    }
    assert (document["other_product"], document["well_formed"]) == (False, True)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
def test_any_picture_is_read(run: Run, tmp_path: Path, kind: str) -> None:
    picture = tmp_path / "photo"
    with Image.open(drawn(run, tmp_path, ISSUED)) as code:
        wide = Image.new("L", (900, 900), 200)
        wide.paste(code.convert("L"), (200, 150))
        wide.rotate(11, fillcolor=200).save(picture, kind)
    assert run("check", picture, "--expect", ISSUED).code == 0


@pytest.mark.parametrize(
    ("product", "content", "mark"),
    [
        ({"scheme": "gizwits", "content": ""}, ISSUED, "COPY"),
        ({"scheme": "gizwits", "content": ""}, OWN_LINK, "TEST"),
        ({"scheme": "link", "content": ""}, OWN_LINK, "COPY"),
        ({"scheme": "link", "content": ""}, LINK, "TEST"),
        ({"scheme": "link", "content": ""}, ISSUED, "TEST"),
        ({}, "https://x.example/00911f500047", "COPY"),
        ({}, "https://y.example/00911f500047", "TEST"),
        ({}, ISSUED, "TEST"),
        ({}, OWN_LINK, "TEST"),
        ({}, "type=share&code=00911f500047", "TEST"),
    ],
)
def test_what_is_not_a_code_of_this_stations_product_is_rendered_with_its_mark(
    run: Run, tmp_path: Path, product: dict[str, object], content: str, mark: str
) -> None:
    set_up(tmp_path, **product)
    done = run("render", "--content", content, "--template", "60x40", "--output", tmp_path / "x.png", "--json")
    assert (done.code, done.document()["mark"]) == (0, mark)


def test_a_label_whose_scheme_has_changed_since_is_rendered_as_a_test(run: Run, tmp_path: Path) -> None:
    folder = set_up(tmp_path)
    assert run("print", "--identity", "00911f500047").code == 0
    for product, mark in (({}, "COPY"), ({"scheme": "gizwits", "content": ""}, "TEST")):
        set_up(tmp_path, **product)
        done = run("render", "--identity", "00911f500047", "--output", tmp_path / "x.png", "--json")
        assert (done.document()["content"], done.document()["mark"]) == ("https://x.example/00911f500047", mark)
    with contextlib.closing(ledger_of(folder)) as ledger:
        assert [job.draft.test for job in ledger.all_jobs()] == [False]


@pytest.mark.parametrize(("service", "mark"), [("", "COPY"), ("https://qr.factory.example.test", "TEST")])
def test_a_label_whose_code_another_service_issued_is_rendered_as_a_test(
    run: Run, tmp_path: Path, service: str, mark: str
) -> None:
    folder = set_up(tmp_path, scheme="gizwits", content="")
    with contextlib.closing(ledger_of(folder)) as ledger:
        opened(ledger, product_key=KEY, content=ISSUED, code_service=service)
    done = run("render", "--identity", "00911f500047", "--output", tmp_path / "x.png", "--json")
    assert (done.document()["content"], done.document()["mark"]) == (ISSUED, mark)


def test_a_label_that_would_show_the_product_secret_is_not_rendered(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(environment_name("canary"), SECRET)
    set_up(tmp_path, secret_name="canary")
    for words in (
        ["--content", f"https://x.example/?k={SECRET.upper()}"],
        ["--content", ISSUED, "--product-name", f"Lamp {SECRET}"],
    ):
        done = run("render", *words, "--output", tmp_path / "x.png")
        assert (done.code, "E-COD-42" in done.err) == (1, True)
        assert SECRET not in (done.out + done.err).lower()
    assert not (tmp_path / "x.png").exists()
    # A template of the user's own that writes it on every label.
    templates = tmp_path / "data" / "templates"
    templates.mkdir(parents=True, exist_ok=True)
    (templates / "own.toml").write_text(
        "width_mm = 40.0\nheight_mm = 30.0\n[qr]\nbox_mm = [0.2, 0.2, 26.5, 26.5]\n"
        f'[[texts]]\nsource = "fixed"\nbox_mm = [2.5, 26.7, 36.2, 2.6]\ncapital_mm = 1.0\ntext = "{SECRET}"\n'
    )
    done = run("render", "--content", ISSUED, "--template", "own", "--output", tmp_path / "x.png")
    assert (done.code, "E-LAB-02" in done.err, SECRET in done.err) == (1, True, False)


def test_a_picture_of_a_label_that_shows_the_product_secret_is_judged_without_repeating_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(environment_name("canary"), SECRET)
    set_up(tmp_path, secret_name="canary")
    picture = drawn(run, tmp_path, f"https://x.example/?k={SECRET}")
    told = run("check", picture)
    assert "A secret of this station stands in it" in told.out
    document = run("check", picture, "--expect", SECRET, "--json")
    assert document.document()["content"] == "https://x.example/?k=***"
    assert SECRET not in told.out + told.err + document.out + document.err


def test_a_named_secret_that_is_not_there_keeps_labels_from_being_rendered(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keyring.get_password", lambda _service, _name: None)
    monkeypatch.delenv(environment_name("canary"), raising=False)
    set_up(tmp_path, secret_name="canary")
    done = run("render", "--content", ISSUED, "--output", tmp_path / "x.png")
    assert (done.code, "E-SET-04" in done.err) == (1, True)
