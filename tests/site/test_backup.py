"""The drill: back up a real installation, lose it, restore elsewhere, and find the same; or hear what is different."""

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from tests.site.conftest import zajedno
from zajedno.site.backup import Inventory, take, write
from zajedno.site.database import ADMIN, LOGIN, Cluster
from zajedno.site.trouble import Trouble


@pytest.fixture(scope="module")
def served(installation: Path) -> Iterator[Cluster]:
    """The installation with its server running, and some entries in the audit trail."""
    cluster = Cluster(installation)
    cluster.start()
    with psycopg.connect(cluster.url(ADMIN)) as connection:
        for n in range(20):
            connection.execute("select app.audit_append(%s, 1, 'test.verb', 'thing', 'x', '{}')", [n])
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def backup(served: Cluster) -> Path:
    target = served.folder / "one.backup"
    done = zajedno("backup", str(target), folder=served.folder)
    assert done.returncode == 0, done.stderr
    assert str(served.folder / "keys.json") in done.stdout
    return target


def empty_copy_of_keys(source: Cluster, folder: Path) -> None:
    (folder / "keys.json").write_bytes((source.folder / "keys.json").read_bytes())
    (folder / "keys.json").chmod(0o600)


def test_the_drill(served: Cluster, backup: Path, folder: Path) -> None:
    empty_copy_of_keys(served, folder)
    done = zajedno("restore", str(backup), "--yes", folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The same as backed up" in done.stdout
    assert "sealing keys are others" not in done.stdout
    again = Cluster(folder)
    again.start()
    with psycopg.connect(served.url(ADMIN)) as one, psycopg.connect(again.url(ADMIN)) as other:
        before, after = take(one), take(other)
    assert before.rows["public.access_auditentry"] >= 20
    assert "children_child" in before.fenced
    assert before.differences(after) == []
    assert len(before.policies) > 10
    with psycopg.connect(again.url(LOGIN)) as connection:  # the fences work there too
        connection.execute("set role zajedno_runtime")
        assert connection.execute("select count(*) from children_child").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("delete from access_auditentry")
    again.stop()
    verified = zajedno("audit", "verify", folder=folder)
    assert verified.returncode == 0, verified.stdout
    assert "every link holds" in verified.stdout
    assert zajedno("setup", folder=folder).returncode == 0


def test_other_keys_are_noticed(backup: Path, folder: Path) -> None:
    done = zajedno("restore", str(backup), "--yes", folder=folder)
    assert "The sealing keys are others" in done.stdout


def test_a_backup_is_closed_and_whole(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with zipfile.ZipFile(backup) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {"database.dump", "inventory.json"}


def test_a_folder_gets_a_file_named_by_its_moment(served: Cluster, tmp_path: Path) -> None:
    done = zajedno("backup", str(tmp_path), folder=served.folder)
    assert done.returncode == 0, done.stderr
    assert [path.suffix for path in tmp_path.iterdir()] == [".backup"]


def test_nothing_is_overwritten(served: Cluster, backup: Path) -> None:
    done = zajedno("backup", str(backup), folder=served.folder)
    assert (done.returncode, "is there already" in done.stderr) == (1, True)
    done = zajedno("restore", str(backup), "--yes", folder=served.folder)
    assert (done.returncode, "already holds" in done.stderr) == (1, True)


def test_without_a_yes_nothing_happens(backup: Path, folder: Path) -> None:
    done = zajedno("restore", str(backup), folder=folder, answer="no\n")
    assert done.returncode == 1
    assert not Cluster(folder).exists


def test_a_damaged_file_leaves_the_database_empty(backup: Path, folder: Path) -> None:
    damaged = folder / "damaged.backup"
    content = bytearray(backup.read_bytes())
    content[2000:2100] = bytes(100)
    damaged.write_bytes(content)
    done = zajedno("restore", str(damaged), "--yes", folder=folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    cluster = Cluster(folder)
    cluster.start()
    with psycopg.connect(cluster.url(ADMIN)) as connection:
        assert take(connection).rows == {}
    cluster.stop()


def test_a_stranger_to_the_format_is_refused(folder: Path) -> None:
    (folder / "letter.txt").write_text("Dear all")
    done = zajedno("restore", str(folder / "letter.txt"), "--yes", folder=folder)
    assert "is not a backup of Zajedno" in done.stderr


def test_a_role_behind_the_fences_cannot_back_up(served: Cluster, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="BYPASSRLS"):
        write(served.url(LOGIN), tmp_path / "partial.backup", "")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(served: Cluster) -> None:
    with pytest.raises(Trouble, match="cannot be written"):
        write(served.url(ADMIN), Path("/proc/one.backup"), "")


def test_each_loss_is_named() -> None:
    whole = Inventory({"public.a": 2}, {"a.p": "using x"}, {"a.t": "before"}, ["a"], {"1": "9 ff"}, ["r"], [], "o")
    assert whole.differences(whole) == []
    lost = replace(whole, rows={"public.a": 1}, policies={}, triggers={"a.t": "after"}, fenced=[], chain={"1": "8 ee"})
    assert whole.differences(lost) == [
        "rows of table public.a: 2 became 1",
        "policy a.p: using x became none",
        "trigger a.t: before became after",
        "audit stream 1: 9 ff became 8 ee",
        "table a lost its fence",
    ]


def test_a_broken_trail_is_named(backup: Path, folder: Path) -> None:
    """Somebody with the owner's rights changes an entry: the trail says which."""
    assert zajedno("restore", str(backup), "--yes", folder=folder).returncode == 0
    cluster = Cluster(folder)
    cluster.start()
    with psycopg.connect(cluster.url(ADMIN)) as connection:
        connection.execute("set session_replication_role = replica")  # past the trigger that forbids it
        row = connection.execute(
            "update access_auditentry set verb = 'other' where account = 7 returning stream, position"
        )
        stream, position = row.fetchone() or (0, 0)
    cluster.stop()
    done = zajedno("audit", "verify", folder=folder)
    assert done.returncode == 1
    assert f"BROKEN at stream {stream}, entry {position}: changed" in done.stdout
