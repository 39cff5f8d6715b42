"""The loop in a real browser: a gap, an agenda, a decision, a promise, a referral, the gap measured again and closed.

The first meeting is held twenty days ago (written down afterwards), the second today; the pack made for the first prints
the same afterwards. One language on a desk, the other on a phone, for those who use them there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from graphdb.connection import Graph
from tests.browser.conftest import Site
from web.jobs import work

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAPER_TIE = re.compile(r"/gaps/found/C2:([0-9A-Z]{26}):([0-9A-Z]{26})")
MEETING = re.compile(r"/meetings/([0-9A-Z]{26})")
UNIVERSITY = "Belorek University"
PASSWORD = "lantern copper window tide"


@dataclass
class Loop:
    """What the walk learns on its way."""

    gap: str = ""
    meeting: str = ""
    one: str = ""
    other: str = ""
    pack: str = ""


def work_off(site: Site, graph: Graph) -> None:
    """Do every job that waits."""
    with site.app.app_context():
        while work.work_one(graph, "walk"):
            pass


def unfold(page: Page) -> None:
    """Open whatever is folded."""
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")


def press(page: Page, selector: str) -> None:
    """Press a button that sends a form, and wait for the answer."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def held(page: Page, meeting: str, day: str, hour: str, absent: str = "") -> None:
    """Set a meeting's day, and say who was there: everybody but `absent`."""
    page.goto(f"{meeting}/edit")
    page.fill("[name=on]", day)
    page.fill("[name=at]", hour)
    press(page, "main form .btn-primary")
    page.goto(f"{meeting}/attend")
    press(page, "button[value=rest_present]")
    if absent:
        unfold(page)
        page.locator(f"label:has(input[name='mode-{absent}'][value=absent])").click()
    press(page, ".save-bar .btn-primary")


def test_two_meetings_and_what_came_between(
    site: Site, migrated: Graph, chromium: Browser, signed_in: Callable[[str, str, int], Page]
) -> None:
    today = datetime.now(UTC).date()
    coordinator, loop = signed_in("coordinator", "en", 1280), Loop()
    put_on_the_agenda(coordinator, loop)
    loop.pack = packed(coordinator, loop, site, migrated)
    before = coordinator.request.get(loop.pack).body()
    decide(coordinator, loop, (today - timedelta(days=20)).isoformat(), (today + timedelta(days=10)).isoformat())

    university = newcomer(chromium, site, signed_in("administrator", "en", 1280), loop.one)
    referral = refer(university, loop)
    answer_by_link(chromium, university, referral)
    finish(university, referral)

    coordinator.goto("/gaps/collaboration")
    press(coordinator, "form[action$='/gaps/detect'] button")
    work_off(site, migrated)
    coordinator.goto(loop.gap)
    chain = coordinator.locator("main").inner_text()
    for said in ("discussed", "decided", "promised", "first referral", "closed"):
        assert said in chain.casefold(), chain

    second_meeting(coordinator, today.isoformat())
    coordinator.goto(f"{loop.meeting}/effect")
    said = coordinator.locator("main").inner_text()
    assert "1 of 1 gaps it treated are closed and checked" in said
    assert UNIVERSITY in coordinator.locator("section", has_text="Ties that appeared").inner_text()
    assert coordinator.request.get(loop.pack).body() == before, "the pack of the first meeting prints the same"

    manager = signed_in("manager", "bg", 390)
    manager.goto(f"{loop.meeting}/effect")
    assert "1 от 1" in manager.locator("main").inner_text()
    assert manager.evaluate("document.documentElement.scrollWidth") <= 390


def put_on_the_agenda(page: Page, loop: Loop) -> None:
    """The planted agreement on paper goes on the agenda of the next meeting."""
    page.goto("/gaps/collaboration")
    row = page.locator("tr", has_text=UNIVERSITY).first
    loop.gap = row.locator("a").first.get_attribute("href") or ""
    found = PAPER_TIE.search(loop.gap)
    assert found
    ends = found[1], found[2]
    row.locator("input[type=checkbox]").check()
    press(page, "form[action$='/gaps/agenda'] button, button[form]:has-text('Put on the agenda')")
    link = MEETING.search(page.content())
    assert link, "the gap says on which agenda it is"
    loop.meeting = link[0]
    page.goto(f"/partners/{ends[0]}")
    first = UNIVERSITY in page.locator("h1").inner_text()
    loop.one, loop.other = ends if first else ends[::-1]


def packed(page: Page, loop: Loop, site: Site, graph: Graph) -> str:
    """Have the pack made; its address."""
    page.goto(loop.meeting)
    press(page, f"form[action='{loop.meeting}/packs'] button")
    work_off(site, graph)
    page.goto(loop.meeting)
    found = re.search(rf"{loop.meeting}/packs/[^\"?]+", page.content())
    assert found
    return found[0]


def decide(page: Page, loop: Loop, day: str, due: str) -> None:
    """The meeting is held without the other party; it decides, and the university promises."""
    held(page, loop.meeting, day, "10:00", absent=loop.other)
    page.goto(f"{loop.meeting}/record")
    page.locator("textarea[name^=decision-]").first.fill("The university refers to the municipality.")
    page.locator("input[name^=text-]").first.fill("Send the first referral")
    page.locator("select[name^=owner-]").first.select_option(loop.one)
    page.locator("input[name^=due-]").first.fill(due)
    press(page, ".save-bar .btn-primary")


def newcomer(chromium: Browser, site: Site, administrator: Page, organisation: str) -> Page:
    """The focal point of the university comes in by an invitation, on a phone."""
    administrator.goto("/settings/invite")
    administrator.select_option("[name=role]", "partner")
    administrator.select_option("[name=organisation]", organisation)
    press(administrator, "main form .btn-primary")
    link = re.search(r"https?://[^\s<\"]+/account/welcome#[\w-]+", administrator.content())
    assert link
    page = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=site.address).new_page()
    page.goto(link[0])
    for name, value in (("login", "university"), ("name", "Focal"), ("password", PASSWORD), ("again", PASSWORD)):
        page.fill(f"[name={name}]", value)
    page.select_option("[name=language]", "bg")
    press(page, "main form .btn-primary")
    assert "Send the first referral" in page.locator("main").inner_text(), "what was promised waits on the first page"
    return page


def refer(page: Page, loop: Loop) -> str:
    """A case is sent, with the person's consent; the address of the referral."""
    page.goto("/referrals/new")
    page.select_option("[name=receiver]", loop.other)
    page.select_option("[name=service]", index=2)
    page.select_option("[name=agreed]", "person")
    press(page, "main form .btn-primary")
    assert re.search(r"/referrals/[0-9A-Z]{26}$", page.url), page.locator("main").inner_text()
    return page.url


def answer_by_link(chromium: Browser, page: Page, referral: str) -> None:
    """The municipality has no account: it opens a one-time link, twice, and accepts, once."""
    page.goto(referral)
    press(page, "form[action$='/link'] button")
    link = re.search(r"https?://[^\s<\"]+/referrals/answer#[\w-]+", page.content())
    assert link
    holder = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
    for _ in range(2):
        holder.goto("about:blank")
        holder.goto(link[0])
        press(holder, "main form button")
        expect(holder.locator("button[value=accept]")).to_be_visible()
    assert "#" not in holder.url
    press(holder, "button[value=accept]")
    holder.goto("about:blank")
    holder.goto(link[0])
    with holder.expect_response(lambda answer: answer.request.method == "POST") as again:
        holder.locator("main form button").click()
    assert again.value.status == 404


def finish(page: Page, referral: str) -> None:
    """The service begins, helps, and the sender has seen it; the municipality told it on the phone."""
    for kind in ("begin", "close_helped", "see"):
        page.goto(referral)
        unfold(page)
        press(page, f"button[value={kind}]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def second_meeting(page: Page, day: str) -> None:
    """The next meeting is planned from what is open, confirmed, and held today."""
    page.goto("/meetings/plan")
    press(page, "main form .btn-primary")
    found = MEETING.search(page.url)
    assert found, page.locator("main").inner_text()
    held(page, found[0], day, "00:30")
