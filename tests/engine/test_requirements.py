"""The pins: whole, hashed, consistent, and without the address of any registry."""

import ast
import re
import sys
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PINS = sorted((ROOT / "requirements").glob("*.txt"))
PLACES = ("requirements", "graphdb", ".ci", "Makefile", "pyproject.toml")


def pins(file: Path) -> dict[str, str]:
    """Each `name==version ; marker` of a file with the text of its hashes."""
    blocks = re.findall(r"^([a-z0-9][^\n\\]*?) \\\n((?:    [^\n]*\n)+)", file.read_text(), re.MULTILINE)
    return dict(blocks)


def test_there_are_the_three_sets() -> None:
    assert [file.stem for file in PINS] == ["engine", "run", "test"]


@pytest.mark.parametrize("file", PINS, ids=lambda file: file.stem)
def test_every_package_is_pinned_and_hashed(file: Path) -> None:
    found = pins(file)
    assert len(found) == len(re.findall(r"^[a-z0-9]", file.read_text(), re.MULTILINE)) > 3
    assert all(re.match(r"[a-z0-9._-]+==\S+", name) and "--hash=sha256:" in hashed for name, hashed in found.items())


def test_the_tests_run_on_what_is_shipped() -> None:
    run, engine, test = (
        {pin.split(" ")[0] for pin in pins(ROOT / "requirements" / f"{name}.txt")} for name in ("run", "engine", "test")
    )
    assert run <= test
    names = {pin.split("==")[0] for pin in test}
    assert {pin for pin in engine if pin.split("==")[0] in names} <= test


def test_what_the_product_imports_is_shipped() -> None:
    """An import that only the tools bring along breaks the first start on a user's machine."""
    rooms = {"graphdb", "web", "analytics", "seed"}
    wanted = {name for room in rooms for file in (ROOT / room).rglob("*.py") for name in imported(file)}
    shipped = {
        re.sub(r"[-_.]+", "-", pin.split("==")[0]).lower()
        for name in ("run", "engine")
        for pin in pins(ROOT / "requirements" / f"{name}.txt")
    }
    packages = metadata.packages_distributions()
    brought = {
        name: {re.sub(r"[-_.]+", "-", package).lower() for package in packages.get(name, [name])}
        for name in wanted - rooms - sys.stdlib_module_names
    }
    assert len(brought) > 20
    assert {name for name, of in brought.items() if not of & shipped} == set()


def imported(file: Path) -> set[str]:
    """Top-level names a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_no_file_names_a_registry() -> None:
    files = [path for place in PLACES for path in (ROOT / place, *(ROOT / place).rglob("*")) if path.is_file()]
    foreign = re.compile(
        r"(https?://(?!(127\.0\.0\.1|host:port|user:password@host:port))[\w.-]+\.\w|--(extra-)?index-url)"
    )
    named = {
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in files
        if path.suffix not in (".pyc", ".mo")
        for found in foreign.finditer(path.read_text())
    }
    assert not named
