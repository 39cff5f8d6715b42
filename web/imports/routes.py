"""Pages of imports: choose files, see what they say, keep it, take it back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from graphdb import jobs
from graphdb.imports import undoing, uploads, writing
from web.access import actor, allow
from web.files import attachment
from web.imports import uploading, wording
from web.imports.report import unpacked
from web.interchange.readers.sheets import MAX_FILE_BYTES
from web.interchange.template import csv_archive, workbook
from web.sessions import graph
from web.typed import day_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.datastructures import MultiDict

bp = Blueprint("imports", __name__, url_prefix="/imports", template_folder="templates")
wording.install(bp)


@bp.get("/")
@allow("import", "read")
def index() -> ResponseReturnValue:
    """Choose files; what waits to be looked at; what was imported."""
    return _index()


def _index(problem: str = "", status: int = 200) -> ResponseReturnValue:
    waiting = graph.fetch(uploads.MINE, by=current_user.id, limit=20)
    past = graph.fetch(writing.LIST, by=current_user.id, everybody=_sees_all(), limit=50)
    return render_template("imports/index.html", waiting=waiting, past=past, problem=problem), status


@bp.post("/")
@allow("import", "create")
def upload() -> ResponseReturnValue:
    """Keep the files and read them in a job."""
    given = [(file.filename or "list", file.read()) for file in request.files.getlist("files") if file.filename]
    if not given:
        return _index(gettext("Choose a file first. Nothing was kept."), 400)
    large = [name for name, data in given if len(data) > MAX_FILE_BYTES]
    if large:
        text = gettext(
            "The file %(name)s is larger than %(most)s MB. Split it into smaller files. Nothing was kept.",
            name=large[0][:100], most=MAX_FILE_BYTES // 2**20,
        )  # fmt: skip
        return _index(text, 400)
    made = uploading.start(graph, actor(), [(name[:200], data) for name, data in given])
    return redirect(url_for("imports.preview", upload=made), 303)


@bp.get("/template.<kind>")
@allow("import", "read")
def template(kind: str) -> ResponseReturnValue:
    """The empty workbook, in the reader's language."""
    if kind == "xlsx":
        return attachment("mrezha-template", "xlsx", workbook(gettext))
    if kind != "zip":
        abort(404)
    return attachment("mrezha-template", "zip", csv_archive(gettext))


@bp.get("/files/<upload>")
@allow("import", "read")
def preview(upload: str) -> ResponseReturnValue:
    """What was understood; nothing is written yet."""
    found = _upload(upload)
    text = uploads.preview_of(graph, found)
    job = graph.one(jobs.ONE, id=found.job) if found.job else None
    if text is None or (job is not None and not job.over):
        return redirect(url_for("jobs.show", job=found.job), 303)
    seen = json.loads(text)
    answers = uploading.Answers.of(found.answers)
    report = unpacked(seen["report"])
    return render_template(
        "imports/preview.html", upload=found, report=report, seen=seen, answers=answers,
        refused_in_all=seen["report"]["refused_in_all"], day=report.true_as_of.isoformat() if report.true_as_of else "",
    )  # fmt: skip


@bp.post("/files/<upload>")
@allow("import", "create")
def decide(upload: str) -> ResponseReturnValue:
    """Look again with other answers, import, or forget the files."""
    found = _upload(upload)
    action = request.form.get("action")
    if action == "discard":
        uploads.drop(graph, found.id)
        flash(gettext("The files are forgotten; nothing was imported."), "undo")
        return redirect(url_for("imports.index"), 303)
    text = uploads.preview_of(graph, found)
    if text is None:
        return redirect(url_for("imports.preview", upload=upload), 303)
    before = uploading.Answers.of(found.answers)
    answers, problem = _answers(before, json.loads(text), request.form)
    if problem:
        flash(problem, "error")
        return redirect(url_for("imports.preview", upload=upload), 303)
    columns_changed = (answers.tables, answers.encodings) != (before.tables, before.encodings)
    kind = uploading.WRITE if action == "import" and not columns_changed else uploading.LOOK
    if action == "import" and columns_changed:
        flash(gettext("You changed columns. Here is what they say now; nothing is imported yet."), "undo")
    job = uploading.queue(graph, actor(), kind, found.id, answers.text())
    return redirect(url_for("jobs.show", job=job), 303)


@bp.get("/job/<job>")
@allow("import", "read")
def of_job(job: str) -> ResponseReturnValue:
    """From a job to what it did."""
    found = graph.one(jobs.ONE, id=job)
    if found is None or found.owner != current_user.id:
        abort(404)
    answer = found.answer()
    if found.kind == uploading.UNDO or answer.get("done"):
        return redirect(url_for("imports.result", import_=answer.get("import") or answer["upload"]), 303)
    if "upload" not in answer:
        abort(404)
    if found.kind == uploading.WRITE:
        flash(gettext("Nothing was imported: the registry has changed meanwhile and rows are refused now."), "error")
    return redirect(url_for("imports.preview", upload=answer["upload"]), 303)


@bp.get("/<import_>")
@allow("import", "read")
def result(import_: str) -> ResponseReturnValue:
    """What an import brought, what it means, what to do next."""
    found = _import(import_)
    stored = json.loads(found.report) if found.report else None
    standing = graph.read(lambda tx: undoing.touches(tx, found.id)) if found.state == "done" else []
    return render_template(
        "imports/result.html", import_=found, report=unpacked(stored) if stored else None, touches=standing,
        endpoints=current_app.view_functions,
    )  # fmt: skip


@bp.post("/<import_>/undo")
@allow("import", "undo")
def undo(import_: str) -> ResponseReturnValue:
    """Take an import back in a job, unless somebody has built on it."""
    found = _import(import_)
    if graph.read(lambda tx: undoing.touches(tx, found.id)):
        flash(
            gettext("Nothing was taken back, because others have built on this import. The list below says where."),
            "error",
        )
        return redirect(url_for("imports.result", import_=found.id), 303)
    job = uploading.queue_undo(graph, actor(), found.id)
    return redirect(url_for("jobs.show", job=job), 303)


def _upload(upload: str) -> uploads.Upload:
    found = graph.one(uploads.ONE, id=upload)
    if found is None or found.by != current_user.id:
        abort(404)
    return found


def _import(import_: str) -> writing.Import:
    found = graph.one(writing.ONE, id=import_)
    if found is None or (found.by != current_user.id and not _sees_all()):
        abort(404)
    return found


def _sees_all() -> bool:
    return "coordinator" in current_user.roles


def _answers(
    before: uploading.Answers, seen: dict[str, list[dict[str, object]]], form: MultiDict[str, str]
) -> tuple[uploading.Answers, str]:
    """What the form says, and what is wrong with it."""
    day = form.get("true_as_of", "").strip()
    if day and day_in(day) is None:
        return before, gettext("“%(given)s” is not a date; write it as 2026-03-31.", given=day[:40])
    flags = {name: form.get(name) == "yes" for name in ("complete", "directed", "skip_bad")}
    tables = wording.chosen_tables(before.tables, seen["tables"], form)
    encodings = wording.chosen_encodings(before.encodings, seen["texts"], form)
    return replace(before, tables=tables, encodings=encodings, true_as_of=day, **flags), ""
