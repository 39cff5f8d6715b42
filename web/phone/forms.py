"""What a phone asks and what it sends: taps only, and never a note."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from wtforms import DateField, Form, RadioField

from graphdb.mentoring import NewContact
from web.choices import offered
from web.language import lazy
from web.mentoring.forms import MINUTES, NEXT, words_of
from web.typed import day_in

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = frozenset({"key", "pair", "on", "channel", "minutes", "topic", "next_on", "sure"})
LONGEST = 100


class PhoneForm(Form):
    """The taps of the page that a phone keeps. The pairs are filled in on the phone, with its own short labels."""

    channel = RadioField(lazy("How"), choices=offered(words_of("channel")))
    minutes = RadioField(lazy("How long"), choices=offered(MINUTES))
    topic = RadioField(lazy("About"), choices=offered(words_of("contact_topic")))
    next = RadioField(lazy("Next time"), choices=offered(NEXT))
    on = DateField(lazy("When"))


class UnreadableError(Exception):
    """What came is no entry of a phone; `field` is what is wrong with it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def entry(sent: object, pairs: Mapping[str, str], today: date) -> tuple[NewContact, str, frozenset[str]]:
    """What a phone sent: the contact, its once-key, and what its holder is sure of. `pairs`: by handle.

    The phone's day may be one ahead of ours. Raises UnreadableError; a note, or anything else a phone may not send,
    is refused whole. A handle that is not known stands for no pair ("").
    """
    if not isinstance(sent, dict):
        raise UnreadableError("entry")
    given = cast("dict[str, object]", sent)
    if unknown := set(given) - FIELDS:
        raise UnreadableError("note" if "note" in unknown else "entry")
    texts = {name: _text(given, name) for name in ("key", "pair", "on", "channel", "topic", "next_on")}
    on = day_in(texts["on"])
    if not texts["key"]:
        raise UnreadableError("key")
    if on is None or not today - timedelta(days=3660) <= on <= today + timedelta(days=1):
        raise UnreadableError("on")
    minutes = given.get("minutes")
    if minutes is not None and (isinstance(minutes, bool) or not isinstance(minutes, int)):
        raise UnreadableError("minutes")
    next_on = day_in(texts["next_on"])
    if texts["next_on"] and next_on is None:
        raise UnreadableError("next_on")
    contact = NewContact(
        pairs.get(texts["pair"], ""), on, texts["channel"], minutes, texts["topic"] or None, next_on,
    )  # fmt: skip
    return contact, texts["key"], _sure(given.get("sure"))


def _text(given: Mapping[str, object], name: str) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise UnreadableError(name)
    return value


def _sure(given: object) -> frozenset[str]:
    listed = cast("list[object]", given) if isinstance(given, list) else []
    return frozenset(one for one in listed if isinstance(one, str))
