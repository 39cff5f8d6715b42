"""The vault: sealed fields, their keys outside Neo4j, sealed files. The only room that imports `cryptography`."""

from graphdb.vault.errors import (
    Erased,
    KeyMissingError,
    SealedFileError,
    TamperedError,
    UnsafeKeyFileError,
    VaultError,
    WrongMasterKeyError,
)
from graphdb.vault.fields import Vault, is_sealed

__all__ = [
    "Erased",
    "KeyMissingError",
    "SealedFileError",
    "TamperedError",
    "UnsafeKeyFileError",
    "Vault",
    "VaultError",
    "WrongMasterKeyError",
    "is_sealed",
]
