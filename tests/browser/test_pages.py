"""Every page that can be reached by links, for each role: it works, stays at home, fits, reads well and aloud."""

from __future__ import annotations

import pytest

from tests.browser.look import Watch, english, left_in_english, too_wide, violations
from tests.browser.walk import one_of_each, reachable
from web.access import ROLES

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FEWEST = 5


def walk(site, page, role):
    """The pages to look at: all for the coordinator, one of each template for the others."""
    pages, wrong = reachable(site, page)
    assert len(pages) >= FEWEST, pages
    return (pages if role == "coordinator" else one_of_each(pages)), wrong


@pytest.mark.parametrize("role", ROLES)
def test_every_page_on_a_desk(site, signed_in, role):
    page = signed_in(role, "en", 1280)
    pages, wrong = walk(site, page, role)
    watch = Watch(page, site.address)
    for what, target in pages.items():
        found = watch.open(target) + too_wide(page) + violations(page)
        wrong += [f"{what} {target}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_on_a_phone_in_bulgarian(site, signed_in, role):
    page = signed_in(role, "bg", 390)
    pages, wrong = walk(site, page, role)
    watch, texts = Watch(page, site.address), english()
    for what, target in pages.items():
        found = watch.open(target) + too_wide(page) + left_in_english(page, texts)
        if role == "coordinator":
            found += violations(page)
        wrong += [f"{what} {target}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)
