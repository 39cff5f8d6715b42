"""The map draws itself under the strict policy, asks no other machine for anything, and shows names as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.map.network import build
from tests.ties.world import TODAY, World

pytestmark = pytest.mark.browser
MARKUP = "<img src=x onerror=document.title='broken'> <b>bold</b>"
VIOLATIONS = """document.addEventListener('securitypolicyviolation', (event) => {
    (window.refused = window.refused || []).push(event.violatedDirective + ' ' + event.blockedURI) })"""


def opened(page, url):
    page.add_init_script(VIOLATIONS)
    page.goto(page.address + url)
    page.wait_for_selector("#map[data-drawn]", timeout=20_000)
    page.wait_for_timeout(300)


def quiet(page):
    assert page.evaluate("window.refused || []") == []
    assert page.complaints == []
    assert [url for url in page.requested if not url.startswith((page.address, "data:", "blob:"))] == []


def ink(page):
    """How many pixels of the drawing are not empty."""
    return page.evaluate(
        """() => { const canvas = document.querySelector('#map canvas');
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let n = 0; for (let at = 3; at < pixels.length; at += 4) if (pixels[at]) n += 1; return n; }"""
    )


def test_it_draws_is_moved_by_keys_and_saves_a_picture(graph, sign_in, looking):
    build(graph)
    page = looking(sign_in("coordinator"))
    opened(page, f"/map/?as_of={TODAY}")
    drawn = ink(page)
    assert drawn > 5_000
    page.locator("#map").focus()
    for _ in range(4):
        page.keyboard.press("+")
    page.wait_for_timeout(200)
    assert ink(page) != drawn
    with page.expect_download() as saved:
        page.get_by_role("button", name="Picture").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    quiet(page)


def test_markup_in_a_name_stays_text_everywhere(graph, sign_in, looking):
    world = World(graph)
    world.organisations(MARKUP, "plain")
    world.declared(MARKUP, "plain")
    page = looking(sign_in("coordinator"), 390, 844)
    opened(page, f"/map/?as_of={TODAY}&focus={world[MARKUP]}")
    box = page.locator("#map").bounding_box()
    for x in range(40, int(box["width"]), 12):
        page.mouse.click(box["x"] + x, box["y"] + box["height"] / 2)
        if page.locator("[data-map-note]").is_visible():
            break
    page.wait_for_timeout(400)
    assert page.locator("[data-map-note]").is_visible()
    assert page.locator("#main img, #main b:text-is('bold')").count() == 0
    assert "broken" not in page.title()
    assert "<b>bold</b>" in page.locator("#main").inner_text()
    quiet(page)


def test_without_javascript_the_table_says_the_same(graph, sign_in, address):
    world = World(graph)
    world.organisations("first", "second")
    world.declared("first", "second")
    page = sign_in("coordinator").get(f"/map/?as_of={TODAY}").text
    assert "<noscript>" in page
    assert page.count("second") >= 3
    assert "declared" in page
