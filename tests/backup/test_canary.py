"""What is written in a mentoring note lies in no file of a stopped home, no log and no backup (issue 3, Shows 7)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphdb import records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.home import opened
from graphdb.settings import Settings
from graphdb.writes import Change, change
from tests.access.world import World, build

ROOT = Path(__file__).parents[2]
# long, because the store packs short texts into a form in which they are not found
NOTE, LATER, PLAIN = (f"{word}-7431 " * 20 for word in ("cinnabar-note", "cinnabar-later", "vermilion-house"))


@pytest.mark.slow
def test_a_note_is_found_nowhere(tmp_path: Path) -> None:
    home, log = tmp_path / "home", tmp_path / "app.log"
    settings = Settings.from_env({**os.environ, "MREZHA_HOME": str(home), "NEO4J_URI": ""})
    with opened(settings, print) as graph:
        write_notes(graph, build(graph))
    said = flask("backup", str(tmp_path / "network.mrezha"), home=home)
    log.write_text(said.stdout + said.stderr, "utf-8")
    assert said.returncode == 0, said.stderr
    assert "server" in {path.name for path in home.iterdir()}, "the store was here"
    assert found(PLAIN, tmp_path), "what is not protected is found, so the search can find"
    assert not found(NOTE, tmp_path)
    assert not found(LATER, tmp_path)
    assert not found(PLAIN, tmp_path, only="network.mrezha"), "nothing of a backup can be read"


def write_notes(graph: Graph, world: World) -> None:
    """A contact with a note, changed once, so that a revision keeps what it was; and an organisation beside it."""
    kind, pair = kind_of("Contact"), world.records["Mentorship", "own"]
    values = {"on": "2026-05-04", "channel": "met", "note": NOTE}

    def work(c: Change) -> str:
        contact = records.create(c, graph, kind, values, {"pair": [pair]}, pair)
        records.update(c, graph, kind, contact, 1, {"note": LATER})
        return records.create(c, graph, kind_of("Organisation"), {"name": "Plain", "kind": "ngo", "description": PLAIN})

    change(graph, Actor("test", "command"), work)


def flask(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """A command of the product over this home."""
    env = {
        **os.environ,
        "MREZHA_HOME": str(home),
        "NEO4J_URI": "",
        "MREZHA_BACKUP_PASSPHRASE": "seven quiet herons fly",
    }
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *words],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def found(canary: str, folder: Path, only: str = "*") -> list[Path]:
    """Files that hold the canary, in UTF-8 or UTF-16, or its sealed form unsealed."""
    word = canary.split(maxsplit=1)[0]
    forms = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    files = [path for path in folder.rglob(only) if path.is_file()]
    return [path for path in files if any(form in path.read_bytes() for form in forms)]
