"""An unsafe server refuses to start. Each check is one sentence that says what to change."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register, run_checks
from django.db import DatabaseError, connection

from zajedno.kernel.fence import WORKER, acting
from zajedno.site.trouble import Trouble

MODES = ("demo", "server", "test")
SHORTEST_SECRET = 50
TAG = "zajedno"


def refuse_unsafe() -> None:
    """Trouble with every reason, when this is a server and something is unsafe."""
    errors = [message.msg for message in run_checks(tags=[TAG], include_deployment_checks=True) if message.is_serious()]
    if errors:
        raise Trouble("This server is not safe to start:\n" + "\n".join(f"  - {error}" for error in errors))


@register(TAG)
def check_mode(app_configs: Any, **options: Any) -> list[CheckMessage]:
    if settings.MODE in MODES:
        return []
    return [Error(f"ZAJEDNO_MODE is {settings.MODE!r}. Use one of: demo, server.", id="zajedno.E001")]


@register(TAG)
def check_settings(app_configs: Any, **options: Any) -> list[CheckMessage]:
    return list(_settings()) if settings.MODE == "server" else []


@register(TAG)
def check_keys(app_configs: Any, **options: Any) -> list[CheckMessage]:
    return list(_keys(settings.SEALING_KEYS)) if settings.MODE == "server" else []


@register(TAG)
def check_database(app_configs: Any, **options: Any) -> list[CheckMessage]:
    if settings.MODE != "server":
        return []
    try:
        return list(_role()) or list(_demo_accounts())
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        return [Error(f"The database cannot be asked ({reason}). Run `zajedno setup` first.", id="zajedno.E010")]


def _settings() -> Iterator[CheckMessage]:
    if len(settings.SECRET_KEY) < SHORTEST_SECRET or settings.SECRET_KEY.startswith("only-for-demo"):
        yield Error(f"ZAJEDNO_SECRET_KEY is missing or shorter than {SHORTEST_SECRET} characters.", id="zajedno.E002")
    if settings.DEBUG:
        yield Error("DEBUG shows data of children in error pages. Turn it off.", id="zajedno.E003")
    if any("*" in host for host in settings.ALLOWED_HOSTS) or "ZAJEDNO_HOSTS" not in os.environ:
        yield Error("ZAJEDNO_HOSTS must name the addresses of this server, without `*`.", id="zajedno.E004")
    if not settings.SECURE_SSL_REDIRECT:
        yield Error("ZAJEDNO_BEHIND_TLS=0 would send passwords without encryption.", id="zajedno.E005")
    if not settings.EMAIL_HOST:
        yield Warning("ZAJEDNO_MAIL_URL is not set: invitations and reminders stay in the outbox.", id="zajedno.W001")


def _keys(path: Path) -> Iterator[CheckMessage]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Error(
            f"The sealing keys {path} cannot be read ({error.strerror}): ZAJEDNO_SEALING_KEYS.", id="zajedno.E006"
        )
        return
    if mode & 0o077:
        yield Error(f"Others may read the sealing keys. Run: chmod 600 {path}", id="zajedno.E007")
    if any((folder / "PG_VERSION").exists() for folder in path.resolve().parents):
        yield Error("The sealing keys lie inside the database's folder: one theft takes both.", id="zajedno.E008")


def _role() -> Iterator[CheckMessage]:
    """The role that logs in must be nobody: no superuser, no owner, not able to look past row-level security."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = session_user"
        )
        name, superuser, bypasses, creates = cursor.fetchone()
        cursor.execute(
            "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname in ('public', 'app') and pg_has_role(session_user, c.relowner, 'member')"
        )
        (owned,) = cursor.fetchone()
    if superuser or bypasses or creates:
        sentence = f"DATABASE_URL logs in as {name}, who is a superuser, makes roles or looks past row-level security."
        yield Error(sentence + " Name a role without rights (docs/server.md).", id="zajedno.E009")
    elif owned:
        sentence = f"DATABASE_URL logs in as {name}, who owns the tables. Name a role without rights (docs/server.md)."
        yield Error(sentence, id="zajedno.E009")


def _demo_accounts() -> Iterator[CheckMessage]:
    with acting(WORKER), connection.cursor() as cursor:
        cursor.execute("select count(*) from access_account where is_active and email like '%@demo.invalid'")
        (people,) = cursor.fetchone()
    if people:
        sentence = f"{people} accounts of the demo, whose password is public, could log in. Begin with a new database."
        yield Error(sentence, id="zajedno.E011")
