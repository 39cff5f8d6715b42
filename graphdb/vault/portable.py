"""The keys of a network as one document, to travel inside a sealed file and nowhere else.

{"format": "mrezha-keys-1", "current": name, "masters": [base64, ...],
 "keys": {subject: [name of its master, base64 of the wrapped key]}, "erased": {subject: day}}
"""

import base64
import json
from collections.abc import Mapping
from typing import Any

from graphdb.vault.errors import VaultError
from graphdb.vault.keystore import NEVER, NO_MASTER, Contents, KeyRow, SqliteKeyStore
from graphdb.vault.master import WRAPPED_BYTES, MasterKey

FORMAT = "mrezha-keys-1"


def export_keys(store: SqliteKeyStore) -> bytes:
    """The document, UTF-8. It holds the master key: write it into `sealed.create` only."""
    contents = store.contents()
    told = {
        "format": FORMAT,
        "current": contents.current,
        "masters": [_text(master.secret) for master in contents.masters],
        "keys": {row.subject: [row.master, _text(row.wrapped)] for row in contents.rows if row.erased_on == NEVER},
        "erased": {row.subject: row.erased_on for row in contents.rows if row.erased_on != NEVER},
    }
    return json.dumps(told, ensure_ascii=False).encode()


def import_keys(store: SqliteKeyStore, document: bytes, erased_since: Mapping[str, str]) -> None:
    """Fill an unused store. `erased_since` (subject -> day): erasures younger than the backup; their keys stay out."""
    try:
        contents = _parsed(json.loads(document), erased_since)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise VaultError(
            "The list of keys in this backup cannot be read. Nothing was restored. Take another backup."
        ) from None
    store.fill(contents)


def _parsed(told: dict[str, Any], erased_since: Mapping[str, str]) -> Contents:
    if told["format"] != FORMAT:
        raise ValueError(told["format"])
    erased: dict[str, str] = {**told["erased"], **erased_since}
    kept = [
        KeyRow(subject, master, _bytes(wrapped), NEVER)
        for subject, (master, wrapped) in told["keys"].items()
        if subject not in erased
    ]
    gone = [KeyRow(subject, NO_MASTER, bytes(WRAPPED_BYTES), day) for subject, day in erased.items()]
    masters = tuple(MasterKey(_bytes(secret)) for secret in told["masters"])
    return Contents(masters, told["current"], (*kept, *gone))


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
