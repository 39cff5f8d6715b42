"""Every page that can be reached by links, for each role: it works, stays at home, fits, reads well and aloud."""

from __future__ import annotations

import pytest

from tests.browser.look import Watch, english, left_in_english, too_wide, violations
from tests.browser.walk import one_of_each, reachable
from web.access import ROLES

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FEWEST = 5


@pytest.fixture(scope="module")
def walked(site):
    """`walked(page, role)`: the pages to look at, and the links that lead nowhere. A role's links are followed once.

    All pages for the coordinator, one of each template for the others.
    """
    known = {}

    def walk(page, role):
        if role not in known:
            pages, wrong = reachable(site, page)
            assert len(pages) >= FEWEST, pages
            known[role] = (pages if role == "coordinator" else one_of_each(pages)), wrong
        return known[role]

    return walk


@pytest.mark.parametrize("role", ROLES)
def test_every_page_on_a_desk(site, signed_in, walked, role):
    page = signed_in(role, "en", 1280)
    pages, broken = walked(page, role)
    watch, wrong = Watch(page, site.address), [*broken]
    for what, target in pages.items():
        found = watch.open(target) + too_wide(page) + violations(page)
        wrong += [f"{what} {target}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_on_a_phone_in_bulgarian(site, signed_in, walked, role):
    page = signed_in(role, "bg", 390)
    pages, broken = walked(page, role)
    watch, texts, wrong = Watch(page, site.address), english(), [*broken]
    for what, target in pages.items():
        found = watch.open(target) + too_wide(page) + left_in_english(page, texts) + violations(page)
        wrong += [f"{what} {target}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)
