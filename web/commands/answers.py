"""How commands answer: JSON, CSV or columns of text."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from web.interchange.tables import write_csv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from web.interchange.tables import Cell

format_option = click.option(
    "--format", "form", type=click.Choice(("json", "csv", "table")), default="table", show_default=True
)


def print_answer(form: str, answer: Mapping[str, Any], heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """The answer as JSON, or its rows as a table."""
    if form == "json":
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1, default=_plain))
    elif form == "csv":
        click.echo(write_csv(heads, rows).decode("utf-8-sig").replace("\r\n", "\n"), nl=False)
    else:
        print_table(heads, [[_text(cell) for cell in row] for row in rows])


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell."""
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        click.echo("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


def _text(cell: Cell) -> str:
    if cell is None:
        return "-"
    return f"{cell:.3f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)


def _plain(value: object) -> str:
    assert isinstance(value, date | datetime)
    return value.isoformat()
