"""The blueprint of programmes, apart from its routes, which lie in several files."""

from flask import Blueprint

bp = Blueprint("programmes", __name__, url_prefix="/mentoring", template_folder="templates")
