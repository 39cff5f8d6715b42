"""Random tokens and case references: nothing here is derived from a person, and nothing counts upward."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from typing import Final

TOKEN_BYTES = 32

# Crockford's base 32: no I, L, O, U
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 12
READ_AS = str.maketrans(
    {"O": "0", "I": "1", "L": "1", "-": None, "‐": None, "‑": None, "–": None, " ": None, "\xa0": None}
)


@dataclass(frozen=True)
class Token:
    """A fresh token: `plain` goes to its holder once, only `stored` is kept."""

    plain: str = field(repr=False)
    stored: str


def new_token(purpose: str) -> Token:
    """256 random bits for one purpose: "session", "invitation", "reset", ...; 43 characters, safe in addresses."""
    plain = secrets.token_urlsafe(TOKEN_BYTES)
    return Token(plain, hash_token(purpose, plain))


def hash_token(purpose: str, plain: str) -> str:
    """What is stored and looked up: SHA-256 in 64 hexadecimal digits. It differs from purpose to purpose,
    so that an invitation is not found among resets. A fast hash is enough for 256 random bits."""
    return hashlib.sha256(f"mrezha token\0{purpose}\0{plain}".encode("utf-8", "surrogatepass")).hexdigest()


def token_matches(purpose: str, plain: str, stored: str) -> bool:
    """Whether `plain` is the token of this purpose; takes as long for a near miss as for any other."""
    return hmac.compare_digest(hash_token(purpose, plain).encode(), stored.encode("utf-8", "surrogatepass"))


def new_case_reference() -> str:
    """12 random characters (60 bits) and a check character, for reading aloud: `4RTX-0K2M-9DQA-7`.

    Chance that any two of 1,000,000 are equal: below 5e-7. Two references of one person share nothing.
    """
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH))
    return _grouped(drawn + check_character(drawn))


def read_case_reference(text: str) -> str | None:
    """The reference as it is stored, from what a person typed (small letters, O for 0, spaces); None if it is none."""
    typed = text.strip().upper().translate(READ_AS)
    if not re.fullmatch(f"[{ALPHABET}]{{{REFERENCE_LENGTH + 1}}}", typed):
        return None
    return _grouped(typed) if check_character(typed[:-1]) == typed[-1] else None


def check_character(characters: str) -> str:
    """The sum of characters times 2, 4, 8, ... in the field of 32 elements (x^5 + x^2 + 1), up to 30 characters.

    The weights differ from each other and from 1, so every single wrong character and every swap of two different
    characters, next to each other or not, is found (a Reed-Solomon code with one check symbol).
    """
    total = 0
    for character in characters:
        total = _doubled(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _doubled(element: int) -> int:
    return element << 1 ^ (0b100101 if element & 0b10000 else 0)


def _grouped(reference: str) -> str:
    return "-".join(reference[start : start + 4] for start in range(0, len(reference), 4))
