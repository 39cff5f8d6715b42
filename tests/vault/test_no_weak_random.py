"""Secrets come from the `secrets` module only: the shipped rooms import no `random` and make no version 1 or 4 UUID.

`analytics` and `seed` draw with a seed on purpose; they make no secret and are left out (ASVS 11.5.1).
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("graphdb", "web")
WEAK = {"random", "uuid", "numpy.random"}


def weak_imports(source: str) -> list[int]:
    """Lines that import or reach a weak source of randomness."""
    found: list[int] = []
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Attribute) and node.attr == "random" and isinstance(node.value, ast.Name):
            names = ["numpy.random"] if node.value.id in ("np", "numpy") else []
        if WEAK & set(names):
            found.append(node.lineno)
    return found


def test_no_weak_randomness_in_graphdb_and_web() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for line in weak_imports(path.read_text("utf-8"))
    }
    assert not found, "use the secrets module"


def test_only_the_vault_imports_cryptography() -> None:
    found = {
        str(path.relative_to(ROOT))
        for room in (*ROOMS, "seed", "analytics")
        for path in (ROOT / room).rglob("*.py")
        if "cryptography" in imported(path.read_text("utf-8"))
    }
    assert found
    assert {Path(name).parent.as_posix() for name in found} == {"graphdb/vault"}


def imported(source: str) -> set[str]:
    """First parts of all imported names."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            modules.add(node.module.partition(".")[0])
    return modules


@pytest.mark.parametrize(
    "line",
    [
        "import random",
        "import random as r",
        "from random import choice",
        "from uuid import uuid4",
        "import uuid",
        "from numpy import random",
        "import numpy.random",
        "x = np.random.rand()",
    ],
)
def test_the_rule_finds_what_it_forbids(line: str) -> None:
    assert weak_imports(f"def f():\n    {line}") == [2]


@pytest.mark.parametrize("line", ["import secrets", "from secrets import token_bytes", "x.random = 1", "random = 4"])
def test_the_rule_leaves_the_rest_alone(line: str) -> None:
    assert not weak_imports(line)
