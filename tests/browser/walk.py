"""Which pages a signed-in reader can reach by links, each kind of page once."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

from tests.browser.conftest import Site

HREF = re.compile(r'href="(/[^"]*)"')
# what of an address makes it another page, not another record of the same one
TELLING = ("slug", "format", "kind", "name")


def reachable(site: Site, page: Page) -> tuple[dict[str, str], list[str]]:
    """Addresses of pages by what they are ("records.index slug=people"), and what went wrong on the way."""
    seen: dict[str, str] = {"home.index": "/"}
    pages, wrong, waiting = {}, [], ["home.index"]
    while waiting:
        what = waiting.pop(0)
        answer = page.request.get(seen[what])
        if answer.status != 200:
            wrong.append(f"{answer.status} {seen[what]}")
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        pages[what] = seen[what]
        for target in map(html.unescape, HREF.findall(answer.text())):
            known = _what(site, target)
            if known is None:
                wrong.append(f"{seen[what]} links to {target}, where nothing is")
            elif known and known not in seen:
                seen[known] = target
                waiting.append(known)
    return pages, wrong


def _what(site: Site, target: str) -> str | None:
    """What an address leads to; empty for files that belong to every page; None where it leads nowhere."""
    try:
        endpoint, values = site.app.url_map.bind("").match(urlsplit(target).path, method="GET")
    except HTTPException:
        return None
    if endpoint.endswith("static"):
        return ""
    return " ".join([endpoint, *(f"{name}={values[name]}" for name in TELLING if name in values)])


def one_of_each(pages: dict[str, str]) -> dict[str, str]:
    """One page for each endpoint: enough for roles that see the same templates with less in them."""
    found: dict[str, str] = {}
    for what, address in pages.items():
        found.setdefault(what.split()[0], address)
    return found
