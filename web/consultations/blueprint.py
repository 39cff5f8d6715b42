"""The blueprint of drafts under discussion and public discussions, apart from its routes, which lie in several files."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("consultations", __name__, url_prefix="/consultations", template_folder="templates")
