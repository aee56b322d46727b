"""The seven steps of the vendor's document, walked with curl: documentation, key, task, list, zip, picture, decrypt."""

import io
import json
import shutil
import subprocess
import time
import zipfile
from typing import Any

import pytest
import zxingcpp
from PIL import Image

CURL = shutil.which("curl")
PRODUCT = "0a6781ed676045988d5d72f3f0480fba"
MAC = "00911f500047"
JSON = ("-H", "Content-Type: application/json")
KEY = ("-H", "Authorization: G")

pytestmark = pytest.mark.skipif(CURL is None, reason="curl is not here")


def curl(*arguments: str) -> bytes:
    assert CURL is not None
    # -q: no settings of this user; no proxy, for this is the same machine
    done = subprocess.run(
        [CURL, "-q", "--noproxy", "*", "-sS", "--max-time", "20", *arguments], capture_output=True, check=True
    )
    return done.stdout


def first_task(url: str) -> dict[str, Any]:
    listed: dict[str, Any] = json.loads(curl(*KEY, f"{url}/qrcode/v1/{PRODUCT}/tasks"))
    newest: dict[str, Any] = listed["objects"][0]
    return newest


def test_the_documents_walk_ends_with_the_devices_own_code(sandbox_url: str) -> None:
    assert b"swagger-ui" in curl("--fail", f"{sandbox_url}/doc/")

    tasks = f"{sandbox_url}/qrcode/v1/{PRODUCT}/tasks"
    status = ("-o", "-", "-w", " %{http_code}")
    one = json.dumps({"start_mac": MAC, "end_mac": MAC})
    assert curl(*status, *JSON, "-d", one, tasks).endswith(b" 401")
    assert curl(*status, *KEY, *JSON, "-d", one, tasks) == b"{} 201"

    ends = time.monotonic() + 20
    while not (file := first_task(sandbox_url)["file"]):
        assert time.monotonic() < ends
        time.sleep(0.05)

    with zipfile.ZipFile(io.BytesIO(curl("--fail", sandbox_url + file))) as archive:
        assert archive.namelist() == [f"{PRODUCT}/{MAC}.png"]
        picture = archive.read(f"{PRODUCT}/{MAC}.png")
    with Image.open(io.BytesIO(picture)) as image:
        found = zxingcpp.read_barcodes(image.convert("L"))
    assert len(found) == 1

    content = json.dumps({"content": found[0].text})
    told = json.loads(curl("--fail", *KEY, *JSON, "-d", content, f"{sandbox_url}/qrcode/v1/decrypt"))
    assert told == {"product_key": PRODUCT, "mac": MAC}
