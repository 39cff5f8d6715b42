"""Raw input to stored values, by the catalogue: the one gate for forms, imports and commands."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

from graphdb.catalogue import codes
from graphdb.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graphdb.catalogue import Field, Kind

Stored = str | int | float | bool | date | datetime | list[str] | None


class BadValueError(ValueError):
    """A value a field does not take; `message` is English source text with `{named}` places for `params`."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message.format(**params))
        self.message = message
        self.params = params


class RefusedError(ValueError):
    """A record the catalogue refuses, with what is wrong at each field."""

    def __init__(self, problems: Mapping[str, BadValueError]) -> None:
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = dict(problems)


def coerce(field: Field, raw: object) -> Stored:
    """The stored value of what was typed or read; None for nothing. Raises BadValueError."""
    if raw is None or (isinstance(raw, str) and not raw.strip()) or raw == []:
        if field.type == "flag":
            return False
        if field.required:
            raise BadValueError(N_("This is needed."))
        return None
    return _BY_TYPE[field.type](field, raw)


def checked(kind: Kind, values: Mapping[str, object]) -> dict[str, Stored]:
    """All values of a record, coerced; only the fields given. Raises RefusedError naming every bad field."""
    problems: dict[str, BadValueError] = {}
    stored: dict[str, Stored] = {}
    for name, raw in values.items():
        try:
            stored[name] = coerce(kind.field(name), raw)
        except BadValueError as problem:
            problems[name] = problem
    _in_order(stored, problems)
    if problems:
        raise RefusedError(problems)
    return stored


def _in_order(stored: Mapping[str, Stored], problems: dict[str, BadValueError]) -> None:
    since, until = stored.get("valid_from"), stored.get("valid_to")
    if isinstance(since, date) and isinstance(until, date) and until < since:
        problems["valid_to"] = BadValueError(N_("This is before the beginning."))


_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(raw: object) -> str:
    """Text as it may be stored: NFC, no control characters, no lone surrogates, trimmed."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", str(raw)).replace("\r\n", "\n")).strip()


def _text(field: Field, raw: object) -> str:
    text = clean(raw)
    if field.type != "long":
        text = " ".join(text.split())
    if len(text) > field.limit:
        raise BadValueError(N_("This is longer than {limit} characters."), limit=field.limit)
    if not text and field.required:
        raise BadValueError(N_("This is needed."))
    return text


def _lines(field: Field, raw: object) -> list[str]:
    parts = cast("list[object]", raw) if isinstance(raw, list | tuple) else str(raw).splitlines()
    return _each(field, parts)


def _many(field: Field, raw: object) -> list[str]:
    return _each(field, cast("list[object]", raw) if isinstance(raw, list | tuple) else re.split(r"[\n;|]", str(raw)))


def _each(field: Field, parts: Sequence[object]) -> list[str]:
    texts = list(dict.fromkeys(_text(field, part) for part in parts if str(part).strip()))
    if len(texts) > 200:
        raise BadValueError(N_("These are more than {limit}."), limit=200)
    return texts


def _languages(_: Field, raw: object) -> list[str]:
    parts = cast("list[str]", raw) if isinstance(raw, list | tuple) else re.split(r"[\s,;|]+", str(raw))
    tags = list(dict.fromkeys(part.strip().lower() for part in parts if part.strip()))
    for tag in tags:
        if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", tag):
            raise BadValueError(
                N_("“{value}” is no language we know. Write its name, or a code such as ar."), value=tag[:40]
            )
    return tags


def _choice(field: Field, raw: object) -> str:
    code = str(raw).strip()
    if code not in codes(field.vocabulary):
        raise BadValueError(N_("“{value}” is not one of the choices."), value=code[:40])
    return code


def _choices(field: Field, raw: object) -> list[str]:
    parts = cast("list[object]", raw) if isinstance(raw, list | tuple) else re.split(r"[\n,;|]", str(raw))
    return list(dict.fromkeys(_choice(field, part) for part in parts if str(part).strip()))


def _date(_: Field, raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        found = raw
    else:
        try:
            found = date.fromisoformat(str(raw).strip())
        except ValueError:
            raise BadValueError(N_("“{value}” is not a date; write it as 2026-03-31."), value=str(raw)[:40]) from None
    if not 1900 <= found.year <= 2200:
        raise BadValueError(N_("The year {year} is outside 1900 to 2200."), year=found.year)
    return found


def _moment(field: Field, raw: object) -> datetime:
    if not isinstance(raw, datetime):
        try:
            raw = datetime.fromisoformat(str(raw).strip())
        except ValueError:
            raise BadValueError(
                N_("“{value}” is not a day and time; write it as 2026-03-31 10:00."), value=str(raw)[:40]
            ) from None
    _date(field, raw)
    return raw.astimezone(UTC) if raw.tzinfo else raw.replace(tzinfo=UTC)


def _integer(field: Field, raw: object) -> int:
    try:
        number = int(str(raw).strip())
    except ValueError:
        raise BadValueError(N_("“{value}” is not a whole number."), value=str(raw)[:40]) from None
    if not 0 <= number <= field.most:
        raise BadValueError(N_("{value} is outside 0 to {most}."), value=str(raw)[:40], most=str(field.most))
    return number


def _number(_: Field, raw: object) -> float:
    try:
        number = float(str(raw).strip().replace(",", "."))
    except ValueError:
        raise BadValueError(N_("“{value}” is not a number."), value=str(raw)[:40]) from None
    if not math.isfinite(number) or abs(number) > 1e12:
        raise BadValueError(N_("“{value}” is not a number."), value=str(raw)[:40])
    return number


def _flag(_: Field, raw: object) -> bool:
    return (
        raw if isinstance(raw, bool) else str(raw).strip().lower() in {"1", "y", "yes", "true", "on", "да", "jā", "da"}
    )


def _link(field: Field, raw: object) -> str:
    text = _text(field, raw)
    if not re.match(r"https?://[^\s/]+", text, re.IGNORECASE):
        text = f"https://{text}" if re.fullmatch(r"[\w.-]+\.\w{2,}(/\S*)?", text) else text
    if not re.fullmatch(r"https?://[^\s<>\"']+", text, re.IGNORECASE):
        raise BadValueError(N_("“{value}” is not a web address; it starts with https://."), value=text[:40])
    return text


def _mail(field: Field, raw: object) -> str:
    text = _text(field, raw)
    if not re.fullmatch(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"'.]{2,}", text):
        raise BadValueError(N_("“{value}” is not an e-mail address."), value=text[:40])
    return text


def _phone(field: Field, raw: object) -> str:
    text = _text(field, raw)
    if not re.fullmatch(r"\+?[\d ()/.\-]{3,39}( ?(ext|вътр|x)\.? ?\d{1,6})?", text):
        raise BadValueError(N_("“{value}” is not a phone number."), value=text[:40])
    return text


def _identifiers(field: Field, raw: object) -> list[str]:
    found = _many(field, raw)
    for entry in found:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{1,20}:\S.{0,80}", entry):
            raise BadValueError(
                N_(
                    "“{value}” is not a register number; write the register, a colon and the number, such as BG-EIK:123."
                ),
                value=entry[:40],
            )
    return found


_BY_TYPE: dict[str, Callable[[Field, object], Stored]] = {
    "text": _text, "long": _text, "tags": _many, "lines": _lines, "date": _date, "moment": _moment, "integer": _integer,
    "number": _number, "flag": _flag, "choice": _choice, "choices": _choices, "languages": _languages,
    "identifiers": _identifiers, "link": _link, "mail": _mail, "phone": _phone,
}  # fmt: skip
