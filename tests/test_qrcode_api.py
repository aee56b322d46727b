"""Facts about the wire shapes of the QR service."""

import json

import pytest
from pydantic import ValidationError

from gizqr_station.qrcode_api import RangeRequest, TaskPage, is_zip_path, tasks_path

# As the vendor's document shows it.
LIST = {
    "meta": {"next": None, "skip": 0, "total": 4, "limit": 10, "previous": None},
    "objects": [
        {"created_at": "1495077738", "updated_at": "1495077738", "file": "/static/zipfiles/1474.zip"},
        {"created_at": "1482229358", "updated_at": "1482229358", "file": "/static/zipfiles/1160.zip"},
    ],
}


def test_the_vendors_list_is_understood() -> None:
    page = TaskPage.model_validate_json(json.dumps(LIST))
    assert page.meta.total == 4
    assert [task.file for task in page.objects] == ["/static/zipfiles/1474.zip", "/static/zipfiles/1160.zip"]


@pytest.mark.parametrize("entry", [{}, {"file": None}, {"file": ""}, {"file": None, "progress": 3, "created_at": 7}])
def test_a_task_may_have_no_file_yet_and_fields_nobody_knows(entry: dict[str, object]) -> None:
    page = TaskPage.model_validate({"meta": {"total": 1}, "objects": [entry]})
    assert not page.objects[0].file


@pytest.mark.parametrize("total", [-1, "many", None, float("nan")])
def test_a_total_that_is_no_count_is_wrong(total: object) -> None:
    with pytest.raises(ValidationError):
        TaskPage.model_validate({"meta": {"total": total}, "objects": []})


@pytest.mark.parametrize(
    "key", ["", "../decrypt", "0A6781ED676045988D5D72F3F0480FBA", "0a6781ed676045988d5d72f3f0480fb"]
)
def test_no_path_is_made_of_what_is_no_product_key(key: str) -> None:
    with pytest.raises(ValueError):
        tasks_path(key)


@pytest.mark.parametrize(
    "file",
    [
        "http://elsewhere/static/zipfiles/1.zip",
        "//elsewhere/static/zipfiles/1.zip",
        "@elsewhere/static/zipfiles/1.zip",
        "/static/zipfiles/../1.zip",
        "/static/zipfiles/1.zip?x=1",
        "/static/zipfiles/1.zip\n",
        "/static/zipfiles/١.zip",
        "/static/zipfiles/.zip",
        "/static/zipfiles/" + "1" * 19 + ".zip",
        "static/zipfiles/1.zip",
    ],
)
def test_only_numbered_zips_may_be_fetched(file: str) -> None:
    assert not is_zip_path(file)


def test_a_numbered_zip_may_be_fetched() -> None:
    assert is_zip_path("/static/zipfiles/1474.zip")


def test_a_range_with_a_field_more_is_no_range() -> None:
    with pytest.raises(ValidationError):
        RangeRequest.model_validate({"start_mac": "00911f500047", "end_mac": "00911f500047", "count": 1})
