"""The translation files are what the sources of today say."""

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from gizqr_station.places import resources

TS = resources() / "i18n" / "gizqr_zh_CN.ts"


def texts(file: Path) -> set[tuple[str, str]]:
    root = ET.parse(file).getroot()
    return {
        (context.findtext("name") or "", message.findtext("source") or "")
        for context in root
        for message in context.findall("message")
        if (translation := message.find("translation")) is None or translation.get("type") != "vanished"
    }


def tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def test_no_text_of_the_window_is_missing_from_the_translation(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    gui = Path(__file__).parents[2] / "gizqr_station" / "gui"
    arguments = ["-extensions", "py", "-source-language", "en", "-target-language", "zh_CN", str(gui), "-ts"]
    subprocess.run([tool("pyside6-lupdate"), *arguments, str(fresh)], check=True, capture_output=True, timeout=60)
    assert texts(fresh) == texts(TS)


def test_the_compiled_translation_is_the_one_in_the_source_file(tmp_path: Path) -> None:
    source, compiled = tmp_path / TS.name, tmp_path / "fresh.qm"
    shutil.copyfile(TS, source)
    subprocess.run(
        [tool("pyside6-lrelease"), str(source), "-qm", str(compiled)], check=True, capture_output=True, timeout=60
    )
    assert compiled.read_bytes() == TS.with_suffix(".qm").read_bytes()
