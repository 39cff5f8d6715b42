"""Forms as a browser sends them: what is ticked, chosen and typed, and something sensible where a form asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from lxml import html

TODAY = datetime.now(UTC).date().isoformat()
TOMORROW = (datetime.now(UTC).date() + timedelta(days=1)).isoformat()
BY_TYPE = {
    "date": TOMORROW,
    "time": "10:00",
    "number": "1",
    "email": "somebody@example.org",
    "url": "https://example.org",
}
SPARE = ("/language/", "/account/sign-out")


@dataclass(frozen=True)
class Form:
    """One button of one form of a page: where it goes, what it sends. `said` names it among others of its kind."""

    url: str
    said: str
    values: tuple[tuple[str, str], ...]

    def data(self, more: Mapping[str, str]) -> dict[str, Any]:
        """As a test client takes it, with other values where they are told."""
        sent: dict[str, Any] = {}
        for name, value in self.values:
            sent.setdefault(name, []).append(value)
        return sent | dict(more)


def forms_of(page: str, url: str) -> Iterator[Form]:
    """Every button of every form that changes something."""
    tree = html.fromstring(page)
    for form in tree.iter("form"):
        action = form.get("action") or url
        if (form.get("method") or "get").lower() != "post" or action.startswith(SPARE):
            continue
        parts = [*form.iter("input", "select", "textarea", "button")]
        if form.get("id"):
            parts += tree.xpath("//*[@form=$id]", id=form.get("id"))
        shared = [(name, value) for part in parts for name, value in _sent(part)]
        shared += _first_of_untouched(parts)
        shared += [pair for several in form.iter("fieldset") for pair in _first_of_needed(several)]
        buttons = [part for part in parts if part.tag == "button" and part.get("type", "submit") == "submit"]
        for button in buttons:
            own = [(button.get("name"), button.get("value", ""))] if button.get("name") else []
            target = (button.get("formaction") or action).partition("#")[0]
            hidden = [part.get("value", "") for part in parts if part.get("name") in {"kind", "state", "what", "answer", "do"}
                      and part.get("type") == "hidden"]  # fmt: skip
            said = " ".join([*(f"{name}={value}" for name, value in own if len(value) < 20), *hidden])
            yield Form(
                urlsplit(target).path + ("?" + urlsplit(target).query if urlsplit(target).query else ""),
                said,
                (*shared, *own),
            )


def _sent(part: Any) -> Iterator[tuple[str, str]]:
    name, kind = part.get("name"), (part.get("type") or "text").lower()
    if not name or part.get("disabled") is not None or part.tag == "button":
        return
    if part.tag == "select":
        options = [option.get("value", option.text or "") for option in part.iter("option")]
        chosen = [
            option.get("value", option.text or "")
            for option in part.iter("option")
            if option.get("selected") is not None
        ]
        first = (chosen or options or [""])[0]
        yield name, first or next((value for value in options if value and part.get("required") is not None), "")
    elif part.tag == "textarea":
        yield name, part.text.strip() if part.text and part.text.strip() else "It was agreed so."
    elif kind in {"checkbox", "radio"}:
        if part.get("checked") is not None:
            yield name, part.get("value", "on")
    elif kind == "hidden":
        yield name, part.get("value", "")
    elif kind not in {"file", "submit", "password"}:
        needed = part.get("required") is not None
        yield name, part.get("value") or (BY_TYPE.get(kind, "Agreed so") if needed else "")


def _first_of_needed(several: Any) -> list[tuple[str, str]]:
    """One tick where at least one is needed and none is there yet."""
    ticks = [part for part in several.iter("input") if part.get("type") == "checkbox"]
    if not several.xpath(".//span[@class='needed']") or any(part.get("checked") is not None for part in ticks):
        return []
    return [(part.get("name"), part.get("value", "on")) for part in ticks[:1]]


def _first_of_untouched(parts: list[Any]) -> list[tuple[str, str]]:
    """One of every group of radio buttons in which none is chosen yet."""
    radios = [part for part in parts if (part.get("type") or "") == "radio" and part.get("name")]
    chosen = {part.get("name") for part in radios if part.get("checked") is not None}
    first = {part.get("name"): part.get("value", "on") for part in reversed(radios)}
    return [(name, value) for name, value in first.items() if name not in chosen]
