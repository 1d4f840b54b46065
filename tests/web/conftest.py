"""Fixtures of a real browser, of one that only speaks English, and of a phone."""

from typing import Any

import pytest
from django.core.cache import cache

from tests.web.browser import PASSWORD, browser, narrow_page, page, quiet_page  # noqa: F401
from tests.web.field_world import Field
from tests.web.panel_world import English
from tests.world import World, make_world


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """In a real browser everybody logs in by password, and what is written is seen by the site's threads."""
    in_browser = request.node.get_closest_marker("browser")
    if in_browser:
        request.getfixturevalue("transactional_db")
    made = make_world()
    for account in made.accounts.values() if in_browser else ():
        account.set_password(PASSWORD)
        account.save()
    return made


@pytest.fixture
def go(world: World) -> English:
    return English(world)


@pytest.fixture
def field(world: World) -> Field:
    """Besa with her phone, while nobody has failed to log in."""
    cache.clear()
    return Field(world)


@pytest.fixture
def site(transactional_db: None, live_server: Any) -> str:
    """Address of the running site."""
    return str(live_server.url)
