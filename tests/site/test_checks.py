"""An unsafe server refuses to start: each check is broken once."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.site.conftest import zajedno
from zajedno.site import checks
from zajedno.site.trouble import Trouble


@pytest.fixture
def server(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Settings of a safe server."""
    keys = tmp_path / "keys.json"
    keys.touch(mode=0o600)
    monkeypatch.setenv("ZAJEDNO_HOSTS", "zajedno.example")
    settings.MODE, settings.SECRET_KEY, settings.SEALING_KEYS = "server", "s" * 64, keys
    settings.ALLOWED_HOSTS, settings.EMAIL_HOST = ["zajedno.example"], "mail.example"
    settings.SECURE_SSL_REDIRECT = True
    return settings


def ids(messages: list[Any]) -> list[str]:
    return [message.id for message in messages]


def all_but_database() -> list[str]:
    return ids([*checks.check_mode(None), *checks.check_settings(None), *checks.check_keys(None)])


def test_a_safe_server_passes(server: Any) -> None:
    assert all_but_database() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("MODE", "production", "zajedno.E001"),
        ("SECRET_KEY", "short", "zajedno.E002"),
        ("SECRET_KEY", "only-for-demo-and-tests-" + "x" * 40, "zajedno.E002"),
        ("DEBUG", True, "zajedno.E003"),
        ("ALLOWED_HOSTS", ["*"], "zajedno.E004"),
        ("ALLOWED_HOSTS", ["*.example"], "zajedno.E004"),
        ("SECURE_SSL_REDIRECT", False, "zajedno.E005"),
        ("SEALING_KEYS", Path("/nowhere/keys.json"), "zajedno.E006"),
        ("EMAIL_HOST", "", "zajedno.W001"),
    ],
)
def test_each_unsafe_setting_is_named(server: Any, name: str, value: object, expected: str) -> None:
    setattr(server, name, value)
    assert all_but_database() == [expected]


def test_hosts_must_be_named(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZAJEDNO_HOSTS")
    assert all_but_database() == ["zajedno.E004"]


def test_keys_that_others_read_are_refused(server: Any) -> None:
    server.SEALING_KEYS.chmod(0o644)
    assert all_but_database() == ["zajedno.E007"]


def test_keys_inside_the_database_are_refused(server: Any) -> None:
    (server.SEALING_KEYS.parent / "PG_VERSION").touch()
    assert all_but_database() == ["zajedno.E008"]


def test_in_the_demo_nothing_is_asked(settings: Any) -> None:
    settings.MODE, settings.DEBUG = "demo", True
    assert all_but_database() == []
    assert checks.check_database(None) == []


@pytest.mark.django_db
def test_an_owner_may_not_serve_pages(server: Any) -> None:
    assert ids(checks.check_database(None)) == ["zajedno.E009"]


@pytest.mark.django_db
def test_a_role_without_rights_may_serve_pages(server: Any) -> None:
    as_login()
    assert ids(checks.check_database(None)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("right", ["bypassrls", "createrole", "superuser"])
def test_a_role_with_rights_may_not(server: Any, right: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"alter role zajedno_login {right}")
    as_login()
    assert ids(checks.check_database(None)) == ["zajedno.E009"]


@pytest.mark.django_db
def test_people_of_the_demo_may_not_log_in(server: Any, django_user_model: Any) -> None:
    django_user_model.objects.create_user("ana@demo.invalid", "long enough to be a password")
    as_login()
    assert ids(checks.check_database(None)) == ["zajedno.E011"]


@pytest.mark.django_db
def test_refusing_names_every_reason(server: Any) -> None:
    server.DEBUG, server.SECRET_KEY = True, "short"
    as_login()
    with pytest.raises(Trouble) as refused:
        checks.refuse_unsafe()
    assert "DEBUG" in refused.value.sentence
    assert "ZAJEDNO_SECRET_KEY" in refused.value.sentence


def test_a_server_without_a_database_is_told_so(folder: Path) -> None:
    done = zajedno("check", folder=folder, ZAJEDNO_MODE="server")
    assert done.returncode == 1
    assert "set DATABASE_URL" in done.stderr
    assert os.listdir(folder) == []


def as_login() -> None:
    """As the role that logs in, for the rest of the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("set local session authorization zajedno_login")
