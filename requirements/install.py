"""Makes .venv and installs pinned, hashed requirements into it: `python3 requirements/install.py run engine`.

A set is installed only when its file changed since the last time. Needs nothing but Python's own library.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NEEDED = (3, 11)


def main(venv: Path, names: "list[str]") -> None:
    """Bring the environment `venv` to what the named sets pin."""
    if sys.version_info < NEEDED:
        here = ".".join(map(str, sys.version_info[:2]))
        sys.exit(f"Mrezha needs Python 3.11 or newer; this is {here}. Install one and run: make PYTHON=python3.11 ...")
    python = venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamps = {venv / f".installed-{name}": digest(HERE / f"{name}.txt") for name in names}
    if python.exists() and all(stamp.exists() and stamp.read_text() == wanted for stamp, wanted in stamps.items()):
        return
    if not has_pip(python):
        make(venv, python)
    install(python, names)
    for stamp, wanted in stamps.items():
        stamp.write_text(wanted)


def digest(file: Path) -> str:
    """What changes when the pins or the Python do."""
    return hashlib.sha256(file.read_bytes() + sys.version.encode()).hexdigest()


def has_pip(python: Path) -> bool:
    """Whether the environment is there and whole."""
    return python.exists() and subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0


def make(venv: Path, python: Path) -> None:
    """Make the virtual environment, or say what is missing for it."""
    print(f"Making the Python environment {venv.name}.", flush=True)
    done = subprocess.run([sys.executable, "-m", "venv", venv], capture_output=True, text=True)
    if done.returncode or not has_pip(python):
        version = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"{(done.stdout + done.stderr).strip()}\n\nPython could not make the environment {venv}. On Debian and Ubuntu a "
            f"package is missing: as root, run `apt-get install python{version}-venv` (or python3-venv), then start again."
        )


def install(python: Path, names: "list[str]") -> None:
    """Install with pip; every file must have the pinned hash."""
    print(f"Installing Python packages: {', '.join(names)} (once; this takes a minute).", flush=True)
    words = [python, "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check", "--no-input"]
    words += [] if sys.stdout.isatty() else ["--quiet"]
    for name in names:
        words += ["-r", HERE / f"{name}.txt"]
    if subprocess.run(words).returncode:
        sys.exit(
            "\nThe Python packages could not be installed; what pip said stands above. Behind a proxy set HTTPS_PROXY; "
            "where the proxy opens TLS set PIP_CERT to its certificate; for a mirror set PIP_INDEX_URL; a full disk needs "
            "1 GB. Nothing is broken: start again."
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
