"""Records of every kind the catalogue declares: list, show, create, edit, archive, undo.

A kind that needs a verb of its own gets its own module beside this package; this kit grows no hooks.
"""

from graphdb.records.bulk import New, RowRefusedError, create_many
from graphdb.records.checks import BadValueError, RefusedError, checked, coerce
from graphdb.records.reading import Choice, Listing, Page, RecordRow, RecordView, Ref, choices, count, page, show
from graphdb.records.writing import archive, create, restore, revise, undo, update

__all__ = [
    "BadValueError", "Choice", "Listing", "New", "Page", "RecordRow", "RecordView", "Ref", "RefusedError", "RowRefusedError", "archive", "checked",
    "choices", "coerce", "count", "create", "create_many", "page", "restore", "revise", "show", "undo", "update",
]  # fmt: skip
