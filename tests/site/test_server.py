"""The page for administrators is followed to the letter, on a server of its own, by a role that is not superuser."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.site.conftest import QUICK, environment, zajedno
from zajedno.site.database import ADMIN, Cluster
from zajedno.site.folders import ROOT

PAGE = (ROOT / "docs" / "server.md").read_text()


def statements() -> list[str]:
    block = re.search(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert block
    return [line for line in block[1].splitlines() if line]


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    """Environment of a server whose database was made by the page's SQL, after `zajedno setup`."""
    folder = Path(tempfile.mkdtemp(prefix="zj-"))
    folder.chmod(0o711)
    cluster = Cluster(folder / "db", settings=QUICK)
    cluster.start()
    try:
        with psycopg.connect(cluster.url(ADMIN, "postgres"), autocommit=True) as connection:
            connection.execute("create role boss login superuser password 'boss'")
        host = quote(str(cluster.socket_folder))
        boss = f"postgresql://boss:boss@/postgres?host={host}"
        with psycopg.connect(boss, autocommit=True) as connection:
            connection.execute(f"alter role {ADMIN} rename to first_boss")  # the page makes its own
            for statement in statements():
                connection.execute(statement)
        told = {
            "ZAJEDNO_MODE": "server",
            "ZAJEDNO_SECRET_KEY": "k" * 64,
            "ZAJEDNO_HOSTS": "zajedno.example",
            "ZAJEDNO_MAIL_URL": "smtp://localhost",
            "ZAJEDNO_SEALING_KEYS": str(folder / "keys" / "keys.json"),
            "DATABASE_URL": f"postgresql://zajedno_login:second@/zajedno?host={host}",
            "ADMIN_DATABASE_URL": f"postgresql://zajedno_admin:first@/zajedno?host={host}",
            "BACKUP_DATABASE_URL": f"postgresql://zajedno_backup:third@/zajedno?host={host}",
        }
        done = zajedno("setup", folder=folder / "data", **told)
        assert done.returncode == 0, done.stdout + done.stderr
        yield {**told, "folder": str(folder), "boss": boss}
    finally:
        cluster.stop()
        cluster.remove()
        Cluster(folder).remove()


def run(server: dict[str, str], *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    told = {key: value for key, value in server.items() if key.isupper()}
    return zajedno(*words, folder=Path(server["folder"]) / "data", **{**told, **more})


def test_what_the_page_sets_up_is_safe(server: dict[str, str]) -> None:
    done = run(server, "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_setup_can_be_repeated(server: dict[str, str]) -> None:
    done = run(server, "setup")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ZAJEDNO_SECRET_KEY", "short", "ZAJEDNO_SECRET_KEY"),
        ("ZAJEDNO_HOSTS", "*", "ZAJEDNO_HOSTS"),
        ("ZAJEDNO_BEHIND_TLS", "0", "without encryption"),
    ],
)
def test_up_refuses_what_is_unsafe(server: dict[str, str], name: str, value: str, said: str) -> None:
    done = run(server, "up", **{name: value})
    assert done.returncode == 1
    assert "not safe to start" in done.stderr
    assert said in done.stderr


def test_up_refuses_to_serve_as_the_owner(server: dict[str, str]) -> None:
    done = run(server, "up", DATABASE_URL=server["ADMIN_DATABASE_URL"])
    assert done.returncode == 1
    assert "Name a role without rights" in done.stderr


def test_another_web_server_refuses_too(server: dict[str, str]) -> None:
    told = {key: value for key, value in server.items() if key.isupper()} | {"ZAJEDNO_HOSTS": "*"}
    done = subprocess.run(
        [sys.executable, "-c", "import zajedno.site.wsgi"],
        env=environment(Path(server["folder"]) / "data", **told),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "This server is not safe to start" in done.stderr


def test_the_backup_role_of_the_page_is_enough(server: dict[str, str]) -> None:
    target = Path(server["folder"]) / "one.backup"
    done = run(server, "backup", str(target))
    assert done.returncode == 0, done.stdout + done.stderr
    with psycopg.connect(server["boss"], autocommit=True) as connection:
        connection.execute("create database again owner zajedno_admin template template0")
    again = server["ADMIN_DATABASE_URL"].replace("/zajedno?", "/again?")
    done = run(server, "restore", str(target), "--yes", ADMIN_DATABASE_URL=again)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The same as backed up" in done.stdout


def test_the_owner_cannot_back_up_past_the_fences(server: dict[str, str]) -> None:
    target = Path(server["folder"]) / "two.backup"
    done = run(server, "backup", str(target), BACKUP_DATABASE_URL=server["ADMIN_DATABASE_URL"])
    assert done.returncode == 1
    assert "BYPASSRLS" in done.stderr
    assert not target.exists()
