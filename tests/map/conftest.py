"""A browser that looks at the app: Debian's chromium, against a server on this machine, and no other address."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture
def address(app) -> Iterator[str]:
    """Where the app answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def looking(address):
    """`looking(someone, width, height)`: a page of a browser in which that person is signed in."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))

        def look(someone, width=1280, height=900):
            context = browser.new_context(viewport={"width": width, "height": height})
            context.add_cookies([{"name": "mrezha", "value": someone.key, "url": address}])
            page = context.new_page()
            page.address, page.requested, page.complaints = address, [], []
            page.on("request", lambda request: page.requested.append(request.url))
            page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: page.complaints.append(str(error)))
            return page

        yield look
        browser.close()
