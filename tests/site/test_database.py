"""The launcher: closed doors, several users of one server, and what kill -9 leaves behind."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.site.conftest import QUICK, environment
from zajedno.site.database import ADMIN, LOGIN, Cluster, account, binaries
from zajedno.site.database import cluster as cluster_module
from zajedno.site.database.roles import prepare
from zajedno.site.folders import PACKAGE
from zajedno.site.trouble import Trouble

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def eventually(true: Callable[[], bool]) -> bool:
    for _try in range(200):
        if true():
            return True
        time.sleep(0.05)
    return False


def test_starts_with_checksums_and_without_a_port(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(ADMIN, "postgres")) as connection:
        told = [connection.execute(f"show {name}").fetchone() for name in ("data_checksums", "listen_addresses")]
        encoding = connection.execute("select pg_encoding_to_char(encoding), lower('ŠĆЂ') from pg_database").fetchone()
    assert told == [("on",), ("",)]
    assert encoding == ("UTF8", "šćђ")


def test_errors_in_the_log_hold_no_values(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(ADMIN, "postgres"), autocommit=True) as connection:
        connection.execute("create table once (name text primary key)")
        connection.execute("insert into once values ('Ime Prezime')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into once values ('Ime Prezime')")
    log = (cluster.home / "log").read_text()
    assert "once_pkey" in log
    assert "Ime Prezime" not in log


def test_passwords_and_socket_are_closed(cluster: Cluster) -> None:
    assert stat.S_IMODE((cluster.folder / "postgres.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(cluster.socket_folder.stat().st_mode) == 0o700
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(cluster.url(ADMIN, "postgres"), password="guessed")


def test_a_readable_password_file_is_refused(cluster: Cluster) -> None:
    (cluster.folder / "postgres.json").chmod(0o644)
    with pytest.raises(Trouble, match="chmod 600"):
        cluster.url()


def test_the_role_that_logs_in_has_no_rights(cluster: Cluster) -> None:
    assert prepare(cluster) is True
    assert prepare(cluster) is False
    with psycopg.connect(cluster.url(ADMIN)) as connection:
        connection.execute("create table secret (name text)")
    with psycopg.connect(cluster.url(LOGIN)) as connection:
        row = connection.execute(
            "select rolsuper, rolbypassrls, rolinherit, rolcreatedb, rolcreaterole from pg_roles where rolname = %s",
            [LOGIN],
        ).fetchone()
        assert row == (False,) * 5
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select * from secret")


def test_the_last_user_stops_the_server(cluster: Cluster) -> None:
    second = Cluster(cluster.folder)
    second.start()
    second.stop()
    assert cluster.running()
    cluster.stop()
    assert not cluster.running()


def test_a_killed_user_leaves_no_server_behind(folder: Path) -> None:
    program = f"""
import os, signal
from pathlib import Path
from zajedno.site.database import Cluster
Cluster(Path({str(folder)!r}), settings={QUICK!r}).start()
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", program], env=environment(folder), capture_output=True)
    assert done.returncode == -signal.SIGKILL
    cluster = Cluster(folder)
    assert cluster.exists
    assert eventually(lambda: not (cluster.data / "postmaster.pid").exists())


def test_after_kill_9_of_the_server_nothing_is_lost(cluster: Cluster) -> None:
    connection = psycopg.connect(cluster.url(ADMIN, "postgres"), autocommit=True)
    connection.execute("create table kept as select n from generate_series(1, 1000) n")
    connection.execute("checkpoint")
    connection.execute("insert into kept select n from generate_series(1001, 1500) n")
    connection.execute("begin")
    connection.execute("insert into kept values (0)")
    os.kill(postmaster(cluster), signal.SIGKILL)
    assert eventually(lambda: not cluster.running())
    connection.close()
    cluster.start()
    with psycopg.connect(cluster.url(ADMIN, "postgres")) as connection:
        assert connection.execute("select count(*), min(n) from kept").fetchone() == (1500, 1)


def test_a_pid_file_that_names_a_stranger_is_no_hindrance(cluster: Cluster) -> None:
    text = (cluster.data / "postmaster.pid").read_text()
    cluster.stop()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        pid_file = cluster.data / "postmaster.pid"
        pid_file.write_text(text.replace(text.splitlines()[0], str(stranger.pid), 1))
        cluster.account.give(pid_file)
        cluster.start()
        stranger.kill()
    assert cluster.running()


def test_another_version_is_named(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("11\n")
    with pytest.raises(Trouble, match="was made by PostgreSQL 11"):
        Cluster(cluster.folder).start()


def test_an_interrupted_making_is_begun_anew(folder: Path) -> None:
    cluster = Cluster(folder, settings=QUICK)
    (cluster.home / "data.new" / "base").mkdir(parents=True)
    cluster.start()
    assert cluster.running()
    assert not (cluster.home / "data.new").exists()
    cluster.stop()


def test_a_missing_postgresql_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(Trouble, match=r"No PostgreSQL 15 or newer was found.*PG_BIN.*DATABASE_URL"):
        binaries.found()


def test_a_long_path_gets_a_short_socket(folder: Path) -> None:
    deep = folder / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    cluster = Cluster(deep, settings=QUICK)
    cluster.start()
    try:
        assert len(str(cluster.socket_folder)) < cluster_module.LONGEST_SOCKET_FOLDER
        with psycopg.connect(cluster.url(ADMIN, "postgres")) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    finally:
        cluster.stop()
        cluster.remove()


def test_somebody_elses_socket_folder_is_refused(folder: Path) -> None:
    cluster = Cluster(folder, settings=QUICK)
    cluster.socket_folder.mkdir(mode=0o777)
    cluster.socket_folder.chmod(0o777)
    with pytest.raises(Trouble, match="it is not ours"):
        cluster.start()


@AS_ROOT
def test_as_root_the_server_is_somebody_else(cluster: Cluster) -> None:
    assert Path(f"/proc/{postmaster(cluster)}").stat().st_uid == cluster.account.uid != 0


@AS_ROOT
def test_as_root_in_a_closed_home_the_data_lie_where_the_server_can_go(folder: Path) -> None:
    closed = folder / "home"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "data", settings=QUICK)
    cluster.start()
    try:
        assert (closed / "data" / "postgres").is_symlink()
        assert cluster.home.parent == account.SHARED
        assert cluster.running()
    finally:
        cluster.stop()
        cluster.remove()
    assert not cluster.folder.exists()


@AS_ROOT
def test_programs_in_a_closed_home_are_copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "SHARED", folder / "shared")
    closed = folder / "home"
    closed.mkdir(mode=0o700)
    shutil.copytree(binaries.found().folder, closed / "install" / "bin", symlinks=True)
    given = binaries.Binaries(closed / "install" / "bin", 18)
    somebody = account.server_account(folder)
    assert not somebody.reaches(given.folder / "postgres")
    copied = account.reachable_binaries(given, somebody)
    assert somebody.reaches(copied.folder / "postgres")
    assert account.reachable_binaries(given, somebody) == copied


@AS_ROOT
def test_an_ordinary_user_runs_it_as_themselves(folder: Path) -> None:
    python = next((p for p in ("/usr/bin/python3.11", "/usr/bin/python3") if Path(p).exists()), None)
    if python is None:
        pytest.skip("no Python that another account can run")
    somebody = account.server_account(folder)
    shutil.copytree(PACKAGE / "site" / "database", folder / "code" / "zajedno" / "site" / "database")
    for name in ("__init__.py", "site/__init__.py", "site/trouble.py"):
        shutil.copy(PACKAGE / name, folder / "code" / "zajedno" / name)
    own = folder / "own"
    own.mkdir()
    somebody.give(own)
    bin_folder = account.reachable_binaries(binaries.found(), somebody).folder
    program = "import sys, pathlib; from zajedno.site.database import Cluster\n"
    program += "c = Cluster(pathlib.Path(sys.argv[1]), settings={'fsync': 'off'}); c.start(); print(c.account.other)\n"
    program += "print((c.data / 'PG_VERSION').stat().st_uid); c.stop(); print(c.running())"
    told = {"PYTHONPATH": str(folder / "code"), "PG_BIN": str(bin_folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = somebody.run(python, "-c", program, own, env={**environment(own), **told})
    assert done.stdout.split() == ["False", str(somebody.uid), "False"], done.stderr
