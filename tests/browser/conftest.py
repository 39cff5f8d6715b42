"""The demonstration behind a real server, and a browser in which any of its people is signed in."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from graphdb.connection import Graph
from graphdb.passwords import Cost, Passwords
from graphdb.settings import Settings
from seed import demo
from seed.demo.accounts import VISITORS
from tests.conftest import wipe
from web import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PASSWORD = "four words for tests"


@dataclass(frozen=True)
class Site:
    """An app and where it answers."""

    app: Flask
    address: str


@pytest.fixture(scope="module")
def site(migrated: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, served."""
    home = Path(tmp_path_factory.mktemp("demonstration"))
    wipe(migrated)
    quick = Passwords(home / "run", Cost(1, 1024, 1)).hash(PASSWORD)
    demo.fill(migrated, datetime.now(UTC).date(), {visitor.login: quick for visitor in VISITORS})
    app = create_app(Settings.from_env({"MREZHA_HOME": str(home), "MREZHA_DEMO": "1"}), migrated)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()
    wipe(migrated)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's chromium; a busy machine gets the time for a page that it needs (how long one takes is for benchmarks)."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def signed_in(site: Site, chromium: Browser) -> Iterator[Callable[[str, str, int], Page]]:
    """`signed_in(role, language, width)`: a page after signing in by the form and choosing the language."""
    contexts = []

    def enter(role: str, language: str, width: int) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=site.address)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/account/sign-in")
        page.fill("input[name=login]", role)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button")
        page.locator("details.menu").last.locator("summary").click()
        page.click(f"details.menu button[lang={language}]")
        assert page.locator("html").get_attribute("lang") == language
        return page

    yield enter
    for context in contexts:
        context.close()
