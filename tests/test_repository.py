"""What holds for every file of the checkout: where it may lie, what it must not contain, how long it may be."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "gizqr_station"

# made by tools and ignored by git
TRACES = {".git", ".venv", "__pycache__", "build", "dist", "uv.lock", "pylock.toml"}

TOP_LEVEL = {"pyproject.toml", "gizqr_station", "resources", "tests", "packaging", "README.md", "LICENSE"}

LONGEST_MODULE_LINES = 300

# put together from pieces, so that this file does not hold what it looks for
REGISTRIES = tuple(
    ".".join(pieces).encode()
    for pieces in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("crates", "io"),
        ("rubygems", "org"),
        ("anaconda", "org"),
        ("proxy", "golang", "org"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
)
REGISTRY_ADDRESSES = re.compile(rb"index-url[ =]+[a-z]+:" + rb"//\S+|[a-z]+:" + rb"//[^\s\"']+/simple\b")
PLACES_OF_ONE_MACHINE = tuple("/".join(("", *pieces, "")).encode() for pieces in (("work", "main"), ("work", "shared")))


def is_trace(path: Path) -> bool:
    """Whether a tool left it there: not part of what is handed over."""
    name = path.name
    return name in TRACES or name.endswith((".pyc", ".egg-info")) or (name.startswith(".") and name.endswith("_cache"))


def files_below(folder: Path) -> Iterator[Path]:
    """Every file that is handed over, without asking git."""
    for entry in sorted(folder.iterdir()):
        if is_trace(entry) or entry.name == ".hypothesis":
            continue
        if entry.is_dir():
            yield from files_below(entry)
        else:
            yield entry


def addresses_in(content: bytes) -> list[str]:
    """Registry hosts, other addresses of package indexes, and one machine's own folders in a file's bytes."""
    lower = content.lower()
    found = [needle.decode() for needle in (*REGISTRIES, *PLACES_OF_ONE_MACHINE) if needle in lower]
    return found + [match.decode() for match in REGISTRY_ADDRESSES.findall(lower)]


def f_strings_in_translations(source: str) -> list[int]:
    """Lines on which tr() or translate() is handed an f-string: extracted literally, it is never found again."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    lines = []
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        handed = [*call.args, *(keyword.value for keyword in call.keywords)]
        inside = (node for argument in handed for node in ast.walk(argument))
        if name in {"tr", "translate"} and any(isinstance(node, ast.JoinedStr) for node in inside):
            lines.append(call.lineno)
    return lines


def python_files(folder: Path) -> list[Path]:
    """The modules below a folder."""
    return [path for path in files_below(folder) if path.suffix == ".py"]


MODULES = [*python_files(PACKAGE), ROOT / "packaging" / "station.py"]


def test_no_file_names_a_package_registry_or_a_folder_of_one_machine() -> None:
    found = {path.relative_to(ROOT).as_posix(): addresses_in(path.read_bytes()) for path in files_below(ROOT)}
    assert {name: addresses for name, addresses in found.items() if addresses} == {}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_hold_no_address_at_all_and_a_hash_for_every_package(lock: str) -> None:
    text = (ROOT / "packaging" / lock).read_text("utf-8")
    assert ":" + "//" not in text
    packages = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_the_development_lock_holds_all_of_the_runtime_lock() -> None:
    pins = [
        set(re.findall(r"^\S+==\S+", (ROOT / "packaging" / lock).read_text("utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    ]
    assert pins[0] - pins[1] == set()


def test_nothing_lies_at_the_top_but_what_was_agreed() -> None:
    visible = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".") and not is_trace(entry)}
    assert visible - TOP_LEVEL == set()
    assert TOP_LEVEL - visible == set()


def test_the_packaging_folder_does_not_hide_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_every_module_reads_in_one_sitting() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE_LINES} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert [path.relative_to(ROOT).as_posix() for path in silent] == []


def test_no_f_string_is_handed_to_a_translation() -> None:
    pages = python_files(PACKAGE / "gui")
    found = {path.as_posix(): f_strings_in_translations(path.read_text("utf-8")) for path in pages}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_ci_is_the_command_of_the_readme() -> None:
    command = "python3 packaging/station.py test"
    assert command in (ROOT / "README.md").read_text("utf-8")
    assert (ROOT / ".ci" / "run").read_text("utf-8").splitlines()[-1] == f"exec {command}"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100


@pytest.mark.parametrize("needle", [*REGISTRIES, *PLACES_OF_ONE_MACHINE])
def test_the_search_finds_each_address(needle: bytes) -> None:
    assert addresses_in(b"\x00see " + needle.upper() + b" for it") == [needle.decode()]


def test_the_search_finds_an_index_of_any_host() -> None:
    assert addresses_in(b"pip --index-url" + b"=http:" + b"//host/x")
    assert addresses_in(b"extra-index-url" + b" = file:" + b"//folder")
    assert addresses_in(b"'https:" + b"//host/root/simple" + b"/'")
    assert addresses_in(b"uv pip compile --no-emit-index-url" + b" --quiet") == []


@pytest.mark.parametrize(
    "source",
    [
        'self.tr(f"{count} labels")',
        'QCoreApplication.translate("Page", f"{count} labels")',
        'tr("labels" + f"{count}")',
        'tr(text=f"{count}")',
    ],
)
def test_the_search_finds_an_f_string_in_a_translation(source: str) -> None:
    assert f_strings_in_translations(f"x = 1\n{source}\n") == [2]


@pytest.mark.parametrize("source", ['self.tr("%n labels", "", count)', 'f"{self.tr("labels")}"', 'log(f"{count}")'])
def test_the_search_leaves_other_strings_alone(source: str) -> None:
    assert f_strings_in_translations(source.replace('{self.tr("labels")}', "{self.tr('labels')}")) == []
