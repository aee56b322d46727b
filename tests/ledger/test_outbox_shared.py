"""One place for results of all stations: any of them hands over what any of them has made, and never two at once."""

from datetime import timedelta

from gizqr_station.domain.job import JobState
from gizqr_station.domain.result import Destination
from tests.contracts.ledger_samples import brought_to, mac, opened
from tests.fakes import SteppingClock
from tests.ledger.shared import OpenShared

FOLDER = Destination.FOLDER


def test_a_label_that_is_taken_back_at_another_station_is_handed_over_too(open_shared: OpenShared) -> None:
    line, desk = open_shared(station="line"), open_shared(station="desk")
    line.outbox_standing(FOLDER)
    verified = brought_to(line, opened(line, identity=mac(1), station="line"), JobState.VERIFIED)
    desk.move(verified, JobState.VOIDED, who="qa")
    found = line.results_after(0, 10)
    assert [(result.kind.value, result.station) for result in found] == [("verified", "line"), ("voided", "desk")]
    assert line.unsent(FOLDER)[0] == desk.unsent(FOLDER)[0] == 2


def test_two_stations_never_hand_over_the_same_result(open_shared: OpenShared) -> None:
    one, other = open_shared(station="one"), open_shared(station="other")
    one.outbox_standing(FOLDER)
    brought_to(one, opened(one, identity=mac(1)), JobState.VERIFIED)
    (result,) = one.results_after(0, 10)
    assert one.stage_result(FOLDER, result.sequence)
    assert not other.stage_result(FOLDER, result.sequence)
    assert not other.outbox_standing(FOLDER).free
    one.result_delivered(FOLDER, result.sequence)
    assert not other.stage_result(FOLDER, result.sequence)
    assert other.outbox_standing(FOLDER).free


def test_a_station_that_ended_while_handing_over_is_waited_for_and_then_replaced(open_shared: OpenShared) -> None:
    one, other = open_shared(station="one"), open_shared(station="other")
    one.outbox_standing(FOLDER)
    brought_to(one, opened(one, identity=mac(1)), JobState.VERIFIED)
    (result,) = one.results_after(0, 10)
    one.stage_result(FOLDER, result.sequence)
    later = SteppingClock(other._clock.now() + timedelta(minutes=11))
    other._clock = later
    assert other.outbox_standing(FOLDER).free
    assert other.stage_result(FOLDER, result.sequence)
