"""kill -9 of the database, the web processes, the worker or a command in the middle of work: nothing is half there
afterwards, what was acknowledged is kept, and what was not can be sent again."""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.messy import TODAY, Request, messy_csv, requests
from tests.site.conftest import QUICK, environment, zajedno
from tests.site.test_up import eventually
from tests.stories.crash import BROKEN, Answer, Browser, Command, Site, kill, wait_for
from zajedno.site.database import ADMIN, Cluster

CASES, CLERKS = 24, 3
# Step of a case: who goes on, with which move, in which field they write, and the step that it leads to.
WAY = {
    "draft": ("ana", "submit", "note", "submitted"),
    "submitted": ("csaba", "register", "registry_number", "completeness"),
    "completeness": ("csaba", "return_for_completion", "reason", "returned"),
    "returned": ("ana", "send_completion", "note", "completeness"),
}
HEADINGS = "шифра;име;презиме;датум рођења;мајка;општина;улица"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """Set up without waiting for the disk, then running as everybody has it."""
    folder = Path(tempfile.mkdtemp(prefix="zj-"))
    folder.chmod(0o711)
    cluster = Cluster(folder, settings=QUICK)
    with ExitStack() as stack:
        stack.callback(cluster.remove)
        cluster.start()
        command = [sys.executable, "-m", "tests.stories.crash", str(CASES)]
        subprocess.run(command, env=environment(folder), check=True, stdout=subprocess.DEVNULL)
        cluster.stop()
        running = stack.enter_context(Site(folder))
        assert eventually(running.is_open, 90), running.said()
        yield running


@pytest.fixture(scope="module")
def register() -> list[Request]:
    """Rows of a messy register; of those that stand thousands apart no two mean the same child."""
    return requests(12_000)


@dataclass(frozen=True)
class Sent:
    """The form of a move as somebody sent it."""

    who: str
    case: str
    move: str
    fields: dict[str, str]

    @property
    def address(self) -> str:
        return f"/work/case/{self.case}/move/{self.move}/"

    @property
    def made(self) -> tuple[str, int, str]:
        """The move that comes of it: case, position, name."""
        return self.case, int(self.fields["seen"]) + 1, self.move

    def is_shown_again(self, answer: Answer) -> bool:
        """Refused because the case has moved, in a form that holds all that was written, and can be sent again?"""
        anew = ("csrfmiddlewaretoken", "seen")
        written = {name: value for name, value in self.fields.items() if name not in anew}
        return answer.status == 409 and written.items() <= answer.form("seen").items()


@dataclass
class Clerk:
    """Moves cases that nobody else moves, now this and now that one, until told that it is enough.

    `done` is what the site acknowledged. What it left without an answer is `lost`, and sent again: then it is done, or
    it is `known`, because it had been done after all.
    """

    site: Site
    cases: list[str]
    done: list[Sent] = field(default_factory=list)
    lost: list[Sent] = field(default_factory=list)
    known: list[Sent] = field(default_factory=list)
    trouble: BaseException | None = None

    def __post_init__(self) -> None:
        self._steps = dict.fromkeys(self.cases, "draft")
        self._enough, self._dice = Event(), random.Random(self.cases[0])
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._enough.set()
        self._thread.join(timeout=90)
        assert self.trouble is None
        assert not self._thread.is_alive()

    def send(self, sent: Sent) -> Answer:
        return self._browsers[sent.who].send(sent.address, sent.fields)

    def _work(self) -> None:
        try:
            self._browsers = {who: Browser(self.site.port, who) for who in ("ana", "csaba")}
            while not self._enough.is_set():
                self._move(self._dice.choice(self.cases))
        except BaseException as trouble:
            self.trouble = trouble

    def _move(self, case: str) -> None:
        who, move, place, leads_to = WAY[self._steps[case]]
        sent = Sent(who, case, move, {})
        page = self._browsers[who].open(sent.address)
        if page.is_lost:
            time.sleep(0.1)
            return
        sent.fields.update({**page.form("seen"), place: f"{move[0]} {uuid4()}"})
        answer = self.send(sent)
        if answer.is_lost:
            self.lost.append(sent)
            answer = self._send_again(sent)
        if sent in self.lost and sent.is_shown_again(answer):
            self.known.append(sent)
        else:
            assert answer.status == 302, (sent, answer)
            self.done.append(sent)
        self._steps[case] = leads_to

    def _send_again(self, sent: Sent) -> Answer:
        until = time.monotonic() + 60
        while (answer := self.send(sent)).is_lost and time.monotonic() < until:
            time.sleep(0.2)
        return answer


def bring(site: Site, words: list[str]) -> dict[str, int]:
    """Run an import to its end; what it says it did."""
    done = zajedno(*words, folder=site.cluster.folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return {name: int(count) for name, count in (line.split(": ") for line in done.stdout.splitlines())}


def of_requests(rows: list[Request]) -> bytes:
    return messy_csv(rows, "utf-8")


def of_children(rows: list[Request]) -> bytes:
    people = [row.person for row in rows]
    lines = [f"К{n};{p.given};{p.family};{p.born};{p.parent};{p.municipality};{p.street}" for n, p in enumerate(people)]
    return "\n".join([HEADINGS, *lines]).encode()


def test_a_register_that_the_worker_enters(site: Site, register: list[Request]) -> None:
    """Broken off, it is begun again by the button on its page, and comes in as the page had promised."""
    csaba = Browser(site.port, "csaba")
    file = SimpleUploadedFile("registar.csv", of_requests(register[8_000:8_600]))
    address = csaba.send("/panel/register/", {**csaba.open("/panel/register/").form("file"), "file": file}).place
    csaba.send(f"{address}columns/", csaba.open(address).form("columns/"))

    def batch(told: str) -> Any:
        return site.ask(f"select {told} from casework_casebatch where uuid = %s", address.split("/")[-2])[0]

    def goes_on() -> bool:
        """Press the button, if the page shows one: before the start, and when nobody has worked on it for a minute."""
        site.ask("update casework_casebatch set started_on = started_on - interval '2 minutes' returning id")
        page = csaba.open(address)
        if page.has_form("enter/"):
            return csaba.send(f"{address}enter/", page.form("enter/")).status == 302
        return batch("state") == ("committed",)

    promised = batch("counts")
    assert goes_on()
    site.kill("worker", lambda: batch("state, done") != ("committing", 0))
    assert site.broken() == []
    assert eventually(goes_on)
    assert eventually(lambda: batch("state") == ("committed",), 90), site.said()
    assert batch("counts") == promised
    assert site.broken() == []


def test_moves(site: Site) -> None:
    """What was acknowledged is kept; what got lost is sent again, and done once."""
    cases = [str(uuid) for (uuid,) in site.ask("select uuid from casework_case where step = 'draft' order by id")]
    before = site.held()["public.casework_move"]
    clerks = [Clerk(site, cases[number::CLERKS]) for number in range(CLERKS)]

    def all_of(what: str) -> list[Sent]:
        return [sent for clerk in clerks for sent in getattr(clerk, what)]

    def go_on() -> None:
        done = len(all_of("done"))
        assert eventually(lambda: len(all_of("done")) > done + 4), [clerk.trouble for clerk in clerks]

    for part in ("database", "web"):
        lost = len(all_of("lost"))
        for _attempt in range(12):  # until it meets a form on its way
            go_on()
            site.kill(part, site.is_writing)
            if eventually(lambda lost=lost: len(all_of("lost")) > lost, 1):
                break
        assert len(all_of("lost")) > lost
    go_on()
    for clerk in clerks:
        clerk.stop()

    made = site.ask("select c.uuid::text, position, move from casework_move m join casework_case c on c.id = m.case_id")
    kept = {sent.made for sent in all_of("done") + all_of("known")}
    assert kept <= set(made)
    assert len(made) == before + len(kept)  # nobody's answer got lost without being sent again
    for clerk in clerks:
        assert clerk.done[-1].is_shown_again(clerk.send(clerk.done[-1]))
    assert site.broken() == []
    verified = zajedno("audit", "verify", folder=site.cluster.folder)
    assert "every link holds" in verified.stdout, verified.stdout + verified.stderr


@pytest.mark.parametrize(
    ("what", "place", "who", "content", "first", "count"),
    [
        ("requests", "irk-subotica", "csaba", of_requests, 0, 1_000),
        ("children", "school-subotica", "ana", of_children, 4_000, 2_000),
    ],
)
def test_a_register_from_the_command_line(
    site: Site, register: list[Request], what: str, place: str, who: str, content: Any, first: int, count: int
) -> None:
    """However it ends, all of it is here or nothing; the next import makes it whole, and one more changes nothing."""
    file = site.cluster.folder / f"{what}.csv"
    file.write_bytes(content(register[first : first + count]))
    words = ["--today", str(TODAY), "import", what, str(file), "--organisation", place, "--as", f"{who}@demo.invalid"]
    table = {"requests": "casework_casebatch", "children": "children_childbatch"}[what]
    before = site.held()

    def is_all_or_nothing() -> bool:
        return site.held() == before or bool(
            site.ask(f"select from {table} where state = 'committed' and name = %s", file.name)
        )

    command = Command(site, *words)
    wait_for(lambda: " rows entered" in command.said())  # some of them
    kill([command.process.pid])
    command.ended()
    assert eventually(is_all_or_nothing)
    command = Command(site, *words)
    site.kill("database", lambda: f"{count} rows entered" in command.said())  # all of them, but for the end
    assert command.ended() in (0, 1)
    assert "Traceback" not in command.said()
    assert is_all_or_nothing()
    assert site.broken() == []

    entered, again = bring(site, words), bring(site, words)
    here = entered["created"] + entered["unchanged"]
    assert here > count / 2
    assert again == {**entered, "created": 0, "unchanged": here}
    assert site.broken() == []


def test_what_is_broken_is_found(site: Site) -> None:
    """The questions of these tests can be answered with yes."""
    missed = []
    for name, (question, sabotage) in BROKEN.items():
        with psycopg.connect(site.cluster.url(ADMIN)) as connection:
            connection.execute("set local session_replication_role = replica")  # past every trigger and key
            connection.execute(sabotage)
            missed += [] if connection.execute(question).fetchall() else [name]
            connection.rollback()
    assert missed == []
