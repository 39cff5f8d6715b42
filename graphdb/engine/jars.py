"""Fetches the server's jars: once, checked by SHA-256, taken up where it was interrupted."""

import hashlib
import os
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from pathlib import Path

import requests
from jgo.constants import MAVEN_CENTRAL_URL
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from graphdb.engine import EngineError
from graphdb.engine.advice import DamagedError, explain
from graphdb.engine.jarlist import LOCK, VERSION, Jar, complete, engine_folder, mark_complete, read_lock
from graphdb.engine.locks import Lock
from graphdb.engine.progress import show_progress

WORKERS = 16
TRIES = 2
PAUSE = 0.5  # seconds between two tries
TIMEOUT = (10.0, 30.0)  # seconds to connect, seconds of silence
CHUNK = 1 << 16
Say = Callable[[str], None]
Tick = Callable[[], None]


def fetch_jars(cache: Path, mirrors: Sequence[str], say: Say, lock: Path = LOCK) -> Path:
    """The folder that holds every jar of the list, each checked. Fetches what is missing; raises EngineError."""
    folder = engine_folder(cache)
    try:
        with _alone(folder, say):
            if not complete(folder, lock):  # another process may have been faster
                _fetch_missing(folder, read_lock(lock), mirrors or (MAVEN_CENTRAL_URL,), say)
                mark_complete(folder, lock)
    except (OSError, requests.RequestException, DamagedError) as error:
        raise EngineError(explain(error, folder)) from error
    return folder / "lib"


def _alone(folder: Path, say: Say) -> AbstractContextManager[Lock]:
    lock = Lock(folder / "fetch.lock")
    if not lock.take():
        say("Another Mrezha is fetching Neo4j into the same folder: waiting for it.")
        lock.take(wait=True)
    return lock


def _fetch_missing(folder: Path, jars: tuple[Jar, ...], bases: Sequence[str], say: Say) -> None:
    lib = folder / "lib"
    lib.mkdir(parents=True, exist_ok=True)
    for leftover in lib.glob("*.part"):  # of a run that was interrupted; the lock says nobody writes it now
        leftover.unlink()
    missing = [jar for jar in jars if not _good(lib / jar.name, jar)]
    if missing:
        kept = f", {len(jars) - len(missing)} are here already" if len(missing) < len(jars) else " (128 MB, once)"
        say(f"Fetching Neo4j Community {VERSION}: {len(missing)} files{kept}.")
        with show_progress("Fetching Neo4j", len(missing), say) as tick, _session() as session:
            _fetch_all(session, bases, missing, lib, tick)


def _fetch_all(session: requests.Session, bases: Sequence[str], missing: list[Jar], lib: Path, tick: Tick) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting = [pool.submit(_fetch, session, bases, jar, lib) for jar in missing]
        try:
            for done in as_completed(waiting):
                done.result()
                tick()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _fetch(session: requests.Session, bases: Sequence[str], jar: Jar, lib: Path) -> None:
    """Fetch one jar from the first address that gives it whole."""
    places = [base for base in bases for _ in range(TRIES)]
    for number, base in enumerate(places, 1):
        try:
            _download(session, f"{base}/{jar.path}", jar, lib)
        except (requests.RequestException, DamagedError):
            if number == len(places):
                raise
            time.sleep(PAUSE)
        else:
            return


def _download(session: requests.Session, url: str, jar: Jar, lib: Path) -> None:
    """Write beside the target, check, then rename: a jar under its own name is whole."""
    part = lib / f"{jar.name}.{secrets.token_hex(4)}.part"
    digest = hashlib.sha256()
    try:
        with session.get(url, stream=True, timeout=TIMEOUT) as answer, part.open("wb") as file:
            answer.raise_for_status()
            for chunk in answer.iter_content(CHUNK):
                digest.update(chunk)
                file.write(chunk)
        if digest.hexdigest() != jar.sha256:
            raise DamagedError(url)
        part.replace(lib / jar.name)
    finally:
        part.unlink(missing_ok=True)


def _session() -> requests.Session:
    """Proxies come from HTTPS_PROXY, the trusted certificates from SSL_CERT_FILE or REQUESTS_CA_BUNDLE."""
    session = requests.Session()
    again = Retry(
        total=2,
        connect=0,
        read=0,
        backoff_factor=0.5,
        status_forcelist=(429, 500, 502, 503, 504),
        raise_on_status=False,
    )
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(pool_maxsize=WORKERS, max_retries=again))
    if trusted := os.environ.get("SSL_CERT_FILE"):
        session.verify = trusted
    return session


def _good(path: Path, jar: Jar) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256
    except FileNotFoundError:
        return False
