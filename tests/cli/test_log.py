"""The program's own log: one line an entry, and never a secret."""

import logging
from pathlib import Path

import pytest

from gizqr_station.cli.answer import Answer
from gizqr_station.cli.log import configure_log
from gizqr_station.domain.secret_texts import Secrets
from gizqr_station.places import DataFolder
from tests.cli.conftest import Run
from tests.domain.test_secret_texts import CANARY, FORMS, SECRETS

OLD_KEY = "canary-key-7f3a91"


def logged(folder: DataFolder, secrets: Secrets, *entries: object) -> str:
    configure_log(folder, secrets)
    try:
        for entry in entries:
            logging.getLogger("gizqr_station.test").warning("heard %s", entry)
        try:
            raise ValueError(f"broken {entries[0]}")
        except ValueError:
            logging.getLogger("gizqr_station.test").exception("a fault")
    finally:
        configure_log(None)
    return folder.log_file.read_text("utf-8")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_entry_shows_a_secret_not_even_a_traceback(tmp_path: Path, run: Run, form: str) -> None:
    text = logged(DataFolder(tmp_path), SECRETS, form, "a device")
    assert not SECRETS.stands_in(text)
    assert CANARY[4:-4] not in text.lower()
    assert "heard a device" in text


def test_what_is_no_secret_is_logged_as_it_is_on_one_line(tmp_path: Path, run: Run) -> None:
    text = logged(DataFolder(tmp_path), Secrets(frozenset({OLD_KEY})), "two\nlines\x1b[0m", OLD_KEY)
    assert "heard two\\nlines\\x1b[0m" in text
    assert "heard ***" in text


def test_an_answer_for_people_and_one_for_scripts_show_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    for as_json in (True, False):
        answer = Answer(as_json=as_json, language="en", secrets=SECRETS)
        answer.give({"content": f"x {CANARY}", "more": [{"of": FORMS["base64"]}], "count": 3})
        answer.say(f"about {CANARY.upper()}")
    told = capsys.readouterr()
    assert not SECRETS.stands_in(told.out + told.err)
    assert '"content": "x ***"' in told.out
    assert '"count": 3' in told.out
    assert told.err == "about ***\nabout ***\n"
