"""An installation that is killed and comes back: its people and their browsers, its processes, and the questions that
tell whether all it holds is whole. Run as a module it sets one up and settles people there."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.request import HTTPCookieProcessor, HTTPErrorProcessor, Request, build_opener
from uuid import uuid4

import psycopg
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.site.conftest import environment
from tests.site.test_up import Running, eventually
from zajedno.site.backup import take
from zajedno.site.command import setup
from zajedno.site.connection import connected
from zajedno.site.database import ADMIN, LOGIN
from zajedno.site.demo import PASSWORD

LOST = (0, 500, 503)  # no answer, or one that says that nothing was kept

# What must never be found, whatever was killed and when: the question, and an act that it must notice.
BROKEN = {
    "a case that counts other moves than it has": (
        """
        select c.uuid from casework_case c left join casework_move m on m.case_id = c.id
        group by c.id having c.moves_made <> count(m.id) or c.moves_made <> max(m.position)""",
        "update casework_case set moves_made = 9",
    ),
    "a case that is not where its last move left it": (
        """
        select c.uuid from casework_case c join casework_move m on m.case_id = c.id and m.position = c.moves_made
        where m.to_step <> c.step""",
        "update casework_case set step = 'closed'",
    ),
    "a move that does not begin where the one before it ended": (
        """
        select uuid from (select uuid, from_step,
          lag(to_step, 1, '') over (partition by case_id order by position) ended from casework_move) m
        where from_step <> ended""",
        "update casework_move set from_step = 'closed'",
    ),
    "a move without its entry in the trail, or an entry without its move": (
        """
        with made as (select c.uuid::text subject, m.move, count(*) n from casework_move m
            join casework_case c on c.id = m.case_id where m.move not in ('open', 'import') group by 1, 2),
          told as (select subject, detail->>'move' as move, count(*) n from access_auditentry
            where verb = 'casework.move_case' and detail ? 'move' group by 1, 2)
        select * from made full join told using (subject, move) where made.n is distinct from told.n""",
        "update casework_move set move = 'deliver'",
    ),
    "a case without the entry of its beginning, or an entry without its case": (
        """
        with begun as (select c.uuid::text subject, count(*) n from casework_case c group by 1),
          told as (select subject, count(*) n from access_auditentry where noun = 'casework.case'
            and verb in ('casework.open_case', 'casework.import_cases') group by 1)
        select * from begun full join told using (subject) where begun.n is distinct from told.n""",
        "delete from casework_case",
    ),
    "a child without the entry of its coming, or an entry without its child": (
        """
        with here as (select uuid::text subject from children_child c where not exists (
            select from casework_case where child_id = c.id and batch_id is not null)),
          told as (select subject from access_auditentry where noun = 'children.child'
            and verb in ('children.register', 'children.import'))
        select * from here full join told using (subject) where here is null or told is null""",
        "delete from access_auditentry",
    ),
    "a child without key or tie": (
        """
        select uuid from children_child c where not exists (select from children_datakey where child_id = c.id)
          or not exists (select from children_tie where child_id = c.id)""",
        "delete from children_datakey",
    ),
    "a case whose participants are not those who may see it": (
        """
        select c.uuid from casework_case c left join casework_participant p on p.case_id = c.id
        group by c.id having c.acl <> array_agg(distinct p.key order by p.key)""",
        "delete from casework_participant",
    ),
    "a case without its request": (
        "select uuid from casework_case c where not exists (select from casework_request where case_id = c.id)",
        "delete from casework_request",
    ),
    "a submitted case without its letter, its clock or the commission; or one of these without the move": (
        """
        select c.uuid from casework_case c where batch_id is null and array[
            exists (select from casework_letter where case_id = c.id),
            exists (select from casework_clock where case_id = c.id),
            exists (select from casework_participant where case_id = c.id and part = 'commission')]
          <> array_fill(exists (select from casework_move where case_id = c.id and move = 'submit'), array[3])""",
        "delete from casework_clock; update casework_move set move = 'submit'",
    ),
    "a letter that is not in the trail once": (
        """
        with kept as (select c.uuid::text subject, count(*) n from casework_letter l
            join casework_case c on c.id = l.case_id group by 1),
          told as (select subject, count(*) n from access_auditentry where verb = 'casework.issue_letter' group by 1)
        select * from kept full join told using (subject) where kept.n is distinct from told.n""",
        "update access_auditentry set verb = 'casework.issue_letter'",
    ),
    "mail about a move that was never made": (
        """
        select key from (select key, regexp_match(key, '^move-([0-9]+)-([0-9a-f-]{36})-') as of from access_message) x
        where of is not null and not exists (select from casework_move m join casework_case c on c.id = m.case_id
          where c.uuid::text = of[2] and m.position = of[1]::int)""",
        """
        insert into access_message
          (account_id, key, address, subject, body, headers, written_on, not_before, attempts, trouble,
           calendar)
        select 1, 'move-99-' || uuid || '-1', '', '', '', '{}', now(), now(), 0, '', '' from casework_case""",
    ),
    "a link of the trail that does not hold": (
        "select * from app.audit_breaks()",
        "update access_auditentry set account = 99",
    ),
    "a part of a register that was not entered": (
        """
        select b.uuid from children_childbatch b where state <> 'committed' and (
            exists (select from children_child where batch_id = b.id)
            or exists (select from children_childbatchrow where batch_id = b.id and verdict = 'created'))
        union all select b.uuid from casework_casebatch b where state <> 'committed' and (
            exists (select from casework_case where batch_id = b.id)
            or exists (select from casework_casebatchrow where batch_id = b.id and verdict = 'created'))""",
        """
        with register as (insert into casework_casebatch
          (uuid, organisation, added_by, added_on, name, columns, state, read, done, counts)
          values (gen_random_uuid(), 1, 1, now(), '', '{}', 'committing', 1, 1, '{}') returning id)
        update casework_case set batch_id = register.id from register""",
    ),
    "an entered register of which a part is missing": (
        """
        select uuid from children_childbatch b where state = 'committed' and array[read, (counts->>'created')::bigint]
          <> array[(select count(*) from children_childbatchrow where batch_id = b.id),
            (select count(*) from children_child where batch_id = b.id)]
        union all select uuid from casework_casebatch b where state = 'committed'
          and array[read, (counts->>'created')::bigint]
          <> array[(select count(*) from casework_casebatchrow where batch_id = b.id),
            (select count(*) from casework_case where batch_id = b.id)]""",
        """
        insert into children_childbatch
          (uuid, organisation, added_by, added_on, name, columns, state, read, done, counts)
        values (gen_random_uuid(), 1, 1, now(), '', '{}', 'committed', 1, 1, '{"created": 1}')""",
    ),
}


class Site(Running):
    """A running installation, seen also from below: its database and the numbers of its processes."""

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *how: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

    def ask(self, question: str, *given: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.cluster.url(ADMIN), autocommit=True) as connection:
            return connection.execute(question, given).fetchall()

    def broken(self) -> list[str]:
        """What is half there, in words; empty when all is whole."""
        return [name for name, (question, _sabotage) in BROKEN.items() if self.ask(question)]

    def held(self) -> dict[str, int]:
        """How many rows each table of children and cases has, but for what the worker does every minute: seek pairs."""
        counted, left = ("public.children", "public.casework"), ("public.children_alias", "public.children_unsought")
        with psycopg.connect(self.cluster.url(ADMIN)) as connection:
            rows = take(connection).rows
        return {name: count for name, count in rows.items() if name.startswith(counted) and not name.startswith(left)}

    def processes(self, part: str) -> list[int]:
        """Of "database", "web" (the processes that answer, not the one that starts them) or "worker"."""
        if part == "worker":
            return [self.the("command worker")]
        if part == "web":
            return _children(self.the("granian"))
        postmaster = int((self.cluster.data / "postmaster.pid").read_text().splitlines()[0])
        return [postmaster, *_children(postmaster)]

    def is_back(self) -> bool:
        return self.cluster.running() and self.answers()

    def is_writing(self) -> bool:
        """Is a page or job in the middle of a transaction that has written something?"""
        return bool(self.ask("select from pg_stat_activity where usename = %s and backend_xid is not null", LOGIN))

    def kill(self, part: str, when: Callable[[], object]) -> None:
        """kill -9 of a part at the moment described; then it comes back by itself."""
        numbers = self.processes(part)
        wait_for(when)
        kill(numbers)
        assert eventually(lambda: not any(Path(f"/proc/{number}/exe").exists() for number in numbers))
        assert eventually(self.is_back), self.said()


def wait_for(what: Callable[[], object], seconds: int = 120) -> None:
    """As `eventually`, but so closely that there is time to interfere."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.01)


def kill(numbers: Iterable[int]) -> None:
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def _children(parent: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True)
    return [int(number) for number in found.stdout.split()]


class Command:
    """A `zajedno` command that runs beside the test."""

    def __init__(self, site: Site, *words: str) -> None:
        self.output = site.cluster.folder / f"command-{uuid4()}.txt"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "zajedno.site.command", *words],
                env=environment(site.cluster.folder), cwd="/", stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def said(self) -> str:
        return self.output.read_text()

    def ended(self) -> int:
        return self.process.wait(timeout=60)


class _Forms(HTMLParser):
    """The forms of a page as (address, fields), with what a browser would send of them untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._fields: dict[str, str] = {}
        self._name = self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._fields = {}
            self.found.append((told.get("action", ""), self._fields))
        elif tag in ("input", "select", "textarea") and (name := told.get("name")):
            self._name, self._text = name, name if tag == "textarea" else ""
            if told.get("type") not in ("radio", "checkbox") or "checked" in told:
                self._fields[name] = told.get("value", "")
        elif tag == "option" and "selected" in told:
            self._fields[self._name] = told.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._text:
            self._fields[self._text] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self._text = ""


@dataclass(frozen=True)
class Answer:
    """`status` 0: nobody answered."""

    status: int
    text: str = ""
    place: str = ""

    @property
    def is_lost(self) -> bool:
        return self.status in LOST

    def form(self, word: str) -> dict[str, str]:
        """The form with a field of that name, or whose address ends so."""
        return next(fields for place, fields in _Forms(self.text).found if word in fields or place.endswith(word))

    def has_form(self, word: str) -> bool:
        return any(word in fields or place.endswith(word) for place, fields in _Forms(self.text).found)


class _Plainly(HTTPErrorProcessor):
    """A redirect or a refusal is an answer like others."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        return response


class Browser:
    """Of one person, who logs in as it opens."""

    def __init__(self, port: int, who: str) -> None:
        self.site = f"http://127.0.0.1:{port}"
        self._opener = build_opener(HTTPCookieProcessor(), _Plainly())
        fields = self.open("/login/").form("login")
        answer = self.send("/login/", {**fields, "login": f"{who}@demo.invalid", "password": PASSWORD})
        assert answer.place == "/after-login/", answer

    def open(self, address: str) -> Answer:
        return self._answer(Request(self.site + address))

    def send(self, address: str, fields: dict[str, Any]) -> Answer:
        content = encode_multipart(BOUNDARY, fields)
        return self._answer(Request(self.site + address, content, {"Content-Type": MULTIPART_CONTENT}))

    def _answer(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=60) as response:
                return Answer(response.status, response.read().decode(), response.headers.get("Location", ""))
        except (OSError, HTTPException):
            return Answer(0)


def settle(requests: int) -> None:
    """Institutions and people of the demo, and so many requests that Ana has begun in Subotica."""
    from zajedno.casework.actions.case import open_case
    from zajedno.children.actions.child import register
    from zajedno.children.actions.entering import GuardianDetails
    from zajedno.kernel.clock import today
    from zajedno.places.queries.actor import actor_for
    from zajedno.site.demo.cases import REQUEST
    from zajedno.site.demo.institutions import seed_institutions

    towns = seed_institutions(lambda said: None)
    school, commission = towns.organisations["school-subotica"], towns.organisations["irk-subotica"]
    by = actor_for(towns.accounts["ana"].pk, today())
    for number in range(requests):
        child = register(
            by=by, organisation=school, given_name="Дете", family_name="Измишљено",
            birth_date=date(2012, 1, 1 + number), guardians=[GuardianDetails("Мајка", "mother")],
        )  # fmt: skip
        open_case(
            by=by,
            child=child,
            keeper=commission,
            procedure="additional-support",
            initiator="institution",
            initiated_by=school,
            request=REQUEST,
        )


if __name__ == "__main__":
    setup.prepare()
    with connected(owner=True):
        from django.db import transaction

        with transaction.atomic():
            settle(int(sys.argv[1]))
