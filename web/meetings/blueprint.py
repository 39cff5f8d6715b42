"""The blueprint of meetings, apart from its routes, which lie in several files."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("meetings", __name__, url_prefix="/meetings", template_folder="templates")
