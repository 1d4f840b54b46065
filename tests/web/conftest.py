"""Fixtures of a real browser."""

from typing import Any

import pytest

from tests.web.browser import browser, narrow_page, page, quiet_page  # noqa: F401


@pytest.fixture
def site(transactional_db: None, live_server: Any) -> str:
    """Address of the running site."""
    return str(live_server.url)
