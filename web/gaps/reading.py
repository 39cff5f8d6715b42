"""What every page of gaps needs of its request: who reads, of which data, in which words."""

from __future__ import annotations

from flask import current_app
from flask_login import current_user

from graphdb import collaboration, coverage, naming
from web.access import granted, viewer
from web.gaps.usecases import Reader
from web.language import code
from web.sessions import data_stamp


def reader() -> Reader:
    """Who asks; the data versions came with the session."""
    return Reader(
        viewer(), code(), data_stamp(*coverage.KINDS), data_stamp(*collaboration.KINDS), data_stamp(*naming.PUBLIC_KINDS)
    )  # fmt: skip


def may_any(noun: str, action: str) -> bool:
    """Whether the reader may do it on any record."""
    return "any" in granted(current_user.roles, noun, action)


def has_page(endpoint: str) -> bool:
    """Whether another feature is there to link to."""
    return endpoint in current_app.view_functions
