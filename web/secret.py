"""The key that signs anonymous cookies: made once per home, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def cookie_key(home: Path) -> bytes:
    """The key of a home; MREZHA_SECRET_KEY instead where several machines serve one network."""
    if given := os.environ.get("MREZHA_SECRET_KEY", ""):
        return given.encode()
    path = home / "keys" / "cookie.key"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        fresh = path.with_name(f"cookie.key.{os.getpid()}.new")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(32))
        try:
            os.link(fresh, path)  # fails where another worker was first: one key for all
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
