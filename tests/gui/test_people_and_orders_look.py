"""Who works here, signing in, and the pages of people and orders fit the smallest screen, in each language."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from gizqr_station.gui.app import load_fonts
from gizqr_station.gui.main_window import MainWindow
from tests.fake_bench import MAC, reading_of
from tests.gui.cut_words import cut
from tests.gui.heard import Bench, a_bench
from tests.gui.samples import JOB

ROOT = Path(__file__).parents[2]


def load(name: str) -> ModuleType:
    """The packaging folder is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    stories = importlib.util.module_from_spec(spec)
    sys.modules[name] = stories
    spec.loader.exec_module(stories)
    return stories


PEOPLE, ORDERS = load("people_stories"), load("order_stories")
LOOKS = [
    *(("duty", name) for name in PEOPLE.STATION),
    *(("sign-in", name) for name in PEOPLE.SIGN_IN),
    *(("people", name) for name in PEOPLE.PAGE),
    *(("orders", name) for name in ORDERS.WALKED),
]


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Bench]:
    load_fonts(qapp)
    with a_bench(request.param) as bench:
        yield bench


def show(window: MainWindow, page: str, story: str) -> None:
    if page == "duty":
        PEOPLE.show_station(window, story, [], reading_of(MAC))
    elif page == "sign-in":
        PEOPLE.show_sign_in(window, story)
    elif page == "people":
        PEOPLE.show_people(window, story)
    else:
        ORDERS.show(window, story, JOB)


def begin(spoken: Bench, language: str) -> MainWindow:
    spoken.begin_again()
    spoken.window._speak_in(language)
    spoken.window.resize(1024, 768)
    return spoken.window


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(look))
def test_all_of_it_fits_and_nothing_is_cut(qtbot: QtBot, spoken: Bench, look: tuple[str, str]) -> None:
    language = spoken.window._own_language
    window = begin(spoken, language)
    show(window, *look)
    assert window._language == language
    qtbot.waitUntil(lambda: (cut(window), (window.width(), window.height())) == ([], (1024, 768)))
    least = window.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 740) == (True, True), least


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(look))
def test_every_key_has_a_name_and_nothing_pops_up(bench: Bench, look: tuple[str, str]) -> None:
    show(bench.window, *look)
    nameless = [key for key in bench.window.findChildren(QPushButton) if key.isVisible() and not key.accessibleName()]
    assert nameless == []
    assert not bench.window.findChildren(QDialog)
    assert not bench.window.findChildren(QComboBox)
