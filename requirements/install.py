"""Makes .venv and installs pinned, hashed requirements into it: `python3 requirements/install.py .venv run engine`.

A set is installed only when its file or the Python changed since the last time. Needs nothing but Python's own library.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NEEDED = (3, 11)
NO_VENV = """
Python could not make the environment {venv}; what it said stands above. On Debian and Ubuntu a package is missing:
as root, run `apt-get install python{version}-venv` (or python3-venv), then start again.
"""
NO_PACKAGES = """
The Python packages could not be installed; what pip said stands above. Behind a proxy set HTTPS_PROXY; where the proxy
opens TLS, set PIP_CERT to a PEM file with its certificate; for a mirror set PIP_INDEX_URL; a full disk needs 1 GB.
Nothing is broken: start again.
"""


def main(venv: Path, names: "list[str]") -> None:
    """Bring the environment `venv` to what the named sets pin."""
    version = ".".join(map(str, sys.version_info[:2]))
    if sys.version_info < NEEDED:
        sys.exit(f"Mrezha needs Python 3.11 or newer; this is {version}. Install one, then: make PYTHON=python3.11 run")
    python = venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamps = {venv / f".installed-{name}": digest(HERE / f"{name}.txt") for name in names}
    if python.exists() and all(stamp.exists() and stamp.read_text() == wanted for stamp, wanted in stamps.items()):
        return
    if not works(python):
        print(f"Making the Python environment {venv}.", flush=True)
        if not run(sys.executable, "-m", "venv", venv) or not works(python):
            sys.exit(NO_VENV.format(venv=venv, version=version))
    print(f"Installing Python packages: {', '.join(names)} (once; this takes a minute).", flush=True)
    if not install(python, names):
        sys.exit(NO_PACKAGES)
    for stamp, wanted in stamps.items():
        stamp.write_text(wanted)


def digest(file: Path) -> str:
    """What changes when the pins or the Python do."""
    return hashlib.sha256(file.read_bytes() + sys.version.encode()).hexdigest()


def works(python: Path) -> bool:
    """Whether the environment is there and whole."""
    return python.exists() and run(python, "-c", "import pip")


def install(python: Path, names: "list[str]") -> bool:
    """Install with pip; every file must have the pinned hash."""
    # what is imported gets compiled then: compiling all of it doubles the time
    words = ["install", "--require-hashes", "--no-compile", "--disable-pip-version-check", "--no-input"]
    words += [] if sys.stdout.isatty() else ["--quiet"]
    for name in names:
        words += ["-r", str(HERE / f"{name}.txt")]
    if not run(python, "-m", "pip", *words):
        return False
    if "test" in names:  # under pytest a warning is an error, also one about foreign code that is compiled only then
        run(python, "-W", "ignore", "-m", "compileall", "-qq", "-j", "0", python.parents[1] / "lib")
    return True


def run(*words: "str | Path") -> bool:
    """Run a program, its output shown; whether it ended well."""
    return subprocess.run(words, check=False).returncode == 0  # noqa: S603 - our own words, no shell


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
