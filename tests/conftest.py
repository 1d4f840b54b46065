"""What every test may use. The database comes from `tests/database.py`, which pytest loads before Django's settings."""

import pytest

from tests import database


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django asks for this just before it makes the test database."""
    database.start()
