"""What is pressed on the codes page reaches the desk, before it is there too, and nobody after the end."""

from gizqr_station.gui.codes_behind import CodesBehind
from tests.gui.heard import HeardCodes


def press_everything(behind: CodesBehind) -> None:
    behind.look()
    behind.fetch("a..b")
    behind.pause()
    behind.go_on(3)
    behind.cancel(3)
    behind.look_in("/codes")
    behind.import_file("/codes/7.zip")
    behind.export("/codes/pool")
    behind.stop_file_work()
    behind.judge_text("x")
    behind.judge_picture("/codes/a.png")
    behind.prove("x", "mac")
    behind.stop_proof()


EVERYTHING = [
    ("look",), ("fetch", "a..b"), ("pause",), ("go_on", 3), ("cancel", 3), ("look_in", "/codes"),
    ("import_file", "/codes/7.zip"), ("export", "/codes/pool"), ("stop_file_work",), ("judge_text", "x"),
    ("judge_picture", "/codes/a.png"), ("prove", "x", "mac"), ("stop_proof",),
]  # fmt: skip


def test_all_that_is_pressed_is_passed_on() -> None:
    behind, desk = CodesBehind(), HeardCodes()
    behind.open(desk)
    behind.shown(True)
    press_everything(behind)
    assert (desk.visible, desk.calls) == ([False, True], EVERYTHING)


def test_what_was_pressed_while_the_station_opened_is_not_lost() -> None:
    behind, desk = CodesBehind(), HeardCodes()
    behind.shown(True)
    press_everything(behind)
    behind.open(desk)
    assert (desk.visible, desk.calls) == ([True], EVERYTHING)


def test_after_the_end_nobody_is_asked() -> None:
    behind, desk = CodesBehind(), HeardCodes()
    behind.look()
    behind.close()
    behind.look()
    behind.open(desk)
    assert desk.calls == []
