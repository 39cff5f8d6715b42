"""A pack as JSON and back: what is stored beside the meeting."""

import json
import types
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

from web.packs.content import FORMAT, Pack


class SnapshotError(ValueError):
    """The text is not a pack that this version can read."""


def to_json(pack: Pack) -> str:
    """The same pack gives the same text."""
    return json.dumps({"format": FORMAT, **asdict(pack)}, default=_written, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Pack:
    """The pack that `to_json` wrote. Fields added since then take their defaults; SnapshotError for anything else."""
    try:
        record = json.loads(text)
        if record.pop("format") != FORMAT:
            raise SnapshotError("the pack was stored by another version of the program")
        return _read(Pack, record)
    except SnapshotError:
        raise
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise SnapshotError(f"the stored pack is damaged: {error}") from error


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a pack holds no {type(value).__name__}")


def _read(kind: Any, value: Any) -> Any:
    """`value` of JSON as the annotated `kind`: a dataclass, a tuple of one kind, an optional, a date, a plain value."""
    if get_origin(kind) in (Union, types.UnionType):
        inner = next(part for part in get_args(kind) if part is not types.NoneType)
        return None if value is None else _read(inner, value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], part) for part in value)
    if is_dataclass(kind):
        return _read_record(kind, value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return _plain(kind, value)


def _read_record(kind: Any, value: Any) -> Any:
    hints = get_type_hints(kind)
    unknown = set(value) - {field.name for field in fields(kind)}
    if unknown:
        raise TypeError(f"unknown fields {sorted(unknown)} in {kind.__name__}")
    return kind(**{name: _read(hints[name], part) for name, part in value.items()})


def _plain(kind: type[Any], value: Any) -> Any:
    if kind is float and isinstance(value, int):
        return float(value)
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
