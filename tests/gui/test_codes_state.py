"""What the codes page shows after each happening and press."""

from dataclasses import replace

import pytest

from gizqr_station.domain.app_reading import AppBinds, AppReading
from gizqr_station.domain.binding_proof import BindingProof, ProofStep, ProofVerdict
from gizqr_station.domain.code_failures import ServiceThrottles
from gizqr_station.domain.codes import CodeSource, anatomy
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.identity_ranges import IdentityRange
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.pooled_codes import CodeFetch, CodeZip, FetchState, PoolAdded
from gizqr_station.gui import codes_state
from gizqr_station.gui.codes_state import CodesState, Section, after
from gizqr_station.gui.codes_words import (
    file_name,
    line_note,
    order_words,
    quota_tone,
    quota_words,
    range_cells,
    reading_words,
    sandbox_words,
    zip_cells,
)
from gizqr_station.gui.tokens import Tone
from gizqr_station.workflows.code_happenings import (
    CodeJudged,
    CodesDone,
    CodesFolderSeen,
    CodesProgress,
    CodesWork,
    FetchSeen,
    PoolSeen,
    ProofGoesOn,
    ProofSeen,
)
from gizqr_station.workflows.happenings import Happening, HealthSeen, LineStopped, Part
from tests.fake_bench import NOW
from tests.gui.every_happening import EVERY_HAPPENING
from tests.gui.samples import CONTENT, JOB

SERVICE = "http://qrcode.example:1800"
RANGE = IdentityRange.parse("00911f500000 x 1000")
FETCH = CodeFetch(3, "WO-1187", "key", SERVICE, (RANGE,), FetchState.RUNNING, NOW)
PAUSED, DONE = replace(FETCH, state=FetchState.PAUSED), replace(FETCH, state=FetchState.DONE)
OLDER = replace(FETCH, number=2, name="old", state=FetchState.PAUSED)
POOL = PoolSeen(SERVICE, False, 963, "WO-1187", 1000, 37, (RANGE,), (), (), 2000, 1037)
READING = AppReading(CONTENT, AppBinds.BY_CONTENT, anatomy(CONTENT))
JUDGED = CodeJudged("", READING, JOB, JOB.identity.readable)
BINDS = BindingProof(CONTENT, JOB.identity, ProofVerdict.BINDS)


def said(*happenings: Happening, state: CodesState | None = None) -> CodesState:
    state = state or CodesState()
    for happening in happenings:
        state = after(state, happening)
    return state


def test_any_happening_in_any_order_leaves_a_state() -> None:
    state = CodesState()
    for happening in (*EVERY_HAPPENING, *reversed(EVERY_HAPPENING)):
        state = after(state, happening)
    assert state.opened


def test_the_page_is_open_once_the_pool_was_told_and_ends_with_the_line() -> None:
    assert [said().opened, said(POOL).opened, said(POOL, LineStopped()).ended] == [False, True, True]
    assert not said(POOL, LineStopped(), POOL).ended


def test_the_running_fetch_is_shown_before_one_that_waits() -> None:
    seen = said(replace(POOL, fetches=(OLDER,)), FetchSeen(FETCH, 10, "a..b"))
    assert (seen.fetch, seen.running, seen.unfinished) == (FETCH, FETCH, (FETCH, OLDER))


def test_what_just_ended_stays_in_sight_though_another_one_waits() -> None:
    seen = said(replace(POOL, fetches=(OLDER,)), FetchSeen(FETCH, 10), FetchSeen(DONE, 1000))
    assert (seen.fetch, seen.running, seen.seen) == (DONE, None, FetchSeen(DONE, 1000))


def test_a_person_may_look_at_another_one() -> None:
    seen = replace(said(replace(POOL, fetches=(OLDER,)), FetchSeen(PAUSED, 10)), chosen=2)
    assert seen.fetch == OLDER


def test_a_fetch_of_another_day_is_shown_as_long_as_it_waits() -> None:
    assert said(replace(POOL, fetches=(OLDER,))).fetch == OLDER
    assert said(replace(POOL, fetches=(replace(OLDER, state=FetchState.DONE),))).fetch is None


def test_the_pool_knows_better_how_a_fetch_stands_than_what_was_told_of_it_before() -> None:
    seen = said(FetchSeen(FETCH, 10), replace(POOL, fetches=(PAUSED,)))
    assert (seen.running, seen.fetch, seen.told[3].done) == (None, PAUSED, 10)


def test_a_pause_of_the_service_is_counted_in_whole_seconds_and_ends_with_the_fetch() -> None:
    pause = ServiceThrottles("x", 41.2)
    assert said(FetchSeen(FETCH, 10, "a..b", 41.2, pause)).waits_s == 42
    assert said(FetchSeen(FETCH, 10, "a..b", 41.2, pause), FetchSeen(FETCH, 20)).waits_s == 0
    assert said(FetchSeen(PAUSED, 10, "", 41.2)).waits_s == 0


def test_who_asked_for_a_fetch_sees_that_one() -> None:
    asked = codes_state.asking(said(replace(POOL, fetches=(OLDER,))))
    seen = said(FetchSeen(FETCH, 0), state=asked)
    assert (seen.asked, seen.chosen) == (False, 3)


def test_why_nothing_was_fetched_is_said_and_it_may_be_asked_for_again() -> None:
    why = ProgramFault("x")
    refused = said(CodesDone(CodesWork.FETCH, failure=why), state=codes_state.asking(said(POOL)))
    assert (refused.asked, refused.failure) == (False, why)
    assert said(FetchSeen(FETCH, 0), state=refused).failure is None


def test_pausing_ends_when_the_fetch_is_paused() -> None:
    pausing = replace(said(FetchSeen(FETCH, 0)), pausing=True)
    assert said(FetchSeen(FETCH, 1), state=pausing).pausing
    assert not said(FetchSeen(PAUSED, 1), state=pausing).pausing


def test_an_import_goes_on_and_ends() -> None:
    asked = codes_state.filing(CodesState(), CodesWork.IMPORT)
    assert (asked.filing, asked.section) == (CodesWork.IMPORT, Section.FILES)
    going = said(CodesProgress(CodesWork.IMPORT, "7.zip", 3, 10), state=asked)
    assert going.progress == CodesProgress(CodesWork.IMPORT, "7.zip", 3, 10)
    done = CodesDone(CodesWork.IMPORT, "7.zip", PoolAdded(10))
    ended = said(done, state=going)
    assert (ended.filing, ended.progress, ended.filed) == (None, None, done)


def test_progress_of_what_is_no_file_moves_no_bar() -> None:
    assert said(CodesProgress(CodesWork.FETCH, "x", 1, 2)) == CodesState()


def test_a_judged_code_is_shown_and_the_proof_of_the_one_before_is_gone() -> None:
    proved = said(JUDGED, ProofSeen(BINDS))
    assert proved.proof == BINDS
    again = said(CodeJudged("", READING), state=proved)
    assert (again.proof, again.step, again.proving) == (None, None, False)


def test_a_verdict_about_another_code_is_never_shown_under_this_one() -> None:
    late = replace(BINDS, content="another")
    seen = said(JUDGED, ProofSeen(late))
    assert seen.proof is None
    assert said(ProofSeen(BINDS)).proof is None, "nothing is judged"


def test_steps_are_shown_only_while_a_proof_goes_on() -> None:
    assert said(JUDGED, ProofGoesOn(ProofStep.BIND)).step is None
    going = said(ProofGoesOn(ProofStep.BIND), state=codes_state.proving(said(JUDGED)))
    assert (going.step, going.may_prove) == (ProofStep.BIND, False)
    ended = said(ProofSeen(BINDS), state=going)
    assert (ended.proving, ended.step, ended.may_prove) == (False, None, True)


def test_a_proof_that_was_not_begun_says_why() -> None:
    why = ProgramFault("x")
    ended = said(CodesDone(CodesWork.PROVE, failure=why), state=codes_state.proving(said(JUDGED)))
    assert (ended.proving, ended.not_proved) == (False, why)


@pytest.mark.parametrize("binds", AppBinds)
def test_only_what_the_app_might_bind_can_be_proved(binds: AppBinds) -> None:
    seen = said(CodeJudged("", replace(READING, binds=binds)))
    assert seen.may_prove is (binds in {AppBinds.BY_CONTENT, AppBinds.BY_LINK})


def test_the_device_that_a_code_should_bind_is_the_records_or_the_pools() -> None:
    assert said(JUDGED).expected == JOB.identity.readable
    assert said(CodeJudged("", READING, None, "00:91:1F:50:00:99")).expected == "00:91:1F:50:00:99"
    assert said(CodeJudged("", READING)).expected == ""


def test_records_and_pool_that_name_different_devices_are_noticed() -> None:
    assert said(CodeJudged("", READING, JOB, "00:91:1F:50:00:99")).contradicts
    assert not said(JUDGED).contradicts
    assert not said(CodeJudged("", READING, JOB)).contradicts


def test_where_codes_are_made_here_only_judging_is_left() -> None:
    seen = said(replace(POOL, service=""))
    assert (seen.pooled, seen.shown) == (False, Section.JUDGE)


def test_a_scanner_on_a_port_is_known() -> None:
    assert not said(HealthSeen(Part.PRINTER, None, "", NOW)).scanner_on_port
    assert said(HealthSeen(Part.SCANNER, None, "COM7", NOW)).scanner_on_port


@pytest.mark.parametrize(
    ("left", "registered", "tone"),
    [
        (0, 10, Tone.STOP),
        (5, 10, Tone.ATTENTION),
        (6, 10, Tone.CALM),
        (5, 8000, Tone.ATTENTION),
        (800, 8000, Tone.ATTENTION),
        (801, 8000, Tone.CALM),
    ],
)
def test_the_limit_is_amber_from_a_tenth_or_the_last_five_on(left: int, registered: int, tone: Tone) -> None:
    assert quota_tone(left, registered) is tone


def test_the_order_is_said_with_what_it_misses() -> None:
    assert order_words(POOL) == (Tone.ATTENTION, "Order WO-1187: devices without a code: 37 of 1,000.")
    assert order_words(replace(POOL, missing=0)) == (Tone.GOOD, "Order WO-1187: every device has its code (1,000).")
    assert order_words(replace(POOL, order="", wanted=0))[1] == "The settings name no work order."
    assert order_words(replace(POOL, wanted=0)) == (Tone.GOOD, "Order WO-1187: every device has its label.")


def test_the_line_is_told_only_what_keeps_it_from_working() -> None:
    assert line_note(POOL) == "Devices without a code: 37 of 1,000. Codes page: Ctrl+5."
    assert line_note(replace(POOL, wanted=0, missing=0, left=4)) == "Devices that may still register: 4 of 2,000."
    assert [line_note(pool) for pool in (None, replace(POOL, missing=0), replace(POOL, service=""))] == [""] * 3


def test_a_gap_is_short_and_unmistakable() -> None:
    assert range_cells(RANGE) == ("00:91:1F:50:00:00 … 50:03:E7", "1,000")
    assert range_cells(IdentityRange.parse("00911f500000")) == ("00:91:1F:50:00:00", "1")
    far = IdentityRange(MacAddress("00911fffffff"), MacAddress("009120000001"))
    assert range_cells(far) == ("00:91:1F:FF:FF:FF … 00:91:20:00:00:01", "3")


def test_a_file_is_called_by_its_name_on_any_system() -> None:
    names = ["/static/zipfiles/7.zip", r"D:\codes\7.zip", "7.zip"]
    assert {file_name(name) for name in names} == {"7.zip"}


def test_a_zip_that_came_by_hand_says_so() -> None:
    came = CodeZip("key", SERVICE, CodeSource.SERVICE, "", "mail/7.zip", "0" * 64, NOW)
    assert zip_cells(came, 12)[1:] == ("7.zip  (by hand)", "12")
    assert zip_cells(replace(came, source=CodeSource.SANDBOX), 12)[2] == "12  TEST"


def test_an_order_that_needs_more_devices_than_may_register_is_said_before_the_line_stops() -> None:
    short = replace(POOL, wanted=250, registered=10, left=10)
    why = "Devices that still need a label: 250. Only 10 may still register: the line stops after 10."
    assert quota_words(short) == (Tone.ATTENTION, why)
    assert why in line_note(short)
    assert quota_words(replace(short, wanted=10)) == (Tone.CALM, "Devices that may still register: 10 of 10.")
    assert quota_words(replace(short, left=0)) == (Tone.STOP, "Devices that may still register: 0 of 10.")


def test_a_sandboxs_codes_are_never_simply_good() -> None:
    came = CodeZip("key", SERVICE, CodeSource.SANDBOX, "", "7.zip", "0" * 64, NOW)
    genuine = replace(came, source=CodeSource.SERVICE)
    pool = replace(POOL, missing=0, zips=((came, 12), (genuine, 5), (came, 1)))
    assert sandbox_words(pool) == "Codes of a sandbox: 13. Their labels will carry TEST."
    assert order_words(pool)[0] is Tone.CALM
    assert order_words(replace(pool, missing=3))[0] is Tone.ATTENTION
    assert (sandbox_words(None), sandbox_words(replace(pool, zips=((genuine, 5), (came, 0))))) == ("", "")


def test_what_is_over_goes_when_something_new_is_asked() -> None:
    first, second = ProgramFault("x"), ProgramFault("y")
    over = said(replace(POOL, fetches=(OLDER,)), FetchSeen(DONE, 1000), CodesDone(CodesWork.FETCH, failure=first))
    for asked in (codes_state.asking(over), codes_state.asking(over, 2), codes_state.filing(over, CodesWork.IMPORT)):
        assert (asked.failure, asked.fetch) == (None, OLDER)
    again = said(CodesDone(CodesWork.FETCH, failure=second), state=codes_state.asking(over))
    assert (again.failure, again.fetch) == (second, OLDER)


def test_why_the_pool_could_not_be_looked_at_goes_once_it_is_seen_and_why_nothing_is_fetched_stays() -> None:
    why = ProgramFault("x")
    assert said(CodesDone(CodesWork.LOOK, failure=why), POOL).failure is None
    assert said(CodesDone(CodesWork.FETCH, failure=why), POOL).failure == why


def test_a_folder_that_was_handed_over_leaves_nothing_but_its_files() -> None:
    asked = codes_state.filing(said(POOL), CodesWork.IMPORT)
    seen = said(CodesFolderSeen("/mail", ()), CodesDone(CodesWork.IMPORT, "/mail"), state=asked)
    assert (seen.filing, seen.filed) == (None, None)
    file = CodesDone(CodesWork.IMPORT, "/mail/7.zip", PoolAdded(1))
    assert said(CodesFolderSeen("/mail", ()), file, state=asked).filed == file


@pytest.mark.parametrize(
    ("reading", "tone"),
    [
        (READING, Tone.CALM),
        (replace(READING, binds=AppBinds.BY_LINK), Tone.GOOD),
        (replace(READING, binds=AppBinds.BY_LINK, other_product=True), Tone.STOP),
        (replace(READING, binds=AppBinds.BY_LINK, parts_missing=("did",)), Tone.STOP),
        (replace(READING, binds=AppBinds.OWN_APP), Tone.CALM),
        (replace(READING, binds=AppBinds.SHARE), Tone.STOP),
        (replace(READING, binds=AppBinds.NOTHING), Tone.STOP),
    ],
)
def test_only_a_whole_link_of_this_product_is_simply_good(reading: AppReading, tone: Tone) -> None:
    assert reading_words(reading).tone is tone


def test_a_fetch_of_another_program_is_not_under_way_here() -> None:
    elsewhere = replace(POOL, fetches=(FETCH, OLDER), elsewhere=frozenset({FETCH.number}))
    seen = said(elsewhere)
    assert (seen.running, seen.fetch, seen.runs_elsewhere(FETCH)) == (None, FETCH, True)
    here = said(FetchSeen(FETCH, 10), state=said(replace(elsewhere, elsewhere=frozenset())))
    assert (here.running, here.runs_elsewhere(FETCH)) == (FETCH, False)


def test_what_does_not_run_here_is_not_pausing() -> None:
    pausing = replace(said(FetchSeen(FETCH, 0)), pausing=True)
    assert said(replace(POOL, fetches=(FETCH,)), state=pausing).pausing
    assert not said(replace(POOL, fetches=(PAUSED,)), state=pausing).pausing


def test_how_far_the_look_for_what_is_missing_is_shown_until_it_is_over() -> None:
    far = CodesProgress(CodesWork.FETCH, "", 20_000, 2_000_000)
    counting = said(far, state=codes_state.asking(said(POOL)))
    assert counting.counting == far
    for over in (CodesDone(CodesWork.FETCH), FetchSeen(FETCH, 0)):
        assert said(over, state=counting).counting is None
    assert codes_state.asking(counting).counting is None
