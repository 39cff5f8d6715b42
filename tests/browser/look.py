"""What can be wrong with a page that a browser shows."""

from __future__ import annotations

import re
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from web.translations import catalogue

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# a title of a record may be its number, such as MEN-0011
LATIN_ALONE = re.compile("[^а-яА-Я]*[a-z]{3}[^а-яА-Я]*")
VIOLATIONS = """async () => (await axe.run({resultTypes: ["violations"]})).violations
  .map(v => `${v.id} (${v.impact}): ` + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + n.html.slice(0, 120)).join(" | "))"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = e => e && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
  return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1)
    .filter(e => !scrolls(e.parentElement)).slice(0, 3).map(e => e.outerHTML.slice(0, 140)).concat("scrolls sideways");
}"""
SAID = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), said = [];
  while (walker.nextNode()) said.push(walker.currentNode.textContent.trim().replace(/\\s+/g, " "));
  for (const e of document.querySelectorAll("[aria-label], [placeholder], [title]"))
    said.push(e.getAttribute("aria-label"), e.getAttribute("placeholder"), e.getAttribute("title"));
  return said.filter(Boolean);
}"""


class Watch:
    """Listens to a page: what it asks of other hosts, what the console says."""

    def __init__(self, page: Page, address: str) -> None:
        self._page, self.heard = page, []
        page.on("request", lambda r: self._away(r.url, address))
        page.on("console", lambda m: self.heard.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.heard.append(str(e)))

    def _away(self, url: str, address: str) -> None:
        if not url.startswith((f"{address}/", "data:", "blob:")):
            self.heard.append(f"asks another host: {url}")

    def open(self, target: str) -> list[str]:
        """Open a page; what was wrong with getting it. A broken rule of the CSP is an error of the console."""
        self.heard.clear()
        answer = self._page.goto(target)
        status = answer.status if answer else 0
        return ([f"status {status}"] if status != 200 else []) + self.heard


def violations(page: Page) -> list[str]:
    """What axe finds, of any impact."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(VIOLATIONS)


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return [f"too wide: {one}" for one in page.evaluate(TOO_WIDE)]


def english() -> set[str]:
    """English texts that have other words in Bulgarian."""
    pairs = [(m.id, m.string) for m in catalogue.read("bg") if isinstance(m.id, str) and m.id and m.id != m.string]
    return {english for english, _ in pairs if len(english) > 3} - {words for _, words in pairs}


def left_in_english(page: Page, texts: set[str]) -> list[str]:
    """Texts of a Bulgarian page that the catalogue has Bulgarian words for, and a title without any."""
    left = [f"in English: {text}" for text in sorted(set(page.evaluate(SAID)) & texts)]
    title = page.title().rpartition("·")[0]
    return [*left, f"title: {title}"] if LATIN_ALONE.fullmatch(title) else left
