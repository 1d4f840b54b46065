"""The report of an institution: who writes and reads it, and that an edition stays as it was issued."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from tests.refusal import change, refusal
from tests.world import World
from zajedno.access.actions.report import Papers
from zajedno.casework.actions import report as actions
from zajedno.casework.models import OfficeReport, OfficeWords
from zajedno.casework.queries import report as queries
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused

pytestmark = pytest.mark.django_db
PAPERS = Papers(b"%PDF-1.7", b"PK", {"content": {}})


class Office:
    def __init__(self, world: World) -> None:
        self.world, self.at = world, world.organisations["commission"]
        self.year = clock.today().year

    @contextmanager
    def work(self, who: str) -> Iterator[Actor]:
        with acting(RUNTIME, self.world.accounts[who].pk):
            yield self.world.actor(who)

    def issue(self, who: str = "csaba", reason: str = "", at: str = "commission") -> OfficeReport:
        with self.work(who) as by:
            return actions.issue(
                by=by, organisation=self.world.organisations[at].pk, year=self.year, language="sr", reason=reason,
                papers=lambda number: PAPERS,
            )  # fmt: skip


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def test_editions_are_numbered_and_a_correction_says_why(office: Office) -> None:
    first = office.issue()
    with pytest.raises(Refused, match="reason"):
        office.issue()
    second = office.issue(reason="Каснила једна школа.")
    assert (first.number, first.reason, second.number) == (1, "", 2)
    assert refusal(change, first, content=b"x") == "an edition stays as it was issued"
    assert refusal(first.delete) == "an edition stays as it was issued"
    made = {"organisation": office.at, "year": office.year, "size": 1, "sha256": b"x", "content": b"x", "added_by": 1}
    assert refusal(OfficeReport.objects.create, **made, number=2, reason="а") == "office_report_number_once"
    assert refusal(OfficeReport.objects.create, **made, number=3) == "office_report_says_why"
    words = {"organisation": office.at, "section": "sittings", "written_by": 1}
    assert refusal(OfficeWords.objects.create, **words, year=1999) == "office_words_year"
    assert refusal(OfficeWords.objects.create, **words | {"section": ""}, year=2026) == "office_words_section"


def test_the_last_words_of_a_section_count(office: Office) -> None:
    for said in ("Прво.", "Друго.", ""):
        with office.work("csaba") as by:
            actions.write(by=by, organisation=office.at.pk, year=office.year, texts={"requests": said, "support": ""})
            assert queries.words(office.at.pk, office.year) == {"requests": said}
    with office.work("csaba") as by, pytest.raises(Refused):
        actions.write(by=by, organisation=office.at.pk, year=office.year + 1, texts={})


def test_members_read_what_was_issued_and_nobody_else_does(office: Office) -> None:
    made = office.issue()
    with office.work("csaba") as by:
        actions.write(by=by, organisation=office.at.pk, year=office.year, texts={"introduction": "Нацрт."})
    for who, reads, writes in (("hana", 1, 0), ("goran", 1, 1), ("ana", 0, 0), ("dino", 0, 0), ("eva", 0, 0)):
        with office.work(who) as by:
            assert (OfficeReport.objects.count(), OfficeWords.objects.count()) == (reads, writes), who
            if not reads:
                with pytest.raises(NotFound):
                    queries.edition(by, office.at.pk, made.uuid)
    for who in ("hana", "ana", "dino", "eva"):
        with pytest.raises(NotPermitted):
            office.issue(who)


def test_a_school_issues_only_its_own(office: Office) -> None:
    made = office.issue("ana", at="school")
    assert made.organisation == office.world.organisations["school"]
    with pytest.raises(NotPermitted):
        office.issue("csaba", at="school")
    with office.work("csaba") as by, pytest.raises(NotFound):
        queries.office(by, "w-school")


def test_the_fence_keeps_who_goes_past_the_verb(office: Office) -> None:
    row = {"organisation": office.at, "year": office.year, "number": 1, "size": 1, "sha256": b"x", "content": b"x"}
    with office.work("hana"), transaction.atomic():
        told = refusal(OfficeReport.objects.create, **row, added_by=1)
    assert "row-level security" in told
