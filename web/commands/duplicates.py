"""`flask duplicates ...`: partners that are perhaps in twice, merged and taken back."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from graphdb import merging
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.records import RefusedError
from graphdb.writes import change
from web.commands.database import database, say
from web.commands.days import today
from web.duplicates import usecases
from web.interchange.duplicates import WHY

if TYPE_CHECKING:
    from graphdb.connection import Graph
    from graphdb.merging import Side

ACTOR = Actor("duplicates", "command")
FORM = click.option("--format", "form", type=click.Choice(("json", "text")), default="text", show_default=True)
CHOOSABLE = [part.name for part in (*kind_of("Organisation").fields, *kind_of("Organisation").links)]


@click.group("duplicates")
def duplicates_group() -> None:
    """Partners that are perhaps in the registry twice."""


@duplicates_group.command("list")
@FORM
def list_command(form: str) -> None:
    """Likely pairs, the surest first; pairs told apart are left out."""
    with database() as graph:
        found = usecases.likely(graph, "", "en")
        holds, merges = merging.past(graph, list(found.partners), "en", 1000)
    pairs = [
        {
            "a": pair.a.key, "a_ref": pair.a.ref, "a_ulid": pair.a.id, "a_name": pair.a.title,
            "b": pair.b.key, "b_ref": pair.b.ref, "b_ulid": pair.b.id, "b_name": pair.b.title,
            "score": pair.score, "why": pair.why, "reason": WHY[pair.why],
            "a_holds": _holds(holds[pair.a.id]), "b_holds": _holds(holds[pair.b.id]),
        }
        for pair in found.pairs
    ]  # fmt: skip
    told = [{"merge_id": one.ref, "ulid": one.id, "kept": one.kept, "dropped": one.dropped, "at": one.at.isoformat()} for one in merges]  # fmt: skip
    if form == "json":
        hidden = {"records": len(found.apart), "why": ["told_apart"] if found.apart else []}
        _print({"organisations": len(found.partners), "duplicates": pairs, "merges": told}, hidden)
        return
    for pair in pairs:
        click.echo(f"{pair['a_ref']} {pair['a_name']} / {pair['b_ref']} {pair['b_name']}: {pair['reason']}")
    click.echo(
        f"{len(pairs)} pairs among {len(found.partners)} organisations; {len(found.apart)} pairs were told apart."
    )


def _holds(kept: merging.Kept) -> dict[str, Any]:
    return {
        "services": kept.services, "positions": kept.people, "ties": kept.ties, "meetings": kept.meetings,
        "assured_on": kept.assured_on.isoformat() if kept.assured_on else None,
    }  # fmt: skip


@duplicates_group.command("merge")
@click.argument("keep")
@click.argument("drop")
@click.option("--take", multiple=True, metavar="FIELD", type=click.Choice(CHOOSABLE), help="Where both differ, take the value of DROP for this field (again for more).")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing.")
@FORM
def merge_command(keep: str, drop: str, take: tuple[str, ...], dry_run: bool, form: str) -> None:
    """Merge DROP into KEEP (ids, references or ids of an imported list); it can be taken back."""
    choices: dict[str, Side] = dict.fromkeys(take, "drop")
    with database() as graph:
        two = [_organisation(graph, given) for given in (keep, drop)]
        found = usecases.beside(graph, *two)
        if not isinstance(found, usecases.Beside):
            say("Nothing was merged: give two different organisations that are not archived.")
            sys.exit(1)
        versions = (found.keep.version, found.drop.version)
        try:
            plan = merging.planned(found.keep, found.drop, choices)
            made = (
                "" if dry_run else change(graph, ACTOR, lambda c: merging.merge(c, two[0], two[1], choices, versions))
            )
        except RefusedError as refused:
            say(f"Nothing was merged: {refused}")
            sys.exit(1)
    told = {
        "kept": found.keep.ref, "kept_ulid": found.keep.id, "dropped": found.drop.ref, "dropped_ulid": found.drop.id,
        "merge_id": made or None, "dry_run": dry_run, "moved": plan.counts(), "fields": sorted(plan.values),
        "differences": [{"field": row.name, "kept": row.keep, "dropped": row.drop, "taken": choices.get(row.name, row.default)} for row in found.rows if row.how == "choose"],
        "archived": [{"kind": label, "ulid": record} for label, record in plan.ended],
    }  # fmt: skip
    if form == "json":
        _print(told, {"records": 0, "why": []})
        return
    click.echo("Would be merged:" if dry_run else f"Merged (take it back with: flask duplicates undo {made}):")
    click.echo(f"  {found.drop.ref} into {found.keep.ref}")
    for label, n in sorted(plan.counts().items()):
        click.echo(f"  {label}: {n}")


@duplicates_group.command("undo")
@click.argument("merge_id", metavar="ID")
@FORM
def undo_command(merge_id: str, form: str) -> None:
    """Take a merge back (its id or reference), while neither of the two was changed since."""
    changed: list[str] = []
    kept = ""
    with database() as graph:
        try:
            kept = usecases.undo(graph, ACTOR, merge_id)
        except merging.ChangedSinceError as error:
            changed = error.records
        except MissingError:
            say(f"There is no merge “{merge_id}”.")
            sys.exit(1)
    if form == "json":
        _print({"merge_id": merge_id, "undone": not changed, "kept_ulid": kept or None, "changed": changed}, {"records": 0, "why": []})  # fmt: skip
    elif not changed:
        click.echo("Taken back: there are two organisations again, each with what it had.")
    if changed:
        say(f"Nothing was taken back, because this was changed since the merge: {', '.join(changed)}.")
        sys.exit(1)


def _organisation(graph: Graph, given: str) -> str:
    found = graph.one(merging.RESOLVE, given=given)
    if found is None:
        say(f"There is no organisation “{given}”.")
        sys.exit(1)
    return found.id


def _print(told: dict[str, Any], hidden: dict[str, Any]) -> None:
    frame = {"as_of": today().isoformat(), "window": None, "generated": datetime.now(UTC).isoformat(timespec="seconds"), "hidden": hidden}  # fmt: skip
    click.echo(json.dumps(told | frame, ensure_ascii=False, indent=1, default=str))


COMMANDS = (duplicates_group,)
