"""Style sheets and scripts on slow lines: sent compressed, so that a page of the phone weighs well under 100 kB.

Only these files, which hold no secret: a page with a form's token is never compressed (BREACH).
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import request, send_from_directory

if TYPE_CHECKING:
    from flask import Response

SUFFIXES = frozenset({".css", ".js", ".svg"})


def sent(folder: str, name: str) -> Response:
    """A file of a folder, compressed where the browser takes it; 404 for one that is not there."""
    answer = send_from_directory(folder, name)
    path = Path(folder) / name
    if path.suffix not in SUFFIXES:
        return answer
    answer.vary.add("Accept-Encoding")
    if answer.status_code == 200 and "gzip" in request.accept_encodings:
        answer.close()  # the file that is not sent
        answer.direct_passthrough = False
        answer.set_data(_squeezed(str(path), path.stat().st_mtime_ns))
        answer.headers["Content-Encoding"] = "gzip"
        answer.set_etag(answer.get_etag()[0] or "", weak=True)
    return answer


@lru_cache(maxsize=32)
def _squeezed(path: str, _changed: int) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 9, mtime=0)
