"""Pages of a body and its meeting in a real browser, at 320 px: axe looks at each."""

import re

import pytest
from playwright.sync_api import Page

from tests.networks.bodies import Bodies
from tests.web.browser import PASSWORD, check_page, log_in, picture
from tests.world import World
from zajedno.networks.models import Member

pytestmark = pytest.mark.browser  # axe looks at each page at 320 px


def test_each_page_of_a_body_can_be_used(world: World, narrow_page: Page, site: str) -> None:
    for account in world.accounts.values():
        account.set_password(PASSWORD)
        account.save()
    ids = Bodies(world).ids()
    body, held = f"/network/bodies/{ids['bodies/uuid']}/", f"/network/meetings/{ids['meetings/meeting']}/"
    pages = {
        "bodies": "/network/bodies/", "body": body, "seat": f"{body}members/{ids['members/member']}/",
        "sit": f"{body}members/new/", "change": f"{body}change/", "meeting": held, "came": f"{held}attendance/",
        "item": f"{held}items/{ids['meetings/items/item']}/", "give": f"{held}tasks/new/",
        "networks": "/networks/", "network": f"/networks/{ids['networks/slug']}/",
    }  # fmt: skip
    narrow_page.goto(site)
    log_in(narrow_page, site, "csaba@demo.invalid", PASSWORD)
    narrow_page.wait_for_url(re.compile(r"/(work|panel|network)/$"))
    for name, path in pages.items():
        narrow_page.goto(site + path)
        check_page(narrow_page)
        picture(narrow_page, f"body-{name}")
    narrow_page.goto(site + body)
    assert Member.objects.count() == narrow_page.locator("#members tbody tr").count()
