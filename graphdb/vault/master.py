"""The master key: it wraps the data keys and lies in one 0600 file."""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from graphdb.vault import private
from graphdb.vault.errors import TamperedError, UnsafeKeyFileError, WrongMasterKeyError

KEY_BYTES = 32
NONCE_BYTES = 12
WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + 16
FORMAT = "mrezha-master-1"
PREFACE = """\
# Mrezha: master key. Without it the protected texts of this network cannot be read by anybody.
# Show it to nobody. It is part of every backup, which is why a backup is encrypted.
"""


@dataclass(frozen=True)
class MasterKey:
    """32 random bytes, and a short name that tells nothing about them."""

    secret: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """16 hexadecimal digits, one-way from the key: data keys say with it what wraps them."""
        return hashlib.sha256(b"mrezha master key name\0" + self.secret).hexdigest()[:16]

    def wrap(self, subject: str, key: bytes) -> bytes:
        """Encrypt a data key (32 bytes -> 60 bytes), bound to its subject."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, key, self._bound_to(subject))

    def unwrap(self, subject: str, wrapped: bytes) -> bytes:
        """The data key again; `TamperedError` where it was changed or belongs to another subject."""
        try:
            return AESGCM(self.secret).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], self._bound_to(subject))
        except InvalidTag:
            raise TamperedError(
                f"The key of {subject} in the keystore was changed or belongs to another subject. "
                "Put the keys folder of the last backup back."
            ) from None

    def _bound_to(self, subject: str) -> bytes:
        return f"mrezha data key\0{self.name}\0{subject}".encode()


def fresh_master_key() -> MasterKey:
    """A new random master key, not yet stored."""
    return MasterKey(secrets.token_bytes(KEY_BYTES))


@dataclass(frozen=True)
class MasterFile:
    """The file of master keys: one in daily use, the former one too while a rotation is under way.

    Writers hold the keystore's write lock, so that two processes never write at once.
    """

    path: Path

    def read(self) -> dict[str, MasterKey]:
        """All keys of the file by name; empty where there is no file."""
        if not self.path.exists():
            return {}
        private.refuse_if_shared(self.path)
        text = self.path.read_text("ascii", errors="replace")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        if lines[:1] != [FORMAT]:
            raise UnsafeKeyFileError(f"{self.path} is not a master key file. Put the file of the backup back.")
        keys = [self._parse(line) for line in lines[1:]]
        return {key.name: key for key in keys}

    def write(self, *keys: MasterKey) -> None:
        """Replace the file; it holds exactly `keys` afterwards."""
        lines = [FORMAT, *(base64.b64encode(key.secret).decode() for key in keys)]
        private.replace(self.path, (PREFACE + "\n".join(lines) + "\n").encode())

    def key(self, name: str) -> MasterKey:
        """The key called `name`, or `WrongMasterKeyError`."""
        keys = self.read()
        if name not in keys:
            found = ", ".join(keys) or "no key at all"
            raise WrongMasterKeyError(
                f"The keystore was locked with master key {name}, but {self.path} holds {found}. "
                "Nothing is lost: put back the master key file that belongs to this keystore."
            )
        return keys[name]

    def _parse(self, line: str) -> MasterKey:
        try:
            secret = base64.b64decode(line, validate=True)
        except (binascii.Error, ValueError):
            secret = b""
        if len(secret) != KEY_BYTES:
            raise UnsafeKeyFileError(f"A line of {self.path} is damaged. Put the file of the backup back.")
        return MasterKey(secret)
