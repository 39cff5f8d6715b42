"""Static files: our own, and those of the installed Bootstrap and vis-network packages."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, request, session

from web.access import public
from web.language import LANGUAGES
from web.pages import inside
from web.ui.squeezed import sent

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("ui", __name__, template_folder="templates")

OURS = str(files("web.ui") / "static")
PACKAGED = {
    "bootstrap.min.css": ("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css"),
    "vis-network.min.js": ("pyvis", "templates/lib/vis-9.1.2/vis-network.min.js"),
    "vis-network.css": ("pyvis", "templates/lib/vis-9.1.2/vis-network.css"),
}


@bp.get("/static/<path:name>")
@public
def static(name: str) -> ResponseReturnValue:
    """A style sheet or script of our own."""
    return sent(OURS, name)


@bp.get("/packaged/<name>")
@public
def packaged_static(name: str) -> ResponseReturnValue:
    """A file of an installed package, by a short list; nothing is vendored, nothing loaded from elsewhere."""
    if name not in PACKAGED:
        abort(404)
    file = packaged_file(name)
    return sent(str(file.parent), file.name)


def our_file(name: str) -> Path:
    """Where a file of our own lies."""
    return Path(OURS) / name


def packaged_file(name: str) -> Path:
    """Where a file of the short list lies. Raises KeyError."""
    package, path = PACKAGED[name]
    return Path(str(files(package))) / path


@bp.post("/language/<code>")
@public
def language(code: str) -> ResponseReturnValue:
    """Choose the language of the pages for this session."""
    if code not in LANGUAGES:
        abort(404)
    session["language"] = code
    return redirect(inside(request.form.get("back", "/")), 303)
