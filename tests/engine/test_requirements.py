"""The pins: whole, hashed, consistent, and without the address of any registry."""

import re
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
