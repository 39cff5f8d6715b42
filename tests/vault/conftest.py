"""A vault in a fresh home for each test."""

from pathlib import Path

import pytest

from graphdb.vault import Vault
from graphdb.vault.keystore import SqliteKeyStore


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def vault(home: Path) -> Vault:
    return Vault.at(home)


@pytest.fixture
def store(home: Path) -> SqliteKeyStore:
    return SqliteKeyStore(home / "keys")
