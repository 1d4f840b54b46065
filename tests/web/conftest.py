"""Fixtures of a real browser, and of one that only speaks English."""

from typing import Any

import pytest

from tests.web.browser import browser, narrow_page, page, quiet_page  # noqa: F401
from tests.web.panel_world import English
from tests.world import World


@pytest.fixture
def go(world: World) -> English:
    return English(world)


@pytest.fixture
def site(transactional_db: None, live_server: Any) -> str:
    """Address of the running site."""
    return str(live_server.url)
