"""Writes and reads the backup file: a ZIP with `database.dump` (PostgreSQL's own format) and `inventory.json`."""

import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from zajedno.site.backup.inventory import Inventory, broken_chain, take
from zajedno.site.database.binaries import for_server
from zajedno.site.trouble import Trouble

FORMAT = 1
PIECE = 1 << 20  # bytes copied at a time
DUMP, LIST = "database.dump", "inventory.json"


def write(url: str, target: Path, keys: str) -> Inventory:
    """Dump the database at `url` into `target` (mode 0600), with a list taken in the same snapshot.

    `keys` is a fingerprint of the sealing keys. Trouble when the role cannot read past row-level security: a backup
    that leaves out rows in silence is worse than none. The file appears only when it is whole.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        with psycopg.connect(url) as connection, _private(part) as file, zipfile.ZipFile(file, "w") as archive:
            connection.execute("set transaction isolation level repeatable read, read only")
            _require_all_rows(connection)
            inventory = take(connection)
            (snapshot,) = connection.execute("select pg_export_snapshot()").fetchone() or ("",)
            with archive.open(DUMP, "w", force_zip64=True) as dump:
                _dump(connection, url, snapshot, dump)
            archive.writestr(LIST, json.dumps({"format": FORMAT, "keys": keys, **inventory.as_json()}))
        part.replace(target)
    except OSError as error:
        raise Trouble(f"{target} cannot be written ({error.strerror}).") from None
    finally:
        part.unlink(missing_ok=True)
    return inventory


def restore(url: str, source: Path) -> tuple[Inventory, list[str], str]:
    """Put the backup into the empty database at `url`, in one transaction.

    Returns the list from the backup, what is different now (empty: nothing), and the fingerprint of the keys.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            listed = json.loads(archive.read(LIST))
            keys, form = listed.pop("keys"), listed.pop("format")
            if form != FORMAT:
                raise Trouble(f"{source} was written by another version of Zajedno (format {form}).")
            expected = Inventory(**listed)
            with psycopg.connect(url, autocommit=True) as connection:
                _require_empty(connection)
                _require_owner(connection, expected.owner)
                _make_roles(connection, expected)
                with archive.open(DUMP) as dump:
                    _load(connection, url, dump)
                now = take(connection)
                differences = expected.differences(now)
                if broken := broken_chain(connection):
                    differences.append(f"the audit trail is broken at {broken}")
            return expected, differences, keys
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError):
        raise Trouble(f"{source} is not a backup of Zajedno, or it is damaged.") from None


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with os.fdopen(handle, "w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _require_all_rows(connection: psycopg.Connection[Any]) -> None:
    row = connection.execute(
        "select rolname, rolsuper or rolbypassrls from pg_roles where rolname = current_user"
    ).fetchone()
    if row and not row[1]:
        raise Trouble(
            f"{row[0]} cannot read past row-level security, so its backup would leave out children in silence. "
            "Name a role with BYPASSRLS in BACKUP_DATABASE_URL (docs/server.md)."
        )


def _require_empty(connection: psycopg.Connection[Any]) -> None:
    row = connection.execute("select count(*) from pg_tables where schemaname in ('public', 'app')").fetchone()
    if row and row[0]:
        raise Trouble(
            f"The database already holds {row[0]} tables. A backup is only put into an empty one: "
            "choose a new data folder with ZAJEDNO_DATA, or make a new database on the server."
        )


def _require_owner(connection: psycopg.Connection[Any], owner: str) -> None:
    """Policies name the owner, so the tables must belong to a role of the same name."""
    if connection.info.user != owner:
        raise Trouble(f"The tables in this backup belong to {owner}: restore as that role (ADMIN_DATABASE_URL).")


def _make_roles(connection: psycopg.Connection[Any], expected: Inventory) -> None:
    """Roles belong to the server, not to the database: those that policies and grants name must be there before."""
    there = {name for (name,) in connection.execute("select rolname from pg_roles")}
    try:
        for name in expected.roles:
            if name not in there:
                connection.execute(sql.SQL("create role {} nologin").format(sql.Identifier(name)))
        for role, member in expected.members:
            if member in there:
                grant = sql.SQL("grant {} to {}")
                connection.execute(grant.format(sql.Identifier(role), sql.Identifier(member)))
    except psycopg.errors.InsufficientPrivilege:
        names = ", ".join(expected.roles)
        raise Trouble(
            f"The server lacks some of the roles {names}. Let its administrator make them (docs/server.md)."
        ) from None


def _dump(connection: psycopg.Connection[Any], url: str, snapshot: str, target: IO[bytes]) -> None:
    program = for_server(connection.info.server_version // 10000).path("pg_dump")
    with _running(url, program, "--format=custom", f"--snapshot={snapshot}", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        shutil.copyfileobj(process.stdout, target, PIECE)


def _load(connection: psycopg.Connection[Any], url: str, source: IO[bytes]) -> None:
    program = for_server(connection.info.server_version // 10000).path("pg_restore")
    options = ("--no-owner", "--single-transaction", "--exit-on-error")
    with _running(url, program, *options, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it says itself what was wrong
            shutil.copyfileobj(source, process.stdin, PIECE)
            process.stdin.close()


@contextmanager
def _running(
    url: str, program: str, *options: str, stdin: int | None = None, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run it with the password in its environment, not in the list of processes. Trouble when it fails."""
    address = conninfo_to_dict(url)
    environment = {**os.environ, "PGPASSWORD": str(address.pop("password", "") or "")}
    command = [program, *options, f"--dbname={make_conninfo(**{key: str(value) for key, value in address.items()})}"]
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(command, env=environment, stdin=stdin, stdout=stdout, stderr=complaints)
        try:
            yield process
        finally:
            if process.stdin:
                with suppress(BrokenPipeError):
                    process.stdin.close()
            status = process.wait()
        if status:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().splitlines() or ["(nothing)"]
            raise Trouble(f"{Path(program).name} could not finish. It said: {said[0]}")
