"""`zajedno up` as a person has it: real processes, killed one after the other, and nothing lost."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.site.conftest import environment, zajedno
from zajedno.site.command import setup
from zajedno.site.database import ADMIN, Cluster
from zajedno.site.trouble import Trouble


def eventually(true: Callable[[], bool], seconds: int = 40) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.1)
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """A started `zajedno up` and its children."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.cluster = Cluster(folder)
        self.output = folder / f"up-{self.port}.txt"
        command = [sys.executable, "-m", "zajedno.site.command", "up", "--port", str(self.port)]
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                command, env=environment(folder), cwd="/", stdout=output, stderr=subprocess.STDOUT, text=True
            )

    def said(self) -> str:
        return self.output.read_text()

    def is_open(self) -> bool:
        """Has it told its address?"""
        return f"Zajedno is open at http://127.0.0.1:{self.port}/" in self.said()

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def children(self) -> dict[int, str]:
        """{number: command} of everything that descends from it."""
        asked = ["ps", "-eww", "-o", "pid=,ppid=,args="]
        table = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        rows = [
            (int(pid), int(parent), args) for pid, parent, args in (row.split(None, 2) for row in table.splitlines())
        ]
        found: dict[int, str] = {}
        family = {self.process.pid}
        for _generation in range(3):
            found |= {pid: args for pid, parent, args in rows if parent in family}
            family |= set(found)
        return found

    def the(self, word: str) -> int:
        return min(pid for pid, args in self.children().items() if word in args)


@pytest.fixture
def running(installation: Path) -> Iterator[Running]:
    one = Running(installation)
    assert eventually(one.is_open), one.said()
    yield one
    one.process.terminate()
    one.process.wait(timeout=30)


def test_the_second_setup_finds_everything_done(installation: Path) -> None:
    done = zajedno("setup", folder=installation)
    assert "Everything is up to date." in done.stdout


def test_everything_ends_together_at_ctrl_c(running: Running) -> None:
    family = running.children()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(timeout=30) == 0
    assert "Traceback" not in running.said()
    assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))
    assert not running.cluster.running()


def test_kill_9_of_each_part_loses_nothing(running: Running) -> None:
    address = running.cluster.url(ADMIN)
    with psycopg.connect(address) as connection:
        connection.execute("create table if not exists kept (n int)")
        connection.execute("insert into kept values (7)")
    web, worker = running.the("granian"), running.the("command worker")
    database = int((running.cluster.data / "postmaster.pid").read_text().splitlines()[0])
    for pid in (web, worker, database):
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not Path(f"/proc/{web}").exists())
    assert eventually(running.answers), running.said()
    assert eventually(running.cluster.running), running.said()
    assert eventually(lambda: any("command worker" in args for args in running.children().values()))
    with psycopg.connect(address) as connection:
        assert connection.execute("select count(*) from kept where n = 7").fetchone() == (1,)
        connection.execute("drop table kept")


def test_kill_9_of_the_whole_leaves_nothing_running(installation: Path) -> None:
    one = Running(installation)
    assert eventually(one.is_open), one.said()
    family = one.children()
    one.process.kill()
    one.process.wait()
    assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))
    assert eventually(lambda: not one.cluster.running())


def test_a_taken_port_is_one_sentence_with_the_way_out(installation: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = zajedno("up", "--port", str(port), folder=installation)
    assert done.returncode == 1
    assert done.stderr.startswith(f"zajedno: Port {port} cannot be used")
    assert f"--port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_up_before_setup_says_so(folder: Path) -> None:
    done = zajedno("up", "--port", str(free_port()), folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Run `zajedno setup` first." in done.stderr


def test_a_file_in_place_of_the_data_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    done = zajedno("setup", folder=tmp_path / "data")
    assert done.returncode == 1
    assert "is a file, not a folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_made_is_one_sentence() -> None:
    done = zajedno("setup", folder=Path("/proc/zajedno"))
    assert done.returncode == 1
    assert "cannot be made" in done.stderr
    assert "ZAJEDNO_DATA" in done.stderr


def test_without_built_assets_it_says_how_to_build_them(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(setup, "PACKAGE", folder)
    monkeypatch.setenv("ZAJEDNO_DATA", str(folder))
    with pytest.raises(Trouble, match="make assets"):
        setup.prepare()


def test_the_demo_refuses_a_named_database(folder: Path) -> None:
    done = zajedno("demo", folder=folder, ZAJEDNO_MODE="demo", DATABASE_URL="postgresql://a@b/c")
    assert done.returncode == 1
    assert "The demo brings its own database" in done.stderr
