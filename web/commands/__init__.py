"""Commands of `flask`: thin, one file a group. Answers on standard output, messages on standard error."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

GROUPS = (
    "serve",
    "work",
    "accounts",
    "gaps",
    "meetings",
    "ties",
    "measures",
    "export",
    "seed",
    "imports",
    "backup",
    "doctor",
    "mentoring",
    "matching",
    "supervision",
    "rights",
    "duplicates",
    "referrals",
    "conferences",
    "consultations",
    "erasing",
)


def install(app: Flask) -> None:
    """Give the app its commands."""
    for name in GROUPS:
        module = importlib.import_module(f"web.commands.{name}")
        for command in module.COMMANDS:
            app.cli.add_command(command)
