"""A small Maven repository on loopback, with real requests and made-up jars."""

import hashlib
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from graphdb.engine.jarlist import Jar, read_lock

JARS = {f"jar{n}": bytes([n]) * 50_000 for n in range(12)}


def write_lock(path: Path) -> Path:
    """A list that pins the made-up jars."""
    lines = [f"org.example:{name}:1.0 {hashlib.sha256(content).hexdigest()}" for name, content in JARS.items()]
    path.write_text("\n".join(lines) + "\n")
    return path


class Repository:
    """What it was asked for, and how it is to misbehave."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.url = ""
        self.answer: Callable[[str, bytes], tuple[int, bytes]] = lambda _name, content: (200, content)


@contextmanager
def serve(certificate: Path | None = None) -> Generator[Repository]:
    """Runs one; over TLS where a PEM file with certificate and key is given."""
    repository = Repository()
    handler = type("Handler", (_Handler,), {"repository": repository})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
        httpd.handle_error = lambda *_: None  # clients that go away are part of the tests
        repository.url = f"http{'s' if certificate else ''}://127.0.0.1:{httpd.server_port}"
        thread = threading.Thread(target=httpd.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield repository
        finally:
            httpd.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    repository: Repository

    def do_GET(self) -> None:
        name = self.path.split("/")[-3]
        self.repository.asked[name] += 1
        whole = JARS[name]
        status, body = self.repository.answer(name, whole)
        self.send_response(status)
        self.send_header("Content-Length", str(len(whole) if status == 200 else len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Say nothing."""


def files(cache: Path) -> dict[str, bytes]:
    """What lies in the folder of the jars."""
    return {path.name: path.read_bytes() for path in cache.glob("neo4j-*/lib/*")}


def expected(lock: Path) -> dict[str, bytes]:
    """What must lie there."""
    return {jar.name: JARS[_artifact(jar)] for jar in read_lock(lock)}


def _artifact(jar: Jar) -> str:
    return jar.name.removesuffix("-1.0.jar")
