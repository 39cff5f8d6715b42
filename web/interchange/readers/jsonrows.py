"""JSON tables: a list of rows (lists), or a list of objects whose keys are headers or tags."""

from __future__ import annotations

import json
from itertools import count
from typing import cast

from web.interchange.facts import ImportRejected
from web.interchange.readers.encoding import decode, guess_encoding
from web.interchange.readers.sheets import MAX_COLUMNS, Sheet, checked_rows


def looks_like_json(data: bytes) -> bool:
    """Whether the first character after marks and spaces opens a list or an object."""
    head = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return head[:1] in (b"[", b"{")


def read_json(file: str, data: bytes) -> Sheet:
    """One sheet; rows of lists count from 1, with objects row 1 is the keys and the first object is row 2."""
    try:
        content = cast(object, json.loads(decode(data, guess_encoding(data).encoding), parse_constant=_refuse))
    except (ValueError, RecursionError) as fault:
        raise ImportRejected("json_damaged") from fault
    if not isinstance(content, list) or not content:
        raise ImportRejected("json_shape")
    items = cast(list[object], content)
    if all(isinstance(item, list) for item in items):
        rows = [[_text(cell) for cell in cast(list[object], item)] for item in items]
    elif all(isinstance(item, dict) for item in items):
        rows = _from_objects(cast(list[dict[str, object]], items))
    else:
        raise ImportRejected("json_shape")
    return Sheet(file, None, checked_rows(rows, count(1)))


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def _from_objects(items: list[dict[str, object]]) -> list[list[str]]:
    keys = list(dict.fromkeys(key for item in items for key in item))
    if len(keys) > MAX_COLUMNS:
        raise ImportRejected("too_many_columns", most=MAX_COLUMNS, at_row=1)
    return [keys, *([_text(item.get(key)) for key in keys] for item in items)]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
