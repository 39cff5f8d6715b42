"""Sealing single fields: what Neo4j stores of a P3 text is ciphertext bound to its place.

Order (docs/decisions/0005-vault.md): `seal` returns only after the key is durable, so ciphertext is never committed
without its key; `erase` comes before the node is removed, so a crash leaves an unreadable node, never a readable one.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import phonenumbers
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from graphdb.vault.errors import KeyMissingError, TamperedError
from graphdb.vault.keystore import KeyStore, SqliteKeyStore

PREFIX = "mz1."
NONCE_BYTES = 12
TAG_BYTES = 16
BLOCK = 32
INDEX_SUBJECT = "mrezha:blind-index"


@dataclass(frozen=True)
class Vault:
    """Seals and opens fields with the data key of their subject (a case, a pair, a person).

    Keys are read from the store at each call and kept nowhere: after an erasure the next `open` in any process fails.
    """

    keys: KeyStore

    @classmethod
    def at(cls, home: Path) -> "Vault":
        """The vault of a home folder; its keys lie in `<home>/keys`, made at first start."""
        return cls(SqliteKeyStore(home / "keys"))

    def seal(self, text: str, *, subject: str, label: str, record: str, field: str, version: int) -> str:
        """The text as ciphertext for a string property. `Erased` where the subject was erased.

        `label` (class of the record), `record` (id), `field` and `version` (of the field's text, stored beside it)
        are not stored here but must be the same at `open`. The length shows in steps of 32 bytes only.
        """
        key = self._key(subject)
        nonce = secrets.token_bytes(NONCE_BYTES)
        place = _place(subject, label, record, field, version)
        sealed = AESGCM(key).encrypt(nonce, _padded(text.encode("utf-8", "surrogatepass")), place)
        return PREFIX + base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, sealed: str, *, subject: str, label: str, record: str, field: str, version: int) -> str:
        """The text again; `Erased`, `KeyMissingError` or `TamperedError` where that cannot be."""
        return _opened(self.keys.unwrap(subject), _place(subject, label, record, field, version), sealed)

    def erase(self, subject: str) -> bool:
        """Destroy the subject's key for good, in every process at once; True where there was one. Safe to repeat."""
        if subject == INDEX_SUBJECT:
            raise ValueError("the key of the blind index belongs to no subject")
        return self.keys.destroy(subject)

    def erased(self) -> dict[str, str]:
        """Erased subjects with the day: nodes that still carry one of them are to be removed (a job broke off)."""
        return self.keys.erased()

    def rotate(self) -> str:
        """Wrap all data keys with a new master key; its name. Sealed texts stay as they are."""
        return self.keys.rotate()

    def mail_index(self, mail: str) -> str:
        """32 hexadecimal digits, equal for equal mail addresses of this network, telling nothing without its key."""
        return self._index("mail", unicodedata.normalize("NFKC", mail).strip().casefold())

    def phone_index(self, phone: str, region: str) -> str:
        """As `mail_index`, for phone numbers; `region` (BG, LV, RS, ...) reads a number without country code."""
        try:
            number = phonenumbers.parse(phone, region)
            written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        except phonenumbers.NumberParseException:
            written = "".join(unicodedata.normalize("NFKC", phone).split()).casefold()
        return self._index("phone", written)

    def _index(self, kind: str, written: str) -> str:
        message = json.dumps([kind, written]).encode()
        return hmac.new(self._key(INDEX_SUBJECT), message, hashlib.sha256).hexdigest()[:32]

    def _key(self, subject: str) -> bytes:
        """The subject's key, made now if it has none; the frequent case takes no write lock."""
        try:
            return self.keys.unwrap(subject)
        except KeyMissingError:
            return self.keys.wrap(subject, secrets.token_bytes(32))


def is_sealed(text: str) -> bool:
    """Whether a stored property has the shape of sealed text: the check that no P3 field lies in plain words."""
    try:
        _raw(text)
    except TamperedError:
        return False
    return True


def _opened(key: bytes, place: bytes, sealed: str) -> str:
    raw = _raw(sealed)
    try:
        padded = AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place)
    except InvalidTag:
        raise TamperedError(
            "A protected text does not belong to the record, field or version it was found in, or was changed. "
            "It is not shown. Compare this record with the last backup."
        ) from None
    return padded[: padded.rindex(b"\x80")].decode("utf-8", "surrogatepass")


def _raw(sealed: str) -> bytes:
    try:
        raw = base64.b64decode(sealed.removeprefix(PREFIX).encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if not sealed.startswith(PREFIX) or len(raw) < NONCE_BYTES + BLOCK + TAG_BYTES or (len(raw) - 28) % BLOCK:
        raise TamperedError("A protected field holds something that was never sealed. It is not shown.")
    return raw


def _place(subject: str, label: str, record: str, field: str, version: int) -> bytes:
    """The additional data of AES-GCM: JSON, so that no two places are written alike."""
    return json.dumps(["mrezha field", subject, label, record, field, version]).encode()


def _padded(plain: bytes) -> bytes:
    """Fill up to whole blocks (ISO/IEC 7816-4), so that "yes" and "no" have one length."""
    return plain + b"\x80" + bytes(-(len(plain) + 1) % BLOCK)
