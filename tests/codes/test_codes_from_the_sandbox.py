"""Facts about the client and the sandbox service together, over loopback."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from gizqr_station.codes.service_codes import ServiceCodes
from gizqr_station.codes.task_client import TaskClient
from gizqr_station.domain.code_failures import KeyRefused, RequestRefused
from gizqr_station.domain.codes import CodeSource, IssuedCode, require_issued_for
from gizqr_station.domain.identity import parse_identity
from gizqr_station.domain.product import Product, bindable
from gizqr_station.domain.stop import Stop
from tests.codes.gated_pictures import pictures_in
from tests.service.running import AUTHORIZATION, SandboxProcess

LAMP = Product("0a6781ed676045988d5d72f3f0480fba", "Lamp")


class SystemClock:
    """The time of day."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TaskClient]:
    """Of a sandbox service of its own."""
    with SandboxProcess(tmp_path_factory.mktemp("service")) as sandbox:
        yield TaskClient(sandbox.url(), AUTHORIZATION)


@pytest.mark.parametrize("text", ["00911f500047", "861193040496508"])
def test_a_sandbox_code_is_the_devices_own_and_never_bindable(client: TaskClient, text: str) -> None:
    identity = parse_identity(text)
    code = ServiceCodes(client, SystemClock()).code_for(LAMP, identity, Stop())
    require_issued_for(code.content, identity)
    assert code.source is CodeSource.SANDBOX
    assert not bindable(LAMP, code)
    told = client.decrypt(code.content, Stop())
    assert (told.product_key, told.mac) == (LAMP.key, text)


def test_stations_that_work_on_one_product_never_get_each_others_codes(client: TaskClient) -> None:
    got: dict[str, IssuedCode] = {}

    def station(first: int) -> None:
        codes = ServiceCodes(client, SystemClock())
        for number in range(first, first + 4):
            mac = f"00911f{number:06x}"
            got[mac] = codes.code_for(LAMP, parse_identity(mac), Stop())

    stations = [threading.Thread(target=station, args=(number * 256,)) for number in range(4)]
    for thread in stations:
        thread.start()
    for thread in stations:
        thread.join(30)
    assert len(got) == 16
    assert {mac: client.decrypt(code.content, Stop()).mac for mac, code in got.items()} == {mac: mac for mac in got}


def test_a_range_comes_in_one_zip(client: TaskClient) -> None:
    client.create_task(LAMP.key, "00911f600000", "00911f60000f", Stop())
    stop = Stop()
    while (newest := client.list_tasks(LAMP.key, stop, limit=1)).tasks[0].file is None:
        stop.sleep(0.02)
    file = newest.tasks[0].file
    assert file is not None
    wanted = {f"00911f6000{number:02x}" for number in range(16)}
    assert pictures_in(client.download(file, stop).data, LAMP.key, wanted, file).keys() == wanted


def test_the_sandboxs_refusals_are_understood(client: TaskClient) -> None:
    with pytest.raises(RequestRefused, match="start_mac is after end_mac"):
        client.create_task(LAMP.key, "00911f500048", "00911f500047", Stop())
    with pytest.raises(RequestRefused):
        client.decrypt("foreign", Stop())
    with pytest.raises(KeyRefused):
        TaskClient(client.address, "another key").list_tasks(LAMP.key, Stop())


def test_the_sandbox_is_reachable(client: TaskClient) -> None:
    assert ServiceCodes(client, SystemClock()).reachable(Stop()) is None
    assert ServiceCodes(client, SystemClock(), product_key=LAMP.key).reachable(Stop()) is None
    wrong = ServiceCodes(TaskClient(client.address, "another key"), SystemClock(), product_key=LAMP.key)
    assert isinstance(wrong.reachable(Stop()), KeyRefused)
