"""`flask work`: the worker of jobs; `flask serve` starts one."""

from __future__ import annotations

import click
from flask import current_app

from web.commands.database import database
from web.jobs.work import work_on


@click.command("work")
def work_command() -> None:
    """Do queued jobs until ended."""
    with database() as graph, current_app.test_request_context():
        work_on(graph)


COMMANDS = (work_command,)
