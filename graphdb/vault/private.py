"""Files that only the account of the program may read."""

import os
import stat
from pathlib import Path

from graphdb.vault.errors import UnsafeKeyFileError

# Windows keeps rights in access lists: mode bits say nothing there.
HAS_MODE_BITS = os.name == "posix"


def make_private_folder(folder: Path) -> None:
    """Make `folder` with mode 0700; one that others may enter is refused."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_if_shared(folder)


def make_private_file(path: Path) -> None:
    """Make an empty file with mode 0600 where there is none; one that others may read is refused."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    refuse_if_shared(path)


def refuse_if_shared(path: Path) -> None:
    """Raise `UnsafeKeyFileError` where the group or the world has any right on `path`."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if HAS_MODE_BITS and mode & 0o077:
        wanted = "700" if path.is_dir() else "600"
        raise UnsafeKeyFileError(
            f"{path} can be opened by other accounts of this machine (mode {mode:03o}). "
            f"Nothing was read. Close it with: chmod {wanted} '{path}'"
        )


def write_new(path: Path, content: bytes) -> None:
    """Write a 0600 file that must not exist yet, and wait until the disk holds it."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, content: bytes) -> None:
    """Put `content` in the place of `path` in one step: a reader or a crash finds the old or the new, never half."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    write_new(fresh, content)
    fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk holds the folder's names; Windows has no such call and needs none."""
    if HAS_MODE_BITS:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
