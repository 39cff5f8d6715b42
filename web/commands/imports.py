"""`flask import`: lists from files into the registry."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphdb.actors import Actor
from graphdb.errors import MissingError
from graphdb.imports import undoing, writing
from web.commands.database import database, say
from web.commands.days import Day, today
from web.imports import usecases
from web.imports.plan import Options
from web.interchange.duplicates import WHY
from web.interchange.readers.reading import Upload, read
from web.interchange.sentences import sentence

if TYPE_CHECKING:
    from graphdb.connection import Graph
    from web.interchange.facts import Notice

ACTOR = Actor("import", "command")


class ImportGroup(click.Group):
    """`flask import FILE...` beside `flask import undo ID`: what is no subcommand is a file or an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the first word for a subcommand only where there is one of that name."""
        return super().parse_args(ctx, args if args and args[0] in self.commands else ["files", *args])


@click.group("import", cls=ImportGroup)
def import_group() -> None:
    """Lists from files into the registry: `flask import FILE...`, `flask import undo ID`."""


@import_group.command("files", epilog="To take an import back: flask import undo ID")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.option("--skip-bad", is_flag=True, help="Leave refused rows out and write the rest.")
@click.option("--true-as-of", type=Day(), help="The day on which the list was true.")
@click.option("--complete", is_flag=True, help="The list is complete: where it offers nothing, there is nothing.")
@click.option("--directed/--undirected", default=False, help="Whether ties go one way where the file does not say.")
@click.option("--format", "form", type=click.Choice(("json", "text")), default="text", show_default=True)
def files_command(
    files: tuple[Path, ...], dry_run: bool, skip_bad: bool, true_as_of: date | None, complete: bool, directed: bool,
    form: str,
) -> None:  # fmt: skip
    """Read lists and write them into the registry, all or nothing."""
    uploads = [_upload(path) for path in files]
    reading = read(uploads)
    day = usecases.true_day(reading, true_as_of, today())
    options = Options(today(), day, complete, directed, skip_bad)
    with database() as graph:
        one = usecases.Import(
            graph, ACTOR, reading, options, [upload.name for upload in uploads], usecases.digest(uploads, options)
        )
        _take_up(graph, one)
        report = one.dry_run() if dry_run else one.run()
    click.echo(json.dumps(answer(report), ensure_ascii=False, indent=1)) if form == "json" else _tell(report)
    if report.refused and not skip_bad:
        sys.exit(1)


def _upload(path: Path) -> Upload:
    try:
        return Upload(path.name, path.read_bytes())
    except OSError as error:
        say(f"{path}: {error.strerror}. Nothing was imported.")
        sys.exit(1)


def _take_up(graph: Graph, one: usecases.Import) -> None:
    """The same list whose import was broken off is taken up where it ended."""
    broken_off = graph.one(writing.BROKEN_OFF, digest=one.digest)
    if broken_off is not None:
        one.id = broken_off.id
        say("An import of this list was broken off; it is taken up where it ended.")


def answer(report: usecases.Report) -> dict[str, Any]:
    """The report as the contract has it."""
    return {
        "read": {"files": report.files, "rows": report.rows},
        "written": report.written or dict.fromkeys([*usecases.COUNTED.values(), "attendance"], 0),
        "already_there": report.already,
        "changed": report.changed,
        "refused": [_told(notice) for notice in report.refused],
        "warnings": [_told(notice) for notice in report.warnings],
        "duplicates": [
            {
                "a": each.a, "b": each.b, "score": each.score, "why": each.why, "reason": WHY[each.why],
                "a_name": each.a_name, "b_name": each.b_name, "a_ref": each.a_ref, "b_ref": each.b_ref,
            }
            for each in report.duplicates
        ],
        "import_id": report.import_id,
        "dry_run": report.dry_run,
        "as_of": report.true_as_of.isoformat() if report.true_as_of else None,
        "window": None,
        "generated": datetime.now(UTC).isoformat(timespec="seconds"),
        "hidden": {"records": 0, "why": []},
    }  # fmt: skip


def _told(notice: Notice) -> dict[str, Any]:
    return {
        "file": notice.file, "sheet": notice.sheet, "row": notice.row, "column": notice.column,
        "value_class": notice.value_class, "code": notice.code, "message": sentence(notice),
    }  # fmt: skip


def _tell(report: usecases.Report) -> None:
    for notice in report.refused:
        say(f"refused: {where(notice)}: {sentence(notice)}")
    for notice in report.warnings:
        say(f"note: {where(notice)}: {sentence(notice)}")
    for each in report.duplicates:
        say(f"perhaps the same: {each.a_name} / {each.b_name} ({WHY[each.why]})")
    if not report.done and not report.dry_run:
        click.echo(f"Nothing was written: {len(report.refused)} rows were refused. --skip-bad leaves them out.")
        return
    click.echo("Would be written:" if report.dry_run else f"Written (import {report.import_id}):")
    for name, count in report.written.items():
        if count or report.already.get(name):
            there = report.already.get(name, 0)
            click.echo(f"  {name.replace('_', ' ')}: {count}" + (f" ({there} already there)" if there else ""))


def where(notice: Notice) -> str:
    """File, sheet, row and column of a notice."""
    parts = [notice.file, notice.sheet, f"row {notice.row}" if notice.row else None, notice.column]
    return ", ".join(part for part in parts if part)


@import_group.command("undo")
@click.argument("import_id", metavar="ID")
@click.option("--format", "form", type=click.Choice(("json", "text")), default="text", show_default=True)
def undo_command(import_id: str, form: str) -> None:
    """Take an import back, while nobody has built on it."""
    touched: list[undoing.Touch] = []
    done = undoing.Undone(0, 0)
    with database() as graph:
        try:
            done = undoing.undo(graph, ACTOR, import_id)
        except undoing.TouchedError as error:
            touched = error.touches
        except MissingError:
            say(f"There is no import “{import_id}”.")
            sys.exit(1)
    if form == "json":
        told = {"import_id": import_id, "gone": done.gone, "restored": done.restored}
        click.echo(json.dumps(told | {"touched": [asdict(touch) for touch in touched]}, ensure_ascii=False, indent=1))
    elif not touched:
        click.echo(f"Taken back: {done.gone} records are gone, {done.restored} are as before.")
    for touch in touched:
        how = f"{touch.by} links to it" if touch.why == "linked" else "it was changed since"
        say(f"{touch.ref or touch.id}: {how}.")
    if touched:
        say("Nothing was taken back, because others have built on this import.")
        sys.exit(1)


COMMANDS = (import_group,)
