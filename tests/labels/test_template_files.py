"""Templates are found by name, checked key by key, and the user's own win."""

from pathlib import Path

import pytest

from gizqr_station.domain.label import Align, Box, TextSource
from gizqr_station.domain.label_failures import TemplateInvalid, TemplateUnknown
from gizqr_station.labels.template_files import TemplateShelf, parse_template
from tests.labels.samples import SHIPPED

GOOD = """
width_mm = 30.0
height_mm = 20.0

[qr]
box_mm = [0.0, 0.0, 20.0, 20.0]

[[texts]]
source = "identity"
box_mm = [20.0, 1.0, 9.0, 2.0]
capital_mm = 1.2
align = "right"
"""


def _with(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_template_is_read_with_its_defaults() -> None:
    template = parse_template("mine", GOOD)
    assert (template.name, template.width_mm, template.height_mm) == ("mine", 30.0, 20.0)
    assert (template.qr.box, template.qr.level) == (Box(0.0, 0.0, 20.0, 20.0), "M")
    (text,) = template.texts
    assert (text.source, text.align, text.height_mm) == (TextSource.IDENTITY, Align.RIGHT, 1.2)
    assert not text.bold
    assert not text.inverse


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (_with("width_mm = 30.0", "width_mm = 30.0\nwitdh = 1"), "witdh: "),
        (_with("width_mm = 30.0", ""), "width_mm: "),
        (_with("width_mm = 30.0", 'width_mm = "wide"'), "width_mm: "),
        (_with("width_mm = 30.0", "width_mm = 3000.0"), "width_mm: "),
        (_with("width_mm = 30.0", "width_mm = nan"), "width_mm: "),
        (_with("[0.0, 0.0, 20.0, 20.0]", '[0.0, 0.0, 20.0, 20.0]\nlevel = "X"'), "qr.level: "),
        (_with("[0.0, 0.0, 20.0, 20.0]", "[0.0, 0.0, 20.0]"), "qr.box_mm.3: "),
        (_with("[0.0, 0.0, 20.0, 20.0]", "[-1.0, 0.0, 20.0, 20.0]"), "qr.box_mm.0: "),
        (_with("[0.0, 0.0, 20.0, 20.0]", "[0.0, 0.0, 20.0, 20.5]"), "qr.box_mm: "),
        (_with('"identity"', '"imei"'), "texts.0.source: "),
        (_with('"identity"', '"identity"\ntext = "S/N"'), "texts.0: "),
        (_with('"identity"', '"fixed"'), "texts.0: "),
        (_with('"identity"', '"identity"\nfont = "Comic"'), "texts.0.font: "),
        (_with("capital_mm = 1.2", "capital_mm = 0.9"), "texts.0.capital_mm: "),
        (_with("[20.0, 1.0, 9.0, 2.0]", "[20.0, 1.0, 10.1, 2.0]"), "texts.0.box_mm: x"),
        (_with("[20.0, 1.0, 9.0, 2.0]", "[20.0, 19.0, 9.0, 2.0]"), "texts.0.box_mm: y"),
        (_with("[20.0, 1.0, 9.0, 2.0]", "[19.9, 1.0, 9.0, 2.0]"), "texts.0.box_mm: overlaps"),
        ("width_mm = ", "Invalid"),
    ],
)
def test_a_fault_is_refused_and_its_key_named(text: str, key: str) -> None:
    with pytest.raises(TemplateInvalid) as refused:
        parse_template("mine", text)
    assert refused.value.reason.startswith(key)


def test_the_shipped_templates_are_found_by_name() -> None:
    assert TemplateShelf().names() == SHIPPED
    for name in SHIPPED:
        template = TemplateShelf().load(name)
        assert f"{template.width_mm:.0f}x{template.height_mm:.0f}" == name
        assert {text.source for text in template.texts} == set(TextSource) - {TextSource.FIXED}


def test_the_users_own_template_wins_over_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "40x30.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "标签.toml").write_text(GOOD, encoding="utf-8-sig")
    shelf = TemplateShelf(tmp_path)
    assert shelf.load("40x30").width_mm == 30.0
    assert shelf.load("标签").name == "标签"
    assert shelf.load("60x40").width_mm == 60.0
    assert shelf.names() == (*SHIPPED, "标签")


def test_a_changed_file_is_seen_at_once(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD, encoding="utf-8")
    shelf = TemplateShelf(tmp_path)
    assert shelf.load("mine").width_mm == 30.0
    file.write_text(GOOD.replace("30.0", "31.0"), encoding="utf-8")
    assert shelf.load("mine").width_mm == 31.0


def test_an_unknown_name_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(TemplateUnknown) as refused:
        TemplateShelf(tmp_path / "not there").load("90x90")
    assert refused.value.known == ", ".join(SHIPPED)


def test_a_name_cannot_leave_its_folder(tmp_path: Path) -> None:
    (tmp_path / "outside.toml").write_text(GOOD, encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    shelf = TemplateShelf(inside)
    for name in ("../outside", str(tmp_path / "outside"), ""):
        with pytest.raises(TemplateUnknown):
            shelf.load(name)


@pytest.mark.parametrize("content", [b"\xff\xfe", GOOD.replace("30.0", "true").encode()])
def test_a_broken_file_is_named_with_its_folder(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    with pytest.raises(TemplateInvalid) as refused:
        TemplateShelf(tmp_path).load("mine")
    assert refused.value.name == str(file)
