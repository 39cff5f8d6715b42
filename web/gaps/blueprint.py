"""The blueprint of gaps, apart from its routes, which lie in several files."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("gaps", __name__, url_prefix="/gaps", template_folder="templates")
