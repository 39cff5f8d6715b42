"""The class archive: made from the list that a start leaves, and one that Java accepts."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from graphdb.engine import archive, launch
from graphdb.engine.archive import Archive
from graphdb.engine.folder import Folder
from graphdb.engine.jarlist import MARK, engine_folder
from graphdb.engine.jdk import find_java
from graphdb.server import Address
from graphdb.settings import Settings

CLASSES = """\
java/lang/Object id: 0
java/lang/String id: 1
@lambda-proxy java/lang/String run
jdk/proxy2/$Proxy7 id: 2
org/neo4j/server/CommunityEntryPoint id: 3
org/neo4j/cut"""


@pytest.fixture
def made(server: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive about to be made, in a folder of its own whose jars are the real ones."""
    monkeypatch.setattr(archive, "CALM", 0.0)
    monkeypatch.setattr(archive, "MEMORY_KB", 0)
    monkeypatch.setattr(archive, "DISK", 0)
    engine = engine_folder(Settings.from_env(os.environ).cache)
    (tmp_path / "lib").symlink_to(engine / "lib")
    (tmp_path / MARK).write_bytes((engine / MARK).read_bytes())
    folder = Folder(tmp_path)
    folder.make()
    return Archive(find_java(None), tmp_path / "lib", folder)


def accepted(made: Archive) -> bool:
    words = launch.command(made.java, made.lib, "256m", ["-Xshare:on", *made.options()])
    return (
        subprocess.run([*words, "-version"], capture_output=True, env=launch.environment(), check=False).returncode == 0
    )


def make(made: Archive) -> None:
    until = time.monotonic() + 60
    made.tend()
    while made.making is not None and time.monotonic() < until:
        made.tend()
        time.sleep(0.05)


def test_it_is_made_from_the_classes_of_a_start_and_java_accepts_it(made: Archive) -> None:
    assert made.options() == [f"-XX:DumpLoadedClassList={made.listed}"]
    made.listed.write_text(CLASSES)
    make(made)
    assert made.options() == [f"-XX:SharedArchiveFile={made.file}"]
    assert accepted(made)
    assert not made.part.exists()
    made.drop()
    assert made.options() == [f"-XX:DumpLoadedClassList={made.listed}"]


def test_nothing_is_made_without_a_list_or_without_room(made: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    make(made)
    assert not made.file.exists()
    made.listed.write_text(CLASSES)
    made.tried = False
    monkeypatch.setattr(archive, "DISK", 10**18)
    make(made)
    assert not made.file.exists()


def test_leaving_off_leaves_nothing_behind(made: Archive) -> None:
    made.listed.write_text(CLASSES)
    made.tend()
    assert made.making is not None
    made.stop()
    assert not made.part.exists()
    assert not made.file.exists()
