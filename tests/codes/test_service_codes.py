"""Facts about getting one device's code: it is that device's, or there is none."""

import itertools
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from gizqr_station.codes.pace import Pace
from gizqr_station.codes.service_codes import ServiceCodes
from gizqr_station.codes.task_client import CallLimits, TaskClient
from gizqr_station.domain.code_failures import (
    CodeMalformed,
    ConnectionCut,
    KeyRefused,
    PictureUnreadable,
    ProductUnknown,
    RequestRefused,
    ServiceFault,
    ServiceSlow,
    ServiceUnreachable,
    TaskNotReady,
    WebPageAnswered,
    ZipRefused,
)
from gizqr_station.domain.codes import CodeSource
from gizqr_station.domain.failures import CodeFailure
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.product import Product
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.ports import Clock
from tests.codes.faulty_server import Asked, FaultyServer, always, http
from tests.codes.issued_pictures import picture_of
from tests.codes.scripted_service import (
    FOR_A_MAC,
    FOR_AN_IMEI,
    FOR_ANOTHER_MAC,
    PRODUCT,
    ScriptedService,
    accept,
    zip_for,
    zip_of,
)

LAMP = Product(PRODUCT, "Lamp")
MAC, OTHER, THIRD = "00911f500047", "00911f500048", "00911f500049"
DEVICE = parse_identity(MAC)
BROKEN = zip_for(OTHER)[:-30]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
QUICK = Pace(deadline_s=20.0, second_look_s=3.0, first_pause_s=0.01, longest_pause_s=0.05, page=5)
IMPATIENT = Pace(deadline_s=20.0, second_look_s=0.3, first_pause_s=0.01, longest_pause_s=0.05, page=5)
SHORT = Pace(deadline_s=1.0, second_look_s=0.8, first_pause_s=0.01, longest_pause_s=0.05, page=5)
LIMITS = CallLimits(connect_s=5.0, idle_s=5.0, json_total_s=10.0, zip_total_s=10.0)


class StandingClock:
    """Always the same moment."""

    def now(self) -> datetime:
        return NOW


class RealClock:
    """The time of day."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def codes_from(
    server: FaultyServer, pace: Pace = QUICK, product_key: str | None = None, clock: Clock | None = None
) -> ServiceCodes:
    client = TaskClient(server.url, "G", LIMITS)
    return ServiceCodes(client, clock or StandingClock(), pace=pace, product_key=product_key)


def test_a_device_gets_the_code_that_was_issued_for_it() -> None:
    service = ScriptedService(accept)
    with FaultyServer(service) as server:
        code = codes_from(server).code_for(LAMP, DEVICE, Stop())
    assert (code.content, code.identity, code.at) == (FOR_A_MAC, DEVICE, NOW)
    assert (code.source, code.task) == (CodeSource.SERVICE, "/static/zipfiles/1.zip")
    assert code.service == server.url
    assert service.created == [MAC]


def test_a_cellular_device_is_asked_for_by_its_imei() -> None:
    def for_imei(service: ScriptedService, identity: str, connection: socket.socket) -> None:
        service.add(zip_for(identity, FOR_AN_IMEI))
        connection.sendall(http(201, b"{}"))

    with FaultyServer(ScriptedService(for_imei)) as server:
        code = codes_from(server).code_for(LAMP, parse_identity("861193040496508"), Stop())
    assert code.content == FOR_AN_IMEI


def among_strangers(newer: int) -> Callable[[ScriptedService, str, socket.socket], None]:
    """Other stations' tasks come before and after ours."""

    def post(service: ScriptedService, identity: str, connection: socket.socket) -> None:
        service.add(zip_for(OTHER, FOR_ANOTHER_MAC))
        service.created.append(identity)
        service.add(zip_for(identity), looks_until_ready=2)
        for _ in range(newer):
            service.add(zip_of({OTHER: picture_of(FOR_ANOTHER_MAC), THIRD: picture_of(FOR_ANOTHER_MAC)}))
        connection.sendall(http(201, b"{}"))

    return post


@pytest.mark.parametrize("newer", [0, 1, 4, 5, 13])
@pytest.mark.parametrize("longest_page", [3, 1000])
def test_newer_tasks_of_other_stations_are_never_taken(newer: int, longest_page: int) -> None:
    service = ScriptedService(among_strangers(newer), longest_page=longest_page)
    for _ in range(7):
        service.add(zip_for(THIRD, FOR_ANOTHER_MAC))
    with FaultyServer(service) as server:
        code = codes_from(server).code_for(LAMP, DEVICE, Stop())
    assert (code.content, code.task) == (FOR_A_MAC, "/static/zipfiles/9.zip")
    assert len(service.downloads) == len(set(service.downloads)), "a zip was fetched twice"
    assert not set(service.downloads) & set(range(1, 8)), "a zip was fetched that was there before"


def test_a_zip_with_more_than_was_asked_for_is_not_ours() -> None:
    def too_much(service: ScriptedService, identity: str, connection: socket.socket) -> None:
        service.add(zip_of({identity: picture_of(FOR_A_MAC), OTHER: picture_of(FOR_ANOTHER_MAC)}))
        connection.sendall(http(201, b"{}"))

    with FaultyServer(ScriptedService(too_much)) as server, pytest.raises(TaskNotReady):
        codes_from(server, SHORT).code_for(LAMP, DEVICE, Stop())


def test_a_zip_that_was_there_before_is_never_fetched_even_if_it_is_the_devices_own() -> None:
    service = ScriptedService(lambda _service, _identity, connection: connection.sendall(http(201, b"{}")))
    service.add(zip_for(MAC))
    with FaultyServer(service) as server, pytest.raises(TaskNotReady):
        codes_from(server, SHORT).code_for(LAMP, DEVICE, Stop())
    assert service.downloads == []


def cut(after_commit: bool, times: int) -> Callable[[ScriptedService, str, socket.socket], None]:
    """The connection breaks instead of an answer."""
    posts = itertools.count(1)

    def post(service: ScriptedService, identity: str, connection: socket.socket) -> None:
        if next(posts) > times:
            accept(service, identity, connection)
        elif after_commit:
            service.created.append(identity)
            service.add(zip_for(identity))

    return post


def test_a_post_that_was_cut_after_it_worked_makes_no_second_task() -> None:
    service = ScriptedService(cut(after_commit=True, times=1))
    with FaultyServer(service) as server:
        assert codes_from(server).code_for(LAMP, DEVICE, Stop()).content == FOR_A_MAC
    assert service.created == [MAC]


def test_a_post_that_was_cut_before_it_worked_is_sent_once_more() -> None:
    service = ScriptedService(cut(after_commit=False, times=1))
    with FaultyServer(service) as server:
        assert codes_from(server, IMPATIENT).code_for(LAMP, DEVICE, Stop()).content == FOR_A_MAC
    assert service.created == [MAC]


def test_a_task_that_shows_late_after_a_cut_costs_one_more_at_the_most() -> None:
    def slow_and_cut(service: ScriptedService, identity: str, _connection: socket.socket) -> None:
        service.created.append(identity)
        service.add(zip_for(identity), looks_until_ready=10_000)

    service = ScriptedService(slow_and_cut)
    # For half of the time its task is waited for, because it may be the one that the list shows without a file.
    pace = Pace(deadline_s=2.0, second_look_s=0.3, first_pause_s=0.01, longest_pause_s=0.05, page=5)
    with FaultyServer(service) as server, pytest.raises(ConnectionCut):
        codes_from(server, pace).code_for(LAMP, DEVICE, Stop())
    assert service.created == [MAC, MAC]


def test_a_device_that_comes_again_is_looked_for_before_it_is_asked_for_again() -> None:
    def late(service: ScriptedService, identity: str, connection: socket.socket) -> None:
        service.created.append(identity)
        service.add(zip_for(identity), looks_until_ready=10_000)
        connection.sendall(http(201, b"{}"))

    service = ScriptedService(late)
    with FaultyServer(service) as server:
        codes = codes_from(server, SHORT)
        with pytest.raises(TaskNotReady):
            codes.code_for(LAMP, DEVICE, Stop())
        service.tasks[0].looks_until_ready = 0
        assert codes.code_for(LAMP, DEVICE, Stop()).task == "/static/zipfiles/1.zip"
        assert service.created == [MAC]
        with pytest.raises(TaskNotReady):
            codes.code_for(LAMP, DEVICE, Stop())
        assert service.created == [MAC, MAC], "a code that was delivered is not delivered again"


def never_ready(service: ScriptedService, identity: str, connection: socket.socket) -> None:
    service.created.append(identity)
    service.add(zip_for(identity), looks_until_ready=10_000)
    connection.sendall(http(201))


def test_a_task_that_was_accepted_is_only_looked_for_when_the_device_comes_again() -> None:
    service = ScriptedService(never_ready)
    # The second look would be over long before the task is ready.
    hasty = Pace(deadline_s=1.0, second_look_s=0.1, first_pause_s=0.01, longest_pause_s=0.05, page=5)
    with FaultyServer(service) as server:
        codes = codes_from(server, hasty)
        for _ in range(3):
            with pytest.raises(TaskNotReady):
                codes.code_for(LAMP, DEVICE, Stop())
        began = time.monotonic()

        def after_a_while(service: ScriptedService, _connection: socket.socket) -> bool:
            if time.monotonic() - began > 0.4:
                service.tasks[0].looks_until_ready = 0
            return False

        service.before_list = after_a_while
        assert codes.code_for(LAMP, DEVICE, Stop()).content == FOR_A_MAC
    assert service.created == [MAC]


def test_a_task_that_was_accepted_long_ago_is_asked_for_anew() -> None:
    service = ScriptedService(never_ready)
    forgetful = Pace(deadline_s=1.5, second_look_s=0.2, accepted_s=0.5, first_pause_s=0.01, longest_pause_s=0.05)
    with FaultyServer(service) as server:
        codes = codes_from(server, forgetful, clock=RealClock())
        for _ in range(2):
            with pytest.raises(TaskNotReady):
                codes.code_for(LAMP, DEVICE, Stop())
    assert service.created == [MAC, MAC]


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (http(200, b"<html>", "text/html"), WebPageAnswered),
        (http(401), KeyRefused),
        (http(404), ProductUnknown),
        (http(400), RequestRefused),
    ],
)
def test_a_list_that_is_refused_for_a_while_costs_no_second_task(answer: bytes, failure: type[CodeFailure]) -> None:
    service = faulty_lists(answer, answer)
    with FaultyServer(service) as server:
        codes = codes_from(server)
        for _ in range(2):
            with pytest.raises(failure):
                codes.code_for(LAMP, DEVICE, Stop())
        assert codes.code_for(LAMP, DEVICE, Stop()).content == FOR_A_MAC
    assert service.created == [MAC]


@pytest.mark.parametrize("bad", [zip_of({MAC: b"not a picture"}), zip_for(MAC)[:-30]])
def test_a_task_whose_zip_is_bad_is_asked_for_anew(bad: bytes) -> None:
    def bad_first(service: ScriptedService, identity: str, connection: socket.socket) -> None:
        if service.created:
            accept(service, identity, connection)
        else:
            service.created.append(identity)
            service.add(bad)
            connection.sendall(http(201))

    service = ScriptedService(bad_first)
    with FaultyServer(service) as server:
        codes = codes_from(server, Pace(deadline_s=3.0, second_look_s=0.1, first_pause_s=0.01, longest_pause_s=0.05))
        with pytest.raises((PictureUnreadable, ZipRefused)):
            codes.code_for(LAMP, DEVICE, Stop())
        assert codes.code_for(LAMP, DEVICE, Stop()).content == FOR_A_MAC
    assert service.created == [MAC, MAC]


def test_a_page_full_of_odd_files_does_not_end_the_search() -> None:
    odd = ", ".join(['{"file": "http://x.example/1.zip"}'] * 5)

    def odd_first_page(asked: Asked, connection: socket.socket, stop: Stop) -> None:
        if service.created and asked.path.endswith("skip=0&limit=5"):
            connection.sendall(http(200, f'{{"meta": {{"total": 6}}, "objects": [{odd}]}}'.encode()))
            return
        service(
            Asked(asked.method, asked.path.replace("skip=5", "skip=0"), asked.headers, asked.body), connection, stop
        )

    service = ScriptedService(accept)
    with FaultyServer(odd_first_page) as server:
        assert codes_from(server, SHORT).code_for(LAMP, DEVICE, Stop()).content == FOR_A_MAC


def test_a_broken_zip_of_somebody_else_does_not_stop_us() -> None:
    def with_broken(service: ScriptedService, identity: str, connection: socket.socket) -> None:
        service.add(zip_for(identity), looks_until_ready=3)
        service.add(BROKEN)
        connection.sendall(http(201, b"{}"))

    service = ScriptedService(with_broken)
    with FaultyServer(service) as server:
        assert codes_from(server).code_for(LAMP, DEVICE, Stop()).task == "/static/zipfiles/1.zip"


def test_if_only_broken_zips_came_that_is_told() -> None:
    def only_broken(service: ScriptedService, _identity: str, connection: socket.socket) -> None:
        service.add(BROKEN)
        connection.sendall(http(201, b"{}"))

    service = ScriptedService(only_broken)
    with FaultyServer(service) as server, pytest.raises(ZipRefused) as caught:
        codes_from(server, SHORT).code_for(LAMP, DEVICE, Stop())
    assert caught.value.file == "/static/zipfiles/1.zip"
    assert len(service.downloads) == 3


def test_a_zip_that_was_still_being_written_is_looked_at_again() -> None:
    def half_written(service: ScriptedService, identity: str, connection: socket.socket) -> None:
        service.add(zip_for(identity)[:-30])
        connection.sendall(http(201, b"{}"))

    service = ScriptedService(half_written)

    def finish(service: ScriptedService, _connection: socket.socket) -> bool:
        if service.downloads:
            service.tasks[0].zipped = zip_for(MAC)
        return False

    service.before_list = finish
    with FaultyServer(service) as server:
        assert codes_from(server).code_for(LAMP, DEVICE, Stop()).content == FOR_A_MAC


@pytest.mark.parametrize(
    ("zipped", "failure"),
    [
        (zip_of({MAC: b"not a picture"}), PictureUnreadable),
        (zip_for(MAC, "just any text"), CodeMalformed),
        (zip_for(MAC, FOR_AN_IMEI), CodeMalformed),
        (zip_for(MAC, "http://www.gizwits.com?product_key=a&did=b&passcode=c"), CodeMalformed),
    ],
)
def test_our_zip_with_something_else_in_it_is_refused_at_once(zipped: bytes, failure: type[CodeFailure]) -> None:
    def post(service: ScriptedService, _identity: str, connection: socket.socket) -> None:
        service.add(zipped)
        connection.sendall(http(201, b"{}"))

    with FaultyServer(ScriptedService(post)) as server, pytest.raises(failure):
        codes_from(server).code_for(LAMP, DEVICE, Stop())


def test_a_refused_task_is_asked_for_once_and_leaves_nothing_to_look_for() -> None:
    posts: list[str] = []

    def refuse(_service: ScriptedService, identity: str, connection: socket.socket) -> None:
        posts.append(identity)
        connection.sendall(http(400, b'{"reason": "quota"}'))

    service = ScriptedService(refuse)
    with FaultyServer(service) as server:
        codes = codes_from(server)
        for _ in range(2):
            with pytest.raises(RequestRefused, match="quota"):
                codes.code_for(LAMP, DEVICE, Stop())
    assert len(posts) == 2
    assert service.lists == 2


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (http(401, b"{}"), KeyRefused),
        (http(200, b"<html>", "text/html"), WebPageAnswered),
        (http(500), ServiceFault),
    ],
)
def test_trouble_before_the_task_is_told_at_once(answer: bytes, failure: type[CodeFailure]) -> None:
    with FaultyServer(always(answer)) as server:
        with pytest.raises(failure):
            codes_from(server).code_for(LAMP, DEVICE, Stop())
        assert len(server.asked) == 1


def faulty_lists(*answers: bytes) -> ScriptedService:
    """After the POST the list answers these, and then as it should."""
    service = ScriptedService(accept)
    left = list(answers)

    def before_list(service: ScriptedService, connection: socket.socket) -> bool:
        if not service.created or not left:
            return False
        connection.sendall(left.pop(0))
        return True

    service.before_list = before_list
    return service


def test_a_stumble_of_the_network_while_waiting_is_overlooked() -> None:
    service = faulty_lists(b"", http(503), http(429, Retry_After="0"), b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")
    with FaultyServer(service) as server:
        assert codes_from(server).code_for(LAMP, DEVICE, Stop()).content == FOR_A_MAC
    assert service.created == [MAC]


@pytest.mark.parametrize(("answer", "failure"), [(b"", ConnectionCut), (http(503), ServiceFault)])
def test_trouble_that_lasts_is_told_and_the_task_found_later(answer: bytes, failure: type[CodeFailure]) -> None:
    service = faulty_lists(*[answer] * 10_000)
    with FaultyServer(service) as server:
        codes = codes_from(server, Pace(deadline_s=60.0, second_look_s=1.0, first_pause_s=0.01))
        began = time.monotonic()
        with pytest.raises(failure):
            codes.code_for(LAMP, DEVICE, Stop())
        assert time.monotonic() - began < 30
        service.before_list = lambda _service, _connection: False
        assert codes.code_for(LAMP, DEVICE, Stop()).content == FOR_A_MAC
    assert service.created == [MAC]


def test_a_key_that_is_refused_while_waiting_is_told_at_once() -> None:
    with FaultyServer(faulty_lists(http(401))) as server, pytest.raises(KeyRefused):
        codes_from(server).code_for(LAMP, DEVICE, Stop())


def test_a_list_that_never_moves_on_does_not_hold_us_beyond_the_deadline() -> None:
    endless = b'{"meta": {"total": 1000000000}, "objects": [{"created_at": "1", "file": null}]}'

    def post_or_list(asked: Asked, connection: socket.socket, _stop: Stop) -> None:
        connection.sendall(http(201, b"{}") if asked.method == "POST" else http(200, endless))

    began = time.monotonic()
    with FaultyServer(post_or_list) as server, pytest.raises((TaskNotReady, ServiceSlow)):
        codes_from(server, SHORT).code_for(LAMP, DEVICE, Stop())
    assert time.monotonic() - began < 5


def test_stop_ends_the_waiting() -> None:
    stop = Stop()

    def post(service: ScriptedService, _identity: str, connection: socket.socket) -> None:
        service.add(None)
        connection.sendall(http(201, b"{}"))
        threading.Timer(0.1, stop.set).start()

    began = time.monotonic()
    with FaultyServer(ScriptedService(post)) as server, pytest.raises(Stopped):
        codes_from(server, Pace(longest_pause_s=30, first_pause_s=30)).code_for(LAMP, DEVICE, stop)
    assert time.monotonic() - began < 5


def test_several_lanes_at_once_each_get_their_own() -> None:
    service = ScriptedService(accept)
    macs = [f"00911f5001{number:02x}" for number in range(8)]
    got: dict[str, str] = {}

    with FaultyServer(service) as server:
        codes = codes_from(server)

        def lane(mac: str) -> None:
            code = codes.code_for(LAMP, parse_identity(mac), Stop())
            number = int(code.task.removeprefix("/static/zipfiles/").removesuffix(".zip"))
            got[mac] = service.created[number - 1]

        lanes = [threading.Thread(target=lane, args=(mac,)) for mac in macs]
        for thread in lanes:
            thread.start()
        for thread in lanes:
            thread.join(20)
    assert got == {mac: mac for mac in macs}
    assert sorted(service.created) == macs


def test_being_reachable_costs_one_request_and_no_task() -> None:
    for product_key, path in ((None, "/doc/"), (PRODUCT, f"/qrcode/v1/{PRODUCT}/tasks?skip=0&limit=1")):
        body = b'{"meta": {"total": 0}, "objects": []}'
        with FaultyServer(always(http(200, body))) as server:
            assert codes_from(server, product_key=product_key).reachable(Stop()) is None
            assert [(asked.method, asked.path) for asked in server.asked] == [("GET", path)]


def test_why_the_service_cannot_be_reached_is_told() -> None:
    with FaultyServer(always(http(401))) as server:
        assert isinstance(codes_from(server, product_key=PRODUCT).reachable(Stop()), KeyRefused)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    codes = ServiceCodes(TaskClient(address, "G", LIMITS), StandingClock())
    assert isinstance(codes.reachable(Stop()), ServiceUnreachable)
