"""What a declaration is made of: terms, fields, links, kinds and ties."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Type = Literal[
    "text",
    "long",
    "tags",
    "lines",
    "date",
    "moment",
    "integer",
    "number",
    "flag",
    "choice",
    "choices",
    "languages",
    "identifiers",
    "link",
    "mail",
    "phone",
]


class Class(StrEnum):
    """Sensitivity of a field (reliability.md 3.2); P4 is never stored and so has no member."""

    PUBLIC = "P0"
    NETWORK = "P1"
    CONTACT = "P2"
    PARTIES = "P3"


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a closed vocabulary. `kept`: set by the program alone, neither offered nor taken from a form or a file."""

    code: str
    word: str
    maps_to: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a kind. `sealed` fields are ciphertext in the store; `most` bounds a whole number."""

    name: str
    type: Type
    word: str
    cls: Class = Class.NETWORK
    required: bool = False
    unique: bool = False
    vocabulary: str = ""
    hint: str = ""
    sealed: bool = False
    listed: bool = False
    free_text: bool = False
    longest: int = 0
    most: int = 1_000_000_000

    @property
    def limit(self) -> int:
        """Most characters the field takes."""
        return self.longest or {
            "long": 10_000,
            "text": 300,
            "lines": 10_400,
            "link": 500,
            "mail": 254,
            "phone": 40,
        }.get(self.type, 300)


@dataclass(frozen=True, slots=True)
class Link:
    """An undated reference of a record to others, stored as one relationship.

    `outgoing` says which way the arrow points in the graph; `many` whether there may be several. `apart`: its ties have days
    and come and go on a page of their own; the kit makes the first ones with the record and leaves them alone afterwards.
    """

    name: str
    tie: str
    target: str
    word: str
    outgoing: bool = True
    many: bool = False
    required: bool = False
    listed: bool = False
    back_word: str = ""
    hint: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: what it is called, what it holds, whose it is.

    `owners` are the links (or `self`) by which an organisation owns a record, `parties` those by which it is a party;
    `noun` is its row in the table of rights; `plain` kinds are served by `web/records`.
    """

    label: str
    slug: str
    prefix: str
    noun: str
    word: str
    words: str
    about: str
    fields: tuple[Field, ...]
    links: tuple[Link, ...] = ()
    title: str = "name"
    owners: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    plain: bool = True
    dated: bool = True
    example: str = ""

    def field_names(self) -> frozenset[str]:
        """Names of its fields."""
        return frozenset(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError."""
        return {field.name: field for field in self.fields}[name]

    def links_apart(self) -> tuple[str, ...]:
        """Names of the links that have a page of their own."""
        return tuple(link.name for link in self.links if link.apart)

    def link(self, name: str) -> Link:
        """The link of that name. Raises KeyError."""
        return {link.name: link for link in self.links}[name]


@dataclass(frozen=True, slots=True)
class Tie:
    """A kind of tie between organisations (or between people and organisations), as measures and the map see it.

    `evidence` says what it rests on; `style` is the line of the map: declared dotted, confirmed solid, observed thick.
    `source` and `target` name the ends; an undirected tie is the same both ways.
    """

    code: str
    relationship: str
    word: str
    sentence: str
    source: str
    target: str
    directed: bool
    evidence: Literal["declared", "confirmed", "observed"]
    cooperation: bool
    colour: str
