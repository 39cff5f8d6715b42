"""Sealed files: backups and archives, encrypted before they touch the disk.

Layout, version 1:

    MREZHA-SEALED-1\\n
    one line of JSON: {"kdf": "scrypt" | "keyfile", "log2n": int, "salt": hex, "check": hex}\\n
    chunks: AES-256-GCM of 65,536 bytes each, the last one 0 to 65,535 bytes long, tag of 16 bytes after each

The secret (passphrase through scrypt with r=8, p=1, or the 32 bytes of a key file) and the salt give through
HKDF-SHA256 the file's own key and `check`, which tells a wrong passphrase from a damaged file. Nonce of a chunk: its
index in 12 bytes. Additional data: SHA-256 of both header lines, index in 8 bytes, 1 for the last chunk and 0 for the
others. So a flipped bit, a missing end, a swapped, doubled or added chunk, or a chunk of another file is refused.
The last chunk is the only short one: a file whose length is a multiple of a chunk ends with an empty one.
"""

import base64
import binascii
import hashlib
import hmac
import io
import json
import os
import secrets
import unicodedata
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from graphdb.vault import private
from graphdb.vault.errors import SealedFileError, UnsafeKeyFileError

MAGIC = b"MREZHA-SEALED-1\n"
CHUNK = 65_536
TAG = 16
HEADER_LIMIT = 512
SCRYPT_LOG2N = 17  # 128 MiB and about half a second
SCRYPT_ALLOWED = range(14, 21)  # a hostile header must not ask for all memory


@dataclass(frozen=True)
class Secret:
    """What opens a sealed file: a passphrase or the content of a key file."""

    kdf: Literal["scrypt", "keyfile"]
    material: bytes = field(repr=False)

    @classmethod
    def passphrase(cls, text: str) -> "Secret":
        """A typed passphrase; the same letters in another Unicode form are the same passphrase."""
        return cls("scrypt", unicodedata.normalize("NFKC", text).encode("utf-8", "surrogatepass"))

    @classmethod
    def key_file(cls, path: Path) -> "Secret":
        """The key file of `new_key_file`; refused where other accounts may read it."""
        private.refuse_if_shared(path)
        try:
            material = base64.b64decode(path.read_bytes().strip(), validate=True)
        except (binascii.Error, ValueError):
            material = b""
        if len(material) != 32:
            raise UnsafeKeyFileError(f"{path} is not a key file. Choose the file that was made for the backups.")
        return cls("keyfile", material)


def new_key_file(path: Path) -> Secret:
    """Write a fresh random key (0600) where no file is yet."""
    private.write_new(path, base64.b64encode(secrets.token_bytes(32)) + b"\n")
    return Secret.key_file(path)


@contextmanager
def create(path: Path, secret: Secret, log2n: int = SCRYPT_LOG2N) -> Generator["SealedWriter"]:
    """Write a sealed file; under its name it appears only when whole and on the disk, an error leaves nothing."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            writer = SealedWriter(file, secret, log2n)
            yield writer
            writer.finish()
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        private.sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def open_verified(path: Path, secret: Secret) -> Generator["SealedReader"]:
    """Read the whole file once to verify it, then hand out a stream from its start: nothing of a bad file is used."""
    with path.open("rb") as file:
        reader = SealedReader(file, secret)
        reader.verify()
        yield reader


class SealedWriter(io.RawIOBase):
    """A stream to write into; `finish` sets the final mark, without which the file is refused."""

    def __init__(self, target: BinaryIO, secret: Secret, log2n: int = SCRYPT_LOG2N) -> None:
        super().__init__()
        self._target = target
        self._held = bytearray()
        self._index = 0
        salt = secrets.token_bytes(32)
        key, check = _keys(secret, salt, log2n)
        told = {"kdf": secret.kdf, "log2n": log2n, "salt": salt.hex(), "check": check.hex()}
        header = MAGIC + json.dumps(told).encode() + b"\n"
        self._cipher = _ChunkCipher(key, header)
        target.write(header)

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: "bytes | bytearray | memoryview[int]", /) -> int:  # type: ignore[override]
        """Take all of `data`; whole chunks go out at once."""
        self._held += data
        while len(self._held) >= CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the last, short chunk with the final mark."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, plain: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(self._index, plain, last=last))
        self._index += 1


class SealedReader(io.RawIOBase):
    """A stream to read from; a `SealedFileError` comes before a single wrong byte is handed out."""

    def __init__(self, source: BinaryIO, secret: Secret) -> None:
        super().__init__()
        self._source = source
        self._cipher = _read_header(source, secret)
        self._start = source.tell()
        self._restart()

    def readable(self) -> bool:
        """Always."""
        return True

    def verify(self) -> None:
        """Decrypt every chunk and forget it; the stream then stands at its start."""
        while self._next():
            pass
        self._source.seek(self._start)
        self._restart()

    def readinto(self, buffer: "bytearray | memoryview[int]", /) -> int:  # type: ignore[override]
        """Fill `buffer` with the next bytes; 0 at the end."""
        if not self._held:
            self._held = self._next()
        taken = self._held[: len(buffer)]
        buffer[: len(taken)] = taken
        self._held = self._held[len(taken) :]
        return len(taken)

    def _restart(self) -> None:
        self._index = 0
        self._ended = False
        self._held = b""

    def _next(self) -> bytes:
        """The next chunk's plain bytes; empty after the last one."""
        if self._ended:
            return b""
        raw = self._source.read(CHUNK + TAG)
        self._ended = len(raw) < CHUNK + TAG
        plain = self._cipher.decrypt(self._index, raw, last=self._ended)
        self._index += 1
        if self._ended and self._source.read(1):
            raise SealedFileError("Something follows the end of this file. Nothing was used. Take another copy of it.")
        return plain


class _ChunkCipher:
    def __init__(self, key: bytes, header: bytes) -> None:
        self._aead = AESGCM(key)
        self._header = hashlib.sha256(header).digest()

    def encrypt(self, index: int, plain: bytes, *, last: bool) -> bytes:
        return self._aead.encrypt(index.to_bytes(12, "big"), plain, self._bound_to(index, last=last))

    def decrypt(self, index: int, raw: bytes, *, last: bool) -> bytes:
        try:
            return self._aead.decrypt(index.to_bytes(12, "big"), raw, self._bound_to(index, last=last))
        except (InvalidTag, ValueError):
            raise SealedFileError(
                f"The file is damaged or incomplete at byte {index * (CHUNK + TAG):,} after its header. "
                "Nothing was used. Take another copy of it, or an older backup."
            ) from None

    def _bound_to(self, index: int, *, last: bool) -> bytes:
        return self._header + index.to_bytes(8, "big") + bytes([last])


def _read_header(source: BinaryIO, secret: Secret) -> _ChunkCipher:
    """Both header lines; the cipher of the file, or why it cannot be opened."""
    magic = source.read(len(MAGIC))
    line = source.readline(HEADER_LIMIT)
    if magic != MAGIC:
        raise SealedFileError("This is not a sealed file of Mrezha, or one of a later release. Nothing was used.")
    try:
        told = json.loads(line)
        kdf, log2n = str(told["kdf"]), int(told["log2n"])
        salt, check = bytes.fromhex(told["salt"]), bytes.fromhex(told["check"])
    except (ValueError, TypeError, KeyError):
        raise SealedFileError("The start of this file is damaged. Nothing was used. Take another copy of it.") from None
    if kdf != secret.kdf:
        wanted = "a passphrase" if kdf == "scrypt" else "a key file"
        raise SealedFileError(f"This file opens with {wanted}. Nothing was used.")
    if log2n not in SCRYPT_ALLOWED:
        raise SealedFileError("The start of this file is damaged. Nothing was used. Take another copy of it.")
    key, expected = _keys(secret, salt, log2n)
    if not hmac.compare_digest(check, expected):
        raise SealedFileError(
            "The passphrase or key file is not that of this file, or its start is damaged. Nothing was used."
        )
    return _ChunkCipher(key, magic + line)


def _keys(secret: Secret, salt: bytes, log2n: int) -> tuple[bytes, bytes]:
    """The file's key (32 bytes) and the value (16 bytes) that shows whether the secret is right."""
    material = secret.material
    if secret.kdf == "scrypt":
        material = Scrypt(salt=salt, length=32, n=2**log2n, r=8, p=1).derive(material)
    both = HKDF(SHA256(), length=48, salt=salt, info=b"mrezha sealed file 1").derive(material)
    return both[:32], both[32:]
