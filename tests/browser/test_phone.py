"""A contact by thumb on a slow line; the same with the line cut, the browser closed in between; and what signing out leaves."""

from __future__ import annotations

import threading
import time

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from seed.demo.book import identity
from seed.demo.mentoring import LEADERS
from tests.browser.conftest import CHROMIUM, PASSWORD, QUIET
from tests.browser.look import too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
# what Chrome's own tools call a slow line of the third generation: bytes and milliseconds
SLOW = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
MOST_TAPS, MOST_BYTES, MOST_SECONDS = 6, 100_000, 60
KEPT_HERE = """async () => {
  const bases = (await indexedDB.databases()).map(one => one.name);
  const workers = (await navigator.serviceWorker.getRegistrations()).map(one => new URL(one.scope).pathname);
  return [bases, await caches.keys(), workers];
}"""
EVERYTHING = """async () => {
  const base = await new Promise(done => { const r = indexedDB.open("mrezha-phone"); r.onsuccess = () => done(r.result); });
  const all = name => new Promise(done => { const r = base.transaction(name).objectStore(name).getAll(); r.onsuccess = () => done(r.result); });
  const rows = [await all("about"), await all("labels"), await all("queue")];
  const texts = [];
  for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys())
    texts.push(request.url, await (await caches.match(request)).text());
  base.close();
  return [JSON.stringify(rows), texts.join("\\n"), JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
}"""


class Line:
    """The app on an address of its own that can be cut off and come back."""

    def __init__(self, app):
        self.app, self.port, self.server = app, 0, None
        self.back()
        self.address = f"http://127.0.0.1:{self.port}"

    def back(self):
        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def cut(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        self.server = None


@pytest.fixture
def line(site):
    made = Line(site.app)
    yield made
    if made.server:
        made.cut()


@pytest.fixture
def opened(chromium, line, tmp_path):
    """`opened()`: the phone's browser with its own folder, as it was left; closed is closed."""
    contexts = []

    def start(**more):
        context = chromium.browser_type.launch_persistent_context(
            str(tmp_path / "profile"),
            executable_path=CHROMIUM,
            args=list(QUIET),
            base_url=line.address,
            **PHONE,
            **more,
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context

    yield start
    for context in contexts:
        context.close()


@pytest.fixture
def counted(migrated):
    """How many contacts the mentor's pairs have; those of today are of an earlier test and would be asked about."""
    migrated.define(
        "MATCH (:Person {id: $id})-[:MENTORS_IN]->(:Mentorship)<-[:IN]-(c:Contact) WHERE c.on = date() DETACH DELETE c",
        id=identity("Person/M01"),
    )

    def count():
        found = migrated.define(
            "MATCH (:Person {id: $id})-[:MENTORS_IN]->(:Mentorship)<-[:IN]-(c:Contact) WHERE c.archived_at IS NULL RETURN count(c) AS n",
            id=identity("Person/M01"),
        )
        return found[0]["n"]

    return count


def sign_in(page, role="mentor"):
    page.goto("/account/sign-in")
    page.fill("input[name=login]", role)
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.tap("main form button")
    page.locator("details.menu").last.locator("summary").tap()
    with page.expect_navigation():
        page.tap("details.menu button[lang=en]")


def set_up(page, labels=("First", "Second")):
    page.goto("/account/phone")
    for number, label in enumerate(labels):
        page.locator("input[name^=label-]").nth(number).fill(label)
    page.tap("[data-set-up] button")
    page.wait_for_url("**/mentoring/phone/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    expect(page.locator("[data-line]")).to_have_text("Connected.")


def log(page, channel="phone"):
    page.get_by_role("radio", name="First").check()
    page.check(f"input[name=channel][value={channel}]")
    page.check("input[name=minutes][value='15']")
    page.check("input[name=topic][value=health]")
    page.tap("form button.btn-primary")


class Taps:
    """A thumb that counts."""

    def __init__(self, page):
        self.page, self.n = page, 0

    def __call__(self, selector):
        self.n += 1
        self.page.locator(selector).first.tap()


def test_a_contact_in_six_taps_on_a_slow_line(chromium, line, counted, record_property):
    context = chromium.new_context(base_url=line.address, **PHONE)
    context.set_default_timeout(60_000)
    page = context.new_page()
    sign_in(page)
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.clearBrowserCache")
    network.send("Network.emulateNetworkConditions", SLOW)
    weights = []
    network.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    before, start, tap = counted(), time.monotonic(), Taps(page)
    with page.expect_navigation(wait_until="networkidle"):
        tap("main a[href='/mentoring/log']")
    weight = sum(weights)
    assert page.locator("input[name=pair]:checked").count() == 1, "the likely pair is chosen"
    for name, value in (("channel", "phone"), ("minutes", "15"), ("topic", "health"), ("next", "14")):
        tap(f"input[name={name}][value='{value}']")
    tap("main form button.btn-primary")
    expect(page.locator(".notice-undo")).to_contain_text("Saved: your contact with")
    seconds = time.monotonic() - start
    print(f"\na contact: {tap.n} taps, {weight} bytes on a first visit, {seconds:.1f} s on a slow line")
    record_property("weight", weight)
    assert counted() == before + 1
    assert tap.n <= MOST_TAPS
    assert 10_000 < weight < MOST_BYTES
    assert seconds < MOST_SECONDS
    context.close()


def test_every_target_is_large(signed_in):
    page = signed_in("mentor", "en", 390)
    for target in ("/mentoring/log", "/account/phone"):
        page.goto(target)
        for one in page.locator("main .tap, main .btn").all():
            box = one.bounding_box()
            assert box is None or (box["height"] >= 38 and box["width"] >= 44), (target, box, one.inner_text())


def test_without_a_line_it_waits_through_a_restart_and_is_sent_once(line, opened, counted):
    context = opened()
    page = context.new_page()
    sign_in(page)
    set_up(page)
    before = counted()
    line.cut()
    context.set_offline(True)
    log(page)
    expect(page.locator("[data-entries] li")).to_contain_text("First · Phone · Health")
    expect(page.locator("[data-entries] .state")).to_have_text("waits for the line")
    expect(page.locator("[data-line]")).to_contain_text("No connection")
    assert not too_wide(page) + violations(page)
    context.close()

    context = opened(offline=True)
    page = context.new_page()
    page.goto("/mentoring/phone/")
    expect(page.locator("[data-entries] li")).to_contain_text("First · Phone · Health")
    rows, kept, *others = page.evaluate(EVERYTHING)
    assert others == ["{}", "{}"], "nothing elsewhere in the browser's storage"
    names = [leader.name for leader in LEADERS] + [word for leader in LEADERS for word in leader.name.split()]
    for secret in (
        *names,
        "csrf",
        identity("Person/M01"),
        *(identity(f"Mentorship/{leader.code}") for leader in LEADERS),
    ):
        assert secret not in rows + kept, secret
    assert "First" in rows
    assert '"note"' not in rows

    assert counted() == before
    line.back()
    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-queue]")).to_be_hidden()
    expect(page.locator("[data-said]")).to_have_text("Sent and kept.")
    assert counted() == before + 1
    page.reload()
    page.wait_for_timeout(500)
    assert counted() == before + 1


def test_an_answer_lost_on_the_way_makes_no_second_contact(opened, counted):
    page = opened().new_page()
    sign_in(page)
    set_up(page)
    before = counted()
    lost = []

    def lose(route):
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    page.route("**/mentoring/phone/send", lose)
    log(page, "chat")
    expect(page.locator("[data-line]")).to_contain_text("No connection")
    assert lost
    assert counted() == before + 1, "it arrived; the phone does not know"
    expect(page.locator("[data-entries] li")).to_have_count(1)
    page.unroute("**/mentoring/phone/send")
    page.reload()
    expect(page.locator("[data-queue]")).to_be_hidden()
    assert counted() == before + 1


def test_a_conflict_is_shown_and_the_person_decides(opened, counted):
    page = opened().new_page()
    sign_in(page)
    set_up(page)
    log(page, "online")
    expect(page.locator("[data-said]")).to_have_text("Sent and kept.")
    before = counted()
    log(page, "online")
    entry = page.locator("[data-entries] li")
    expect(entry).to_contain_text("is kept already")
    assert counted() == before
    page.reload()
    expect(entry).to_contain_text("is kept already")
    assert not too_wide(page) + violations(page)
    entry.get_by_role("button", name="Change").tap()
    page.check("input[name=topic][value=work]")
    page.tap("form button.btn-primary")
    expect(entry).to_contain_text("Work")
    expect(entry).to_contain_text("is kept already")
    assert counted() == before
    entry.get_by_role("button", name="Send it all the same").tap()
    expect(page.locator("[data-queue]")).to_be_hidden()
    assert counted() == before + 1
    log(page, "online")
    expect(entry).to_contain_text("is kept already")
    entry.get_by_role("button", name="Drop").tap()
    expect(page.locator("[data-queue]")).to_be_hidden()
    assert counted() == before + 1


def test_signing_out_asks_first_and_leaves_nothing(opened, counted):
    context = opened()
    page = context.new_page()
    sign_in(page)
    assert page.evaluate(KEPT_HERE) == [[], [], []], "nothing before the phone is set up"
    set_up(page)
    page.route("**/mentoring/phone/state", lambda route: route.abort())
    before = counted()
    log(page)
    expect(page.locator("[data-entries] li")).to_have_count(1)
    page.goto("/")
    said = []

    def answer(dialog):
        said.append(dialog.message)
        dialog.accept() if len(said) > 1 else dialog.dismiss()

    page.on("dialog", answer)
    page.locator("details.menu").last.locator("summary").tap()
    page.tap("form[data-leaves] button")
    page.wait_for_timeout(500)
    assert len(said) == 1
    assert "not sent" in said[0]
    assert page.evaluate(KEPT_HERE)[0] == ["mrezha-phone"], "still there after no"
    page.wait_for_timeout(4000)  # a form is not sent twice within this time
    page.tap("form[data-leaves] button")
    page.wait_for_url("**/account/sign-in")
    assert page.evaluate(KEPT_HERE) == [[], [], []]
    assert not [cookie for cookie in context.cookies() if cookie["name"] == "mrezha-phone"]
    assert counted() == before


def test_a_phone_that_is_forgotten_keeps_its_entries_and_says_so(opened, counted):
    context = opened()
    page = context.new_page()
    sign_in(page)
    set_up(page)
    before = counted()
    page.goto("/account/")
    for _ in range(page.locator("#phones li").count()):
        with page.expect_navigation():
            page.locator("#phones li button").first.tap()
    page.goto("/mentoring/phone/")
    expect(page.locator("[data-forgotten]")).to_be_visible()
    log(page)
    expect(page.locator("[data-entries] li")).to_contain_text("First")
    assert counted() == before
    set_up(page, ("First", "Second"))
    expect(page.locator("[data-queue]")).to_be_hidden()
    assert counted() == before + 1


def test_the_only_pair_is_chosen_again_after_each_entry(opened):
    page = opened().new_page()
    sign_in(page, "leader")
    set_up(page, ("First",))
    expect(page.get_by_role("radio", name="First")).to_be_checked()
    page.check("input[name=channel][value=chat]")
    page.tap("form button.btn-primary")
    expect(page.locator("[data-said]")).to_have_text("Sent and kept.")
    expect(page.get_by_role("radio", name="First")).to_be_checked()
    page.check("input[name=channel][value=chat]")
    page.tap("form button.btn-primary")
    expect(page.locator("[data-entries] li")).to_contain_text("is kept already")
    expect(page.locator("[data-said]")).to_be_hidden()


def test_right_to_left_nothing_scrolls_sideways(site, signed_in, monkeypatch):
    monkeypatch.setitem(site.app.jinja_env.globals, "direction", lambda: "rtl")
    for width in (390, 320):
        page = signed_in("mentor", "en", width)
        for target in ("/mentoring/log", "/mentoring/phone/", "/account/phone", "/mentoring/", "/"):
            page.goto(target)
            assert page.locator("html").get_attribute("dir") == "rtl"
            page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
            assert not page.evaluate(
                "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
            ), (width, target)
        page.goto("/mentoring/log")
        legend, tap = page.locator("legend").first.bounding_box(), page.locator("label.tap").first.bounding_box()
        assert legend["x"] + legend["width"] == pytest.approx(tap["x"] + tap["width"], abs=2), "both begin at the right"
